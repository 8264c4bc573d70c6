"""Rows in, text out: an aligned table, CSV, TSV, SPARQL results JSON or Markdown.

CSV and TSV are those of the SPARQL specification: raw values, machine to machine. The table and
Markdown are for reading: IRIs shortened, control characters shown, nothing cut off in Markdown.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Literal, get_args

from kg.errors import QueryError
from kg.queries.binding import engine_term
from kg.queries.glyphs import clipped, columns, readable
from kg.queries.model import Rows, Term
from kg.terms import DATA, PREFIXES

RowFormat = Literal["table", "csv", "json", "tsv", "markdown"]
ROW_FORMATS: Final[tuple[RowFormat, ...]] = get_args(RowFormat)

STREAMED: Final = ("csv", "tsv")
"""The formats that are written row by row."""

_AT_ONCE: Final = 1000  # rows
_NAMESPACES: Final = sorted(PREFIXES.items(), key=lambda pair: -len(pair[1]))
_MARKUP: Final = re.compile(r"[\\`*\[\]<>|#&]|(?<![^\W_])_|_(?![^\W_])")  # snake_case is none
_GAP: Final = "  "
_NARROWINGS: Final = ((24, True), (24, False), (16, True), (8, False))
"""How wide the widest column stays, and whether only columns of text give way that far."""


def write(rows: Rows, row_format: str = "table", width: int | None = None) -> str:
    """Write rows in a format; `width` is that of the terminal, for the table only."""
    if row_format not in ROW_FORMATS:
        known = ", ".join(ROW_FORMATS)
        raise QueryError(row_format, f"no such format of rows; give one of {known}")
    if row_format == "json":
        return json.dumps(_results(rows), ensure_ascii=False, indent=2) + "\n"
    if rows.verdict is not None:
        return "true\n" if rows.verdict else "false\n"
    match row_format:
        case "csv":
            return _csv(rows)
        case "tsv":
            return _tsv(rows)
        case "markdown":
            return _markdown(rows)
        case _:
            return _table(rows, width)


def stream(
    columns: Sequence[str], rows: Iterable[Sequence[Term | None]], row_format: str
) -> Iterator[str]:
    """Yield rows in CSV or TSV as they come: the columns, the first row, then many at a time."""
    coming = iter(rows)
    is_csv = row_format == "csv"
    yield _csv_lines([columns]) if is_csv else "\t".join(f"?{name}" for name in columns) + "\n"
    size = 1
    while part := tuple(islice(coming, size)):
        yield _csv_lines(map(_values, part)) if is_csv else _tsv_lines(part)
        size = _AT_ONCE


def _values(row: Sequence[Term | None]) -> list[str]:
    return ["" if cell is None else cell.value for cell in row]


def shortened(iri: str, base: str = DATA) -> str:
    """Give an IRI with the longest of our prefixes, or relative to the data base.

    >>> shortened("https://w3id.org/communique/concept/material/gallium")
    'material:gallium'
    >>> shortened("https://w3id.org/communique/id/state/JP")
    'state/JP'
    """
    if iri.startswith(base):
        return iri.removeprefix(base)
    for prefix, namespace in _NAMESPACES:
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _results(rows: Rows) -> dict[str, Any]:
    if rows.verdict is not None:
        return {"head": {}, "boolean": rows.verdict}
    bindings = [
        {name: _json_term(cell) for name, cell in zip(rows.columns, row, strict=True) if cell}
        for row in rows.rows
    ]
    return {"head": {"vars": list(rows.columns)}, "results": {"bindings": bindings}}


def _json_term(term: Term) -> dict[str, str]:
    extra = {"datatype": term.datatype, "xml:lang": term.language}
    kept = {key: value for key, value in extra.items() if value is not None}
    return {"type": term.kind, "value": term.value, **kept}


def _csv(rows: Rows) -> str:
    return "".join(stream(rows.columns, rows.rows, "csv"))


def _tsv(rows: Rows) -> str:
    return "".join(stream(rows.columns, rows.rows, "tsv"))


def _csv_lines(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _tsv_lines(rows: Iterable[Iterable[Term | None]]) -> str:
    return "".join("\t".join(map(_tsv_term, row)) + "\n" for row in rows)


def _tsv_term(term: Term | None) -> str:
    if term is None:
        return ""
    text = f"_:{term.value}" if term.kind == "bnode" else str(engine_term(term))
    return text.replace("\t", "\\t")


def _markdown(rows: Rows) -> str:
    lines = [rows.columns, tuple("---" for _ in rows.columns)]
    lines += [tuple(_escaped(_readable(cell)) for cell in row) for row in rows.rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _escaped(text: str) -> str:
    """Keep a value from being read as Markdown or HTML."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _readable(term: Term | None) -> str:
    if term is None:
        return ""
    text = shortened(term.value) if term.kind == "uri" else term.value
    return readable(text)


def _table(rows: Rows, width: int | None) -> str:
    body = [[_readable(cell) for cell in row] for row in rows.rows]
    widths = [max(map(columns, cells)) for cells in zip(rows.columns, *body, strict=True)]
    if width is not None:
        prose = [any(" " in row[at] for row in body) for at in range(len(widths))]
        widths = _fitted(widths, prose, width)
    rule = ["─" * each for each in widths]
    lines = [rows.columns, rule, *body]
    return "".join(_line(line, widths) for line in lines)


def _line(cells: Any, widths: list[int]) -> str:
    return _GAP.join(map(_padded, cells, widths)).rstrip() + "\n"


def _fitted(widths: list[int], prose: list[bool], width: int) -> list[int]:
    """Narrow the widest columns until the line fits: text first, then names and places too."""
    fitted = list(widths)
    for narrowest, only_prose in _NARROWINGS:
        while sum(fitted) + len(_GAP) * (len(fitted) - 1) > width:
            room = [
                each if is_prose or not only_prose else 0
                for each, is_prose in zip(fitted, prose, strict=True)
            ]
            if max(room, default=0) <= narrowest:
                break
            fitted[room.index(max(room))] -= 1
    return fitted


def _padded(text: str, width: int) -> str:
    if columns(text) > width:
        text = clipped(text, width)
    return text + " " * (width - columns(text))
