"""Statements in, rows of tidy tables out, as `data/tables.yaml` declares them.

Rows come sorted by key, one at a time: a table is never held whole. A cell is what the statements
say of the node of its row; several values of a column that holds one are the least of them, except
for dates: there they are written as EDTF has "one of these". Nothing is guessed, nothing filled in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Final, Literal

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, parse

from kg import edtf
from kg.errors import LexiconError
from kg.resources import folder, lexicon
from kg.site.sorting import Sorter
from kg.site.statements import Statements
from kg.terms import PREFIXES

Type = Literal["iri", "string", "label", "term", "integer", "number", "edtf", "date"]
Cell = str | int | float | date | list[str] | None
Row = dict[str, Cell]
Term = NamedNode | pyoxigraph.Literal
Nodes = dict[str, Term | None]
Said = dict[str, list[Term]]
_REMEMBERED: Final = 20_000  # nodes
_BATCH: Final = 5_000  # rows of keys that are sorted in at once
_KEYS: Final[dict[str, Type]] = {"role": "term", "value": "string"}  # all others are IRIs
BOUNDS: Final = ("earliest", "latest")
_READ: Final[dict[str, type[int | float]]] = {"integer": int, "number": float}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the path to its value, and what that is."""

    name: str
    type: Type
    path: str = ""
    of: str = ""
    many: bool = False
    refers: str = ""
    otherwise: str = ""
    among: tuple[str, ...] = ()
    says: str = ""

    @property
    def property(self) -> str:
        """The property whose value stands in the column, with its prefix; none of a key."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: a query for the nodes of its rows, its key, its columns."""

    name: str
    rows: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    include: tuple[str, ...] = ()
    refers: tuple[str, ...] = ()
    term: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """The tables, and the columns that several of them share."""

    groups: dict[str, tuple[Column, ...]]
    tables: tuple[Table, ...]


@cache
def tables() -> dict[str, Table]:
    """Give the tables by name, with all their columns."""
    declared = lexicon("site", "tables.yaml", Declared)
    return {each.name: _whole(each, declared.groups) for each in declared.tables}


def _whole(table: Table, groups: dict[str, tuple[Column, ...]]) -> Table:
    definitions = _definitions()
    references = table.refers or ("",) * len(table.key)
    shown = [
        Column(
            name, _KEYS.get(name, "iri"), of=name, refers=refers, says=_key_says(table, definitions)
        )
        for name, refers in zip(table.key, references, strict=True)
    ]
    for column in (*table.columns, *(each for name in table.include for each in groups[name])):
        says = column.says or definitions.get(column.property, "")
        if not says:
            raise LexiconError(f"tables.yaml:{table.name}:{column.name}", "nobody says what it is")
        shown.append(replace(column, says=says, of=column.of or table.key[0]))
        if column.type == "edtf":
            shown += [_bound(shown[-1], which) for which in BOUNDS]
    says = table.says or definitions[table.term]
    return replace(table, columns=tuple(shown), says=says)


def _key_says(table: Table, definitions: dict[str, str]) -> str:
    if len(table.key) > 1:
        return "With the rest of the key, what the row is about."
    return f"What the row is about: {table.says or definitions[table.term]}"


def _bound(column: Column, which: str) -> Column:
    says = f"The {which} day that `{column.name}` may mean; empty where that is not known."
    return Column(f"{column.name}_{which}", "date", column.path, column.of, says=says)


def _definitions() -> dict[str, str]:
    """Give the definitions of the terms of the ontology, in English."""
    told = f"{PREFIXES['skos']}definition"
    found: dict[str, str] = {}
    for path in sorted(folder("ontology").glob("*.ttl")):
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            if quad.predicate.value == told and isinstance(quad.subject, NamedNode):
                name = f"cmq:{quad.subject.value.removeprefix(PREFIXES['cmq'])}"
                found[name] = (
                    str(quad.object.value) if _english(quad.object) else found.get(name, "")
                )
    return found


def _english(value: object) -> bool:
    return isinstance(value, pyoxigraph.Literal) and value.language == "en"


def rows(table: Table, statements: Statements) -> Iterator[Row]:
    """Yield the rows of a table, by key."""
    known = Known(statements)
    last: tuple[Term | None, ...] = ()
    for nodes in _nodes(table, statements):
        key = tuple(nodes[name] for name in table.key)
        if key != last:
            yield _row(table, nodes, known)
        last = key


def keys(table: Table, statements: Statements) -> Iterator[str]:
    """Yield the first part of the key of each row."""
    return (str(getattr(nodes[table.key[0]], "value", "")) for nodes in _nodes(table, statements))


def _nodes(table: Table, statements: Statements) -> Iterator[Nodes]:
    """Yield the nodes that the rows of a table stand for, sorted by key."""
    found = statements.dataset.query(table.rows, prefixes=PREFIXES)
    assert isinstance(found, pyoxigraph.QuerySolutions)  # noqa: S101 - what SELECT gives
    names = [name.value for name in found.variables]
    ordered = [*table.key, *sorted(set(names) - set(table.key))]
    with Sorter(statements.memory, statements.beside) as sorter:
        held: list[bytes] = []
        for solution in found:
            cells = (solution[name] for name in ordered)
            held.append(
                "\t".join("" if each is None else str(each) for each in cells).encode() + b"\n"
            )
            if len(held) == _BATCH:
                sorter.add(held)
                held = []
        sorter.add(held)
        for line in sorter.lines():
            values = map(_node, line[:-1].decode().split("\t"))
            yield dict(zip(ordered, values, strict=True))


@lru_cache(maxsize=_REMEMBERED)
def _node(token: str) -> Term | None:
    """Read a node or literal as it is written in a line; what is not bound is empty."""
    if token[:1] == "<":
        return NamedNode(token[1:-1])
    if not token:
        return None
    (quad,) = parse(f"<a:> <a:> {token} .".encode(), RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, pyoxigraph.Literal)  # noqa: S101 - rows stand for no blank nodes
    return quad.object


def _row(table: Table, nodes: Nodes, known: Known) -> Row:
    row: Row = {}
    for column in table.columns:
        if column.type == "date":
            continue
        values = _values(column, table, nodes, known)
        row[column.name] = _cell(column, values)
        if column.type == "edtf":
            dates = [value.value for value in values]
            for which, day in zip(BOUNDS, bounds(dates), strict=True):
                row[f"{column.name}_{which}"] = day
    return row


def _values(column: Column, table: Table, nodes: Nodes, known: Known) -> list[Term]:
    start, path = nodes[column.of], column.path
    if start is None:
        start, path = nodes[table.key[0]], column.otherwise or "-"
    return known.follow(start, path) if start is not None and path != "-" else []


def _cell(column: Column, values: list[Term]) -> Cell:
    texts = sorted({_text(column, value) for value in values})
    if column.among:
        return next((name for name in column.among if name in texts), None)
    if column.many or not texts:
        return texts if column.many else None
    if column.type == "label":
        return _label(values)
    if column.type == "edtf" and len(texts) > 1:
        return f"[{','.join(texts)}]"
    read = _READ.get(column.type)
    return min(texts) if read is None else min(map(read, texts))


def _text(column: Column, value: Term) -> str:
    if column.type == "term" and isinstance(value, NamedNode):
        return value.value[max(value.value.rfind("/"), value.value.rfind("#")) + 1 :]
    return value.value


def _label(values: list[Term]) -> str:
    english = [each.value for each in values if getattr(each, "language", None) in (None, "en")]
    return min(english or [each.value for each in values])


def bounds(dates: list[str]) -> tuple[date | None, date | None]:
    """Give the earliest and the latest day that one of several dates may mean.

    >>> [str(day) for day in bounds(["2024-02", "2023-12-01"])], bounds(["XXXX-06-26"])
    (['2023-12-01', '2024-02-29'], (None, None))
    """
    reaches = [edtf.reach(each) for each in dates]
    known = [each for each in reaches if each is not None]
    if not known or len(known) < len(reaches):
        return None, None
    first = min(each.begins[0] for each in known)
    last = max(each.ends[1] for each in known)
    return (
        None if first == date.min else first,
        None if last == date.max else last,
    )


class Known(dict[str, Said]):
    """What is said of nodes in all graphs, each asked for once while there is room."""

    def __init__(self, statements: Statements) -> None:
        super().__init__()
        self._statements = statements

    def __missing__(self, iri: str) -> Said:
        if len(self) >= _REMEMBERED:
            self.clear()
        found: Said = defaultdict(list)
        for triple in self._statements.about(iri, None):
            if isinstance(triple.object, NamedNode | pyoxigraph.Literal):
                found[triple.predicate.value].append(triple.object)
        self[iri] = found
        return found

    def follow(self, node: Term, path: str) -> list[Term]:
        """Give the values at the end of a path of properties from a node."""
        reached = [node]
        for step in filter(None, path.split("/")):
            nodes = [each for each in reached if isinstance(each, NamedNode)]
            prefix, _, local = step.removeprefix("^").partition(":")
            iri = PREFIXES[prefix] + local
            if step.startswith("^"):
                reached = [each for node in nodes for each in self._statements.pointing(iri, node)]
            else:
                reached = [value for each in nodes for value in self[each.value].get(iri, ())]
        return reached
