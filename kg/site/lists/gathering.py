"""Paths over the graph in, their values out, for one entry of a list after the other.

Every step is a look at the store, and nothing of the graph is held, so that a list of a million
entries takes no more memory than one of a hundred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Dataset
from kg.site.looking import node

Node = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: `cmq:party`, `^cmq:actor[cmq:PolicyCommitment]`, `rdf:type=cmq:X`."""

    name: NamedNode
    back: bool
    wanted: NamedNode | None  # the only value that counts
    kind: NamedNode | None  # the class that an end has to have


@lru_cache(1024)
def steps(path: str) -> tuple[Step, ...]:
    """Read a path."""
    return tuple(map(_step, path.split("/")))


def _step(text: str) -> Step:
    forward, _, wanted = text.removeprefix("^").partition("=")
    name, _, kind = forward.removesuffix("]").partition("[")
    return Step(
        node(name),
        text.startswith("^"),
        node(wanted) if wanted else None,
        node(kind) if kind else None,
    )


class Gathering:
    """Follows paths in some graphs, or in all of them."""

    def __init__(self, dataset: Dataset, graphs: tuple[str, ...] = (), keep: int = 16_384) -> None:
        self._dataset = dataset
        named = tuple(NamedNode(each) for each in graphs)
        self._graphs: tuple[NamedNode | None, ...] = named or (None,)
        self._beyond = lru_cache(keep)(self._ends)  # what many entries share

    def follow(self, start: str, path: str) -> list[Node]:
        """Give what a start leads to, repeated where several ways lead there."""
        first, *rest = steps(path)
        nodes: list[Node] = [*self._ends(NamedNode(start), first)]
        for step in rest:
            nodes = [
                end
                for each in nodes
                if isinstance(each, NamedNode)
                for end in self._beyond(each, step)
            ]
        return nodes

    def _ends(self, start: NamedNode, step: Step) -> tuple[Node, ...]:
        found = dict.fromkeys(self._reached(start, step))
        if step.kind is not None:
            return tuple(each for each in found if self._is(each, step.kind))
        return tuple(found)

    def _reached(self, start: NamedNode, step: Step) -> Iterator[Node]:
        for graph in self._graphs:
            if step.back:
                for quad in self._dataset.quads(None, step.name, start, graph):
                    if isinstance(quad.subject, NamedNode):
                        yield quad.subject
            else:
                for quad in self._dataset.quads(start, step.name, step.wanted, graph):
                    if isinstance(quad.object, NamedNode | Literal):
                        yield quad.object

    def _is(self, each: Node, kind: NamedNode) -> bool:
        return isinstance(each, NamedNode) and any(
            next(self._dataset.quads(each, node("rdf:type"), kind, graph), None) is not None
            for graph in self._graphs
        )
