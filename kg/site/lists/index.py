"""A list as it lies on disk: a file that was made for a state of the graph in; entries, facets out.

Every field is a pair of columns, entries and the values they have, and every order is a column of
entries. A set of entries is a row of truths. What is counted passes over whole columns at once; of
entries and values only those that are shown are read. Columns of late are held, up to so many
bytes.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from kg.site.lists.model import Listed, Value

Chosen = NDArray[np.bool_]
"""A set of entries: for each number whether it is in it."""
Column = NDArray[np.int32]
Cells = tuple[tuple[Value, ...], ...]

NO_DAY: Final = 0
_HELD: Final = 48 * 2**20  # bytes of columns that are held
_VALUES: Final = 20_000  # values that are held
_AT_ONCE: Final = 400  # rows of one question
_WORDED: Final = "SELECT entry FROM names WHERE list = ?{}"


class Database:
    """The file of all lists, to read; threads take turns."""

    def __init__(self, path: Path, earlier: str = "") -> None:
        """Open a file; `earlier` names the state that it is of, if that is not the one of now."""
        self.earlier = earlier
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._connection.execute("SELECT count(*) FROM lists")  # it stays, even if it is taken away
        self._lock = Lock()
        self._columns: OrderedDict[tuple[str, str], Column] = OrderedDict()
        self._held = 0
        self.values: OrderedDict[tuple[str, str, int], Value] = OrderedDict()

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with self._lock:
            return self._connection.execute(question, given).fetchall()

    def some(
        self, question: str, given: tuple[Any, ...], numbers: Sequence[int]
    ) -> Iterator[tuple[Any, ...]]:
        """Ask for the rows of some numbers; the question has `{}` where they go."""
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            yield from self.rows(question.format(marks), *given, *part)

    def column(self, name: str, column: str) -> Column:
        """Give a column of a list."""
        key = (name, column)
        with self._lock:
            known = self._columns.get(key)
            if known is not None:
                self._columns.move_to_end(key)
                return known
        rows = self.rows("SELECT data FROM columns WHERE list = ? AND name = ?", *key)
        found: Column = (
            np.frombuffer(rows[0][0], np.dtype("<i4")) if rows and rows[0][0] else _none()
        )
        with self._lock:
            if key not in self._columns:
                self._held += found.nbytes
            self._columns[key] = found
            while self._held > _HELD and len(self._columns) > 1:
                self._held -= self._columns.popitem(last=False)[1].nbytes
        return found

    def remember(self, name: str, field: str, found: Mapping[int, Value]) -> None:
        """Hold some values, and let go of those that were asked for first."""
        with self._lock:
            self.values.update({(name, field, number): each for number, each in found.items()})
            while len(self.values) > _VALUES:
                self.values.popitem(last=False)


def _none() -> Column:
    return np.zeros(0, np.dtype("<i4"))


class Index:
    """All entries of a list, numbered in its own order."""

    def __init__(self, database: Database, spec: Listed) -> None:
        self.spec, self.database = spec, database
        self._name = spec.name
        told = database.rows("SELECT entries FROM lists WHERE name = ?", spec.name)
        self.size: int = told[0][0] if told else 0
        self._fields = [each.name for each in spec.fields if not each.late]

    @property
    def everything(self) -> Chosen:
        """The set of all entries."""
        return np.ones(self.size, np.bool_)

    @property
    def nothing(self) -> Chosen:
        """The set of no entries."""
        return np.zeros(self.size, np.bool_)

    def holding(self, field: str, keys: Sequence[str]) -> Chosen:
        """Give the entries that have one of these values."""
        question = "SELECT id FROM known WHERE list = ? AND field = ? AND key = ?"
        ids = [
            number
            for key in keys
            for (number,) in self.database.rows(question, self._name, field, key)
        ]
        return self.having(field, ids)

    def having(self, field: str, ids: Sequence[int]) -> Chosen:
        """Give the entries that have one of the values of these numbers."""
        found = self.nothing
        entries, values = self._pairs(field)
        wanted = values == ids[0] if len(ids) == 1 else np.isin(values, np.array(ids, np.int32))
        found[entries[wanted]] = True
        return found

    def at_least(self, field: str, least: int) -> Chosen:
        """Give the entries whose number is so large."""
        found = self.nothing
        entries, values = self._pairs(field)
        numbers = self.database.column(self._name, f"number:{field}")
        found[entries[numbers[values] >= least]] = True
        return found

    def dated(self, first: date | None, last: date | None) -> Chosen:
        """Give the entries whose date may lie in the range; what has none is left out."""
        begins, ends = self._days()
        found: Chosen = begins != NO_DAY
        if first is not None:
            found &= ends >= first.toordinal()
        if last is not None:
            found &= begins <= last.toordinal()
        return found

    def worded(self, words: str) -> Chosen:
        """Give the entries whose label has all these words, or beginnings and parts of them."""
        wanted = words.casefold().split()
        fits = " AND instr(folded, ?) > 0" * len(wanted)
        rows = self.database.rows(_WORDED.format(fits), self._name, *wanted)
        numbers = [number for (number,) in rows]
        found = self.nothing
        found[np.array(numbers, np.int64)] = True
        return found

    def counts(self, field: str, chosen: Chosen) -> NDArray[np.int64]:
        """Count for each value of a field the chosen entries that have it."""
        entries, values = self._pairs(field)
        known = self.database.column(self._name, f"place:{field}").size
        return np.bincount(values[chosen[entries]], minlength=known).astype(np.int64)

    def commonest(self, field: str, counts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the numbers of the values that occur, the commonest first, then by name."""
        places = self.database.column(self._name, f"place:{field}")
        order = np.lexsort((places, -counts))
        return order[: int(np.count_nonzero(counts))]

    def value_ids(self, field: str, keys: Sequence[str]) -> dict[str, list[int]]:
        """Give the numbers of the values that go by some keys."""
        question = "SELECT id FROM known WHERE list = ? AND field = ? AND key = ? ORDER BY id"
        found = {
            key: [number for (number,) in self.database.rows(question, self._name, field, key)]
            for key in keys
        }
        return {key: numbers for key, numbers in found.items() if numbers}

    def values(self, field: str, ids: Sequence[int]) -> dict[int, Value]:
        """Give values by their numbers."""
        at_hand = self.database.values
        found = {each: value for each in ids if (value := at_hand.get((self._name, field, each)))}
        missing = [each for each in dict.fromkeys(ids) if each not in found]
        question = (
            "SELECT id, key, text, iri FROM known WHERE list = ? AND field = ? AND id IN ({})"
        )
        rows = self.database.some(question, (self._name, field), missing)
        read = {number: Value(key, text, iri) for number, key, text, iri in rows}
        self.database.remember(self._name, field, read)
        return found | read

    def held(self, field: str) -> dict[Value, int]:
        """Give all values of a field, in their order, with the number of entries that have each."""
        counts = self.counts(field, self.everything)
        known = self.values(field, range(len(counts)))
        return {known[number]: int(counts[number]) for number in sorted(known)}

    def members(self, chosen: Chosen, order: str) -> NDArray[np.int32]:
        """Give the numbers of the entries of a set in an order."""
        numbers = self.database.column(self._name, f"order:{order}")
        if order == self.spec.order and not numbers.size:
            return np.flatnonzero(chosen).astype(np.int32)
        return numbers[chosen[numbers]]

    def entries(
        self, numbers: Sequence[int], fields: Sequence[str] = ()
    ) -> Iterator[tuple[str, str, dict[str, tuple[Value, ...]]]]:
        """Yield entries: IRI, label, and the values of some fields."""
        at = [(name, self._fields.index(name)) for name in fields]
        for start in range(0, len(numbers), _AT_ONCE):
            part = [int(each) for each in numbers[start : start + _AT_ONCE]]
            question = (
                "SELECT number, iri, label, cells FROM entries WHERE list = ? AND number IN ({})"
            )
            found = {row[0]: row for row in self.database.some(question, (self._name,), part)}
            cells = {each: msgspec.msgpack.decode(found[each][3], type=_Ids) for each in part}
            known = {
                name: self.values(name, [each for told in cells.values() for each in told[place]])
                for name, place in at
            }
            for each in part:
                _, iri, label, _ = found[each]
                told = cells[each]
                yield (
                    iri,
                    label,
                    {name: tuple(known[name][one] for one in told[place]) for name, place in at},
                )

    def spans(self, numbers: Sequence[int]) -> list[tuple[date, date] | None]:
        """Give the first and last days on which entries may lie, None for those without a date."""
        begins, ends = self._days()
        return [
            (date.fromordinal(int(begins[each])), date.fromordinal(int(ends[each])))
            if begins[each] != NO_DAY
            else None
            for each in numbers
        ]

    def _pairs(self, field: str) -> tuple[Column, Column]:
        column = self.database.column
        return column(self._name, f"entry:{field}"), column(self._name, f"value:{field}")

    def _days(self) -> tuple[Column, Column]:
        column = self.database.column
        begins, ends = column(self._name, "day:first"), column(self._name, "day:last")
        if begins.size:
            return begins, ends
        return np.zeros(self.size, np.int32), np.zeros(self.size, np.int32)


_Ids = list[list[int]]
