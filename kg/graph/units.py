"""The graph in units, each of which can be written anew on its own.

Keys of what changed in, units with their quads out. An article's graph is two units, since what
its claims are about changes with others; in the other graphs it is what stands for one record. No
quad belongs to two units: what several records share (a post, a material, software) is a unit of
its own. Whoever describes a record by further nodes names the way to these in `_PARTS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from pyoxigraph import NamedNode, Quad

from kg.entities.model import EntityChanges, Mention
from kg.events.model import EventChanges
from kg.graph.claims import Source, claim_triples, paired
from kg.graph.entities import (
    entity_node,
    entity_triples,
    group_triples,
    judgement_triples,
    name_node,
    profile_triples,
)
from kg.graph.events import Context, disagreement_triples, event_triples, post_of, post_triples
from kg.graph.history import retraction_triples
from kg.graph.minting import Mint
from kg.graph.model import Views
from kg.graph.sources import article_triples, software_triples
from kg.graph.terms import Triple, term
from kg.graph.undated import bound_triples
from kg.iris import Iris
from kg.shelves import Shelves

Family = Literal[
    "article", "about", "software", "entity", "profile", "judgement",
    "event", "post", "disagreement", "bound", "retraction",
]  # fmt: skip
_GRAPH: Final[Mapping[Family, str]] = {
    "software": "identity",
    "entity": "identity",
    "profile": "identity",
    "judgement": "identity",
    "event": "derived",
    "post": "derived",
    "disagreement": "derived",
    "bound": "derived",
    "retraction": "history",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the graph, by the kind of record that it stands for and the key of that."""

    family: Family
    key: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What may have to be written anew."""

    articles: frozenset[str]
    entities: EntityChanges
    events: EventChanges
    judgements: frozenset[str] = frozenset()  # beside those that changed
    retractions: frozenset[str] = frozenset()


class Composer:
    """Writes units from the records; keeps on shelves which records share what."""

    def __init__(
        self,
        views: Views,
        iris: Iris,
        shelves: Shelves,
        labelled: Callable[[NamedNode], bool],
    ) -> None:
        """Compose from `views`; what is `labelled` by the reference graph gets no second label."""
        self._views = views
        self._mint = Mint(iris)
        self._labelled = labelled
        self._context = Context(self._mint, views)
        self._software_of = shelves.index("graph_software")  # article - software that read it
        self._posts = shelves.index("graph_posts")  # holding - post
        self._bodies = shelves.index("graph_bodies")  # holding - entity whose label names its post
        self._undated = shelves.index("graph_undated")  # article without a date - event
        self._concepts = shelves.index("graph_concepts")  # entity - concept that it is

    def touched(self, touched: Touched) -> Iterator[tuple[Unit, frozenset[Quad]]]:
        """Yield each unit that may have changed, with its quads as they are now; none if gone."""
        for unit in self._units(touched):
            yield unit, self.quads(unit)

    def described(self, touched: Touched) -> Iterator[tuple[Unit, Iterator[Triple]]]:
        """Yield the same units with their triples, some twice: those of a unit stand in a graph."""
        for unit in self._units(touched):
            yield unit, self._triples(unit)

    def _units(self, touched: Touched) -> Iterator[Unit]:
        yield from _each("article", touched.articles | touched.entities.articles)
        yield from _each("about", touched.articles | touched.events.articles)
        yield from _each("software", self._software_in(touched.articles))
        yield from _each("entity", self._entities(touched.entities.entities))
        yield from _each("profile", touched.entities.profiles)
        yield from _each("judgement", touched.entities.judgements | touched.judgements)
        yield from self._events(touched)
        yield from _each("disagreement", touched.events.disagreements)
        yield from _each("bound", self._bounds(touched))
        yield from _each("retraction", touched.retractions)

    def _software_in(self, articles: Iterable[str]) -> set[str]:
        """Give the software that read these articles, before and now."""
        found: set[str] = set()
        for key in articles:
            found |= set(self._software_of.marks(key))
            reading = self._views.readings.get(key)
            self._software_of.set(key, reading.software if reading else ())
            found |= set(reading.software if reading else ())
        return found

    def _entities(self, entities: Iterable[str]) -> set[str]:
        """Give the keys of the units of entities, before and after: what is a concept, by that."""
        keys: set[str] = set()
        for key in entities:
            entity = self._views.identity.entity(key)
            concept = entity.concept if entity else None
            keys |= set(self._concepts.marks(key)) or {concept or key}
            if concept or self._concepts.marks(key):
                self._concepts.set(key, [concept] if concept else [])
        return keys

    def _events(self, touched: Touched) -> Iterator[Unit]:
        """Yield the events, then the posts that they and their like were or are holdings of."""
        events = self._told(touched)
        for entity in touched.entities.entities:
            events |= set(self._bodies.items(entity))
        posts: set[str] = set()
        for key in sorted(events):
            posts |= self._noted(key)
            yield Unit("event", key)
        yield from _each("post", posts)

    def _told(self, touched: Touched) -> set[str]:
        """Give the events that changed, and those of which articles that changed tell."""
        events = set(touched.events.events)
        for article in touched.articles:
            events |= set(self._views.events.about(article).values())
        return events

    def _bounds(self, touched: Touched) -> set[str]:
        """Give the articles without a date whose events, or which themselves, changed."""
        found: set[str] = set()
        for article in sorted(touched.articles | touched.events.articles):
            reading = self._views.readings.get(article)
            open_ = reading is not None and not reading.published
            events = set(self._views.events.about(article).values()) if open_ else set()
            if events or self._undated.marks(article):
                self._undated.set(article, sorted(events))
                found.add(article)
        for event in self._told(touched):
            found |= set(self._undated.items(event))
        return found

    def _noted(self, key: str) -> set[str]:
        """Note of which post an event is a holding; give the post of before and of now."""
        event = self._views.events.event(key)
        post = post_of(event, self._context) if event and event.kind == "post" else None
        before = set(self._posts.marks(key))
        if post is None and not before:
            return before
        self._posts.set(key, [post.name] if post else [])
        self._bodies.set(key, [post.held_in] if post and post.held_in else [])
        return before | ({post.name} if post else set())

    def quads(self, unit: Unit) -> frozenset[Quad]:
        """Give all quads of a unit, none if its record is gone."""
        graph = graph_of(unit, self._mint)
        return frozenset([Quad(*each, graph) for each in self._triples(unit)])

    def _triples(self, unit: Unit) -> Iterator[Triple]:
        return _DESCRIBE[unit.family](self, unit.key)

    def software(self, key: str) -> Iterator[Triple]:
        """Describe software that read articles."""
        used = self._software_of.items(key, at_most=1)
        return software_triples([key], self._mint) if used else iter(())

    def profile(self, key: str) -> Iterator[Triple]:
        """Describe a profile."""
        profile = self._views.identity.profile(key)
        return profile_triples(profile, self._mint) if profile else iter(())

    def event(self, key: str) -> Iterator[Triple]:
        """Describe an event with the support of each statement."""
        event = self._views.events.event(key)
        return event_triples(event, self._context) if event else iter(())

    def post(self, key: str) -> Iterator[Triple]:
        """Describe a post that holdings are of."""
        held = (self._views.events.event(each) for each in self._posts.items(key))
        return post_triples(filter(None, held), self._context)

    def disagreement(self, key: str) -> Iterator[Triple]:
        """Describe a disagreement."""
        found = self._views.events.disagreement(key)
        return disagreement_triples(found, self._context) if found else iter(())

    def bound(self, key: str) -> Iterator[Triple]:
        """Say from when on an article without a date appeared."""
        return bound_triples(key, self._context)

    def retraction(self, key: str) -> Iterator[Triple]:
        """Describe a retraction."""
        found = self._views.retractions.get(key)
        return retraction_triples(found, self._mint) if found else iter(())

    def article(self, key: str) -> Iterator[Triple]:
        """Describe an article, its claims, whom it speaks of and under which names."""
        views, mint = self._views, self._mint
        article, reading = views.articles.get(key), views.readings.get(key)
        if article is None or reading is None:
            return
        source = Source.of(article, mint)
        meant = views.identity.groups_of(key)
        nodes = {group: self._node(each) for group, each in meant.items()}
        mentions = views.identity.mentions(key)
        yield from article_triples(article, reading.software, mint)
        yield from self._claims(source, mentions, nodes)
        for mention in {mention.key: mention for mention in mentions}.values():
            if self._is_coded(meant.get(mention.key, "")):
                continue
            profile = views.identity.profile_of(mention.key)
            yield from group_triples(mention, nodes.get(mention.key), profile, mint)
        for entity, forms in views.identity.attested(key).items():
            for form in forms:
                name = name_node(self._node(entity), form, mint)
                yield name, term("cmq:attestedIn"), source.node

    def _claims(
        self, source: Source, mentions: Iterable[Mention], nodes: Mapping[str, NamedNode]
    ) -> Iterator[Triple]:
        own = self._views.claims.get(source.id)
        said: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            said[mention.claim].append(mention)
        for claim in own.claims if own else ():
            pairs = paired(said[claim.id], nodes)
            yield from claim_triples(claim, source, pairs, self._mint)

    def about(self, key: str) -> Iterator[Triple]:
        """Say which events the claims of an article are about."""
        if self._views.articles.get(key):
            for claim, event in self._views.events.about(key).items():
                yield self._mint.claim(claim), term("cmq:about"), self._mint.path(event)

    def _is_coded(self, entity: str) -> bool:
        """Say whether a code or a concept tells who is meant: nobody judges groups of these."""
        known = self._views.identity.entity(entity)
        return known is not None and bool(known.codes or known.concept)

    def _node(self, entity: str) -> NamedNode:
        known = self._views.identity.entity(entity)
        return entity_node(known, self._mint) if known else self._mint.path(entity)

    def entity(self, key: str) -> Iterator[Triple]:
        """Describe an entity, or all that are one concept; without a second label."""
        for each in self._concepts.items(key) or [key]:
            entity = self._views.identity.entity(each)
            if entity:
                second = entity.concept is None and self._labelled(self._mint.path(entity.id))
                yield from entity_triples(entity, self._mint, labelled=second)

    def judgement(self, key: str) -> Iterator[Triple]:
        """Describe a judgement."""
        judgement = self._views.identity.judgement(key)
        if judgement:
            sides = self._side(judgement.left), self._side(judgement.right)
            yield from judgement_triples(judgement, sides, self._mint)

    def _side(self, key: str) -> NamedNode:
        family = "profile" if self._views.identity.profile(key) else "group"
        return self._mint.node(family, key)


_DESCRIBE: Final[Mapping[Family, Callable[[Composer, str], Iterator[Triple]]]] = {
    "article": Composer.article,
    "about": Composer.about,
    "software": Composer.software,
    "entity": Composer.entity,
    "profile": Composer.profile,
    "judgement": Composer.judgement,
    "event": Composer.event,
    "post": Composer.post,
    "disagreement": Composer.disagreement,
    "bound": Composer.bound,
    "retraction": Composer.retraction,
}


def graph_of(unit: Unit, mint: Mint) -> NamedNode:
    """Name the graph that a unit is part of; an article has its own."""
    if unit.family in ("article", "about"):
        return mint.article(unit.key)
    return mint.graph(_GRAPH[unit.family])


def _each(family: Family, keys: Collection[str]) -> Iterator[Unit]:
    return (Unit(family, key) for key in sorted(keys))
