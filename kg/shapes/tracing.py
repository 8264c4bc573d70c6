"""From a node of the graph to the stretch of text that it rests on.

A dataset in; for a node, spans of articles out. The way leads along what the node was derived
from, or against what points at it, one step at a time, and ends at the nearest stretch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.model import Dataset
from kg.shapes.model import Node
from kg.terms import PREFIXES


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def _terms(names: str) -> tuple[NamedNode, ...]:
    return tuple(_term(name) for name in names.split())


_START, _END = _terms("cmq:start cmq:end")
_FIRST, _LAST = _terms("oa:start oa:end")
_LINE, _COLUMN = _terms("cmq:line cmq:column")
_SOURCE, _SELECTOR, _EXACT = _terms("oa:hasSource oa:hasSelector oa:exact")
_MENTION, _ROLE, _REFERS = _terms("cmq:mention cmq:role cmq:refersTo")
_TYPE, _ARTICLE, _IDENTIFIER = _terms("rdf:type cmq:Article dcterms:identifier")
_PRIMARY: Final = _term("prov:hadPrimarySource")
_OWNERS: Final = _terms("cmq:dating cmq:metadatum cmq:mention")
_DERIVED: Final = _term("prov:wasDerivedFrom")
_DOWN: Final = _terms("cmq:mention cmq:claim cmq:option cmq:subject")
_UP: Final = _terms(
    "oa:hasSelector cmq:dating cmq:mention cmq:metadatum cmq:about prov:wasGeneratedBy "
    "cmq:refersTo cmq:option org:post cmq:name"
)
_STEPS: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of an article's text; `quote` and `position` are what the graph says of it."""

    article: str
    start: int
    end: int
    quote: str = field(default="", compare=False)
    position: tuple[int, int] | None = field(default=None, compare=False)


class Tracer:
    """Finds the text under the nodes of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._evidence_of: defaultdict[str, list[Span]] | None = None

    def span(self, focus: Node, path: str | None, value: Node | None) -> Span | None:
        """Give the stretch in question: that of the value if it has one, else the focus node's."""
        near = min(self._of_value(focus, path, value), default=None)
        own = near or min(self._of_node(focus), default=None)
        return own or min(self._of_use(value), default=None)

    def around(self, span: Span) -> Span | None:
        """Give the shortest piece of evidence that holds a stretch of an article."""
        if self._evidence_of is None:
            self._evidence_of = defaultdict(list)
            for quad in self._dataset.quads(None, _SOURCE):
                if not isinstance(quad.subject, Triple):
                    for each in self._own(quad.subject):
                        self._evidence_of[each.article].append(each)
        holding = (
            each
            for each in self._evidence_of.get(span.article, [])
            if each.start <= span.start and span.end <= each.end
        )
        return min(holding, key=lambda each: (each.end - each.start, each.start), default=None)

    def article(self, node: Node) -> str | None:
        """Name the article that a node is, uses or is attested in."""
        if _ARTICLE in self._objects(node, _TYPE):
            return self._text(node, _IDENTIFIER)
        pointing = _terms("prov:used cmq:attestedIn prov:hadPrimarySource")
        owners = (each for term in _OWNERS for each in self._subjects(term, node))
        sources = (
            each
            for own in (node, *owners)
            for term in pointing
            for each in self._objects(own, term)
        )
        names = (self._text(each, _IDENTIFIER) for each in sources)
        return min((name for name in names if name), default=None)

    def graphs(self, node: Node) -> tuple[str, ...]:
        """Name the graphs that describe a node."""
        if isinstance(node, Literal):
            return ()
        names = {quad.graph_name for quad in self._dataset.quads(node)}
        return tuple(sorted(name.value for name in names if isinstance(name, NamedNode)))

    def _of_value(self, focus: Node, path: str | None, value: Node | None) -> Iterator[Span]:
        """Yield what the value itself rests on, and the mentions that put it into this role."""
        if not isinstance(value, NamedNode | BlankNode):
            return
        yield from self._own(value)
        for mention in self._objects(focus, _MENTION):
            roles = [str(role) for role in self._objects(mention, _ROLE)]
            if (not roles or path in roles) and value in self._objects(mention, _REFERS):
                yield from self._own(mention)

    def _of_use(self, value: Node | None) -> Iterator[Span]:
        """Yield what the statements rest on that use a term, for findings on the vocabulary."""
        if isinstance(value, NamedNode):
            uses = (*self._dataset.quads(None, value), *self._dataset.quads(None, _TYPE, value))
            for quad in sorted(uses, key=str)[:1]:
                if not isinstance(quad.subject, Triple):
                    yield from self._of_node(quad.subject)

    def _of_node(self, focus: Node) -> list[Span]:
        """Give the spans of a node, else those of all nodes one step away, and so on."""
        frontier: list[Node] = [focus]
        seen = {focus}
        for _ in range(_STEPS):
            spans = [span for node in frontier for span in self._own(node)]
            if spans:
                return spans
            steps = [near for node in frontier for near in self._near(node)]
            frontier = [near for near in dict.fromkeys(steps) if near not in seen]
            seen.update(frontier)
        return []

    def _near(self, node: Node) -> Iterator[Node]:
        """Yield the nodes a step away: for a claim its evidence only, which holds all else."""
        evidence = self._objects(node, _DERIVED)
        if evidence:
            yield from evidence
            return
        for predicate in _DOWN:
            yield from self._objects(node, predicate)
        for predicate in _UP:
            yield from self._subjects(predicate, node)

    def _own(self, node: Node) -> Iterator[Span]:
        """Yield the stretch that a node names itself."""
        source = self._first(node, _SOURCE)
        if source is not None:
            yield from self._evidence(node, source)
            return
        start, end = self._number(node, _START), self._number(node, _END)
        if start is None or end is None:
            return
        article = self._article_of(node)
        if article:
            yield Span(article, start, end)

    def _evidence(self, node: Node, source: Node) -> Iterator[Span]:
        article = self._text(source, _IDENTIFIER)
        selectors = self._objects(node, _SELECTOR)
        starts = [n for each in selectors if (n := self._number(each, _FIRST)) is not None]
        ends = [n for each in selectors if (n := self._number(each, _LAST)) is not None]
        quotes = [text for each in selectors if (text := self._text(each, _EXACT))]
        line, column = self._number(node, _LINE), self._number(node, _COLUMN)
        if article and starts and ends:
            position = (line, column) if line and column else None
            yield Span(article, min(starts), min(ends), min(quotes, default=""), position)

    def _article_of(self, node: Node) -> str | None:
        """Name the article of a mention, or of a dating or metadatum by what has it."""
        owners = (each for term in _OWNERS for each in self._subjects(term, node))
        for each in (node, *owners):
            primary = self._first(each, _PRIMARY)
            found = self._text(each if primary is None else primary, _IDENTIFIER)
            if found:
                return found
        return None

    def _objects(self, node: Node, predicate: NamedNode) -> list[Node]:
        if isinstance(node, Literal):
            return []
        found = (quad.object for quad in self._dataset.quads(node, predicate))
        return [each for each in found if not isinstance(each, Triple)]

    def _subjects(self, predicate: NamedNode, node: Node) -> list[Node]:
        found = (quad.subject for quad in self._dataset.quads(None, predicate, node))
        return [each for each in found if not isinstance(each, Triple)]

    def _first(self, node: Node, predicate: NamedNode) -> Node | None:
        return min(self._objects(node, predicate), key=str, default=None)

    def _text(self, node: Node, predicate: NamedNode) -> str | None:
        found = self._first(node, predicate)
        return found.value if isinstance(found, Literal) else None

    def _number(self, node: Node, predicate: NamedNode) -> int | None:
        text = self._text(node, predicate)
        return int(text) if text is not None and text.isdecimal() else None
