"""Records kept by key in one SQLite database, in memory or in a file.

Stages keep here what they must find again when one article comes or goes: records on shelves, and
indexes that say which items bear a mark. A shelf says whether a record has changed, so that work
stops where nothing changes. What is read comes back sorted: nothing depends on order of arrival.
What is put waits in memory until there is much of it, since rows written together and in order of
their keys cost a fraction of rows written as they come.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec

from kg.errors import BuildError

Record = TypeVar("Record")
_AT_ONCE: Final = 500  # keys in one question to the database
_IN_MEMORY: Final = ":memory:"
_UNKNOWN: Final = object()  # a key that nobody asked for yet
_WAITING: Final = 12 * 2**20  # bytes of one table, about, that wait to be written
_BESIDE: Final = 200  # bytes that a row that waits takes beside its record, about

# With row ids, since records are long: without, they would lie in the inner pages of the tree too,
# and a million of them took three times as long to write and twice as long to find.
_SHELF: Final = "CREATE TABLE IF NOT EXISTS {} (key TEXT PRIMARY KEY, record BLOB)"
_PUT: Final = "INSERT OR REPLACE INTO {} VALUES (?, ?)"
_DROP: Final = "DELETE FROM {} WHERE key = ?"
_ONE: Final = "SELECT record FROM {} WHERE key = ?"
_SEVERAL: Final = "SELECT key, record FROM {} WHERE key IN ({})"
_ALL: Final = "SELECT key, record FROM {} ORDER BY key"
_KEYS: Final = "SELECT key FROM {} ORDER BY key"
_COUNT: Final = "SELECT count(*) FROM {}"
_INDEX: Final = (
    "CREATE TABLE IF NOT EXISTS {} (mark TEXT, item TEXT, PRIMARY KEY (mark, item)) WITHOUT ROWID"
)
_ITEMS: Final = "CREATE INDEX IF NOT EXISTS {} ON {} (item, mark)"
_MARK: Final = "INSERT INTO {} VALUES (?, ?)"
_UNMARK: Final = "DELETE FROM {} WHERE mark = ? AND item = ?"


class Shelves:
    """One database of named shelves and indexes; a file that is no such database is an error."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self._waiting: dict[str, _Rows | _Marks] = {}  # by table, whoever writes there
        try:
            self._connection = _connected(path, read_only=read_only)
        except sqlite3.DatabaseError as error:
            raise BuildError(str(path), f"cannot be read ({error}); build it again") from error

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, with all that was written so far."""
        self.flush()
        return self._connection

    def shelf(self, name: str, kind: type[Record], keep: int = 4096) -> Shelf[Record]:
        """Give the shelf of a name, made if there is none; the last `keep` records stay at hand."""
        table = _quoted(f"shelf_{name}")
        rows = self._waiting.get(table)
        if not isinstance(rows, _Rows):
            rows = self._waiting[table] = _Rows(self._connection, table)
        return Shelf(self._connection, rows, kind, keep)

    def index(self, name: str) -> Index:
        """Give the index of a name, made if there is none."""
        table = _quoted(f"index_{name}")
        marks = self._waiting.get(table)
        if not isinstance(marks, _Marks):
            marks = self._waiting[table] = _Marks(self._connection, table, name)
        return Index(self._connection, marks)

    def flush(self) -> None:
        """Write what waits."""
        for waiting in self._waiting.values():
            waiting.flush()

    def commit(self) -> None:
        """Keep all that was written since the last commit, as a whole."""
        self.flush()
        self._connection.commit()

    def rollback(self) -> None:
        """Forget what was written since the last commit; open the shelves anew after it."""
        for waiting in self._waiting.values():
            waiting.forget()
        self._connection.rollback()

    def close(self) -> None:
        """Let go of the database; what was not committed is forgotten."""
        self._connection.close()


class _Rows:
    """The rows of a shelf that wait to be written; None for those that are to go."""

    def __init__(self, connection: sqlite3.Connection, table: str) -> None:
        self.table = table
        self.by_key: dict[str, bytes | None] = {}
        self._connection = connection
        self._size = 0
        self._insert = _PUT.format(table)
        self._delete = _DROP.format(table)
        _make(connection, _SHELF.format(table))

    def take(self, key: str, record: bytes | None) -> None:
        """Let a row wait, and write all that do if they are many."""
        self.by_key[key] = record
        self._size += _BESIDE + len(record or b"")
        if self._size > _WAITING:
            self.flush()

    def flush(self) -> None:
        """Write all that waits, in order."""
        if not self.by_key:
            return
        rows = [(key, self.by_key[key]) for key in sorted(self.by_key)]
        self._connection.executemany(self._delete, [(key,) for key, row in rows if row is None])
        self._connection.executemany(self._insert, [row for row in rows if row[1] is not None])
        self.forget()

    def forget(self) -> None:
        """Let go of all that waits."""
        self.by_key.clear()
        self._size = 0


class _Marks:
    """The marks of new items that wait to be written."""

    def __init__(self, connection: sqlite3.Connection, table: str, name: str) -> None:
        self.table = table
        self._connection = connection
        self._rows: list[tuple[str, str]] = []
        self._names: set[str] = set()  # the marks and items among these rows
        self._insert = _MARK.format(table)
        _make(connection, _INDEX.format(table))
        _make(connection, _ITEMS.format(_quoted(f"items_{name}"), table))

    def take(self, item: str, marks: Collection[str]) -> None:
        """Let an item wait that had no marks, and write all that do if they are many."""
        self._rows += [(mark, item) for mark in marks]
        self._names.update(marks, [item] if marks else ())
        if len(self._rows) * _BESIDE > _WAITING:
            self.flush()

    def bring(self, name: str) -> None:
        """Write all that waits, if some of it is on an item or a mark."""
        if name in self._names:
            self.flush()

    def flush(self) -> None:
        """Write all that waits, in order."""
        if self._rows:
            self._connection.executemany(self._insert, sorted(self._rows))
            self.forget()

    def forget(self) -> None:
        """Let go of all that waits."""
        self._rows.clear()
        self._names.clear()


class Shelf(Generic[Record]):
    """Records of one type by key; a record is a frozen dataclass and is never changed in place."""

    def __init__(
        self, connection: sqlite3.Connection, rows: _Rows, kind: type[Record], keep: int
    ) -> None:
        self._connection = connection
        self._rows = rows
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._at_hand: dict[str, Record | None] = {}
        self._before: dict[str, Record | None] = {}  # at hand as well, but not asked for of late
        self._keep = keep
        self._one = _ONE.format(rows.table)
        self._several = _SEVERAL.format(rows.table, "{}")

    def get(self, key: str) -> Record | None:
        """Give the record of a key, None if there is none."""
        known = self._known(key)
        if known is not _UNKNOWN:
            return known  # type: ignore[return-value]  # what is known is a record or none
        kept = self._bytes(key)
        return self._remember(key, None if kept is None else self._decode(kept))

    def many(self, keys: Iterable[str]) -> dict[str, Record]:
        """Give the records that there are of several keys, sorted by key."""
        wanted = sorted(set(keys))
        found: dict[str, Any] = {key: self._known(key) for key in wanted}
        missing = [key for key, known in found.items() if known is _UNKNOWN]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            kept = self._kept(part)
            for key in part:
                record = kept.get(key)
                found[key] = self._remember(key, None if record is None else self._decode(record))
        return {key: record for key, record in found.items() if record is not None}

    def put(self, key: str, record: Record, *, new: bool = False) -> bool:
        """Keep a record; say whether it is another than was kept. Nobody looks if it is `new`."""
        encoded = self._encode(record)
        self._remember(key, record)
        if not new and self._bytes(key) == encoded:
            return False
        self._rows.take(key, encoded)
        return True

    def drop(self, key: str) -> bool:
        """Take a record away; say whether there was one."""
        self._at_hand.pop(key, None)
        self._before.pop(key, None)
        there = self._bytes(key) is not None
        if there:
            self._rows.take(key, None)
        return there

    def keys(self) -> Iterator[str]:
        """Yield all keys, sorted."""
        self._rows.flush()
        return (key for (key,) in self._connection.execute(_KEYS.format(self._rows.table)))

    def items(self) -> Iterator[tuple[str, Record]]:
        """Yield all keys with their records, sorted by key; nothing may be put meanwhile."""
        self._rows.flush()
        rows = self._connection.execute(_ALL.format(self._rows.table))
        return ((key, self._decode(record)) for key, record in rows)

    def __contains__(self, key: str) -> bool:
        return self._bytes(key) is not None

    def __len__(self) -> int:
        self._rows.flush()
        row = self._connection.execute(_COUNT.format(self._rows.table)).fetchone()
        return int(row[0])

    def _bytes(self, key: str) -> bytes | None:
        waiting = self._rows.by_key
        if key in waiting:
            return waiting[key]
        row = self._connection.execute(self._one, (key,)).fetchone()
        return row[0] if row else None

    def _kept(self, keys: list[str]) -> dict[str, bytes | None]:
        waiting = self._rows.by_key
        found = {key: waiting[key] for key in keys if key in waiting} if waiting else {}
        asked = [key for key in keys if key not in found] if found else keys
        question = self._several.format(",".join("?" * len(asked)))
        found.update(self._connection.execute(question, asked).fetchall() if asked else ())
        return found

    def _known(self, key: str) -> object:
        """Give what is at hand, `_UNKNOWN` if that is nothing."""
        known: object = self._at_hand.get(key, _UNKNOWN)
        if known is _UNKNOWN and key in self._before:
            known = self._remember(key, self._before[key])
        return known

    def _remember(self, key: str, record: Record | None) -> Record | None:
        """Keep a record at hand, and let go of those not asked for since half of all were."""
        if 2 * len(self._at_hand) >= self._keep:
            self._before, self._at_hand = self._at_hand, {}
        if self._keep:
            self._at_hand[key] = record
        return record


class Index:
    """Which items bear which marks, to be asked from both sides."""

    def __init__(self, connection: sqlite3.Connection, waiting: _Marks) -> None:
        self._connection = connection
        self._waiting = waiting
        self._table = waiting.table

    def set(self, item: str, marks: Collection[str], *, new: bool = False) -> bool:
        """Give an item just these marks; say whether that changed anything.

        An item that is `new` has had none: nobody looks.
        """
        wanted = set(marks)
        if new:
            self._waiting.take(item, wanted)
            return bool(wanted)
        old = set(self.marks(item))
        if old - wanted:
            self._connection.executemany(
                _UNMARK.format(self._table),
                [(mark, item) for mark in sorted(old - wanted)],
            )
        if wanted - old:
            self._connection.executemany(
                _MARK.format(self._table),
                [(mark, item) for mark in sorted(wanted - old)],
            )
        return old != wanted

    def marks(self, item: str) -> list[str]:
        """Give the marks of an item, sorted."""
        return self._column("SELECT mark FROM {} WHERE item = ? ORDER BY mark", item)

    def first_marks(self, items: Iterable[str]) -> dict[str, str]:
        """Give the first mark of each of several items that has one."""
        self._waiting.flush()
        wanted, found = sorted(set(items)), dict[str, str]()
        question = f"SELECT item, min(mark) FROM {self._table} WHERE item IN ({{}}) GROUP BY item"  # noqa: S608 - our own table name
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            rows = self._connection.execute(question.format(",".join("?" * len(part))), part)
            found.update(rows.fetchall())
        return found

    def items(self, mark: str, at_most: int = -1) -> list[str]:
        """Give the items that bear a mark, sorted; at most so many, all if negative."""
        return self._column(
            "SELECT item FROM {} WHERE mark = ? ORDER BY item LIMIT ?", mark, at_most
        )

    def count(self, mark: str) -> int:
        """Count the items that bear a mark."""
        [count] = self._column("SELECT count(*) FROM {} WHERE mark = ?", mark)
        return int(count)

    def every(self) -> Iterator[tuple[str, str]]:
        """Yield all pairs of mark and item, sorted."""
        self._waiting.flush()
        rows = self._connection.execute(f"SELECT mark, item FROM {self._table} ORDER BY 1, 2")  # noqa: S608 - our own table name
        return ((mark, item) for mark, item in rows)

    def _column(self, question: str, name: str, *values: int) -> list[str]:
        self._waiting.bring(name)
        rows = self._connection.execute(question.format(self._table), (name, *values))
        return [value for (value,) in rows]


def _connected(path: Path | None, *, read_only: bool) -> sqlite3.Connection:
    if path is None:
        connection = sqlite3.connect(_IN_MEMORY)
    elif read_only:
        connection = _reader(path)
    else:
        connection = sqlite3.connect(path)
    settings: Mapping[str, Any] = {
        "cache_size": -65536,
        "temp_store": "MEMORY",
        "synchronous": "NORMAL",
    }
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name} = {value}")
    connection.execute("SELECT count(*) FROM sqlite_master")  # not a database: say so now
    return connection


def _reader(path: Path) -> sqlite3.Connection:
    """Open a database to read; one in a folder that we may not write to is taken as it stands."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True)
    log = path.with_name(f"{path.name}-wal")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError:
        connection.close()
        if not path.is_file() or (log.exists() and log.stat().st_size):
            raise
        connection = sqlite3.connect(f"{address}&immutable=1", uri=True)
    return connection


def _make(connection: sqlite3.Connection, statement: str) -> None:
    try:
        connection.execute(statement)
    except sqlite3.OperationalError as error:
        if "readonly" not in str(error):
            raise


def _quoted(name: str) -> str:
    """Quote the name of a table; names are our own, never text from outside."""
    if not name.replace("_", "").isalnum():
        raise ValueError(f"{name!r} names no shelf")
    return f'"{name}"'
