"""A property path survives its notation."""

from __future__ import annotations

import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib import SH

from kg.shapes.paths import path_quads, path_text
from kg.shapes.rdf import graph_of

X = "http://x.example/"
SUBJECT, SH_PATH = NamedNode(X + "s"), NamedNode(SH.path)


@pytest.mark.parametrize(
    ("turtle", "text"),
    [
        ("x:a", "<a>"),
        ("[ sh:inversePath x:a ]", "^<a>"),
        ("( x:a x:b )", "<a>/<b>"),
        ("[ sh:alternativePath ( x:a x:b ) ]", "<a>|<b>"),
        ("[ sh:zeroOrMorePath x:a ]", "<a>*"),
        ("[ sh:oneOrMorePath [ sh:inversePath x:a ] ]", "(^<a>)+"),
        ("[ sh:inversePath ( x:a x:b ) ]", "^(<a>/<b>)"),
        ("( x:a [ sh:alternativePath ( x:b [ sh:zeroOrOnePath x:c ] ) ] )", "<a>/(<b>|(<c>?))"),
    ],
)
def test_a_path_is_written_as_sparql_and_read_back(turtle: str, text: str) -> None:
    prefixes = f"@prefix x: <{X}> . @prefix sh: <{SH}> . "
    graph = rdflib.Graph().parse(data=f"{prefixes} x:s sh:path {turtle} .", format="turtle")
    path = graph.value(rdflib.URIRef(X + "s"), SH.path)
    assert path is not None
    written = path_text(graph, path)
    assert written.replace(X, "") == text
    node, quads = path_quads(written)
    again = graph_of([Quad(SUBJECT, SH_PATH, node), *quads])
    found = again.value(rdflib.URIRef(X + "s"), SH.path)
    assert found is not None
    assert path_text(again, found) == written
    assert _read(again, found) == _read(graph, path)


def _read(graph: rdflib.Graph, node: rdflib.term.Node) -> object:
    """Give the structure of a path, whatever its nodes are called."""
    said = sorted(graph.predicate_objects(node))
    if not said:
        return str(node)
    return [(str(predicate), _read(graph, value)) for predicate, value in said]
