"""Types that follow from the data by the rules in `data/*.rq`.

Quads in; what follows from the derived, identity and reference graphs out, for the derived graph.
Only what users ask for is inferred, and only of what the articles speak of; a reasoner may do the
rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import DefaultGraph, Quad, QueryTriples, Store, Triple

from kg.graph.minting import Mint
from kg.iris import Iris
from kg.resources import data_file

RULES: Final = ("controlled-material.rq",)
"""In this order: a later rule sees what an earlier one added."""


def inferred(quads: Iterable[Quad], iris: Iris) -> Iterator[Quad]:
    """Yield what the rules add to the derived graph, sorted."""
    mint = Mint(iris)
    derived = mint.graph("derived")
    own = {derived, mint.graph("identity")}
    subjects = set()
    store = Store()
    for quad in quads:
        if quad.graph_name in own:
            subjects.add(quad.subject)
        if quad.graph_name in own or quad.graph_name == mint.graph("reference"):
            store.add(Quad(quad.subject, quad.predicate, quad.object))
    for name in RULES:
        for triple in _conclusions(store, data_file("graph", name).read_text("utf-8")):
            if triple.subject in subjects:
                yield Quad(triple.subject, triple.predicate, triple.object, derived)


def _conclusions(store: Store, rule: str) -> list[Triple]:
    """Give what a rule adds, sorted, and add it."""
    found = store.query(rule)
    assert isinstance(found, QueryTriples), "a rule is a CONSTRUCT query"  # noqa: S101 - our own files
    graph = DefaultGraph()
    new = [
        triple
        for triple in sorted(set(found), key=str)
        if Quad(triple.subject, triple.predicate, triple.object, graph) not in store
    ]
    store.extend(Quad(each.subject, each.predicate, each.object, graph) for each in new)
    return new
