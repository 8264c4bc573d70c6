"""Validation: a dataset and shapes in, a report with places out.

SHACL core and SHACL-SPARQL judge the union of all graphs. Beside them stands a check of our own,
where the articles are at hand: that evidence reads as they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import rdflib

from kg.articles.model import Article
from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes import evidence
from kg.shapes.constraints import sparql_results, taken_out
from kg.shapes.engine import named_shapes, results, shapes_files, shapes_graph
from kg.shapes.model import SEVERITIES, Finding, Report
from kg.shapes.places import Locator
from kg.shapes.rdf import graph_of
from kg.shapes.results import Result


def validate(
    dataset: Dataset,
    shapes: Path | None = None,
    *,
    articles: Mapping[str, Article] | None = None,
    ontology: Dataset | None = None,
) -> Report:
    """Judge a dataset by the bundled shapes, or by those of a file or folder.

    `ontology` is added to data that lack it, such as a file on its own; `articles` are the texts
    by id. Raises ShapesError where there is no verdict.
    """
    graph = shapes_graph(shapes_files(shapes))
    checks = [*named_shapes(graph)]
    whole = Dataset.of([*dataset.quads(), *ontology.quads()]) if ontology else dataset
    constraints = taken_out(graph)
    found = [*results(_rdflib_graph(whole), graph, str(shapes or "bundled shapes"))]
    found += sparql_results(constraints, whole)
    if articles is not None:
        checks.append(evidence.SHAPE)
        found += evidence.reread(dataset, articles)
    locator = Locator(dataset, articles)
    findings = sorted({*_located(found, locator)}, key=_order)
    return Report(tuple(findings), tuple(sorted(checks)), len(dataset))


def _rdflib_graph(dataset: Dataset) -> rdflib.Graph:
    try:
        return graph_of(dataset.quads())
    except TypeError as error:
        raise ShapesError("data", str(error)) from error


def _located(found: list[Result], locator: Locator) -> Iterator[Finding]:
    for each in found:
        yield Finding(
            each.severity,
            each.shape,
            each.component,
            each.focus,
            each.message,
            each.path,
            each.value,
            locator.place(each.focus, each.path, each.value),
            locator.graphs(each.focus),
            each.constraint,
        )


def _order(finding: Finding) -> tuple[int, str, int, int, str, str, str, str]:
    place = finding.place
    return (
        SEVERITIES.index(finding.severity),
        place.article if place else "\U0010ffff",  # what has no place comes last
        (place.line or 0) if place else 0,
        (place.column or 0) if place else 0,
        finding.shape,
        str(finding.focus),
        finding.path or "",
        str(finding.value),
    )
