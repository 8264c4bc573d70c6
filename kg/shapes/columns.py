"""A dataset read property by property, as text that another engine can read.

A dataset in, its statements as N-Triples out, a column for each property. The store looks up every
term that it writes, which is most of the cost; asked for one property it looks up two of four.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.terms import PREFIXES

NO_QUOTED: Final = ("data", "statements about statements cannot be validated")
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_OF_TYPE: Final = f" {_TYPE} ".encode()
_SUBCLASS: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")
_PROPERTIES: Final = "SELECT DISTINCT ?predicate WHERE { ?subject ?predicate ?object }"
_COLUMN: Final = "SELECT ?subject ?object WHERE {{ ?subject {} ?object }}"
_CLASSES: Final = "SELECT ?class (COUNT(*) AS ?nodes) WHERE {{ ?node {} ?class }} GROUP BY ?class"
_NODES: Final = "SELECT ?node WHERE {{ ?node {} {} }}"
_MANY: Final = 30  # nodes of a class on average, from which on classes are read one by one
_NAME: Final = re.compile(r'<[^\x00-\x20<>"{}|^`\\]*>')
_AHEAD: Final = 4  # columns that are read, or wait, while one is taken
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


def columns(dataset: Dataset, beside: Executor) -> Iterator[tuple[NamedNode, bytes]]:
    """Yield each property with its statements; a statement of several graphs may come repeatedly.

    The next ones are read `beside` meanwhile. Raises ShapesError where the data cannot be written.
    """
    coming: deque[tuple[NamedNode, Future[bytes]]] = deque()
    for predicate in _properties(dataset):
        coming.append((predicate, beside.submit(_column, dataset, predicate)))
        if len(coming) > _AHEAD:
            yield _come(*coming.popleft())
    while coming:
        yield _come(*coming.popleft())


def _come(predicate: NamedNode, column: Future[bytes]) -> tuple[NamedNode, bytes]:
    return predicate, column.result()


def _column(dataset: Dataset, predicate: NamedNode) -> bytes:
    by_class = _by_class(dataset) if predicate == _TYPE else None
    if by_class is not None:
        return by_class
    return _lines(predicate, _table(dataset, _COLUMN.format(_name(predicate))))


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
    for form, written in _BARE_KINDS:
        if not _BARE.search(table):
            break
        table = form.sub(written, table)
    if _BARE.search(table):
        raise ShapesError("data", f"{predicate} has a value that cannot be written; correct it")
    return table.replace(b"\t", f" {predicate} ".encode()).replace(b"\n", b" .\n")


class Aside:
    """Columns put aside while they pass, so that queries on these properties need not the store.

    Of `rdf:type` it is the nodes of some classes and of those narrower, one node of any other, and
    all blank nodes.
    """

    def __init__(self, properties: frozenset[str], classes: frozenset[str]) -> None:
        self._properties = properties
        self._classes = classes
        self._columns: list[bytes] = []
        self._types = self._narrower = b""
        self._size = 0

    def put(self, predicate: NamedNode, lines: bytes) -> None:
        """Keep a column that is asked about, if there is room, and one statement of any other."""
        self._narrower = lines if predicate == _SUBCLASS else self._narrower
        if predicate.value not in self._properties:
            self._types = lines if predicate == _TYPE else self._types
            self._size += len(lines) if predicate == _TYPE else 0
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
        lines = b"".join([*self._columns, *self._typed()])
        return Dataset.of(parse(lines, format=RdfFormat.N_TRIPLES))

    def _typed(self) -> Iterator[bytes]:
        """Yield the types that are asked about, and one of each other class."""
        wanted = {f"<{each}>".encode() for each in self._classes}
        pairs = [(line[0], line[2]) for line in map(bytes.split, _split(self._narrower))]
        while more := {narrow for narrow, wide in pairs if wide in wanted} - wanted:
            wanted |= more
        met: set[bytes] = set()
        for line in _split(self._types):
            kind = line.partition(_OF_TYPE)[2].removesuffix(b" .")
            if kind in wanted or kind not in met or line.startswith(b"_:"):
                met.add(kind)
                yield line + b"\n"


def _split(lines: bytes) -> list[bytes]:
    return lines.split(b"\n")[:-1]
