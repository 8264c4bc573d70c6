"""Types that follow from the data by the rules in `data/*.rq`.

A store in; what follows from its derived, identity and reference graphs out, for the derived
graph. Only what users ask for is inferred, and only of what the articles speak of; a reasoner may
do the rest. A rule can be asked about a few nodes, so that a change costs what it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store, Triple, Variable

from kg.graph.minting import Mint
from kg.graph.terms import term
from kg.resources import data_file

RULES: Final = {"controlled-material.rq": "material"}
"""Each with the variable for what it draws a conclusion about."""
CONCLUDED: Final = ("cmq:ControlledMaterial",)
"""The classes that only rules give in the derived graph."""


def inferred(store: Store, mint: Mint, nodes: Iterable[NamedNode] | None = None) -> set[Quad]:
    """Give what the rules add to the derived graph: about these nodes, or about all."""
    graphs = [mint.graph(each) for each in ("derived", "identity", "reference")]
    asked = [None] if nodes is None else sorted(set(nodes), key=str)
    return {
        Quad(triple.subject, triple.predicate, triple.object, graphs[0])
        for name, variable in RULES.items()
        for node in asked
        for triple in _conclusions(store, name, {variable: node} if node else {}, graphs)
        if not _known(triple, store, graphs[1:])
    }


def standing(store: Store, mint: Mint, nodes: Iterable[NamedNode]) -> set[Quad]:
    """Give what was inferred of nodes before."""
    graph, kind = mint.graph("derived"), term("rdf:type")
    return {
        quad
        for node in nodes
        for name in CONCLUDED
        for quad in store.quads_for_pattern(node, kind, term(name), graph)
    }


def concerned(quads: Iterable[Quad], store: Store, mint: Mint) -> set[NamedNode]:
    """Give the nodes about which other conclusions may follow now that these quads changed.

    These are the items of measures whose items, class or status changed, and entities that did.
    """
    item, derived, identity = term("cmq:item"), mint.graph("derived"), mint.graph("identity")
    found: set[object] = set()
    for quad in quads:
        if quad.graph_name == identity and quad.predicate == term("rdf:type"):
            found.add(quad.subject)
        elif quad.graph_name == derived and quad.predicate == item:
            found.add(quad.object)
        elif quad.graph_name == derived and quad.predicate == term("cmq:status"):
            items = store.quads_for_pattern(quad.subject, item, None, derived)
            found |= {each.object for each in items}
    return {node for node in found if isinstance(node, NamedNode)}


def _conclusions(
    store: Store, name: str, bound: dict[str, NamedNode], graphs: list[NamedNode]
) -> Iterator[Triple]:
    rule = data_file("graph", name).read_text("utf-8")
    given = {Variable(variable): node for variable, node in bound.items()}
    found = store.query(rule, default_graph=[*graphs], substitutions={**given})
    assert isinstance(found, QueryTriples), "a rule is a CONSTRUCT query"  # noqa: S101 - our own files
    return iter(found)


def _known(triple: Triple, store: Store, graphs: Iterable[NamedNode]) -> bool:
    """Tell whether the other graphs say so already, or say nothing of the subject."""
    identity, reference = graphs
    fact = triple.subject, triple.predicate, triple.object
    if Quad(*fact, identity) in store or Quad(*fact, reference) in store:
        return True
    return next(store.quads_for_pattern(triple.subject, None, None, identity), None) is None
