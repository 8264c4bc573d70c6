"""Terms and graphs handed over to rdflib, in which pySHACL works, and back.

Shapes and data go through the same conversion: a literal of one then equals that of the other,
which it does not if each is read by a library of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph
import rdflib

from kg.shapes.model import Node
from kg.terms import PREFIXES

_STRING: Final = PREFIXES["xsd"] + "string"


def graph_of(quads: Iterable[pyoxigraph.Quad]) -> rdflib.Graph:
    """Give the union of the quads as one rdflib graph in memory."""
    graph = rdflib.Graph(bind_namespaces="none")
    known: dict[pyoxigraph.Quad | Node, rdflib.term.Node] = {}

    def node_of(term: Node | pyoxigraph.Triple) -> rdflib.term.Node:
        if isinstance(term, pyoxigraph.Triple):
            raise TypeError("statements about statements cannot be validated")
        node = known.get(term)
        if node is None:
            node = known[term] = _to_rdflib(term)
        return node

    for quad in quads:
        graph.add((node_of(quad.subject), node_of(quad.predicate), node_of(quad.object)))
    return graph


def node_from(term: rdflib.term.Node | None) -> Node | None:
    """Give a term of rdflib as one of pyoxigraph.

    >>> node_from(rdflib.URIRef("http://x.example/a"))
    <NamedNode value=http://x.example/a>
    """
    if isinstance(term, rdflib.URIRef):
        return pyoxigraph.NamedNode(term)
    if isinstance(term, rdflib.BNode):
        return pyoxigraph.BlankNode(term)
    if isinstance(term, rdflib.Literal):
        if term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        datatype = pyoxigraph.NamedNode(term.datatype or _STRING)
        return pyoxigraph.Literal(str(term), datatype=datatype)
    return None


def _to_rdflib(term: Node) -> rdflib.term.Node:
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == _STRING:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
