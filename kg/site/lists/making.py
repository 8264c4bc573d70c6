"""The file of all lists: a dataset in, one SQLite database out, written aside and put in place.

Entries are read one after the other; in memory are only numbers, and the values that entries share.
The same graph gives the same rows. What a file says of itself tells for which state of which graph
it was made, and a checksum of its rows whether it is still what was written.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray
from pyoxigraph import NamedNode

from kg import __version__
from kg.edtf import bounds
from kg.errors import BuildError
from kg.graph.model import Dataset
from kg.iris import Iris
from kg.resources import package_digest
from kg.site.lists.gathering import Gathering, Node
from kg.site.lists.index import NO_DAY
from kg.site.lists.model import Field, Listed, Value, listed
from kg.site.lists.words import rules, term_words
from kg.site.looking import Look, node
from kg.terms import CONCEPTS, DEFINITIONS

FORMAT: Final = "communique-lists/2"
_TABLES: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE lists (name TEXT PRIMARY KEY, entries INTEGER) WITHOUT ROWID;
CREATE TABLE entries (list TEXT, number INTEGER, iri TEXT, label TEXT, cells BLOB,
    PRIMARY KEY (list, number)) WITHOUT ROWID;
CREATE TABLE names (list TEXT, entry INTEGER, folded TEXT, PRIMARY KEY (list, entry)) WITHOUT ROWID;
CREATE TABLE known (list TEXT, field TEXT, id INTEGER, key TEXT, text TEXT, iri TEXT,
    PRIMARY KEY (list, field, id)) WITHOUT ROWID;
CREATE INDEX known_keys ON known (list, field, key);
CREATE TABLE kept (name TEXT PRIMARY KEY, data BLOB);
CREATE TABLE columns (list TEXT, name TEXT, data BLOB, PRIMARY KEY (list, name));
"""
NOTHING: Final[Mapping[str, Callable[[], bytes]]] = {}
_PARTS: Final = (
    "SELECT * FROM lists ORDER BY name",
    "SELECT * FROM entries ORDER BY list, number",
    "SELECT * FROM names ORDER BY list, entry",
    "SELECT * FROM known ORDER BY list, field, id",
    "SELECT * FROM columns ORDER BY list, name",
    "SELECT * FROM kept ORDER BY name",
)
_NO: Final = Value("no", "no")
_YES: Final = Value("yes", "yes")
_NUMBERS: Final = frozenset({"number", "count"})
_TOLD: Final = 1000  # entries between two words on progress

Told = Callable[[int, int], None]
"""Is told how many entries of how many are read."""


def key_of(digest: str, *, quotes: bool) -> str:
    """Name the lists of a graph, as this version makes them."""
    told = (FORMAT, __version__, package_digest(), digest, "quotes" if quotes else "no quotes")
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


class Making:
    """Makes the lists of a dataset."""

    def __init__(
        self, dataset: Dataset, iris: Iris, look: Look, told: Told = lambda _done, _all: None
    ) -> None:
        self._dataset, self._iris, self._look, self._told = dataset, iris, look, told
        self._done = self._all = 0

    def write(
        self, path: Path, digest: str, key: str, beside: Mapping[str, Callable[[], bytes]] = NOTHING
    ) -> None:
        """Write all lists, and what is made `beside`, into a file, whole or not at all."""
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        try:
            with closing(sqlite3.connect(part)) as connection:
                for name, value in (("journal_mode", "OFF"), ("synchronous", "OFF")):
                    connection.execute(f"PRAGMA {name} = {value}")
                connection.executescript(_TABLES)
                self._fill(connection)
                rows = ((name, make()) for name, make in sorted(beside.items()))
                connection.executemany("INSERT INTO kept VALUES (?, ?)", rows)
                meta = {"format": FORMAT, "digest": digest, "key": key, "sum": _sum(connection)}
                connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
                connection.commit()
            _sync(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def _fill(self, connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TEMP TABLE found (list TEXT, iri TEXT, PRIMARY KEY (list, iri)) "
                           "WITHOUT ROWID")  # fmt: skip
        specs = listed()
        for spec in specs:
            rows = ((spec.name, each) for each in self.members(spec))
            connection.executemany("INSERT OR IGNORE INTO temp.found VALUES (?, ?)", rows)
        (self._all,) = connection.execute("SELECT count(*) FROM temp.found").fetchone()
        for spec in specs:
            _List(self, connection, spec).write()
        self._told(self._all, self._all)

    def members(self, spec: Listed) -> Iterator[str]:
        """Yield what is in a list, in the order of the store; what is of two classes, twice."""
        for name in spec.classes:
            for quad in self._dataset.quads(None, node("rdf:type"), node(name)):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value

    def gathering(self, spec: Listed) -> Gathering:
        """Follow paths where those of a list lead."""
        return Gathering(self._dataset, tuple(self._iris.graph(each) for each in spec.graphs))

    def label(self, iri: str) -> str:
        """Name a thing."""
        return (iri.startswith(DEFINITIONS) and term_words(iri)) or self._look.label(iri)

    def key(self, iri: str) -> str:
        """Name a thing in an address: below the base of data, or as scheme and concept."""
        if iri.startswith(CONCEPTS):
            return iri.removeprefix(CONCEPTS).replace("/", ":", 1)
        return iri.removeprefix(self._iris.base)

    def passed(self) -> None:
        """Note that another entry is read."""
        self._done += 1
        if self._done % _TOLD == 0:
            self._told(self._done, self._all)


def value_of(field: Field, each: Node, making: Making) -> Value:
    """Give the value that a node is in a field."""
    if not isinstance(each, NamedNode):
        rule = rules().get(each.value) if field.rules else None
        return Value(each.value, rule.title if rule else each.value)
    return Value(
        making.key(each.value).removeprefix(field.short), making.label(each.value), each.value
    )


class _Kept:
    """The values of a field as they come: pairs of an entry and a value, by provisional number."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.known: dict[Value, int] = {}
        self._of: dict[Node, int] = {}
        self.entries, self.ids = array("i"), array("i")

    def take(self, entry: int, nodes: list[Node], making: Making) -> None:
        match self.field.form:
            case "yes":
                found = {self._id(_YES if nodes else _NO)}
            case "count":
                found = {self._id(Value(str(len(nodes)), str(len(nodes))))}
            case _:
                found = {self._node(each, making) for each in nodes}
        self.ids.extend(found)
        self.entries.extend([entry] * len(found))

    def _node(self, each: Node, making: Making) -> int:
        known = self._of.get(each)
        if known is None:
            known = self._id(value_of(self.field, each, making))
            if isinstance(each, NamedNode):  # texts are seldom met twice
                self._of[each] = known
        return known

    def _id(self, value: Value) -> int:
        return self.known.setdefault(value, len(self.known))


class _List:
    """Writes one list."""

    def __init__(self, making: Making, connection: sqlite3.Connection, spec: Listed) -> None:
        self._making, self._connection, self._spec = making, connection, spec
        self._kept = [_Kept(each) for each in spec.fields if not each.late]
        self._pairs: dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]] = {}
        self._orders: dict[str, NDArray[np.int64]] = {}
        self._size = 0

    def write(self) -> None:
        self._read()
        values = {kept.field.name: self._values(kept) for kept in self._kept}
        by_name = self._by_name()
        for sign in ("", "-"):
            self._orders[f"{sign}name"] = by_name[::-1] if sign else by_name
            for kept in self._kept:
                if kept.field.sort or kept.field.name == self._spec.order.removeprefix("-"):
                    name = sign + kept.field.name
                    ranks = _ranks(kept.field, values[kept.field.name])
                    self._orders[name] = self._sorted(kept.field, ranks, by_name, down=bool(sign))
        own = self._orders.pop(self._spec.order)
        place = np.empty(self._size, np.int32)
        place[own] = np.arange(self._size, dtype=np.int32)
        self._entries(own)
        self._columns(place)
        self._days(values, own)
        self._connection.execute("INSERT INTO lists VALUES (?, ?)", (self._spec.name, self._size))
        self._connection.execute("DROP TABLE temp.raw")

    def _read(self) -> None:
        """Read the entries by IRI, and give them provisional numbers."""
        self._connection.execute(
            "CREATE TEMP TABLE raw (number INTEGER PRIMARY KEY, iri TEXT, label TEXT, folded TEXT)"
        )
        gathering, making = self._making.gathering(self._spec), self._making
        found = "SELECT iri FROM temp.found WHERE list = ? ORDER BY iri"
        rows = self._connection.cursor().execute(found, (self._spec.name,))
        for number, (iri,) in enumerate(rows):
            label = "" if self._spec.named else making.label(iri)
            row = (number, iri, label, label.casefold())
            self._connection.execute("INSERT INTO temp.raw VALUES (?, ?, ?, ?)", row)
            for kept in self._kept:
                paths = kept.field.paths
                nodes = [each for path in paths for each in gathering.follow(iri, path)]
                kept.take(number, nodes, making)
            making.passed()
            self._size += 1

    def _values(self, kept: _Kept) -> list[Value]:
        """Give the values of a field numbers in their order, and write them."""
        values = sorted(kept.known)
        final = np.empty(len(values), np.int32)
        for number, value in enumerate(values):
            final[kept.known[value]] = number
        entries = np.array(kept.entries, np.int32)
        ids = final[np.array(kept.ids, np.int32)] if values else entries
        order = np.lexsort((ids, entries))
        self._pairs[kept.field.name] = entries[order], ids[order]
        name = (self._spec.name, kept.field.name)
        rows = ((*name, at, each.key, each.text, each.iri) for at, each in enumerate(values))
        self._connection.executemany("INSERT INTO known VALUES (?, ?, ?, ?, ?, ?)", rows)
        folded = sorted(range(len(values)), key=lambda at: values[at].text.casefold())
        places = np.empty(len(values), np.int32)
        places[folded] = np.arange(len(values), dtype=np.int32)
        self._put(f"place:{kept.field.name}", places)
        if kept.field.form in _NUMBERS:
            self._put(f"number:{kept.field.name}", np.array([int(v.key) for v in values], np.int32))
        return values

    def _by_name(self) -> NDArray[np.int64]:
        rows = self._connection.execute("SELECT number FROM temp.raw ORDER BY folded, number")
        return np.fromiter((number for (number,) in rows), np.int64, self._size)

    def _sorted(
        self, field: Field, ranks: NDArray[np.int64], by_name: NDArray[np.int64], *, down: bool
    ) -> NDArray[np.int64]:
        """Order entries by the first value that can be sorted; what has none comes last."""
        entries, ids = self._pairs[field.name]
        keys = np.full(self._size, -1, np.int64)
        told = ranks[ids] >= 0 if ids.size else np.zeros(0, np.bool_)
        entries, ids = entries[told], ids[told]
        keys[entries[::-1]] = ranks[ids[::-1]]  # the first of an entry is written last
        named = keys[by_name]
        has = by_name[named >= 0]
        weights = -keys[has] if down else keys[has]
        return np.concatenate((has[np.argsort(weights, kind="stable")], by_name[named < 0]))

    def _entries(self, own: NDArray[np.int64]) -> None:
        """Write the entries in their own order, with the numbers of their values."""
        starts = {
            name: np.searchsorted(entries, np.arange(self._size + 1))
            for name, (entries, _) in self._pairs.items()
        }
        raw = "SELECT iri, label, folded FROM temp.raw WHERE number = ?"
        for place, number in enumerate(own.tolist()):
            iri, label, folded = self._connection.execute(raw, (number,)).fetchone()
            cells = [
                ids[starts[name][number] : starts[name][number + 1]].tolist()
                for name, (_, ids) in self._pairs.items()
            ]
            row = (self._spec.name, place, iri, label, msgspec.msgpack.encode(cells))
            self._connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", row)
            if folded:
                named = (self._spec.name, place, folded)
                self._connection.execute("INSERT INTO names VALUES (?, ?, ?)", named)

    def _columns(self, place: NDArray[np.int32]) -> None:
        for name, (entries, ids) in self._pairs.items():
            moved = place[entries] if entries.size else entries
            order = np.lexsort((ids, moved))
            self._put(f"entry:{name}", moved[order])
            self._put(f"value:{name}", ids[order])
        for name, numbers in self._orders.items():
            self._put(f"order:{name}", place[numbers] if numbers.size else numbers)

    def _days(self, values: dict[str, list[Value]], own: NDArray[np.int64]) -> None:
        """Write between which days an entry may lie, by the first of its dates that can be read."""
        field = self._spec.date
        if field is None:
            return
        spans = [bounds(each.key) for each in values[field.name]]
        entries, ids = self._pairs[field.name]
        told = np.array([span is not None for span in spans], np.bool_)
        kept = told[ids] if ids.size else np.zeros(0, np.bool_)
        entries, ids = entries[kept][::-1], ids[kept][::-1]
        for at, name in enumerate(("first", "last")):
            ordinals = np.array([s[at].toordinal() if s else NO_DAY for s in spans], np.int32)
            days = np.full(self._size, NO_DAY, np.int32)
            if ids.size:
                days[entries] = ordinals[ids]
            self._put(f"day:{name}", days[own])

    def _put(self, name: str, numbers: NDArray[Any]) -> None:
        row = (self._spec.name, name, numbers.astype("<i4").tobytes())
        self._connection.execute("INSERT INTO columns VALUES (?, ?, ?)", row)


def _ranks(field: Field, values: list[Value]) -> NDArray[np.int64]:
    """Give for each value of a field where it stands in an order; -1 where it has no place."""
    keys = [_sortable(field, each) for each in values]
    order = {key: rank for rank, key in enumerate(sorted({key for key in keys if key is not None}))}
    return np.array([-1 if key is None else order[key] for key in keys], np.int64)


def _sortable(field: Field, value: Value) -> tuple[int, str] | None:
    if field.form in _NUMBERS:
        return int(value.key), ""
    if field.form == "date":
        span = bounds(value.key)
        return (0, span[0].isoformat()) if span else None
    return 0, value.text.casefold()


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sum(connection: sqlite3.Connection) -> str:
    """Give a digest of all rows but those that say what the file is."""
    found = hashlib.sha256()
    for part in _PARTS:
        for row in connection.execute(part):
            found.update(msgspec.msgpack.encode(row))
    return found.hexdigest()


def told_by(path: Path) -> dict[str, str]:
    """Give what a file says of itself; one that is none of ours says nothing."""
    with suppress(sqlite3.DatabaseError):
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return dict(connection.execute("SELECT key, value FROM meta").fetchall())
    return {}


def check(path: Path) -> None:
    """Read a file of lists whole; one that is not what was written is an error."""
    again = "take it away; `kg serve` makes it again"
    try:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (told,) = connection.execute("PRAGMA integrity_check").fetchone()
            [(summed,)] = connection.execute("SELECT value FROM meta WHERE key = 'sum'").fetchall()
            found = _sum(connection)
    except (sqlite3.DatabaseError, ValueError) as error:
        raise BuildError(str(path), f"cannot be read ({error}); {again}") from error
    if told != "ok" or found != summed:
        raise BuildError(str(path), f"is not what was written; {again}")
