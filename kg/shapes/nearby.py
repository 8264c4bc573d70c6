"""Statements of single nodes, as those ask who follow ways through a dataset.

A node and a step in, the statements of that step out. Of a node that is asked about often all
statements are read at once, unless they are many: to ask for one property after the other takes
most of the time, and mostly finds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.model import Dataset
from kg.shapes.model import Node
from kg.shapes.ways import Step

_OFTEN: Final = 4  # times that a node is asked about
_MANY: Final = 200  # statements of one node

_Read = Mapping[str, Collection[Quad]]  # by property


class Nearby:
    """What is said of nodes of a dataset, and what is said with them as values."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self._asked: defaultdict[tuple[Node, bool], int] = defaultdict(int)
        self._read: dict[tuple[Node, bool], _Read | None] = {}  # None: too many

    def quads(self, node: Node, step: Step) -> Collection[Quad]:
        """Give the statements that a step from a node takes."""
        if isinstance(node, Literal) and not step.inverse:
            return ()
        if step.predicate is not None:
            read = self._all(node, inverse=step.inverse)
            if read is not None:
                return read.get(step.predicate, ())
        return self._found(node, step, None)

    def _all(self, node: Node, *, inverse: bool) -> _Read | None:
        """Give all statements of a node, None if it is asked about seldom or they are many."""
        key = node, inverse
        if key in self._read:
            return self._read[key]
        self._asked[key] += 1
        if self._asked[key] < _OFTEN:
            return None
        found = self._found(node, Step(None, inverse), _MANY + 1)
        read: defaultdict[str, list[Quad]] = defaultdict(list)
        for quad in found:
            read[quad.predicate.value].append(quad)
        self._read[key] = dict(read) if len(found) <= _MANY else None
        return self._read[key]

    def _found(self, node: Node, step: Step, most: int | None) -> list[Quad]:
        predicate = None if step.predicate is None else NamedNode(step.predicate)
        if step.inverse:
            return [*islice(self.dataset.quads(None, predicate, node), most)]
        if isinstance(node, Literal):
            return []
        return [*islice(self.dataset.quads(node, predicate), most)]
