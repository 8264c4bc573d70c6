"""Values that engines compare each in its own way, found while they pass.

Shapes and quads in, the same quads out; what is kept are the statements whose value is compared
with something that it cannot be compared with, such as a year with a number, that a pattern may
read in two ways, or that is a text where a node with properties is meant. The reference engine
judges whatever rests on them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    Triple,
    Variable,
)
from rdflib import SH
from rdflib.term import Node

from kg.graph.model import Dataset
from kg.graph.model import Term as _Term
from kg.shapes.portable import parts_of
from kg.shapes.reach import ORDERED_PAIRS, PAIRS, Chain, Step, Unreachable, visited
from kg.terms import PREFIXES

_LIMITS: Final = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_NODES: Final = (SH.property, SH.node, SH.qualifiedValueShape)
_KINDS: Final = ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
_NUMBERS: Final = frozenset(NamedNode(PREFIXES["xsd"] + kind) for kind in _KINDS)
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")
_VALUES: Final = (
    "SELECT DISTINCT ?predicate ?value WHERE {{ ?subject ?predicate ?value . FILTER({}) }}"
)
_COMPARED: Final = _VALUES.format(
    f"COALESCE(!(DATATYPE(?value) IN ({', '.join(sorted(map(str, _NUMBERS)))})"
    r' && REGEX(STR(?value), "^[+-]?[0-9]{1,15}([.][0-9]{1,15})?([eE][+-]?[0-9]{1,2})?$")), true)'
)
_MATCHED: Final = _VALUES.format(r'ISLITERAL(?value) && CONTAINS(STR(?value), "\n")')
_FOLLOWED: Final = _VALUES.format("ISLITERAL(?value)")


class Doubts:
    """Watches over the properties whose values are compared, or read by a pattern."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        """Learn what to watch from the shapes; raises Unreachable where that cannot be told."""
        self.found: list[Triple] = []
        self._compared: set[NamedNode] = set()
        self._matched: set[NamedNode] = set()
        self._followed: set[NamedNode] = set()  # to where a text has no properties
        for shape, _, values in visited(shapes):
            if any((shape, limit, None) in shapes for limit in _LIMITS):
                self._compared |= _last(values)
            if (shape, SH.pattern, None) in shapes:
                self._matched |= _last(values)
            inner = parts_of(shapes, shape)
            if any(way in _NODES or _looks_on(shapes, part) for way, part in inner):
                # focus nodes have properties, as has what a way leads back to
                self._followed |= _last([way for way in values if way and not way[-1].inverse])
            others = [other for pair in ORDERED_PAIRS for other in shapes.objects(shape, pair)]
            if others:
                self._compared |= _last(values) | {NamedNode(str(other)) for other in others}
        self._watched = self._compared | self._matched | self._followed

    def watching(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Pass quads on, keeping those in doubt."""
        for quad in quads:
            if quad.predicate in self._watched and self._is_doubtful(quad):
                self.found.append(quad.triple)
            yield quad

    def among(self, dataset: Dataset) -> list[Triple]:
        """Give the statements of a whole dataset that are in doubt; its own engine finds them."""
        asked = (
            (_COMPARED, self._compared),
            (_MATCHED, self._matched),
            (_FOLLOWED, self._followed),
        )
        return [
            quad.triple
            for query, predicates in asked
            for predicate in sorted(predicates, key=str)
            for value in self._values(dataset, query, predicate)
            for quad in dataset.quads(None, predicate, value)
        ]

    @staticmethod
    def _values(dataset: Dataset, query: str, predicate: NamedNode) -> Iterator[_Term]:
        rows = dataset.query(query, bound={Variable("predicate"): predicate})
        if not isinstance(rows, QuerySolutions):
            raise TypeError("the query is a SELECT")
        for row in rows:
            value = row["value"]
            if isinstance(value, NamedNode | BlankNode | Literal):
                yield value

    def _is_doubtful(self, quad: Quad) -> bool:
        value = quad.object
        if quad.predicate in self._compared and not (
            isinstance(value, Literal)
            and value.datatype in _NUMBERS
            and _NUMBER.fullmatch(value.value)
        ):
            return True
        if not isinstance(value, Literal):
            return False
        return quad.predicate in self._followed or (
            quad.predicate in self._matched and "\n" in value.value
        )


def _looks_on(shapes: rdflib.Graph, shape: Node) -> bool:
    """Tell whether a shape looks at properties of what it judges."""
    if any((shape, term, None) in shapes for term in (SH.path, SH.closed, SH.node, *PAIRS)):
        return True
    return any(_looks_on(shapes, part) for _, part in parts_of(shapes, shape))


def _last(ways: list[Chain]) -> set[NamedNode]:
    """Give the properties whose values stand at the end of ways."""
    steps = [way[-1] if way else Step(None) for way in ways]
    if any(step.inverse or step.again or step.predicate is None for step in steps):
        raise Unreachable
    return {NamedNode(step.predicate) for step in steps if step.predicate}
