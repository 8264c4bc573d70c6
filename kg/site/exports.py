"""A dataset and the name of a format in, the bytes of an export out; same dataset, same bytes.

Formats without named graphs hold the merge of all graphs. An export without quotes leaves out
the sentences of articles; their offsets and digests stay, so that whoever holds the articles
can verify it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Literal, get_args

from pyoxigraph import NamedNode, Quad

from kg.errors import GraphError
from kg.graph.model import Dataset
from kg.site.claimtable import claim_table
from kg.site.jsonld import jsonld
from kg.site.rdfxml import rdfxml
from kg.terms import DATA, PREFIXES

ExportFormat = Literal["turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "csv"]
EXPORT_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
Quotes = Literal["full", "none"]

_EXACT: Final = NamedNode(f"{PREFIXES['oa']}exact")


def export(
    dataset: Dataset, export_format: str, *, quotes: Quotes = "full", base: str = DATA
) -> bytes:
    """Write a dataset in a format; `base` is what its data IRIs start with."""
    if export_format not in _WRITERS:
        known = ", ".join(EXPORT_FORMATS)
        raise GraphError(export_format, f"no such export format; give one of {known}")
    quads = list(dataset.quads())
    return _WRITERS[export_format](without_quotes(quads) if quotes == "none" else quads, base)


def without_quotes(quads: Iterable[Quad]) -> list[Quad]:
    """Leave out every quoted sentence, the selector that holds it, and what points there."""
    kept = list(quads)
    selectors = {quad.subject for quad in kept if quad.predicate == _EXACT}
    return [quad for quad in kept if quad.subject not in selectors and quad.object not in selectors]


def _merged(quads: Iterable[Quad]) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in quads]


_WRITERS: Final[dict[str, Callable[[list[Quad], str], bytes]]] = {
    "turtle": lambda quads, base: Dataset.of(_merged(quads)).trig(base),
    "trig": lambda quads, base: Dataset.of(quads).trig(base),
    "nquads": lambda quads, _: Dataset.of(quads).nquads(),
    "ntriples": lambda quads, _: Dataset.of(_merged(quads)).nquads(),
    "jsonld": jsonld,
    "rdfxml": lambda quads, _: rdfxml(quad.triple for quad in quads),
    "csv": lambda quads, _: claim_table(quads),
}
