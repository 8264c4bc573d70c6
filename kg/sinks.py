"""Where a command writes: a file, whole or not at all, or standard output.

A path or "-" in, a sink to write in. A place that cannot be written to is wrong usage and
refused before any work is done; text is UTF-8 in every locale. Where the system knows files without
a name, one is written that gets its name when it is whole: nothing is left of a process that died.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import click

from kg.errors import OutputError

STDOUT = "-"
_OPEN_FILES: Final = Path("/proc/self/fd")  # by which a file without a name is given one


@dataclass(frozen=True, slots=True)
class Sink:
    """A file to be written whole, or standard output where there is no path."""

    path: Path | None = None

    def write(self, data: str | bytes) -> None:
        """Write all there is to write; a file that was there before stays until then."""
        encoded = _encoded(data)
        try:
            if self.path is None:
                click.echo(encoded, nl=False)
            else:
                _write_file(self.path, (encoded,))
        except BrokenPipeError:
            raise  # the reader has seen enough: no error of ours
        except OSError as error:
            shown = self.path or "standard output"
            reason = f"cannot be written ({error.strerror or error}); check room and permissions"
            raise OutputError(str(shown), reason) from error

    @property
    def folder(self) -> Path | None:
        """The folder that the file is written in, None for standard output and what is no file."""
        if self.path is None or (self.path.exists() and not self.path.is_file()):
            return None
        return self.path.resolve().parent

    def stream(self, parts: Iterable[str | bytes]) -> None:
        """Write parts as they come; a file that was there before stays until the last is there."""
        if self.path is None:
            for part in parts:
                self.write(part)
            return
        try:
            _write_file(self.path, map(_encoded, parts))
        except OSError as error:
            reason = f"cannot be written ({error.strerror or error}); check room and permissions"
            raise OutputError(str(self.path), reason) from error


class SinkType(click.ParamType[Sink]):
    """An option that names a file to write, or - for standard output."""

    name = "file"

    def convert(
        self, value: str | Sink, param: click.Parameter | None, ctx: click.Context | None
    ) -> Sink:
        """Give the sink of a path; refuse one that cannot be written to."""
        if isinstance(value, Sink):
            return value
        if value == STDOUT:
            return Sink()
        path = Path(value)
        if path.is_dir():
            self.fail(f"{value} is a folder; name a file", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"{value}: there is no folder {path.parent}; make it first", param, ctx)
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            self.fail(f"{value} must not be written; check its permissions", param, ctx)
        return Sink(path)


def _encoded(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def _write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write beside the file, then take its place; what is no file (a pipe) is written to."""
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(parts)
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        with _begun(beside) as stream:
            stream.writelines(parts)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def _begun(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write, which goes by its name once all is written, where the system can."""
    handle = _nameless(path.parent)
    if handle is None:
        with path.open("wb") as stream:
            yield stream
        return
    with os.fdopen(handle, "wb") as stream:
        yield stream
        stream.flush()
        path.unlink(missing_ok=True)
        # The link leads to the file itself; without a folder for it Python would link to the link.
        os.link(_OPEN_FILES / str(handle), path, src_dir_fd=handle)


def _nameless(folder: Path) -> int | None:
    """Open a file without a name in a folder, None where the system or its disk knows none."""
    flag = getattr(os, "O_TMPFILE", None)
    if flag is None or not _OPEN_FILES.is_dir():
        return None
    try:
        return os.open(folder, flag | os.O_WRONLY, 0o666)
    except OSError:
        return None
