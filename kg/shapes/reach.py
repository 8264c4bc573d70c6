"""How far shapes look from a focus node: the chains of properties that a verdict on it rests on.

Shapes in; chains out, each a way from the focus node over properties, forwards or against their
direction. If a statement is the last step of a chain from a node, the verdict on that node may
depend on it; if it is the last step of none, it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import rdflib
from rdflib import OWL, RDF, RDFS, SH
from rdflib.collection import Collection
from rdflib.term import Node

from kg.shapes.portable import parts_of
from kg.shapes.ways import Chain, Step, Unreachable, backwards, repeated

ORDERED_PAIRS: Final = (SH.lessThan, SH.lessThanOrEquals)
EQUAL_PAIRS: Final = (SH.equals, SH.disjoint)
PAIRS: Final = (*EQUAL_PAIRS, *ORDERED_PAIRS)
_DEEPEST: Final = 12
_TYPE: Final = Step(str(RDF.type))


def chains(shapes: rdflib.Graph) -> frozenset[Chain]:
    """Give the chains of all shapes that have targets.

    Raises Unreachable where a verdict depends on more than chains tell.
    """
    if any((None, term, None) in shapes for term in (SH.qualifiedValueShapesDisjoint, SH.sparql)):
        raise Unreachable
    return frozenset(chain for chain in _all(shapes) if chain)


def visited(shapes: rdflib.Graph) -> Iterator[tuple[Node, Chain, list[Chain]]]:
    """Yield each shape that judges, with the way to its focus node and those to its values."""
    for root in sorted(_roots(shapes), key=str):
        yield from _visits(shapes, root, ())


def expanded(shapes: rdflib.Graph, path: Node) -> list[Chain]:
    """Give the ways along a path, one for each choice that it leaves."""
    if isinstance(path, rdflib.URIRef):
        return [(Step(str(path)),)]
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return [backwards(each) for each in expanded(shapes, inverse)]
    several = shapes.value(path, SH.alternativePath)
    if several is not None:
        return [way for each in Collection(shapes, several) for way in expanded(shapes, each)]
    for mark in (SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath):
        inner = shapes.value(path, mark)
        if inner is not None:
            once = mark == SH.zeroOrOnePath
            least = [] if mark == SH.oneOrMorePath else [()]
            return [*repeated(expanded(shapes, inner), once=once), *least]
    ways: list[Chain] = [()]
    for each in Collection(shapes, path):
        ways = [(*before, *after) for before in ways for after in expanded(shapes, each)]
    return ways


def _all(shapes: rdflib.Graph) -> Iterator[Chain]:
    yield (_TYPE,)  # what tells the targets
    for term in shapes.objects(None, SH.targetSubjectsOf):
        yield (Step(str(term)),)
    for term in shapes.objects(None, SH.targetObjectsOf):
        yield (Step(str(term), inverse=True),)
    for shape, way, values in visited(shapes):
        yield from _read(shapes, shape, way, values)


def _roots(shapes: rdflib.Graph) -> set[Node]:
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    classes = {*shapes.subjects(RDF.type, RDFS.Class), *shapes.subjects(RDF.type, OWL.Class)}
    return classes | {node for target in targets for node in shapes.subjects(target)}


def _visits(
    shapes: rdflib.Graph, shape: Node, way: Chain
) -> Iterator[tuple[Node, Chain, list[Chain]]]:
    if len(way) > _DEEPEST:
        raise Unreachable
    path = shapes.value(shape, SH.path)
    values = [(*way, *each) for each in ([()] if path is None else expanded(shapes, path))]
    yield shape, way, values
    for _, part in parts_of(shapes, shape):
        for value in values:
            yield from _visits(shapes, part, value)


def _read(shapes: rdflib.Graph, shape: Node, way: Chain, values: list[Chain]) -> Iterator[Chain]:
    """Yield the chains that a shape itself reads along."""
    for predicate in PAIRS:
        for term in shapes.objects(shape, predicate):
            yield (*way, Step(str(term)))
    for value in values:
        for length in range(len(way) + 1, len(value) + 1):
            yield value[:length]
        if (shape, SH["class"], None) in shapes:
            yield (*value, _TYPE)
        if (shape, SH.closed, None) in shapes:
            yield (*value, Step(None))
