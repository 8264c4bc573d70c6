"""The report as RDF: a `sh:ValidationReport` sorted; only paths have blank nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.graph.model import Dataset
from kg.iris import content_hash
from kg.shapes.excerpts import shown_as
from kg.shapes.model import Finding, Node, Report
from kg.shapes.paths import path_quads
from kg.terms import PREFIXES, SHAPES

_XSD: Final = PREFIXES["xsd"]
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")


def as_turtle(report: Report) -> str:
    """Write the report as sorted Turtle."""
    return Dataset.of(_quads(report)).trig().decode()


def _sh(name: str) -> NamedNode:
    return NamedNode(PREFIXES["sh"] + name)


def _quads(report: Report) -> Iterator[Quad]:
    named = [(_name(finding), finding) for finding in report.findings]
    node = NamedNode("urn:kg:report:" + content_hash(*(name.value for name, _ in named)))
    conforms = Literal(str(report.conforms).lower(), datatype=NamedNode(_XSD + "boolean"))
    yield Quad(node, _TYPE, _sh("ValidationReport"))
    yield Quad(node, _sh("conforms"), conforms)
    for name, finding in named:
        yield from path_quads(finding.path)[1] if finding.path else ()
        yield Quad(node, _sh("result"), name)
        yield Quad(name, _TYPE, _sh("ValidationResult"))
        for predicate, value in _said(finding):
            yield Quad(name, predicate, value)


def _name(finding: Finding) -> NamedNode:
    said = sorted(f"{predicate} {value}" for predicate, value in _said(finding))
    return NamedNode("urn:kg:finding:" + content_hash(*said))


def _said(finding: Finding) -> Iterator[tuple[NamedNode, Node]]:
    yield _sh("focusNode"), _whole(finding.focus)
    yield _sh("resultSeverity"), _sh(finding.severity.title())
    yield _sh("resultMessage"), Literal(finding.message)
    yield _sh("sourceConstraintComponent"), NamedNode(finding.component)
    if ":" in finding.shape:
        yield _sh("sourceShape"), NamedNode(finding.shape)
    if finding.constraint:
        yield _sh("sourceConstraint"), NamedNode(finding.constraint)
    if finding.path:
        yield _sh("resultPath"), path_quads(finding.path)[0]
    if finding.value is not None:
        yield _sh("value"), _whole(finding.value)
    place = finding.place
    if place and place.line:
        yield NamedNode(SHAPES + "place"), Literal(shown_as(str(place)))


def _whole(node: Node) -> Node:
    """Give a blank node of the data an IRI, so that the report can be read on its own."""
    return NamedNode(f"urn:kg:blank:{node.value}") if isinstance(node, BlankNode) else node
