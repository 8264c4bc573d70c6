"""A dataset read property by property, as text that another engine can read.

A dataset in, its statements as N-Triples out, a column for each property. The store looks up every
term that it writes, which is most of the cost; asked for one property it looks up two of four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.terms import PREFIXES

NO_QUOTED: Final = ("data", "statements about statements cannot be validated")
_PROPERTIES: Final = "SELECT DISTINCT ?predicate WHERE { ?subject ?predicate ?object }"
_COLUMN: Final = "SELECT ?subject ?object WHERE {{ ?subject {} ?object }}"
_NAME: Final = re.compile(r'<[^\x00-\x20<>"{}|^`\\]*>')
_ROOM: Final = 2**28  # bytes of text
_QUOTED: Final = b"\t<<("
_BARE: Final = re.compile(rb'\t[^<"_]')
_BARE_KINDS: Final = tuple(
    (re.compile(rb"\t(%b)\n" % form), rb'\t"\1"^^<%b%b>\n' % (PREFIXES["xsd"].encode(), kind))
    for kind, form in (
        (b"integer", rb"[+-]?[0-9]+"),
        (b"decimal", rb"[+-]?[0-9]*\.[0-9]+"),
        (b"double", rb"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+"),
        (b"boolean", rb"true|false"),
    )
)
"""How values stand bare in SPARQL's TSV, as they do in Turtle."""


def columns(dataset: Dataset) -> Iterator[tuple[NamedNode, bytes]]:
    """Yield each property with its statements; a statement of several graphs may come repeatedly.

    Raises ShapesError where the data cannot be written.
    """
    for predicate in _properties(dataset):
        table = _table(dataset, predicate)  # solutions are not held: another thread may end this
        yield predicate, _lines(predicate, table)


def _properties(dataset: Dataset) -> list[NamedNode]:
    rows = dataset.query(_PROPERTIES)
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    found = (row["predicate"] for row in rows)
    return sorted((each for each in found if isinstance(each, NamedNode)), key=str)


def _name(predicate: NamedNode) -> str:
    """Give a property as it may stand in a query."""
    name = str(predicate)
    if not _NAME.fullmatch(name):
        raise ShapesError("data", f"has a property that is no IRI: {name!r}; correct it")
    return name


def _table(dataset: Dataset, predicate: NamedNode) -> bytes:
    """Give the rows of a column: subject and object with a tab between them."""
    rows = dataset.query(_COLUMN.format(_name(predicate)))
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    return (rows.serialize(format=QueryResultsFormat.TSV) or b"").partition(b"\n")[2]


def _lines(predicate: NamedNode, table: bytes) -> bytes:
    """Write a column as N-Triples: what separates terms and rows is escaped within terms."""
    if _QUOTED in table:
        raise ShapesError(*NO_QUOTED)
    if _BARE.search(table):
        for form, written in _BARE_KINDS:
            table = form.sub(written, table)
        if _BARE.search(table):
            raise ShapesError("data", f"{predicate} has a value that cannot be written; correct it")
    return table.replace(b"\t", f" {predicate} ".encode()).replace(b"\n", b" .\n")


class Aside:
    """Columns put aside while they pass, so that queries on these properties need not the store."""

    def __init__(self, properties: frozenset[str]) -> None:
        self._properties = properties
        self._columns: list[bytes] = []
        self._size = 0

    def put(self, predicate: NamedNode, lines: bytes) -> None:
        """Keep a column that is asked about, if there is room, and one statement of any other."""
        if predicate.value not in self._properties:
            lines, end, _ = lines.partition(b"\n")
            lines += end
        self._size += len(lines)
        if self._size <= _ROOM:
            self._columns.append(lines)
        else:
            self._columns.clear()

    def dataset(self) -> Dataset | None:
        """Hold what was put aside in memory; None if it was too much."""
        if self._size > _ROOM:
            return None
        return Dataset.of(parse(b"".join(self._columns), format=RdfFormat.N_TRIPLES))
