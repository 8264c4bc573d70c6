"""An empty store filled while what fills it is still being made: lines of N-Quads in.

The engine reads a pipe, takes what comes until it ends, and only then sorts and writes it; all of
that outside of Python. So the lines go in several loads: while one is sorted and written, the next
is taken. Each is larger than the one before, so that small graphs are not torn to pieces and large
ones have few. Whoever fails to make lines leaves a store that is to be thrown away.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import IO, Final, Self

from pyoxigraph import RdfFormat, Store

_FIRST: Final = 7_000  # lines of the first load
_GROWTH: Final = 3  # a load of so many times the lines is written while its lines are made
_LARGEST: Final = 1_000_000  # lines of one load; the engine itself takes no more at once
_BUFFER: Final = 2**20  # bytes; who makes and who takes wait for one another less often


class Loading:
    """Takes lines and loads them; all are there when it is left without an error."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(2)  # one load is written while one is taken
        self._size, self._left = _FIRST, 0
        self._pipe: IO[bytes] | None = None
        self._loads: list[Future[None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._threads:
            self._end()
            self._wait(0)

    def write(self, lines: Collection[bytes]) -> None:
        """Take lines of N-Quads, without line ends."""
        if not lines:
            return
        pipe = self._pipe or self._begin()
        try:
            pipe.write(b"\n".join([*lines, b""]))
        except BrokenPipeError:
            self._wait(0)  # the load has failed, and says why
            raise
        self._left -= len(lines)
        if self._left <= 0:
            self._end()

    def _begin(self) -> IO[bytes]:
        """Begin a load, when at most one is still being written."""
        self._wait(1)
        reads, writes = _pipe()
        self._pipe = os.fdopen(writes, "wb", buffering=_BUFFER)
        self._loads.append(self._threads.submit(_load, self._store, reads))
        self._left, self._size = self._size, min(_GROWTH * self._size, _LARGEST)
        return self._pipe

    def _end(self) -> None:
        """Have the engine sort and write what it has taken."""
        if self._pipe is not None:
            with suppress(BrokenPipeError):  # the load has failed, and will say why
                self._pipe.close()
            self._pipe = None

    def _wait(self, most: int) -> None:
        """Wait until at most so many loads are under way."""
        while len(self._loads) > most:
            self._loads.pop(0).result()


def _pipe() -> tuple[int, int]:
    """Open a pipe with as much room as we can have."""
    reads, writes = os.pipe()
    with suppress(AttributeError, OSError):  # not every system, nor every user, may have more
        fcntl.fcntl(writes, fcntl.F_SETPIPE_SZ, _BUFFER)
    return reads, writes


def _load(store: Store, reads: int) -> None:
    try:
        store.bulk_load(path=f"/dev/fd/{reads}", format=RdfFormat.N_QUADS, lenient=True)
    finally:
        os.close(reads)
