"""Records kept by key in one SQLite database, in memory or in a file.

Stages keep here what they must find again when one article comes or goes: records on shelves, and
indexes that say which items bear a mark. A shelf says whether a record has changed, so that work
stops where nothing changes. What is read comes back sorted: nothing depends on order of arrival.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import msgspec

from kg.errors import BuildError

Record = TypeVar("Record")
_AT_ONCE: Final = 500  # keys in one question to the database
_IN_MEMORY: Final = ":memory:"


class Shelves:
    """One database of named shelves and indexes; a file that is no such database is an error."""

    def __init__(self, path: Path | None = None, *, read_only: bool = False) -> None:
        self.path = path
        try:
            self.connection = _connected(path, read_only=read_only)
        except sqlite3.DatabaseError as error:
            raise BuildError(str(path), f"cannot be read ({error}); build it again") from error

    def shelf(self, name: str, kind: type[Record], keep: int = 4096) -> Shelf[Record]:
        """Give the shelf of a name, made if there is none; the last `keep` records stay at hand."""
        return Shelf(self.connection, name, kind, keep)

    def index(self, name: str) -> Index:
        """Give the index of a name, made if there is none."""
        return Index(self.connection, name)

    def commit(self) -> None:
        """Keep all that was written since the last commit, as a whole."""
        self.connection.commit()

    def rollback(self) -> None:
        """Forget what was written since the last commit; open the shelves anew after it."""
        self.connection.rollback()

    def close(self) -> None:
        """Let go of the database; what was not committed is forgotten."""
        self.connection.close()


class Shelf(Generic[Record]):
    """Records of one type by key; a record is a frozen dataclass and is never changed in place."""

    def __init__(
        self, connection: sqlite3.Connection, name: str, kind: type[Record], keep: int
    ) -> None:
        self._connection = connection
        self._table = _quoted(f"shelf_{name}")
        self._encode = msgspec.msgpack.Encoder(order="deterministic").encode
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._at_hand: OrderedDict[str, Record | None] = OrderedDict()
        self._keep = keep
        _make(
            connection,
            f"CREATE TABLE IF NOT EXISTS {self._table}"
            " (key TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID",
        )

    def get(self, key: str) -> Record | None:
        """Give the record of a key, None if there is none."""
        if key in self._at_hand:
            self._at_hand.move_to_end(key)
            return self._at_hand[key]
        kept = self._bytes(key)
        return self._remember(key, None if kept is None else self._decode(kept))

    def many(self, keys: Iterable[str]) -> dict[str, Record]:
        """Give the records that there are of several keys, sorted by key."""
        wanted = sorted(set(keys))
        found = {key: self._at_hand[key] for key in wanted if key in self._at_hand}
        missing = [key for key in wanted if key not in found]
        for start in range(0, len(missing), _AT_ONCE):
            part = missing[start : start + _AT_ONCE]
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(
                f"SELECT key, record FROM {self._table} WHERE key IN ({marks})",  # noqa: S608 - marks and our own table name
                part,
            )
            for key, record in rows.fetchall():
                found[key] = self._remember(key, self._decode(record))
        return {key: record for key in wanted if (record := found.get(key)) is not None}

    def put(self, key: str, record: Record, *, new: bool = False) -> bool:
        """Keep a record; say whether it is another than was kept. Nobody looks if it is `new`."""
        encoded = self._encode(record)
        self._remember(key, record)
        if not new and self._bytes(key) == encoded:
            return False
        self._connection.execute(
            f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?)",  # noqa: S608 - our own table name
            (key, encoded),
        )
        return True

    def drop(self, key: str) -> bool:
        """Take a record away; say whether there was one."""
        self._at_hand.pop(key, None)
        gone = self._connection.execute(
            f"DELETE FROM {self._table} WHERE key = ?",  # noqa: S608 - our own table name
            (key,),
        )
        return gone.rowcount > 0

    def keys(self) -> Iterator[str]:
        """Yield all keys, sorted."""
        rows = self._connection.execute(f"SELECT key FROM {self._table} ORDER BY key")  # noqa: S608 - our own table name
        return (key for (key,) in rows)

    def items(self) -> Iterator[tuple[str, Record]]:
        """Yield all keys with their records, sorted by key; nothing may be put meanwhile."""
        rows = self._connection.execute(
            f"SELECT key, record FROM {self._table} ORDER BY key"  # noqa: S608 - our own table name
        )
        return ((key, self._decode(record)) for key, record in rows)

    def __contains__(self, key: str) -> bool:
        return self._at_hand.get(key) is not None or self._bytes(key) is not None

    def __len__(self) -> int:
        row = self._connection.execute(f"SELECT count(*) FROM {self._table}").fetchone()  # noqa: S608 - our own table name
        return int(row[0])

    def _bytes(self, key: str) -> bytes | None:
        row = self._connection.execute(
            f"SELECT record FROM {self._table} WHERE key = ?",  # noqa: S608 - our own table name
            (key,),
        ).fetchone()
        return row[0] if row else None

    def _remember(self, key: str, record: Record | None) -> Record | None:
        self._at_hand[key] = record
        self._at_hand.move_to_end(key)
        if len(self._at_hand) > self._keep:
            self._at_hand.popitem(last=False)
        return record


class Index:
    """Which items bear which marks, to be asked from both sides."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._table = _quoted(f"index_{name}")
        _make(
            connection,
            f"CREATE TABLE IF NOT EXISTS {self._table}"
            " (mark TEXT, item TEXT, PRIMARY KEY (mark, item)) WITHOUT ROWID",
        )
        _make(
            connection,
            f"CREATE INDEX IF NOT EXISTS {_quoted(f'items_{name}')} ON {self._table} (item, mark)",
        )

    def set(self, item: str, marks: Collection[str], *, new: bool = False) -> bool:
        """Give an item just these marks; say whether that changed anything.

        An item that is `new` has had none: nobody looks.
        """
        old, wanted = set(() if new else self.marks(item)), set(marks)
        if old == wanted:
            return False
        if old - wanted:
            self._connection.executemany(
                f"DELETE FROM {self._table} WHERE mark = ? AND item = ?",  # noqa: S608 - our own table name
                [(mark, item) for mark in sorted(old - wanted)],
            )
        if wanted - old:
            self._connection.executemany(
                f"INSERT INTO {self._table} VALUES (?, ?)",  # noqa: S608 - our own table name
                [(mark, item) for mark in sorted(wanted - old)],
            )
        return True

    def marks(self, item: str) -> list[str]:
        """Give the marks of an item, sorted."""
        return self._column("SELECT mark FROM {} WHERE item = ? ORDER BY mark", item)

    def items(self, mark: str, at_most: int = -1) -> list[str]:
        """Give the items that bear a mark, sorted; at most so many, all if negative."""
        return self._column(
            "SELECT item FROM {} WHERE mark = ? ORDER BY item LIMIT ?", mark, at_most
        )

    def around(self, mark: str, item: str, many: int) -> list[str]:
        """Give so many items before an item, and after it, of those that bear a mark, sorted."""
        before = self._column(
            "SELECT item FROM {} WHERE mark = ? AND item < ? ORDER BY item DESC LIMIT ?",
            mark, item, many,
        )  # fmt: skip
        after = self._column(
            "SELECT item FROM {} WHERE mark = ? AND item > ? ORDER BY item LIMIT ?",
            mark, item, many,
        )  # fmt: skip
        return before[::-1] + after

    def crowds(self, item: str, at_most: int) -> list[tuple[str, int]]:
        """Give the marks of an item, sorted, and how many bear each, counted up to `at_most`."""
        table = self._table
        rows = self._connection.execute(
            f"SELECT mark, (SELECT count(*) FROM (SELECT 1 FROM {table} WHERE mark = own.mark"  # noqa: S608 - our own table name
            f" LIMIT ?)) FROM {table} AS own WHERE item = ? ORDER BY mark",
            (at_most, item),
        )
        return rows.fetchall()

    def holders(self, marks: Collection[str]) -> list[str]:
        """Give the items that bear one of several marks, at most some hundreds of these, sorted."""
        asked = ",".join("?" * len(marks))
        rows = self._connection.execute(
            f"SELECT DISTINCT item FROM {self._table} WHERE mark IN ({asked}) ORDER BY item",  # noqa: S608 - marks and our own table name
            sorted(marks),
        )
        return [item for (item,) in rows]

    def count(self, mark: str) -> int:
        """Count the items that bear a mark."""
        row = self._connection.execute(
            f"SELECT count(*) FROM {self._table} WHERE mark = ?",  # noqa: S608 - our own table name
            (mark,),
        ).fetchone()
        return int(row[0])

    def every(self) -> Iterator[tuple[str, str]]:
        """Yield all pairs of mark and item, sorted."""
        rows = self._connection.execute(f"SELECT mark, item FROM {self._table} ORDER BY 1, 2")  # noqa: S608 - our own table name
        return ((mark, item) for mark, item in rows)

    def _column(self, question: str, *values: str | int) -> list[str]:
        rows = self._connection.execute(question.format(self._table), values)
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
