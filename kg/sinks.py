"""Where a command writes: a file, whole or not at all, or standard output.

A path or "-" in, a sink to write in. A place that cannot be written to is wrong usage and
refused before any work is done; text is UTF-8 in every locale.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from kg.errors import OutputError

STDOUT = "-"


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
        _write_parts(path, parts)
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        _write_parts(beside, parts)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _write_parts(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as stream:
        for part in parts:
            stream.write(part)
