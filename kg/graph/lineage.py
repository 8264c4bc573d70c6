"""Identifiers across releases: what was published keeps its meaning or leads on.

Two datasets in, redirects out. An entity is the mentions and groups that refer to it, an event the
claims that are about it; an identifier that is gone leads to those that hold what it stood for.
One whose every part has been withdrawn leads nowhere. One that has come to stand for something
else altogether is a conflict for a person to see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.graph.minting import Mint
from kg.graph.model import Dataset
from kg.graph.terms import term
from kg.iris import Iris

Members = Mapping[str, frozenset[str]]
"""Identifiers, each with the IRIs of what it is made of."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What became of published identifiers."""

    replaced: Mapping[str, tuple[str, ...]]  # gone, with what holds its parts now
    withdrawn: tuple[str, ...]  # gone with all that they rested on
    estranged: tuple[str, ...]  # there, but made of nothing that they were made of


def lineage(old: Dataset, new: Dataset) -> Lineage:
    """Compare the identifiers of the last release with those of a new state."""
    before, after = members_of(old), members_of(new)
    home = {part: name for name, parts in after.items() for part in parts}
    replaced: dict[str, tuple[str, ...]] = {}
    withdrawn: list[str] = []
    estranged: list[str] = []
    for name, parts in sorted(before.items()):
        heirs = sorted({home[part] for part in parts if part in home})
        if name in after:
            if heirs and name not in heirs:
                estranged.append(name)
        elif heirs:
            replaced[name] = tuple(heirs)
        else:
            withdrawn.append(name)
    return Lineage(replaced, tuple(withdrawn), tuple(estranged))


def members_of(dataset: Dataset) -> Members:
    """Give every entity and event with what it is made of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name in ("cmq:refersTo", "cmq:about"):
        for quad in dataset.quads(predicate=term(name)):
            _enter(found, quad)
    return {name: frozenset(parts) for name, parts in found.items()}


def redirects(
    old: Dataset | None, new: Dataset, known: Lineage | None, iris: Iris
) -> Iterator[Quad]:
    """Yield where published identifiers lead on: those of earlier releases, then new ones.

    An identifier that is there again leads nowhere any more.
    """
    graph, leads = Mint(iris).graph("history"), term("dcterms:isReplacedBy")
    live = members_of(new)
    for quad in old.quads(predicate=leads, graph=graph) if old else ():
        if isinstance(quad.subject, NamedNode) and quad.subject.value not in live:
            yield quad
    for name, heirs in sorted(known.replaced.items()) if known else ():
        for heir in heirs:
            yield Quad(NamedNode(name), leads, NamedNode(heir), graph)


def _enter(found: defaultdict[str, set[str]], quad: Quad) -> None:
    if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
        found[quad.object.value].add(quad.subject.value)
