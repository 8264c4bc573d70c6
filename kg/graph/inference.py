"""Types that follow from the data by the rules in `data/*.rq`.

A store in; what follows from its derived, identity and reference graphs out, for the derived
graph. Only what users ask for is inferred, and only of what the articles speak of; a reasoner may
do the rest. A rule can be asked about a few nodes, so that a change costs what it changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.graph.minting import Mint
from kg.graph.terms import term
from kg.resources import data_file

RULES: Final = ("controlled-material.rq",)
"""Each draws conclusions about a node from its types and from the types and status of the measures
that have it as an item.
"""
CONCLUDED: Final = ("cmq:ControlledMaterial",)
"""The classes that only rules give in the derived graph."""


def inferred(store: Store, mint: Mint, nodes: Iterable[NamedNode] | None = None) -> set[Quad]:
    """Give what the rules add to the derived graph: about these nodes, or about all."""
    if nodes is None:
        return _conclusions(store, mint)
    return {
        quad
        for node in sorted(set(nodes), key=str)
        for quad in _conclusions(_surroundings(node, store, mint), mint)
        if quad.subject == node
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


def concerned(old: Iterable[Quad], new: Iterable[Quad], store: Store, mint: Mint) -> set[NamedNode]:
    """Give the nodes about which other conclusions may follow now that quads went and came.

    No rule asks for what is not said: where all that can follow stands already, more changes
    nothing, however much rests on it.
    """
    came = _spoken_of(new, store, mint)
    return _spoken_of(old, store, mint) | {
        node for node in came if len(standing(store, mint, [node])) < len(CONCLUDED)
    }


def _spoken_of(quads: Iterable[Quad], store: Store, mint: Mint) -> set[NamedNode]:
    """Give the items of measures whose items or status changed, and entities that did."""
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


def _surroundings(node: NamedNode, store: Store, mint: Mint) -> Store:
    """Give all that the rules may look at to draw a conclusion about a node."""
    derived = mint.graph("derived")
    near = Store()
    for name in ("identity", "reference"):
        near.extend(store.quads_for_pattern(node, None, None, mint.graph(name)))
    for quad in store.quads_for_pattern(None, term("cmq:item"), node, derived):
        near.add(quad)
        if isinstance(quad.subject, NamedNode):
            for told in ("rdf:type", "cmq:status"):
                near.extend(store.quads_for_pattern(quad.subject, term(told), None, derived))
    return near


def _conclusions(store: Store, mint: Mint) -> set[Quad]:
    """Draw all conclusions that are new, about what the articles speak of."""
    derived, identity, reference = map(mint.graph, ("derived", "identity", "reference"))
    found: set[Quad] = set()
    for name in RULES:
        rule = data_file("graph", name).read_text("utf-8")
        drawn = store.query(rule, default_graph=[derived, identity, reference])
        assert isinstance(drawn, QueryTriples), "a rule is a CONSTRUCT query"  # noqa: S101 - our own files
        for each in drawn:
            fact = each.subject, each.predicate, each.object
            known = any(Quad(*fact, graph) in store for graph in (identity, reference))
            spoken_of = next(store.quads_for_pattern(each.subject, None, None, identity), None)
            if spoken_of and not known:
                found.add(Quad(*fact, derived))
    return found
