"""Events kept under their ids: groups of readings in, events, what they are about, rivals out.

An event is named after what it is. Where two would have one name both take another, made of their
claims, and give it up when they are alone again. What changed in an update is told at its end by
comparison with what was there before.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kg.events.building import NOWHERE, Group, built, ground_of
from kg.events.desk import Asked
from kg.events.disagreements import Bench, clashes, disagreements_of
from kg.events.independence import Independence
from kg.events.model import Disagreement, Event, Ground
from kg.events.reading import Reading, World
from kg.legaltable import kept_record, legal_record
from kg.shelves import Shelf, Shelves
from kg.terms import Kind


@dataclass(frozen=True, slots=True)
class Made:
    """An event as it is kept: what it would be called if it were alone, and if not."""

    event: Event
    own: str
    spare: str


@dataclass(frozen=True, slots=True)
class About:
    """The event that a claim is about."""

    event: str


class Keeper:
    """All events by the group of readings that they are made of, and by id."""

    def __init__(self, shelves: Shelves, readings: Shelf[Reading]) -> None:
        self._shelves = shelves
        self._readings = readings
        self._made = shelves.shelf("events_made", Made, keep=4096)
        self._names = shelves.index("events_names_taken")  # groups by what they would be called
        self._spares = shelves.index("events_spares")  # groups by what they are called instead
        self._about = shelves.shelf("events_about", About)
        self._found = shelves.shelf("events_disagreements", Disagreement)
        self._finders = shelves.index("events_finders")  # disagreements by group or person
        self._holders = shelves.index("events_holders")  # groups of posts by person

    def begin(self, world: World, independence: Independence) -> None:
        """Begin an update."""
        self._world = world
        self._independence = independence
        record = kept_record(self._shelves)
        measures = legal_record() if record is None else record
        self._bench = Bench(Asked(self._readings.get), world, independence, measures)
        self._were: dict[str, Event | None] = {}
        self._disputed: dict[str, Disagreement | None] = {}
        self._contested: set[str] = set()
        self._given_up: set[str] = set()  # ids that an event has had in this update
        self._persons: set[str] = set()
        self.renamed: set[str] = set()  # groups since this was last emptied
        self.moved: set[str] = set()  # articles with a claim about another event than before
        self._told_of: dict[str, tuple[str, str | None]] = {}  # claims: article and former event
        self._new_articles: set[str] = set()
        self._fresh = next(self._names.every(), None) is None
        self._taken: set[str] = set()  # names given since the last settling, where all is new

    # ---- looking up ---------------------------------------------------------------------

    def event(self, key: str) -> Event | None:
        """Give an event by its id."""
        group = self.group(key)
        made = self._made.get(group) if group else None
        return made.event if made else None

    def group(self, key: str) -> str | None:
        """Give the group whose event has an id."""
        for group in (*self._names.items(key, 2), *self._spares.items(key, 1)):
            made = self._made.get(group)
            if made and made.event.id == key:
                return group
        return None

    def event_of(self, group: str) -> Event | None:
        """Give the event of a group."""
        made = self._made.get(group)
        return made.event if made else None

    def events(self) -> Iterator[Event]:
        """Yield all events, by id."""
        last = ""
        for key, group in heapq.merge(self._names.every(), self._spares.every()):
            made = self._made.get(group)
            if made and made.event.id == key != last:
                last = key
                yield made.event

    def disagreement(self, key: str) -> Disagreement | None:
        """Give a disagreement."""
        return self._found.get(key)

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield all disagreements, by id."""
        return (found for _, found in self._found.items())

    def about(self, claims: Iterable[str]) -> dict[str, str]:
        """Give for claims the ids of the events that they are about."""
        return {claim: about.event for claim, about in self._about.many(claims).items()}

    # ---- moving on ----------------------------------------------------------------------

    def put(
        self,
        name: str,
        group: Group,
        days: Mapping[str, str] = NOWHERE,
        *,
        alone: bool = False,
    ) -> None:
        """Make the event of a group; `alone` leaves out the relations that it is named by."""
        made = built(group, self._world, self._independence, days)
        old = None if self._fresh else self._made.get(name)
        own = made.event.id
        if old is None or old.own != own:
            self._names.set(name, [own], new=old is None)
        if old and old.own != own:
            self._contested.add(old.own)
        is_alone = self._is_alone(own)
        if not is_alone:
            self._contested.add(own)
        event = made.event if is_alone else replace(made.event, id=made.spare)
        if alone:
            event = replace(event, relations=(), grounds=())
        articles = {reading.id: reading.article for reading in group.readings}
        self._keep(name, old, Made(event, own, made.spare), articles)
        self._dispute(name, event, {reading.id: reading for reading in group.readings})

    def drop(self, name: str) -> None:
        """Let go of the event of a group that is no more."""
        old = self._made.get(name)
        if old is None:
            return
        self._was(old.event.id, old.event)
        self._given_up.add(old.event.id)
        self._contested.add(old.own)
        self._made.drop(name)
        self._names.set(name, [])
        self._spares.set(name, [])
        self._hold(name, None, old.event)
        self._find(name, {})

    def forget(self, claims: Mapping[str, str]) -> None:
        """Let go of claims that are no more, given with their articles."""
        for claim, article in claims.items():
            self._tell(claim, article, None)

    def settle(self) -> None:
        """Name the events anew that share a name since others came, or no longer do."""
        for own in sorted(self._contested):
            holders = self._names.items(own)
            for name in holders:
                made = self._made.get(name)
                wanted = own if len(holders) == 1 else (made.spare if made else "")
                if made and made.event.id != wanted:
                    event = replace(made.event, id=wanted)
                    readings = self._readings.many(event.claims)
                    articles = {key: reading.article for key, reading in readings.items()}
                    self._keep(name, made, replace(made, event=event), articles)
                    self._dispute(name, event, readings)
        self._contested.clear()
        self._taken.clear()

    def ground(self, relation: str, other: str, claims: Iterable[str]) -> Ground:
        """Say what a relation follows from."""
        readings = self._readings.many(claims).values()
        return ground_of(relation, other, readings, self._independence)

    def relate(self, name: str, grounds: tuple[Ground, ...]) -> None:
        """Give the event of a group the relations to others that follow from these."""
        made = self._made.get(name)
        if made and made.event.grounds != grounds:
            relations = tuple((each.relation, each.other) for each in grounds)
            event = replace(made.event, relations=relations, grounds=grounds)
            self._keep(name, made, replace(made, event=event), {})

    def compare_holdings(self) -> None:
        """Find what excludes each other among the posts of the persons of whom posts changed."""
        for person in sorted(self._persons):
            known = (self._made.get(name) for name in self._holders.items(person))
            own = sorted((each.event for each in known if each), key=lambda each: each.id)
            found = {each.id: each for each in clashes(own, self._bench)}
            self._find(f"person\n{person}", found)

    def changed_events(self) -> frozenset[str]:
        """Give the ids of the events that are others than before the update."""
        return frozenset(
            key
            for key, old in self._were.items()
            if (old is None and key not in self._given_up) or self.event(key) != old
        )

    def changed_disagreements(self) -> frozenset[str]:
        """Give the ids of the disagreements that are others than before the update."""
        return frozenset(key for key, old in self._disputed.items() if self._found.get(key) != old)

    def changed_articles(self) -> frozenset[str]:
        """Give the articles of which a claim is about another event than before the update."""
        moved = {
            article
            for claim, (article, old) in self._told_of.items()
            if (known := self._about.get(claim)) is None or known.event != old
        }
        return frozenset(moved | self._new_articles)

    # ---- within -------------------------------------------------------------------------

    def _is_alone(self, own: str) -> bool:
        """Say whether no other event would have a name, as far as events came."""
        if not self._fresh:
            return len(self._names.items(own, 2)) == 1
        alone = own not in self._taken
        self._taken.add(own)
        return alone

    def _keep(self, name: str, old: Made | None, new: Made, articles: Mapping[str, str]) -> None:
        """Keep an event; `articles` tells for its claims where they stand."""
        event = new.event
        if old is not None:
            self._was(old.event.id, old.event)
        if event.id not in self._were:
            self._was(event.id, None if self._fresh else self.event(event.id))
        self._made.put(name, new, new=old is None)
        renamed = old is None or old.event.id != event.id
        if renamed:
            self.renamed.add(name)
        if old and renamed:
            self._given_up.add(old.event.id)
        spares = [new.spare] if event.id == new.spare != new.own else []
        if spares or (old and old.event.id == old.spare):
            self._spares.set(name, spares)
        self._hold(name, event, old.event if old else None)
        known = set() if renamed or old is None else set(old.event.claims)
        for claim, article in articles.items():
            if claim not in known:
                self._tell(claim, article, event.id)

    def _tell(self, claim: str, article: str, event: str | None) -> None:
        """Keep which event a claim is about."""
        old = None if self._fresh else self._about.get(claim)
        if (old.event if old else None) == event:
            return
        self.moved.add(article)
        if self._fresh:
            self._new_articles.add(article)
        else:
            self._told_of.setdefault(claim, (article, old.event if old else None))
        if event is None:
            self._about.drop(claim)
        else:
            self._about.put(claim, About(event), new=old is None)

    def _was(self, key: str, event: Event | None) -> None:
        self._were.setdefault(key, event)

    def _hold(self, name: str, event: Event | None, old: Event | None) -> None:
        """Keep who holds a post."""
        if (event or old) is None or "post" not in {each.kind for each in (event, old) if each}:
            return
        now = {value.value for value in event.values("person")} if event else set()
        was = {value.value for value in old.values("person")} if old else set()
        if now != was:
            self._holders.set(name, sorted(now))
        self._persons |= now | was

    def _dispute(self, name: str, event: Event, readings: Mapping[str, Reading]) -> None:
        bench = replace(self._bench, readings=readings)
        self._find(name, {each.id: each for each in disagreements_of(event, bench)})

    def _find(self, finder: str, found: Mapping[str, Disagreement]) -> None:
        """Keep what was found in one place; what is found nowhere any more is dropped."""
        old = [] if self._fresh else self._finders.items(finder)
        for key in sorted({*old, *found}):
            finders = set(self._finders.marks(key))
            self._finders.set(key, (finders | {finder}) if key in found else finders - {finder})
            if key not in self._disputed:
                self._disputed[key] = self._found.get(key)
            if key in found:
                self._found.put(key, found[key])
            elif finders == {finder}:
                self._found.drop(key)


def kinded(kind: Kind, group: str) -> str:
    """Name a group among those of all kinds."""
    return f"{kind}/{group}"
