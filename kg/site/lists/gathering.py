"""Paths over the graph in, their values out, for all entries of a list at once.

A step is read for the whole graph by one pattern, since a million statements are passed over more
quickly in one go than looked up one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Dataset
from kg.site.looking import node

Node = NamedNode | Literal
Step = Mapping[str, list[Node]]


class Gathering:
    """Follows paths in some graphs, or in all of them."""

    def __init__(self, dataset: Dataset, graphs: tuple[str, ...]) -> None:
        self._dataset = dataset
        named = tuple(NamedNode(each) for each in graphs)
        self._graphs: tuple[NamedNode | None, ...] = named or (None,)
        self._steps: dict[str, Step] = {}

    def follow(self, starts: Iterable[str], path: str) -> dict[str, list[Node]]:
        """Give what each start leads to, repeated where several ways lead there."""
        reached: dict[str, list[Node]] = {each: [NamedNode(each)] for each in starts}
        for step in path.split("/"):
            known = self._step(step)
            reached = {
                start: [
                    end
                    for each in nodes
                    if isinstance(each, NamedNode)
                    for end in known.get(each.value, ())
                ]
                for start, nodes in reached.items()
            }
        return reached

    def _step(self, step: str) -> Step:
        if step not in self._steps:
            self._steps[step] = self._read(step)
        return self._steps[step]

    def _read(self, step: str) -> Step:
        forward, _, wanted = step.removeprefix("^").partition("=")
        name, _, kept = forward.removesuffix("]").partition("[")
        members = self._members(kept) if kept else None
        back = step.startswith("^")
        found: dict[str, list[Node]] = defaultdict(list)
        for one, other in self._pairs(name, node(wanted) if wanted else None):
            start, end = (other, one) if back else (one, other)
            if isinstance(start, NamedNode) and (members is None or end in members):
                found[start.value].append(end)
        for key, values in found.items():
            if len(values) > 1:
                found[key] = sorted(set(values), key=str)
        return found

    def _pairs(self, name: str, value: NamedNode | None) -> Iterator[tuple[NamedNode, Node]]:
        for graph in self._graphs:
            for quad in self._dataset.quads(None, node(name), value, graph):
                one, other = quad.subject, quad.object
                if isinstance(one, NamedNode) and isinstance(other, NamedNode | Literal):
                    yield one, other

    def _members(self, name: str) -> frozenset[Node]:
        return frozenset(subject for subject, _ in self._pairs("rdf:type", node(name)))


def reached(dataset: Dataset, start: str, path: str) -> list[Node]:
    """Follow a path of forward steps from one start."""
    nodes: list[Node] = [NamedNode(start)]
    for step in path.split("/"):
        found = {
            quad.object
            for each in nodes
            if isinstance(each, NamedNode)
            for quad in dataset.quads(each, node(step))
            if isinstance(quad.object, NamedNode | Literal)
        }
        nodes = sorted(found, key=str)
    return nodes
