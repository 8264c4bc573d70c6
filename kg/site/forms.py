"""A page in, its bytes out in any of the forms that it has: HTML, RDF, JSON, CSV.

A server and a site of files send the same bytes, because both ask here. IRIs are never rewritten.
CSV is made for spreadsheets: what one of them would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import GraphError
from kg.graph.model import Dataset
from kg.queries.model import Rows, Term
from kg.site.exports import stream
from kg.site.model import Holding, Page
from kg.site.rendering import Renderer
from kg.terms import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_NUMBERS: Final = frozenset(f"{_XSD}{name}" for name in ("integer", "decimal", "double"))
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")
_FORMULA: Final = tuple("=+-@\t\r")
_STATEMENT: Final = ("subject", "predicate", "object", "graph")


@dataclass(frozen=True, slots=True)
class Form:
    """One form in which a page is sent."""

    title: str  # as readers know it
    extension: str
    media_type: str
    export: str = ""  # the export format that writes it, for RDF
    engine: RdfFormat | None = None  # the same in the engine, for what that format lacks

    @property
    def content_type(self) -> str:
        """What stands in a header."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


HTML: Final = Form("HTML", "html", "text/html")
TURTLE: Final = Form("Turtle", "ttl", "text/turtle", "turtle", RdfFormat.TURTLE)
JSON: Final = Form("JSON", "json", "application/json")
CSV: Final = Form("CSV", "csv", "text/csv")
GRAPHS: Final = (
    TURTLE,
    Form("JSON-LD", "jsonld", "application/ld+json", "jsonld", RdfFormat.JSON_LD),
    Form("N-Triples", "nt", "application/n-triples", "ntriples", RdfFormat.N_TRIPLES),
    Form("RDF/XML", "rdf", "application/rdf+xml", "rdfxml", RdfFormat.RDF_XML),
    Form("TriG", "trig", "application/trig", "trig", RdfFormat.TRIG),
)
FORMS: Final = (HTML, *GRAPHS, JSON, CSV)


def forms_of(page: Page) -> tuple[Form, ...]:
    """Give the forms that a page has, the one for readers first."""
    html = (HTML,) if page.template else ()
    graphs = GRAPHS if page.statements else ()
    tables = (JSON, CSV) if page.table or page.statements else ()
    return (*html, *graphs, *tables)


class Writer:
    """Writes the pages of one site."""

    def __init__(self, holding: Holding, renderer: Renderer | None = None) -> None:
        self._base = holding.iris.base
        self.renderer = renderer or Renderer(holding)

    def write(self, page: Page, form: Form) -> bytes:
        """Give a page in one of its forms."""
        if form == HTML:
            return self.renderer.html(page).encode()
        if form.export:
            return graph_bytes(page.statements() if page.statements else (), form, self._base)
        rows = page.table() if page.table else rows_of(page.statements() if page.statements else ())
        return json_bytes(rows, page) if form == JSON else csv_bytes(rows)


def graph_bytes(quads: Iterable[Quad] | Dataset, form: Form, base: str) -> bytes:
    """Write statements in a form of RDF, with our writers where they can say it."""
    dataset = quads if isinstance(quads, Dataset) else Dataset.of(quads)
    try:
        return b"".join(stream(dataset, form.export, base=base))
    except GraphError:  # blank nodes or properties that only the engine writes
        return _by_engine(dataset, form)


def _by_engine(dataset: Dataset, form: Form) -> bytes:
    if form.engine is None:
        raise GraphError(form.title, "is no form of RDF")
    quads = sorted(dataset.quads(), key=str)
    said: Any = quads
    if not form.engine.supports_datasets:
        said = sorted({quad.triple for quad in quads}, key=str)
    try:
        return serialize(said, format=form.engine) or b""
    except ValueError as error:
        raise GraphError(form.title, f"cannot say this ({error}); ask for Turtle") from error


def rows_of(quads: Iterable[Quad]) -> Rows:
    """Give statements as rows, sorted and each once."""
    found = sorted(set(quads), key=str)
    return Rows(
        _STATEMENT,
        tuple(
            (_term(each.subject), _term(each.predicate), _term(each.object), _graph(each))
            for each in found
        ),
        "graph",
    )


def _graph(quad: Quad) -> Term | None:
    return _term(quad.graph_name) if isinstance(quad.graph_name, NamedNode) else None


def _term(value: object) -> Term:
    match value:
        case NamedNode(value=iri):
            return Term("uri", iri)
        case Literal():
            plain = value.datatype.value == f"{_XSD}string" or value.language
            datatype = None if plain else value.datatype.value
            return Term("literal", value.value, datatype, value.language)
        case BlankNode(value=name):
            return Term("bnode", name)
        case Triple():
            return Term("literal", str(value))
    raise GraphError(str(value), "is no term of a statement")


def csv_bytes(rows: Rows) -> bytes:
    """Write rows for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if rows.verdict is not None:
        writer.writerows([["verdict"], [str(rows.verdict).lower()]])
    else:
        writer.writerow(map(_harmless, rows.columns))
        writer.writerows([_harmless(cell) for cell in row] for row in rows.values())
    return out.getvalue().encode()


def _harmless(text: str) -> str:
    """Keep a spreadsheet from reading a text as a formula.

    >>> _harmless("=HYPERLINK(1)"), _harmless("-4.5"), _harmless("-4.5+A1")
    ("'=HYPERLINK(1)", '-4.5', "'-4.5+A1")
    """
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def json_bytes(rows: Rows, page: Page) -> bytes:
    """Write rows as objects by column, values as JSON has them; JSON-LD is what loses nothing."""
    told: dict[str, Any] = {"title": page.title}
    if page.about:
        told["about"] = page.about
    if rows.verdict is not None:
        told["verdict"] = rows.verdict
    else:
        told["columns"] = list(rows.columns)
        told["rows"] = [
            {name: _plain(cell) for name, cell in zip(rows.columns, row, strict=True)}
            for row in rows.rows
        ]
        told["truncated"] = rows.truncated
    return json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n"


def _plain(term: Term | None) -> str | int | float | bool | None:
    if term is None:
        return None
    if term.datatype in _NUMBERS and _NUMBER.fullmatch(term.value):
        whole = term.datatype == f"{_XSD}integer" and term.value.lstrip("+-").isdigit()
        return int(term.value) if whole else float(term.value)
    if term.datatype == f"{_XSD}boolean":
        return term.value in {"true", "1"}
    return term.value
