"""SHACL by pySHACL: data and shapes in, raw results out.

Shapes are program code and trusted; data are not. An engine that gives up is an error, never a
verdict: neither "valid" nor "invalid".
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph
import pyparsing
import pyshacl
import pyshacl.errors
import rdflib
from rdflib import RDF, SH
from rdflib.plugins.sparql.sparql import SPARQLError

from kg.errors import ShapesError
from kg.shapes.paths import path_text
from kg.shapes.rdf import graph_of, node_from
from kg.shapes.results import Result, severity_of

_UNSUPPORTED: Final = (SH.target, SH.rule, SH.js)
_LOGGER: Final = "pyshacl-validate"
_GIVING_UP: Final = (
    RuntimeError,  # and pySHACL's own errors; too deep a recursion
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    re.error,
    pyparsing.ParseBaseException,
    SPARQLError,
)


def shapes_graph(files: list[Path]) -> rdflib.Graph:
    """Read files of shapes into one graph; what this engine would pass over is an error."""
    quads = [quad for path in files for quad in _parsed(path)]
    graph = graph_of(quads)
    where = str(files[0]) if len(files) == 1 else str(files[0].parent) if files else "shapes"
    for term in _UNSUPPORTED:
        if (None, term, None) in graph:
            name = str(term).rpartition("#")[2]
            raise ShapesError(where, f"uses sh:{name}, which is not evaluated here; leave it out")
    if not named_shapes(graph):
        raise ShapesError(where, "holds no shape with a target; nothing would be checked")
    return graph


def named_shapes(graph: rdflib.Graph) -> tuple[str, ...]:
    """List the IRIs of the shapes that have a target or stand in one that has."""
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
    own = {node for target in targets for node in graph.subjects(target)}
    own |= {
        node
        for node in graph.subjects(RDF.type, SH.NodeShape)
        if (node, RDF.type, rdflib.RDFS.Class) in graph
        or (node, RDF.type, rdflib.OWL.Class) in graph
    }
    parts = {part for node in own for part in graph.objects(node, SH.property)}
    return tuple(sorted(str(node) for node in own | parts if isinstance(node, rdflib.URIRef)))


def results(data: rdflib.Graph, shapes: rdflib.Graph, name: str) -> Iterator[Result]:
    """Yield what does not conform; `name` stands for the shapes in errors."""
    remarks = _Remarks()
    with warnings.catch_warnings(), remarks:
        warnings.simplefilter("ignore")  # pySHACL's remarks on rdflib and on recursion
        try:
            _, found, _ = pyshacl.validate(
                data,
                shacl_graph=shapes,
                inference="none",
                advanced=False,
                do_owl_imports=False,
                js=False,
                meta_shacl=False,
            )
        except _GIVING_UP as error:
            raise ShapesError(name, f"the engine gave up ({_told(error)}); correct it") from error
    if remarks.passed_over:
        told = _told(remarks.passed_over[0])
        raise ShapesError(name, f"the engine passed over a constraint ({told}); correct it")
    if not isinstance(found, rdflib.Graph):
        raise ShapesError(name, f"the engine gave up ({_told(found)}); correct it")
    yield from read_report(found, shapes)


def read_report(found: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[Result]:
    """Yield the results of a report; parts of results are not results of their own."""
    for report in found.subjects(RDF.type, SH.ValidationReport):
        for result in found.objects(report, SH.result):
            yield _result(found, result, shapes)


class _Remarks(logging.Filter):
    """Takes what pySHACL would write to the terminal; it names constraints there that it skips."""

    def __init__(self) -> None:
        super().__init__()
        self.passed_over: list[str] = []

    def __enter__(self) -> None:
        logging.getLogger(_LOGGER).addFilter(self)

    def __exit__(self, *_: object) -> None:
        logging.getLogger(_LOGGER).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every remark from the terminal, and those on skipped constraints for the report."""
        message = record.getMessage()
        if "ConstraintLoadWarning" in message:
            self.passed_over.append(message)
        return False


def _parsed(path: Path) -> list[pyoxigraph.Quad]:
    kind = pyoxigraph.RdfFormat.from_extension(path.suffix[1:]) or pyoxigraph.RdfFormat.TURTLE
    try:
        base = path.resolve().as_uri()  # what names in `<>` are relative to
        data = path.read_bytes()
        return list(pyoxigraph.parse(data, format=kind, base_iri=base, rename_blank_nodes=True))
    except OSError as error:
        raise ShapesError(
            str(path), f"cannot be read ({error.strerror}); check the path"
        ) from error
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        told = re.sub(r"^Parser error .*?: ", "", str(error.msg)).rstrip(".")
        raise ShapesError(where, f"{told}; correct it there") from error


def _result(found: rdflib.Graph, result: rdflib.term.Node, shapes: rdflib.Graph) -> Result:
    focus = node_from(found.value(result, SH.focusNode))
    if focus is None:
        raise ShapesError("shapes", "the engine gave a result without a focus node")
    path = found.value(result, SH.resultPath)
    messages = sorted(str(each) for each in found.objects(result, SH.resultMessage))
    component = str(found.value(result, SH.sourceConstraintComponent))
    constraint = found.value(result, SH.sourceConstraint)
    return Result(
        severity_of(found.value(result, SH.resultSeverity)),
        shape_name(shapes, found.value(result, SH.sourceShape)),
        component,
        focus,
        None if path is None else path_text(found, path),
        node_from(found.value(result, SH.value)),
        messages[0] if messages else component.rpartition("#")[2],
        str(constraint) if isinstance(constraint, rdflib.URIRef) else None,
    )


def shape_name(shapes: rdflib.Graph, shape: rdflib.term.Node | None) -> str:
    """Name the shape; one without an IRI by the nearest shape around it that has one."""
    seen = set()
    while isinstance(shape, rdflib.BNode) and shape not in seen:
        seen.add(shape)
        shape = min(shapes.subjects(None, shape), key=str, default=None)
    return str(shape) if isinstance(shape, rdflib.URIRef) else "(unnamed shape)"


def _told(error: object) -> str:
    """Give the first line of what an engine says, or what it is."""
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
