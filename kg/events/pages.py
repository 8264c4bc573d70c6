"""Articles as this stage reads them, kept: which articles changed in, which readings did out.

An article is read anew where it or the identity of what it names changed, or whose organisation
its publisher is. Where what is known of an entity changed (its label, the states that a person
acts for), the readings that name it count as changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.articles.model import Article
from kg.claims.model import ArticleClaims
from kg.entities.model import EntityChanges, IdentityView
from kg.events.desk import Asked
from kg.events.independence import Sketch, sketch_of
from kg.events.reading import Named, Reading, World, acts_in, bare, readings_of
from kg.events.sightings import Sighting, sightings_of
from kg.shelves import Shelves
from kg.states import state_names
from kg.terms import Kind


@dataclass(frozen=True, slots=True)
class Page:
    """What an article tells: ids of its claims by kind, in the order of its text."""

    claims: dict[Kind, tuple[str, ...]] = field(default_factory=dict)
    sightings: tuple[str, ...] = ()
    publisher: str = ""

    @property
    def ids(self) -> set[str]:
        """The ids of all its claims."""
        return {claim for own in self.claims.values() for claim in own}


@dataclass(slots=True)
class Stirred:
    """What is new, changed or gone."""

    fresh: bool = False  # nothing at all was known before
    claims: defaultdict[Kind, set[str]] = field(default_factory=lambda: defaultdict(set))
    gone: dict[str, str] = field(default_factory=dict)  # claims with their articles
    sightings: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    new: set[str] = field(default_factory=set)  # articles of which nothing was known
    sketches: set[str] = field(default_factory=set)


class Pages:
    """Readings, sightings and sketches of all articles, and what is known of the entities."""

    def __init__(self, shelves: Shelves, identity: IdentityView) -> None:
        self._identity = identity
        self._articles = shelves.shelf("articles", Article, keep=0)  # others write there
        self._claims = shelves.shelf("claims", ArticleClaims, keep=0)
        self._names = shelves.shelf("events_names", Named, keep=65536)
        self._acts = shelves.index("events_acts")  # claims by person and state
        self._acting = shelves.index("events_acting")  # persons by state
        self._publishers = shelves.index("events_publishers")  # articles by name
        self._bodies = shelves.index("events_bodies")  # organisations by name
        self.pages = shelves.shelf("events_pages", Page)
        self.readings = shelves.shelf("events_readings", Reading, keep=8192)
        self.sightings = shelves.shelf("events_sightings", Sighting, keep=2048)
        self.sketches = shelves.shelf("events_sketches", Sketch, keep=1024)

    def update(self, touched: Collection[str], changes: EntityChanges) -> Stirred:
        """Read what changed."""
        stirred = Stirred(fresh=next(self.pages.keys(), None) is None)
        told, published = self._entities(changes)
        world = self.world()
        written = frozenset(touched)  # whose texts may be others than before
        articles = {*written, *changes.articles}
        articles |= {each for name in published for each in self._publishers.items(name)}
        acts: set[str] = set()
        for article in sorted(articles):
            acts |= self._read(article, world, stirred, sketched=article in written)
        told |= self._acting_anew(acts)
        for entity in sorted(told):
            for article in self._identity.articles_of(entity):
                if article not in stirred.new:
                    self._stir(article, entity, stirred)
        return stirred

    def world(self) -> World:
        """Give what is known now; good until the next update."""
        return World(Asked(self._names.get), Asked(self._states_of), state_names())

    def of(self, article: str, *kinds: Kind) -> list[Reading]:
        """Give the readings of an article, of some kinds."""
        page = self.pages.get(article) or Page()
        wanted = [claim for kind in kinds for claim in page.claims.get(kind, ())]
        return list(self.readings.many(wanted).values())

    def sightings_of(self, article: str) -> list[Sighting]:
        """Give the meetings that an article tells of."""
        page = self.pages.get(article) or Page()
        return list(self.sightings.many(page.sightings).values())

    def _states_of(self, person: str) -> frozenset[str] | None:
        return frozenset(self._acting.marks(person)) or None

    def _entities(self, changes: EntityChanges) -> tuple[set[str], set[str]]:
        """Take over what entities are called; give those called otherwise, and names of bodies."""
        told: set[str] = set()
        published: set[str] = set()
        for key in sorted(changes.entities):
            old, entity = self._names.get(key), self._identity.entity(key)
            named = Named(entity.type, entity.label) if entity else None
            if old == named:
                continue
            if named:
                self._names.put(key, named)
            else:
                self._names.drop(key)
            if old and named:
                told.add(key)
            bodies = {bare(each.label) for each in (old, named)
                      if each and each.kind == "organisation"}  # fmt: skip
            if bodies:
                published |= bodies
                known = named and named.kind == "organisation"
                self._bodies.set(key, [bare(named.label)] if named and known else [])
        return told, published

    def _read(self, article: str, world: World, stirred: Stirred, *, sketched: bool) -> set[str]:
        """Read an article anew; give who is said to act for whom, where that changed."""
        known = self.pages.get(article)
        old = known or Page()
        if known is None:
            stirred.new.add(article)
        source, claims = self._articles.get(article), self._claims.get(article)
        publisher = bare((source.get("publisher") if source else None) or "")
        readings = readings_of(
            claims.claims if claims else (),
            source,
            self._identity.mentions(article) if claims else (),
            self._identity.groups_of(article) if claims else {},
            world,
            next(iter(self._bodies.items(publisher, 1)), None) if publisher else None,
        )
        acts = self._kept(article, known, readings, world, stirred)
        sightings = self._seen(article, old, readings, stirred)
        kinds: defaultdict[Kind, list[str]] = defaultdict(list)
        for reading in readings:
            kinds[reading.kind].append(reading.id)
        page = Page({kind: tuple(own) for kind, own in kinds.items()}, sightings, publisher)
        if source or readings:
            self.pages.put(article, page, new=known is None)
        else:
            self.pages.drop(article)
        if publisher != old.publisher:
            self._publishers.set(article, [publisher] if publisher else [], new=known is None)
        if sketched:
            self._sketched(article, source, stirred)
        return acts

    def _kept(
        self,
        article: str,
        known: Page | None,
        readings: Iterable[Reading],
        world: World,
        stirred: Stirred,
    ) -> set[str]:
        """Keep readings; give who is said to act for whom, where that changed."""
        acts: set[str] = set()
        now: set[str] = set()
        for reading in readings:
            now.add(reading.id)
            if not self.readings.put(reading.id, reading, new=known is None):
                continue
            stirred.claims[reading.kind].add(reading.id)
            stirred.articles.add(article)
            stirred.gone.pop(reading.id, None)
            if known or reading.kind == "post":
                acts |= self._acted(reading.id, acts_in(reading, world), new=known is None)
        for kind, own in known.claims.items() if known else ():
            for claim in own:
                if claim not in now:
                    self.readings.drop(claim)
                    acts |= self._acted(claim, ())
                    stirred.gone[claim] = article
                    stirred.articles.add(article)
                if claim not in now or self._kind(claim) != kind:
                    stirred.claims[kind].add(claim)
        return acts

    def _kind(self, claim: str) -> Kind | None:
        reading = self.readings.get(claim)
        return reading.kind if reading else None

    def _acted(self, claim: str, acts: Iterable[tuple[str, str]], *, new: bool = False) -> set[str]:
        """Keep who acts for whom by a claim; give the pairs by which that changed."""
        old = set() if new else set(self._acts.marks(claim))
        now = {f"{one}\n{state}" for one, state in acts}
        if old != now:
            self._acts.set(claim, now, new=new)
        return old ^ now

    def _seen(
        self, article: str, old: Page, readings: list[Reading], stirred: Stirred
    ) -> tuple[str, ...]:
        """Keep the meetings that an article tells of; give their keys."""
        found = {each.key: each for each in sightings_of(readings)}
        new = article in stirred.new
        for key, sighting in found.items():
            if self.sightings.put(key, sighting, new=new):
                stirred.sightings.add(key)
                stirred.articles.add(article)
        for key in old.sightings:
            if key not in found:
                self.sightings.drop(key)
                stirred.sightings.add(key)
                stirred.articles.add(article)
        return tuple(found)

    def _sketched(self, article: str, source: Article | None, stirred: Stirred) -> None:
        sketch = sketch_of(source) if source else None
        new = article in stirred.new
        if self.sketches.put(article, sketch, new=new) if sketch else self.sketches.drop(article):
            stirred.sketches.add(article)

    def _acting_anew(self, acts: Iterable[str]) -> set[str]:
        """Keep for whom persons act by all claims; give those of whom that changed."""
        moved: defaultdict[str, set[str]] = defaultdict(set)
        for act in acts:
            person, state = act.split("\n")
            moved[person].add(state)
        anew = set()
        for person, states in sorted(moved.items()):
            old = set(self._acting.marks(person))
            now = {each for each in states if self._acts.count(f"{person}\n{each}")}
            if self._acting.set(person, (old - states) | now):
                anew.add(person)
        return anew

    def _stir(self, article: str, entity: str, stirred: Stirred) -> None:
        """Count the readings of an article that name an entity as changed."""
        page = self.pages.get(article) or Page()
        for kind, own in page.claims.items():
            for claim in own:
                reading = None if claim in stirred.claims[kind] else self.readings.get(claim)
                if reading and _names(reading, entity):
                    stirred.claims[kind].add(claim)
                    stirred.articles.add(article)
        if article in stirred.articles:
            stirred.sightings |= set(page.sightings)


def _names(reading: Reading, entity: str) -> bool:
    return entity in reading.sources or any(entity in reading.of(role) for role in reading.roles)
