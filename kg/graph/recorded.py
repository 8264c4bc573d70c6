"""Views over records that are whole in memory, as a stage that was run on its own gives them.

Records in, the views that the graph is written from out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from kg.articles.model import Article
from kg.claims.model import ArticleClaims, Claim
from kg.entities.model import Entity, Identity, Judgement, Mention, NameProfile
from kg.events.model import Disagreement, Event, EventLedger
from kg.graph.model import Reading, Records, Views
from kg.graph.tenure import posts_ended, posts_over, posts_unsaid


def views_of(records: Records) -> Views:
    """Give the views over the records of one corpus."""
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(records.claims, key=lambda each: (each.start, each.end, each.id)):
        claims[claim.article].append(claim)
    readings = {
        article.id: reading_of(article, claims.get(article.id, ()), records.tools)
        for article in records.articles
    }
    return Views(
        articles={article.id: article for article in records.articles},
        claims={article: ArticleClaims(tuple(own)) for article, own in claims.items()},
        readings=readings,
        retractions={},
        identity=RecordedIdentity(records.identity),
        events=RecordedEvents(records.ledger, records.claims),
    )


def reading_of(article: Article, claims: Collection[Claim], tools: Iterable[str]) -> Reading:
    """Give what the graph needs of an article beside its text and claims."""
    return Reading(
        software_of(claims, tools),
        article.get("published"),
        posts_over(claims),
        posts_unsaid(claims),
        posts_ended(claims),
    )


def software_of(claims: Iterable[Claim], tools: Iterable[str]) -> tuple[str, ...]:
    """Name what read an article: the extractors of its claims, and the tools that they used."""
    return tuple(sorted({claim.extractor for claim in claims} - {""} | {*tools}))


class RecordedIdentity:
    """A view of an identity in memory."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity
        self._entities = {each.id: each for each in identity.entities}
        self._judgements = {each.id: each for each in identity.judgements}
        self._profiles = {each.key: each for each in identity.profiles}
        self._entity_of = {key: each.id for each in identity.entities for key in each.groups}
        self._mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(identity.mentions, key=lambda each: (each.start or 0, each.id)):
            self._mentions[mention.article].append(mention)
        self._attested: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        for entity in sorted(identity.entities, key=lambda each: each.id):
            for form in sorted(entity.forms, key=lambda each: each.form):
                for article in form.articles:
                    self._attested[article].setdefault(entity.id, []).append(form.form)

    def entity(self, key: str) -> Entity | None:
        """Give an entity."""
        return self._entities.get(key)

    def entities(self) -> Iterator[Entity]:
        """Yield all entities, by id."""
        return iter([self._entities[key] for key in sorted(self._entities)])

    def groups_of(self, article: str) -> Mapping[str, str]:
        """Give for each article-level group of an article the id of its entity."""
        keys = {mention.key for mention in self.mentions(article)}
        return {key: self._entity_of[key] for key in sorted(keys) if key in self._entity_of}

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """Give the mentions of an article."""
        return tuple(self._mentions.get(article, ()))

    def attested(self, article: str) -> Mapping[str, tuple[str, ...]]:
        """Give for each entity that an article speaks of the forms of its name there."""
        return {key: tuple(forms) for key, forms in self._attested.get(article, {}).items()}

    def articles_of(self, entity: str) -> tuple[str, ...]:
        """Give the articles that speak of an entity, sorted."""
        known = self._entities.get(entity)
        keys = set(known.groups) if known else set()
        return tuple(
            article
            for article, own in sorted(self._mentions.items())
            if any(mention.key in keys for mention in own)
        )

    def profile(self, key: str) -> NameProfile | None:
        """Give a profile."""
        return self._profiles.get(key)

    def profile_of(self, group: str) -> str | None:
        """Give the profile of a group: records in memory do not say it."""
        del group
        return None

    def judgement(self, key: str) -> Judgement | None:
        """Give a judgement."""
        return self._judgements.get(key)

    def judgements(self) -> Iterator[Judgement]:
        """Yield all judgements."""
        return iter(self._identity.judgements)

    def identity(self) -> Identity:
        """Give all of it."""
        return self._identity


class RecordedEvents:
    """A view of a ledger in memory."""

    def __init__(self, ledger: EventLedger, claims: Iterable[Claim]) -> None:
        self._ledger = ledger
        self._events = {each.id: each for each in ledger.events}
        self._disagreements = {each.id: each for each in ledger.disagreements}
        self._about: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for claim in claims:
            if claim.id in ledger.about:
                self._about[claim.article][claim.id] = ledger.about[claim.id]

    def event(self, key: str) -> Event | None:
        """Give an event."""
        return self._events.get(key)

    def events(self) -> Iterator[Event]:
        """Yield all events, by id."""
        return iter([self._events[key] for key in sorted(self._events)])

    def disagreement(self, key: str) -> Disagreement | None:
        """Give a disagreement."""
        return self._disagreements.get(key)

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield all disagreements, by id."""
        return iter([self._disagreements[key] for key in sorted(self._disagreements)])

    def about(self, article: str) -> Mapping[str, str]:
        """Give for each claim of an article the id of the event that it is about."""
        return self._about.get(article, {})

    def ledger(self) -> EventLedger:
        """Give all of them."""
        return self._ledger
