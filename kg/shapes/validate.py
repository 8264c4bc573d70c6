"""Validation: a dataset and shapes in, a report with places out.

SHACL core and SHACL-SPARQL judge the union of all graphs. Beside them stand two checks of our
own: that evidence reads as the articles do, where these are at hand, and, with the bundled
shapes, that every term in use is defined.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import rdflib
from pyoxigraph import Quad

from kg.articles.model import Article
from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes import evidence, vocabulary
from kg.shapes.engine import Result, named_shapes, results, shapes_files, shapes_graph
from kg.shapes.model import SEVERITIES, Finding, Report
from kg.shapes.places import Locator
from kg.shapes.rdf import graph_of


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
    files = shapes_files(shapes)
    graph = shapes_graph(files)
    quads = {*dataset.quads(), *(ontology.quads() if ontology else ())}
    checks = [*named_shapes(graph)]
    found = [*results(_data_graph(quads), graph, str(shapes or "bundled shapes"))]
    if articles is not None:
        checks.append(evidence.SHAPE)
        found += evidence.reread(dataset, articles)
    if shapes is None:
        checks.append(vocabulary.SHAPE)
        found += vocabulary.undefined_terms(quads)
    locator = Locator(dataset, articles)
    findings = sorted({*_located(found, locator)}, key=_order)
    return Report(tuple(findings), tuple(sorted(checks)), len(dataset))


def _data_graph(quads: set[Quad]) -> rdflib.Graph:
    try:
        return graph_of(quads)
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
