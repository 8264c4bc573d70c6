"""A question asked in a process of its own: rows or serialised bytes out, in time, or an error.

The process opens a snapshot to read and then nothing more, neither file nor connection. It is
killed where it takes too long, and cannot take more memory than it may. What it gives is whole, or
an error comes after it: nobody may take what came until then for the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kg.queries.model import Form, Question, Rows, Term
from kg.workers import MEMORY, Worker

SECONDS: Final = 60.0
LARGEST: Final = 2**30  # bytes of one answer
HEAD, ROWS, CUT, WHOLE = b"h", b"r", b"c", b"w"
"""What a part of an answer in rows begins with."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is sent to the process."""

    question: Question
    parameters: Mapping[str, str]
    limit: int | None = None
    media_type: str | None = None  # serialised so, else rows
    default_graphs: tuple[str, ...] | None = None  # None stands for the union of all
    named_graphs: tuple[str, ...] | None = None
    near: bool = False  # whether a name may stand for the one thing that goes by nearly that


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an answer before its first row."""

    columns: tuple[str, ...]
    form: Form
    verdict: bool | None
    notes: tuple[str, ...] = ()  # names that were taken for others


_encode = msgspec.msgpack.Encoder().encode
_head = msgspec.msgpack.Decoder(Head).decode
_rows = msgspec.msgpack.Decoder(tuple[tuple[Term | None, ...], ...]).decode


def reading(target: Path, memory: int = MEMORY) -> Worker:
    """Start a process that answers questions about a build, a release or an RDF file."""
    return Worker("kg.opening:answer", str(target.resolve()), memory=memory)


class Reader:
    """Asks a process that `reading` started; after a `WorkerError` it needs a new one."""

    def __init__(self, worker: Worker, seconds: float = SECONDS, largest: int = LARGEST) -> None:
        self._worker, self._seconds, self._largest = worker, seconds, largest

    def rows(
        self, question: Question, parameters: Mapping[str, str], limit: int | None = None
    ) -> Rows:
        """Answer a question whole."""
        return self.stream(question, parameters, limit).whole()

    def stream(
        self,
        question: Question,
        parameters: Mapping[str, str],
        limit: int | None = None,
        *,
        near: bool = False,
    ) -> Coming:
        """Begin to answer a question; its rows come as they are found.

        With `near`, a misspelt name stands for the one thing that it fits; the head says so.
        """
        return Coming(self._parts(Asking(question, parameters, limit, near=near)))

    def serialised(
        self,
        question: Question,
        media_type: str,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> Iterator[bytes]:
        """Yield an answer in a media type of SPARQL results or RDF, part by part."""
        asking = Asking(question, parameters or {}, None, media_type, default_graphs, named_graphs)
        return self._parts(asking)

    def _parts(self, asking: Asking) -> Iterator[bytes]:
        return self._worker.ask(_encode(asking), self._seconds, self._largest)


class Coming:
    """An answer that comes row by row; whether it was cut is known after the last."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self.truncated = False
        self.head = _head(next(parts)[1:])

    @property
    def rows(self) -> Iterator[tuple[Term | None, ...]]:
        """Yield the rows; each is given once."""
        for part in self._parts:
            self.truncated = part[:1] == CUT
            if part[:1] == ROWS:
                yield from _rows(part[1:])

    def whole(self) -> Rows:
        """Take all that comes."""
        rows, head = tuple(self.rows), self.head
        return Rows(head.columns, rows, head.form, head.verdict, self.truncated)
