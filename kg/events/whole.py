"""A whole identity seen piece by piece: what a register in memory says, in; a view of it, out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.entities.model import Entity, Identity, Judgement, Mention, NameProfile


class Whole:
    """The view of an identity that is held in memory."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._entities = {each.id: each for each in identity.entities}
        self._judgements = {each.id: each for each in identity.judgements}
        self._profiles = {each.key: each for each in identity.profiles}
        home = {group: each.id for each in identity.entities for group in each.groups}
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        self._groups: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._articles: defaultdict[str, set[str]] = defaultdict(set)
        for mention in identity.mentions:
            self._mentions[mention.article].append(mention)
            if mention.key in home:
                self._groups[mention.article][mention.key] = home[mention.key]
                self._articles[home[mention.key]].add(mention.article)

    def entity(self, key: str) -> Entity | None:
        """Give an entity without what articles say of it."""
        known = self._entities.get(key)
        if known is None:
            return None
        forms = tuple(replace(form, articles=()) for form in known.forms)
        return replace(known, forms=forms, groups=())

    def entities(self) -> Iterator[Entity]:
        """Yield all entities in the same form, by id."""
        return (each for key in sorted(self._entities) if (each := self.entity(key)))

    def groups_of(self, article: str) -> Mapping[str, str]:
        """Give for each article-level group of an article the id of its entity."""
        return self._groups.get(article, {})

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """Give the mentions of an article, by place and role."""
        return tuple(self._mentions.get(article, ()))

    def articles_of(self, entity: str) -> tuple[str, ...]:
        """Give the articles that speak of an entity, sorted."""
        return tuple(sorted(self._articles.get(entity, ())))

    def attested(self, article: str) -> Mapping[str, tuple[str, ...]]:
        """Give for each entity that an article speaks of the forms of its name that stand there."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for mention in self.mentions(article):
            if mention.key in self._groups[article]:
                found[self._groups[article][mention.key]].add(mention.form)
        return {entity: tuple(sorted(forms)) for entity, forms in found.items()}

    def profile(self, key: str) -> NameProfile | None:
        """Give a profile."""
        return self._profiles.get(key)

    def profile_of(self, group: str) -> str | None:
        """Give the key of the profile of a group, which nobody asks for here."""
        del group
        return None

    def judgement(self, key: str) -> Judgement | None:
        """Give a judgement of the log."""
        return self._judgements.get(key)
