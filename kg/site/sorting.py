"""Lines in any order in, the same lines sorted and each once out, in memory of a given size.

What does not fit is sorted in runs, kept in files that have no name: the system takes them back
whatever ends the program. Runs are merged a block at a time.
"""

from __future__ import annotations

import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

MEMORY: Final = 320 * 1024 * 1024  # bytes of lines held at once, by default
_OBJECT: Final = 48  # bytes that a line takes beside its own
_SMALLEST: Final = 1 << 16  # bytes read of a run at once, at least
_RUNS: Final = 48  # open at once; more are merged into one first


class Sorter:
    r"""Sorts lines that end in a line feed and hold no other control character.

    >>> with Sorter() as sorter:
    ...     sorter.add([b"b\n", b"a\n"])
    ...     sorter.add([b"b\n"])
    ...     [*sorter.lines()]
    [b'a\n', b'b\n']
    """

    def __init__(self, memory: int = MEMORY, beside: Path | None = None) -> None:
        """Hold at most `memory` bytes; runs are written into the folder `beside`."""
        self._memory = memory
        self._folder = beside
        self._held: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._held = []
        self._open.close()

    @property
    def runs(self) -> int:
        """The number of runs that were written to disk and wait to be merged."""
        return len(self._runs)

    def add(self, lines: list[bytes]) -> None:
        """Take lines in."""
        self._held += lines
        self._size += sum(map(len, lines)) + _OBJECT * len(lines)
        if self._size >= self._memory:
            self._spill()

    def lines(self) -> Iterator[bytes]:
        """Yield the lines that were taken in, sorted, each once."""
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[bytes]]:
        """Yield the same lines in lists that are no longer than the memory."""
        if not self._runs:
            self._held.sort()
            yield list(dict.fromkeys(self._held))
            return
        self._spill()
        yield from self._merged()

    def _spill(self) -> None:
        self._held.sort()
        self._write(self._held)
        self._held, self._size = [], 0
        if len(self._runs) > _RUNS:
            several, self._runs = self._runs, []
            self._write(line for batch in _merge(several, self._block(several)) for line in batch)
            for run in several:
                run.close()

    def _write(self, lines: Iterable[bytes]) -> None:
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed with the sorter
        self._open.callback(run.close)
        run.writelines(lines)
        run.seek(0)
        self._runs.append(run)

    def _merged(self) -> Iterator[list[bytes]]:
        return _merge(self._runs, self._block(self._runs))

    def _block(self, runs: list[IO[bytes]]) -> int:
        return max(_SMALLEST, self._memory // (3 * len(runs)))


class _Run:
    """One sorted run, read a block at a time."""

    def __init__(self, stream: IO[bytes], block: int) -> None:
        self._stream, self._block = stream, block
        self._at = 0
        self.lines: list[bytes] = []
        self.refill()

    def refill(self) -> bool:
        """Read on where all was taken; tell whether anything is left."""
        if self._at == len(self.lines):
            self.lines, self._at = self._stream.readlines(self._block), 0
        return bool(self.lines)

    def take(self, bound: bytes) -> list[bytes]:
        """Take what is left up to a line, and that line."""
        start, self._at = self._at, bisect_right(self.lines, bound, self._at)
        return self.lines[start : self._at]


def _merge(streams: list[IO[bytes]], block: int) -> Iterator[list[bytes]]:
    runs = [run for run in (_Run(stream, block) for stream in streams) if run.lines]
    while runs:
        bound = min(run.lines[-1] for run in runs)
        taken = [line for run in runs for line in run.take(bound)]
        taken.sort()  # finds the runs and merges them
        yield list(dict.fromkeys(taken))
        runs = [run for run in runs if run.refill()]
