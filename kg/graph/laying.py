"""Stores on disk for readers: lines of N-Quads in, a dataset of its own out, gone with its readers.

Several processes read one store without a writer; what is not a store yet is laid down once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import IO, cast
from weakref import finalize

from pyoxigraph import RdfFormat, Store

from kg.graph.model import Dataset
from kg.graph.swapping import Hold


def stand(folder: Path) -> Dataset:
    """Open the store in a folder to be read only."""
    return Dataset(Store.read_only(str(folder)), Hold(folder), folder)


def lay(lines: Iterator[bytes]) -> Dataset:
    """Put lines of N-Quads into a store that goes when nobody reads it any more."""
    held = _Place()
    folder = held.path / "store"
    store = Store(str(folder))
    store.bulk_load(cast("IO[bytes]", _Lines(lines)), RdfFormat.N_QUADS)
    store.flush()
    del store  # readers beside a writer would see what they please
    return Dataset(Store.read_only(str(folder)), held, folder)


class _Place:
    """A folder that goes with the last who holds it."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="communique-"))
        self._end = finalize(self, rmtree, self.path, ignore_errors=True)


class _Lines:
    """Lines to be read as a file."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._kept = lines, b""

    def read(self, size: int = -1) -> bytes:
        """Give so many bytes, or all."""
        parts, have = [self._kept], len(self._kept)
        while size < 0 or have < size:
            line = next(self._lines, b"")
            if not line:
                break
            parts.append(line)
            have += len(line)
        whole = b"".join(parts)
        self._kept = b"" if size < 0 else whole[size:]
        return whole if size < 0 else whole[:size]
