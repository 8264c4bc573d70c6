"""Which properties are to be watched, by the shapes that judge their values.

A shapes graph in; out come the properties whose values shapes compare, read by a pattern, or follow
to further properties.
"""

from __future__ import annotations

from typing import Final

import rdflib
from rdflib import SH
from rdflib.term import Node

from kg.shapes.doubts import Watched
from kg.shapes.portable import parts_of
from kg.shapes.reach import EQUAL_PAIRS, ORDERED_PAIRS, PAIRS, visited
from kg.shapes.ways import Chain, Step, Unreachable

_LIMITS: Final = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_READING: Final = (SH["in"], SH.hasValue, SH.pattern, SH.minLength, SH.maxLength)
_NODES: Final = (SH.property, SH.node, SH.qualifiedValueShape)


def watched_by(shapes: rdflib.Graph) -> Watched:
    """Learn what to watch from the shapes; raises Unreachable where that cannot be told."""
    limited: set[str] = set()
    compared: set[str] = set()
    pairs: list[set[str]] = []
    matched: set[str] = set()
    followed: set[str] = set()
    read: set[str] = set()
    for shape, way, values in visited(shapes):
        if any((shape, limit, None) in shapes for limit in _LIMITS):
            limited |= _last(values)
        if (shape, SH.pattern, None) in shapes:
            matched |= _last(values)
        inner = parts_of(shapes, shape)
        if any(kind in _NODES or _looks_on(shapes, part) for kind, part in inner):
            # focus nodes have properties, as has what a way leads back to
            followed |= _last([each for each in values if each and not each[-1].inverse])
        others = {str(other) for pair in ORDERED_PAIRS for other in shapes.objects(shape, pair)}
        if others and _are_apart(values, way) and not others & _last(values):
            pairs.append(_last(values) | others)
        elif others:
            compared |= _last(values) | others
        read |= _read(shapes, shape, values)
    paired = _joined(pairs)
    markable = limited.union(*paired) - compared - matched - read
    return Watched(
        limited=tuple(sorted(limited)),
        paired=tuple(sorted(tuple(sorted(each)) for each in paired)),
        compared=tuple(sorted(compared)),
        matched=tuple(sorted(matched)),
        followed=tuple(sorted(followed)),
        markable=tuple(sorted(markable)),
    )


def _are_apart(values: list[Chain], way: Chain) -> bool:
    """Tell whether all values are those of properties of the focus node itself."""
    return all(len(each) == len(way) + 1 for each in values)


def _read(shapes: rdflib.Graph, shape: Node, values: list[Chain]) -> set[str]:
    """Name the properties of whose values a shape reads more than of which kind they are."""
    own = {way[-1].predicate for way in values if way}
    others = {str(other) for pair in EQUAL_PAIRS for other in shapes.objects(shape, pair)}
    reads = any((shape, term, None) in shapes for term in (*_READING, *EQUAL_PAIRS))
    return others | ({each for each in own if each} if reads else set())


def _joined(pairs: list[set[str]]) -> list[set[str]]:
    """Put together the pairs that have a property in common."""
    found: list[set[str]] = []
    for pair in pairs:
        near = [each for each in found if each & pair]
        found = [each for each in found if not each & pair]
        found.append(pair.union(*near))
    return found


def _looks_on(shapes: rdflib.Graph, shape: Node) -> bool:
    """Tell whether a shape looks at properties of what it judges."""
    if any((shape, term, None) in shapes for term in (SH.path, SH.closed, SH.node, *PAIRS)):
        return True
    return any(_looks_on(shapes, part) for _, part in parts_of(shapes, shape))


def _last(ways: list[Chain]) -> set[str]:
    """Give the properties whose values stand at the end of ways."""
    steps = [way[-1] if way else Step(None) for way in ways]
    if any(step.inverse or step.again or step.predicate is None for step in steps):
        raise Unreachable
    return {step.predicate for step in steps if step.predicate}
