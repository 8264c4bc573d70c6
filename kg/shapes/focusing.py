"""Which focus nodes a change touches, and the part of a dataset that a verdict on them rests on.

Chains and changed statements in, nodes out, found against the direction of the chains; nodes in,
statements out, found along them. Nothing is touched that is not reached: a verdict on what is left
alone stays what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.shapes.model import Node
from kg.shapes.nearby import Nearby
from kg.shapes.ways import Chain, Step
from kg.terms import PREFIXES

SUBCLASS: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")


def touched(changed: Iterable[Triple], chains: Collection[Chain], near: Nearby) -> set[Node]:
    """Give the nodes whose verdict may rest on one of the statements, there or gone."""
    last: dict[str | None, list[Chain]] = {}
    for chain in chains:
        last.setdefault(chain[-1].predicate, []).append(chain)
    ends: dict[Chain, set[Node]] = {}
    for triple in changed:
        for chain in (*last.get(triple.predicate.value, ()), *last.get(None, ())):
            node = triple.object if chain[-1].inverse else triple.subject
            if isinstance(node, NamedNode | BlankNode | Literal):
                ends.setdefault(chain, set()).add(node)
    found: set[Node] = set()
    for chain, nodes in ends.items():
        found |= _back(chain, nodes, near)
    return found


def _back(chain: Chain, nodes: set[Node], near: Nearby) -> set[Node]:
    """Go back from the near ends of last steps to where the chain begins."""
    reached = nodes
    if chain[-1].again:
        reached = nodes | _stepped(nodes, _turned(chain[-1]), near)
    for step in reversed(chain[:-1]):
        reached = _stepped(reached, _turned(step), near)
    return reached


def surroundings(focus: Iterable[Node], chains: Collection[Chain], near: Nearby) -> set[Quad]:
    """Give the statements that a verdict on these nodes may rest on, and all on subclasses."""
    found = {*near.dataset.quads(None, SUBCLASS)}
    ways = sorted(
        {chain[:length] for chain in chains for length in range(1, len(chain) + 1)}, key=len
    )
    at: dict[Chain, set[Node]] = {(): {*focus}}
    for way in ways:
        nodes = at[way[:-1]]
        seen: set[Node] = set()
        reached = nodes
        while reached:
            quads = {quad for node in reached for quad in near.quads(node, way[-1])}
            found |= quads
            reached = {*_far(quads, way[-1])} - seen
            seen |= reached
            if not way[-1].again:
                break
        at[way] = seen
    return found


def _stepped(nodes: Iterable[Node], step: Step, near: Nearby) -> set[Node]:
    """Give the nodes a step away, or any number of steps if it may be taken again."""
    seen: set[Node] = set()
    reached = {*nodes}
    while reached:
        quads = (quad for node in reached for quad in near.quads(node, step))
        reached = {*_far(quads, step)} - seen
        seen |= reached
        if not step.again:
            break
    return seen


def _far(quads: Iterable[Quad], step: Step) -> Iterator[Node]:
    for quad in quads:
        far = quad.subject if step.inverse else quad.object
        if isinstance(far, NamedNode | BlankNode | Literal):
            yield far


def _turned(step: Step) -> Step:
    return Step(step.predicate, not step.inverse, step.again)
