"""What is said of one resource: an IRI in, its statements out, as they stand in their graphs.

To the statements with the resource as subject belong the nodes that nobody else has (names,
datings, selectors of evidence …), those on which evidence stands, and the supports and inferences
that tell what its statements rest on. A resource that is there no more tells what became of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.graph.model import Dataset
from kg.resources import lexicon
from kg.site.jsonld import Frame
from kg.site.looking import node, text_of

_DEEPEST: Final = 8
_MOST: Final = 5_000  # nodes below one resource
_POINTS: Final = node("rdf:subject")
_BEHIND: Final = (node("cmq:Support"), node("cmq:Inference"))
_TYPE: Final = node("rdf:type")
_REPLACED: Final = node("dcterms:isReplacedBy")
_INVALIDATED: Final = node("prov:wasInvalidatedBy")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a resource that is there no more."""

    heirs: tuple[str, ...] = ()  # what took its place
    reason: str = ""  # why it was taken out, where nothing took its place
    date: str = ""


def describe(dataset: Dataset, iri: str) -> Iterator[Quad]:
    """Yield the statements of a resource, those of the nodes below it, and their supports."""
    carried = _embedded()
    waiting: list[tuple[NamedNode | BlankNode, int]] = [(NamedNode(iri), 0)]
    waiting += [(each, _DEEPEST) for each in _supports(dataset, iri)]
    seen = {each for each, _ in waiting}
    while waiting:
        at, depth = waiting.pop()
        for quad in dataset.quads(at):
            yield quad
            below = quad.object
            if not isinstance(below, NamedNode | BlankNode) or below in seen:
                continue
            own = quad.predicate.value in carried or isinstance(below, BlankNode)
            if own and depth < _DEEPEST and len(seen) < _MOST:
                seen.add(below)
                waiting.append((below, depth + 1))


def fate_of(dataset: Dataset, iri: str) -> Fate | None:
    """Tell what became of a resource, None of one that is still there or never was.

    Of what is gone nothing is said any more but what took its place, or who took it out and why.
    """
    said: list[Quad] = []
    for quad in dataset.quads(NamedNode(iri)):
        if quad.predicate not in {_REPLACED, _INVALIDATED}:
            return None
        said.append(quad)
    if not said:
        return None
    heirs = {text_of(each.object) for each in said if each.predicate == _REPLACED}  # type: ignore[arg-type]  # of an IRI
    if heirs:
        return Fate(tuple(sorted(heirs)))
    causes = sorted(each.object.value for each in said if isinstance(each.object, NamedNode))
    return Fate(
        reason=_first(dataset, causes, "rdfs:comment"), date=_first(dataset, causes, "dcterms:date")
    )


def succession(iri: str, fate: Fate) -> Iterator[Quad]:
    """Yield what took the place of a resource of which the graph knows nothing any more."""
    for heir in fate.heirs:
        yield Quad(NamedNode(iri), _REPLACED, NamedNode(heir))


def _first(dataset: Dataset, nodes: list[str], name: str) -> str:
    found = (quad for each in nodes for quad in dataset.quads(NamedNode(each), node(name)))
    return min((str(getattr(quad.object, "value", "")) for quad in found), default="")


def _supports(dataset: Dataset, iri: str) -> list[NamedNode | BlankNode]:
    """Name what tells what the statements of a resource rest on."""
    found = {
        quad.subject
        for quad in dataset.quads(None, _POINTS, NamedNode(iri))
        if isinstance(quad.subject, NamedNode | BlankNode)
    }
    return sorted(
        (
            each
            for each in found
            if any(next(dataset.quads(each, _TYPE, kind), None) for kind in _BEHIND)
        ),
        key=str,
    )


def _embedded() -> frozenset[str]:
    return frozenset(node(name).value for name in lexicon("site", "frame.yaml", Frame).embedded)
