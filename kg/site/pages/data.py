"""The data behind the page of a thing: its statements as RDF, and as a table with the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad

from kg.queries.model import Rows as Table
from kg.queries.model import Term as Cell
from kg.resources import lexicon
from kg.site.hushing import Hush
from kg.site.jsonld import Frame
from kg.site.looking import Look, node
from kg.site.pages.model import Row

COLUMNS = (
    "subject", "property", "value", "valueLabel", "sources", "independentSources",
    "inferred", "claim", "article", "place", "quote",
)  # fmt: skip


def statements(iri: str, look: Look, hush: Hush) -> Iterator[Quad]:
    """Yield what is stated of a thing and of its parts, in order."""
    told: Frame = lexicon("site", "frame.yaml", Frame)
    embedded = frozenset(node(each).value for each in told.embedded)
    ahead, seen = [iri], set[str]()
    while ahead:
        subject = ahead.pop(0)
        if subject in seen:
            continue
        seen.add(subject)
        quads = sorted((quad for quad in look.quads(subject) if hush.shows(quad)), key=str)
        yield from quads
        ahead += [
            quad.object.value
            for quad in quads
            if quad.predicate.value in embedded and isinstance(quad.object, NamedNode)
        ]


def table(iri: str, rows: Iterable[Row]) -> Table:
    """Put what is stated of a thing into a table, a row for each source of each statement."""
    return Table(COLUMNS, tuple(line for row in rows for line in _lines(iri, row)))


def _lines(iri: str, row: Row) -> Iterator[tuple[Cell | None, ...]]:
    for value in row.values:
        shown, stated = value.shown, value.statement
        link = shown.iri or shown.address
        cell = Cell("uri", link) if link else Cell("literal", shown.text)
        begin: tuple[Cell | None, ...] = (
            Cell("uri", iri), Cell("uri", row.predicate), cell, Cell("literal", shown.text)
        )  # fmt: skip
        if stated is None or not stated.sources:
            yield begin + (None,) * 7
            continue
        counts = (stated.count, stated.independent)
        numbers = tuple(Cell("literal", str(each)) if each else None for each in counts)
        rule = Cell("literal", stated.inferred.rule) if stated.inferred else None
        for source in (*stated.sources, *stated.beside):
            yield (
                *begin,
                *numbers,
                rule,
                Cell("uri", source.claim),
                Cell("uri", source.origin.article),
                Cell("literal", source.place),
                Cell("literal", source.quote) if source.quote else None,
            )
