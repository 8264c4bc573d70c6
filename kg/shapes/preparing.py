"""Shapes made ready for the fast engine: files of shapes in; what it needs of them out.

    python -m kg.shapes.preparing

writes what the bundled shapes give into a file beside them, the same bytes for the same shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import pyoxigraph
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, RdfFormat
from rdflib import RDFS, SH

from kg.shapes.engine import named_shapes, shape_name, shapes_graph
from kg.shapes.files import shapes_files
from kg.shapes.paths import path_text
from kg.shapes.portable import parts_of, unfit
from kg.shapes.prepared import About, Kept, Prepared, digest, kept_in
from kg.shapes.rdf import graph_of, node_from
from kg.shapes.reach import chains
from kg.shapes.taking import taken_out
from kg.shapes.watching import watched_by
from kg.shapes.ways import Unreachable

_NAMED: Final = "urn:kg:shape:"
_WORDS: Final = frozenset(
    (RDFS.label, RDFS.comment, SH.name, SH.description, SH.order, SH.group, SH.message, SH.select)
)
"""What the engine is not told: results say what the shapes say of them."""


def prepared(graph: rdflib.Graph) -> Prepared | str:
    """Make a graph of shapes ready, or say what in it is not for the fast engine.

    The constraints that can be asked of the store are taken out of the graph.
    """
    shown = named_shapes(graph)
    constraints = tuple(taken_out(graph))
    odd = unfit(graph)
    if odd is not None:
        return odd
    try:
        watched, ways = watched_by(graph), chains(graph)
    except Unreachable:
        return "a path or pair that it may see otherwise than pySHACL"
    named = _named(graph)
    return Prepared(
        shown,
        tuple(sorted(_lines(graph, named))),
        _about(graph, named),
        constraints,
        tuple(sorted(ways, key=str)),
        watched,
    )


def keep(path: Path) -> None:
    """Write what the bundled shapes give into a file."""
    ready = prepared(_canonical(shapes_graph(shapes_files(None))))
    if isinstance(ready, str):
        raise TypeError(f"the bundled shapes are not for the fast engine: {ready}")
    written = msgspec.json.format(msgspec.json.encode(Kept(digest(), ready)), indent=1)
    path.write_bytes(written + b"\n")


def _canonical(graph: rdflib.Graph) -> rdflib.Graph:
    """Give nodes without a name such that follow from what is said of them."""
    quads = pyoxigraph.Dataset(
        pyoxigraph.Quad(*map(node_from, triple))  # type: ignore[arg-type]  # three nodes
        for triple in graph
    )
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return graph_of(quads)


def _named(graph: rdflib.Graph) -> Mapping[rdflib.term.Node, rdflib.URIRef]:
    """Give shapes without a name an IRI, by which their results are known again."""
    nodes = {part for node in {*graph.subjects()} for _, part in parts_of(graph, node)}
    blank = sorted(node for node in nodes if isinstance(node, rdflib.BNode))
    return {node: rdflib.URIRef(f"{_NAMED}{number}") for number, node in enumerate(blank)}


def _lines(graph: rdflib.Graph, named: Mapping[rdflib.term.Node, rdflib.URIRef]) -> list[str]:
    triples = (
        pyoxigraph.Triple(*map(node_from, (named.get(node, node) for node in triple)))  # type: ignore[arg-type]  # three nodes
        for triple in graph
        if triple[1] not in _WORDS
    )
    written = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return written.decode().splitlines()


def _about(
    graph: rdflib.Graph, named: Mapping[rdflib.term.Node, rdflib.URIRef]
) -> dict[str, About]:
    found: dict[str, About] = {}
    for shape in {*graph.subjects()}:
        if isinstance(shape, rdflib.BNode) and shape not in named:
            continue  # a part of a path or a list
        path = graph.value(shape, SH.path)
        messages = (str(each) for each in graph.objects(shape, SH.message))
        found[str(named.get(shape, shape))] = About(
            shape_name(graph, shape),
            None if path is None else path_text(graph, path),
            min(messages, default=None),
        )
    return dict(sorted(found.items()))


if __name__ == "__main__":
    keep(kept_in())
