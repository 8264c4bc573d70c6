"""A process of one's own that answers requests, and can be ended at any moment.

The name of a function in; it is called in a new process, and what it gives answers requests there.
Engines neither stop when told to nor keep to an amount of memory, and fetch what a query names:
here the process is killed when its time is over, cannot take more than it may, and has no network
where the system lets it do without. An answer is whole, or it is an error.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any, Final, Self
from weakref import finalize

from kg import errors
from kg.answering import END, ERROR, FRAME, PART
from kg.errors import KgError, LimitError, SizeError, WorkerError

MEMORY: Final = 2 * 2**30
_START: Final = (
    "import sys; sys.path[:] = sys.argv.pop(1).split(chr(10));"
    " from kg.answering import serve; serve(*sys.argv[1:])"
)
_TAIL: Final = 300  # characters of what a process said last


def cores() -> int:
    """Give how many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Worker:
    """A process in which `entry` ("module:function") was called with these arguments."""

    def __init__(self, entry: str, *arguments: str, memory: int = MEMORY) -> None:
        self._name, self._memory = entry, memory
        self._said = TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [
                sys.executable,
                "-P",
                "-c",
                _START,
                "\n".join(sys.path),
                entry,
                str(memory),
                *arguments,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,  # Ctrl-C is for us: we end it
        )
        self._out, self._in = _pipes(self._process)
        self._end = finalize(self, _ended, self._process, self._said)
        self._read, self._idle = b"", True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._end.alive and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def kill(self) -> None:
        """End the process, whatever it does."""
        self._end()

    def end(self) -> None:
        """Let the process die, from any thread; whoever waits for its answer hears of that."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def ask(self, request: bytes, seconds: float, most: int | None = None) -> Iterator[bytes]:
        """Yield the parts of an answer as they come.

        The process is killed where it takes longer than `seconds` (those count in which we wait
        for it) or answers with more than `most` bytes; what was yielded until then is no answer.
        """
        if not self._idle:
            raise WorkerError("the answer", "before this one is not taken yet; take it first")
        self._idle = False
        try:
            yield from self._answer(request, seconds, most)
        finally:
            if not self._idle:
                self.kill()

    def _answer(self, request: bytes, seconds: float, most: int | None) -> Iterator[bytes]:
        self._send(request)
        left, taken = seconds, 0
        while True:
            start = time.monotonic()
            kind, payload = self._frame(left, seconds)
            left -= time.monotonic() - start
            self._idle = kind in {END, ERROR}
            if kind == END:
                return
            if kind == ERROR:
                raise _error_of(payload)
            taken += len(payload)
            if most is not None and taken > most:
                reason = f"gives more than {most:,} bytes; ask for less, or add a LIMIT"
                raise SizeError("the answer", reason)
            yield payload

    def _send(self, request: bytes) -> None:
        try:
            self._out.write(FRAME.pack(PART, len(request)) + request)
            self._out.flush()
        except (BrokenPipeError, ValueError) as error:
            raise self._died() from error

    def _frame(self, left: float, seconds: float) -> tuple[bytes, bytes]:
        end = time.monotonic() + left
        kind, size = FRAME.unpack(self._bytes(FRAME.size, end, seconds))
        return kind, self._bytes(size, end, seconds)

    def _bytes(self, size: int, end: float, seconds: float) -> bytes:
        parts, have = [self._read], len(self._read)
        while have < size:
            found = self._more(end)
            if found is None:
                reason = f"is not there after {seconds:g} seconds; ask for less, or give it longer"
                raise LimitError("the answer", reason)
            if not found:
                raise self._died()
            parts.append(found)
            have += len(found)
        read = b"".join(parts)
        self._read = read[size:]
        return read[:size]

    def _more(self, end: float) -> bytes | None:
        """Read what comes next: nothing from a process that is over, None when time is."""
        try:
            if not select.select([self._in], [], [], max(0.0, end - time.monotonic()))[0]:
                return None
            return os.read(self._in.fileno(), 1 << 20)
        except ValueError:  # closed meanwhile, as everything ends
            return b""

    def _died(self) -> WorkerError:
        """Say how the process ended by itself, and what it said last."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.returncode
        told = ""
        with suppress(ValueError):  # closed meanwhile, as everything ends
            self._said.seek(0)
            told = self._said.read().decode("utf-8", "replace").strip()[-_TAIL:]
        how = signal.Signals(-code).name if code and code < 0 else f"status {code}"
        memory = f"it may take {self._memory // 2**20:,} MB"
        last = " ".join(told.split())
        return WorkerError(
            "the answer",
            f"is lost: the process that looks for it ended ({how}; {memory})"
            f"{f': {last}' if last else ''}; ask for less",
        )


def _error_of(payload: bytes) -> KgError:
    name, *given = json.loads(payload)
    kind: Any = getattr(errors, name)
    error: KgError = kind(*given)
    return error


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("started without pipes")
    return process.stdin, process.stdout


def _ended(process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, said):
        if stream is not None:
            with suppress(OSError):
                stream.close()
