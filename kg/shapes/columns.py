"""A dataset read property by property, as text that another engine can read.

A dataset in, its statements as N-Triples out, a column for each property. The store looks up every
term that it writes, which is most of the cost; asked for one property it looks up two of four.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.terms import PREFIXES

NO_QUOTED: Final = ("data", "statements about statements cannot be validated")
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_PROPERTIES: Final = "SELECT DISTINCT ?predicate WHERE { ?subject ?predicate ?object }"
_COLUMN: Final = "SELECT ?subject ?object WHERE {{ ?subject {} ?object }}"
_CLASSES: Final = "SELECT ?class (COUNT(*) AS ?nodes) WHERE {{ ?node {} ?class }} GROUP BY ?class"
_NODES: Final = "SELECT ?node WHERE {{ ?node {} {} }}"
_MANY: Final = 30  # nodes of a class on average, from which on classes are read one by one
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
        by_class = _by_class(dataset) if predicate == _TYPE else None
        if by_class is None:
            table = _table(dataset, _COLUMN.format(_name(predicate)))
            yield predicate, _lines(predicate, table)
        else:
            yield predicate, by_class


def _properties(dataset: Dataset) -> list[NamedNode]:
    rows = dataset.query(_PROPERTIES)
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    found = (row["predicate"] for row in rows)
    return sorted((each for each in found if isinstance(each, NamedNode)), key=str)


def _by_class(dataset: Dataset) -> bytes | None:
    """Give the column of classes, if they are few: each is looked up once, not for each node."""
    rows = dataset.query(_CLASSES.format(_TYPE))
    if not isinstance(rows, QuerySolutions):
        raise TypeError("the query is a SELECT")
    sizes = [(row["class"], row["nodes"]) for row in rows]
    classes = sorted(str(each) for each, _ in sizes if isinstance(each, NamedNode))
    nodes = sum(int(each.value) for _, each in sizes if isinstance(each, Literal))
    if len(classes) < len(sizes) or not all(map(_NAME.fullmatch, classes)):
        return None
    if nodes < _MANY * len(classes):
        return None
    return b"".join(
        _table(dataset, _NODES.format(_TYPE, each)).replace(b"\n", f" {_TYPE} {each} .\n".encode())
        for each in classes
    )


def _name(predicate: NamedNode) -> str:
    """Give a property as it may stand in a query."""
    name = str(predicate)
    if not _NAME.fullmatch(name):
        raise ShapesError("data", f"has a property that is no IRI: {name!r}; correct it")
    return name


def _table(dataset: Dataset, query: str) -> bytes:
    """Give the rows of a query, with tabs between their values.

    Solutions are not held: another thread may end this.
    """
    rows = dataset.query(query)
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
