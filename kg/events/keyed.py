"""Which bundles bear which keys, kept: keys as numbers in, who shares one with whom out.

A key is as long as what it is made of, and a corpus has many millions of them: kept are eight
bytes of each, once by key and once, all together, by bundle. Two keys of one number, which no
corpus is large enough to hold, would only let a few more pairs be compared.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kg.shelves import Shelves

_AT_ONCE: Final = 500
_MANY: Final = 20_000  # bundles of which the keys wait to be written
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS {} (code INTEGER, bundle TEXT, PRIMARY KEY (code, bundle))"
    " WITHOUT ROWID"
)
_OWN: Final = "CREATE TABLE IF NOT EXISTS {} (bundle TEXT PRIMARY KEY, codes BLOB) WITHOUT ROWID"
_ADD: Final = "INSERT OR REPLACE INTO {} VALUES (?, ?)"
_TAKE: Final = "DELETE FROM {} WHERE code = ? AND bundle = ?"
_FORGET: Final = "DELETE FROM {} WHERE bundle = ?"
_CODES: Final = "SELECT codes FROM {} WHERE bundle = ?"
_HOLDERS: Final = "SELECT bundle FROM {} WHERE code IN ({})"
_COUNTED: Final = """
    WITH asked (code) AS (VALUES {marks}) SELECT code, (SELECT count(*) FROM
    (SELECT 1 FROM {table} AS own WHERE own.code = asked.code LIMIT ?)) FROM asked
"""


class Keyed:
    """The keys of all bundles of one kind."""

    def __init__(self, shelves: Shelves, name: str) -> None:
        self._connection = shelves.connection
        self._table, self._own = f'"{name}"', f'"{name}_of"'
        self._waiting: list[tuple[str, bytes]] = []
        self._connection.execute(_TABLE.format(self._table))
        self._connection.execute(_OWN.format(self._own))

    def begin(self, bundle: str, codes: Collection[int]) -> None:
        """Keep the keys of a bundle that had none; `fill` tells who bears each of them."""
        if codes:
            self._waiting.append((bundle, _packed(sorted(codes))))
        if len(self._waiting) >= _MANY:
            self._flush()

    def fill(self, rows: Iterable[tuple[int, str]]) -> None:
        """Keep who bears which key, where nothing was kept: keys with bundles, sorted."""
        self._flush()
        self._connection.executemany(_ADD.format(self._table), rows)

    def _flush(self) -> None:
        if not self._waiting:
            return
        self._connection.executemany(_ADD.format(self._own), sorted(self._waiting))
        self._waiting.clear()

    def move(self, bundle: str, codes: frozenset[int]) -> frozenset[int]:
        """Give a bundle just these keys; give those that it had before."""
        old = self.of(bundle)
        if codes == old:
            return old
        self._connection.executemany(
            _TAKE.format(self._table), [(code, bundle) for code in sorted(old - codes)]
        )
        self._connection.executemany(
            _ADD.format(self._table), [(code, bundle) for code in sorted(codes - old)]
        )
        if codes:
            packed = _packed(sorted(codes))
            self._connection.execute(_ADD.format(self._own), (bundle, packed))
        else:
            self._connection.execute(_FORGET.format(self._own), (bundle,))
        return old

    def of(self, bundle: str) -> frozenset[int]:
        """Give the keys of a bundle."""
        row = self._connection.execute(_CODES.format(self._own), (bundle,)).fetchone()
        return frozenset(_unpacked(row[0])) if row else frozenset()

    def bundles(self, code: int) -> list[str]:
        """Give who bears a key, sorted."""
        rows = self._do("SELECT bundle FROM {} WHERE code = ? ORDER BY bundle", code)
        return [bundle for (bundle,) in rows]

    def around(self, code: int, bundle: str, many: int) -> list[str]:
        """Give so many before a bundle, and after it, of those that bear a key, sorted."""
        before = self._do(
            "SELECT bundle FROM {} WHERE code = ? AND bundle < ? ORDER BY bundle DESC LIMIT ?",
            code, bundle, many,
        ).fetchall()  # fmt: skip
        after = self._do(
            "SELECT bundle FROM {} WHERE code = ? AND bundle > ? ORDER BY bundle LIMIT ?",
            code, bundle, many,
        )  # fmt: skip
        return [each for (each,) in (*before[::-1], *after)]

    def crowds(self, codes: Iterable[int], at_most: int) -> list[tuple[int, int]]:
        """Give of several keys how many bear each, counted up to `at_most`."""
        found: list[tuple[int, int]] = []
        wanted = sorted(codes)
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            question = _COUNTED.format(marks=",".join(["(?)"] * len(part)), table=self._table)
            found += self._connection.execute(question, (*part, at_most)).fetchall()
        return found

    def holders(self, codes: Sequence[int]) -> set[str]:
        """Give who bears one of several keys."""
        found: set[str] = set()
        for start in range(0, len(codes), _AT_ONCE):
            part = codes[start : start + _AT_ONCE]
            question = _HOLDERS.format(self._table, ",".join("?" * len(part)))
            found.update(bundle for (bundle,) in self._connection.execute(question, part))
        return found

    def count(self, code: int) -> int:
        """Count who bears a key."""
        [(count,)] = self._do("SELECT count(*) FROM {} WHERE code = ?", code)
        return int(count)

    def _do(self, question: str, *values: str | int) -> sqlite3.Cursor:
        return self._connection.execute(question.format(self._table), values)


def _packed(codes: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(codes)}q", *codes)


def _unpacked(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)
