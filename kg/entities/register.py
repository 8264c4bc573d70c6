"""The register: who is who in a corpus that grows and is corrected.

Articles that came, went or changed and what persons judge in; what that changes out, and the
identity of everything to be asked. Only what is touched is computed again, and the outcome depends
on the set of claims and judgements alone: a full build is an update of an empty register.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from heapq import merge
from typing import Final

from kg.entities.bundles import name_profile
from kg.entities.calling import Called, call, entity_of
from kg.entities.context import in_order
from kg.entities.gathering import Course, changed_profiles, gather, is_compared
from kg.entities.joining import join
from kg.entities.mentions import mentions_of
from kg.entities.model import (
    Entity,
    EntityChanges,
    Identity,
    Judgement,
    Mention,
    NameProfile,
)
from kg.entities.persons import Heard, Persons, hear, persons_of
from kg.entities.state import Cell, State
from kg.entities.weighing import Bench, weigh
from kg.shelves import Shelves

_AT_ONCE: Final = 500
_AT_HAND: Final = 16384  # entities that are looked up again and again


class Register:
    """Identity kept on shelves; satisfies `IdentityView`."""

    def __init__(self, shelves: Shelves) -> None:
        self._state = State(shelves)
        self._persons = persons_of(self._state)
        self._said = {each.id: each for each in self._persons.said.values()}
        self._entities: dict[str, Entity | None] = {}  # looked up since the last update

    def update(self, touched: Collection[str], said: Iterable[Judgement] = ()) -> EntityChanges:
        """Bring identity up to date with the claims of the touched articles and with persons.

        `said` is all that persons judge now; what is no longer in it is taken back.
        """
        state = self._state
        course = Course(fresh=next(state.cells.keys(), None) is None)
        before = {} if course.fresh else {each: self.groups_of(each) for each in sorted(touched)}
        gather(state, touched, course)
        heard = hear(state, said, course)
        bench = Bench(state)
        dirty = weigh(state, course, bench)
        plan = join(state, course, bench, heard, dirty)
        called = call(state, course, heard.now, plan)
        self._persons = heard.now
        self._entities.clear()
        self._said = {each.id: each for each in heard.now.said.values()}
        return EntityChanges(
            entities=frozenset(called.ids) if course.fresh else called.changed(state),
            articles=self._moved(course, heard, called, before),
            profiles=changed_profiles(state, course),
            judgements=state.opinions.changes() | heard.judgements,
        )

    def entity(self, key: str) -> Entity | None:
        """Give an entity; its forms name no articles and its groups are left out."""
        if key not in self._entities:
            if len(self._entities) >= _AT_HAND:
                self._entities.clear()
            self._entities[key] = entity_of(self._state, key)
        return self._entities[key]

    def entities(self) -> Iterator[Entity]:
        """Yield all entities in the same form, by id."""
        rows = self._state.ids.every()
        while some := [row for _, row in zip(range(_AT_ONCE), rows, strict=False)]:
            clusters = self._state.clusters.many(cluster for _, cluster in some)
            yield from (clusters[cluster].entity(key) for key, cluster in some)

    def groups_of(self, article: str) -> Mapping[str, str]:
        """Give for each article-level group of an article the id of its entity."""
        return self._entities_in(self._state.cells.get(article))

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """Give the mentions of an article, by place and role."""
        found = self._state.claims.get(article)
        return mentions_of(in_order(found.claims)) if found else ()

    def articles_of(self, entity: str) -> tuple[str, ...]:
        """Give the articles that speak of an entity, sorted."""
        found: set[str] = set()
        for _, cluster in self._state.ids.rows("id", entity):
            kept = self._state.clusters.get(cluster)
            for unit in kept.units if kept else ():
                found.update(_articles(self._state, self._persons, unit))
        return tuple(sorted(found))

    def attested(self, article: str) -> Mapping[str, tuple[str, ...]]:
        """Give for each entity that an article speaks of the forms of its name that stand there."""
        cell = self._state.cells.get(article)
        entities = self._entities_in(cell)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for member in cell.members if cell else ():
            found[entities[member.group.key]].update(form for form, *_ in member.group.forms)
        return {entity: tuple(sorted(forms)) for entity, forms in sorted(found.items())}

    def profile(self, key: str) -> NameProfile | None:
        """Give a profile."""
        bundle = self._state.bundles.get(key)
        if bundle and is_compared(bundle):
            return name_profile(key, bundle)
        alone = self._state.alone.get(key)
        return alone.profile if alone else None

    def profiles(self) -> Iterator[NameProfile]:
        """Yield all profiles, by key."""
        judged = (
            name_profile(key, bundle)
            for key, bundle in self._state.bundles.items()
            if is_compared(bundle)
        )
        alone = (each.profile for _, each in self._state.alone.items())
        return merge(judged, alone, key=lambda each: each.key)

    def profile_of(self, group: str) -> str | None:
        """Give the key of the profile of a group; None where a code tells who it is."""
        for _, article, _ in self._state.members.rows("grp", group):
            cell = self._state.cells.get(article)
            for member in cell.members if cell else ():
                if member.group.key == group:
                    return member.group.profile or None
        return None

    def judgement(self, key: str) -> Judgement | None:
        """Give a judgement of the log."""
        return self._said.get(key) or self._state.opinions.judgement(key)

    def judgements(self) -> Iterator[Judgement]:
        """Yield all judgements, by what they relate."""
        said = sorted(self._said.values(), key=_related)
        return merge(self._state.opinions.judgements(), said, key=_related)

    def identity(self) -> Identity:
        """Give all of it at once, with the groups of entities and the articles of forms."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        where: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        mentions: list[Mention] = []
        articles = self._state.cells.keys()
        for article in articles:
            mentions += self.mentions(article)
            for group, entity in self.groups_of(article).items():
                groups[entity].append(group)
            for entity, forms in self.attested(article).items():
                for form in forms:
                    where[entity, form].append(article)
        entities = [
            replace(
                entity,
                groups=tuple(sorted(groups[entity.id])),
                forms=tuple(
                    replace(form, articles=tuple(where[entity.id, form.form]))
                    for form in entity.forms
                ),
            )
            for entity in self.entities()
        ]
        entities.sort(key=lambda each: (each.type, each.id))
        return Identity(
            tuple(mentions), tuple(self.judgements()), tuple(entities), tuple(self.profiles())
        )

    def _entities_in(self, cell: Cell | None) -> dict[str, str]:
        if cell is None:
            return {}
        named = self._persons.bundle_of
        units = {
            member.group.key: member.group.key if member.group.key in named else member.bundle
            for member in cell.members
        }
        homes = self._state.units.many(units.values())
        return {group: homes[unit].entity for group, unit in sorted(units.items())}

    def _moved(
        self, course: Course, heard: Heard, called: Called, before: Mapping[str, Mapping[str, str]]
    ) -> frozenset[str]:
        """Give the articles whose groups stand for other ids than before the update."""
        if course.fresh:
            return frozenset(course.cells)
        found = {each for each, groups in before.items() if groups != self.groups_of(each)}
        again: set[str] = set()
        for unit in called.units:
            bundles = {each.bundle_of.get(unit, unit) for each in (heard.before, heard.now)}
            split = any(
                each.named.get(key) for each in (heard.before, heard.now) for key in bundles
            )
            articles = {
                article
                for key in bundles
                for _, article, _ in self._state.members.rows("bundle", key)
            }
            if split:
                again |= articles
            else:
                found |= articles - before.keys()
        return frozenset(
            found | {each for each in again - before.keys() if self._differs(each, heard, called)}
        )

    def _differs(self, article: str, heard: Heard, called: Called) -> bool:
        """Say whether a group of an untouched article stood for another entity before."""
        cell = self._state.cells.get(article)
        now = self._entities_in(cell)
        for member in cell.members if cell else ():
            group = member.group.key
            unit = group if group in heard.before.bundle_of else member.bundle
            home = self._state.units.get(unit)
            was = called.units.get(unit, home.entity if home else None)
            if was != now[group]:
                return True
        return False


def _related(each: Judgement) -> tuple[str, str, str]:
    return each.left, each.right, each.id


def _articles(state: State, persons: Persons, unit: str) -> Iterator[str]:
    """Yield the articles of a unit, which is a bundle or one group of it."""
    if unit in persons.bundle_of:
        yield from (article for _, article, _ in state.members.rows("grp", unit))
        return
    named = persons.named.get(unit, ())
    for _, article, group in state.members.rows("bundle", unit):
        if group not in named:
            yield article
