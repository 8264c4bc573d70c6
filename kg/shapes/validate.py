"""Validation: a dataset and shapes in, a report with places out.

SHACL core and SHACL-SPARQL judge the union of all graphs. Beside them stands a check of our own,
where the articles are at hand: that evidence reads as they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.shapes import evidence
from kg.shapes.guarded import Limits, judged_apart
from kg.shapes.judging import Engine, Verdict, judged
from kg.shapes.model import SEVERITIES, Finding, Report
from kg.shapes.places import Locator
from kg.shapes.results import Result


def validate(
    dataset: Dataset,
    shapes: Path | None = None,
    *,
    articles: Mapping[str, Article] | None = None,
    ontology: Dataset | None = None,
    engine: Engine = "auto",
    limits: Limits | None = None,
) -> Report:
    """Judge a dataset by the bundled shapes, or by those of a file or folder.

    `ontology` is added to data that lack it, such as a file on its own; `articles` are the texts
    by id. With `limits`, the engine runs in a process that is ended when it goes beyond them.
    Raises ShapesError where there is no verdict.
    """
    whole = Dataset.of([*dataset.quads(), *ontology.quads()]) if ontology else dataset
    if limits is None:
        verdict = judged(whole, shapes, engine)
    else:
        verdict = judged_apart(whole, limits, shapes, engine)
    reread = None if articles is None else tuple(evidence.reread(dataset, articles))
    return reported(verdict, reread, dataset, articles)


def reported(
    verdict: Verdict,
    reread: tuple[Result, ...] | None,
    dataset: Dataset,
    articles: Mapping[str, Article] | None,
) -> Report:
    """Give what was found its places in the articles."""
    checks = [*verdict.shapes, *([] if reread is None else [evidence.SHAPE])]
    locator = Locator(dataset, articles)
    found = _located([*verdict.results, *(reread or ())], locator)
    findings = sorted({*found}, key=_order)
    return Report(tuple(findings), tuple(sorted(checks)), len(dataset))


def _located(found: Iterable[Result], locator: Locator) -> Iterator[Finding]:
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
