"""Rows of short texts that are found by any of their columns: who belongs to what.

An index of `kg.shelves` reads before it writes and keeps both directions; here the caller knows
what comes and goes, and asks only for the directions that it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.shelves import Shelves

_AT_ONCE: Final = 500  # values in one question to the database


class Relation:
    """A table whose rows are its key; `also` names the columns to find rows by beside the first."""

    def __init__(
        self, shelves: Shelves, name: str, columns: Sequence[str], also: Sequence[str] = ()
    ) -> None:
        self._connection = shelves.connection
        self._words = {"table": name, "columns": ", ".join(columns)}
        if not self._exists(name):
            types = ", ".join(f"{column} TEXT" for column in columns)
            make = "CREATE TABLE {table} ({types}, PRIMARY KEY ({columns})) WITHOUT ROWID"
            self._connection.execute(make.format(types=types, **self._words))
            for column in also:
                index = "CREATE INDEX {table}_{column} ON {table} ({column})"
                self._connection.execute(index.format(column=column, **self._words))
        marks = ", ".join("?" * len(columns))
        each = " AND ".join(f"{column} = ?" for column in columns)
        self._insert = self._sql("INSERT OR IGNORE INTO {table} VALUES ({marks})", marks=marks)
        self._delete = self._sql("DELETE FROM {table} WHERE {each}", each=each)

    def change(self, gone: Iterable[tuple[str, ...]], come: Iterable[tuple[str, ...]]) -> None:
        """Take rows away, then add rows."""
        self._connection.executemany(self._delete, sorted(gone))
        self._connection.executemany(self._insert, sorted(come))

    def rows(self, column: str, value: str, at_most: int = -1) -> list[tuple[str, ...]]:
        """Give the rows with a value in a column, sorted; at most so many, all if negative."""
        question = self._sql(
            "SELECT {columns} FROM {table} WHERE {column} = ? ORDER BY {columns} LIMIT ?",
            column=column,
        )
        return self._connection.execute(question, (value, at_most)).fetchall()

    def among(self, column: str, values: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the rows with any of several values in a column."""
        wanted = sorted(set(values))
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            question = self._sql(
                "SELECT {columns} FROM {table} WHERE {column} IN ({marks}) ORDER BY {columns}",
                column=column,
                marks=", ".join("?" * len(part)),
            )
            yield from self._connection.execute(question, part).fetchall()

    def count(self, column: str, value: str) -> int:
        """Count the rows with a value in a column."""
        question = self._sql("SELECT count(*) FROM {table} WHERE {column} = ?", column=column)
        return int(self._connection.execute(question, (value,)).fetchone()[0])

    def every(self) -> Iterator[tuple[str, ...]]:
        """Yield all rows, sorted; nothing may be changed meanwhile."""
        return self._connection.execute(
            self._sql("SELECT {columns} FROM {table} ORDER BY {columns}")
        )

    def __len__(self) -> int:
        question = self._sql("SELECT count(*) FROM {table}")
        return int(self._connection.execute(question).fetchone()[0])

    def _sql(self, pattern: str, **words: str) -> str:
        """Put names of tables and columns into a question: they are our own, values never are."""
        return pattern.format(**self._words, **words)

    def _exists(self, name: str) -> bool:
        found = self._connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
        )
        return found.fetchone() is not None
