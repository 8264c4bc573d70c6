"""A verdict by a process that is ended when it takes too long or too much memory.

A dataset in, a verdict out. An engine that crashes, hangs or says what is no verdict has not found
the data valid: whatever goes wrong is an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from pyoxigraph import Quad, RdfFormat, serialize

from kg.errors import LimitError, ShapesError, WorkerError
from kg.graph.model import Dataset
from kg.shapes.judging import Engine, Since, Verdict
from kg.shapes.worker import Answer, Job, Told
from kg.workers import Worker

_BATCH: Final = 5_000  # quads
_MEGABYTE: Final = 2**20
_FOR_MEMORY: Final = ("MemoryError", "SIGABRT", "SIGSEGV", "SIGKILL")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a verdict may take."""

    seconds: float = 600.0
    memory: int = 4096  # megabytes


def judged_apart(
    dataset: Dataset,
    limits: Limits,
    shapes: Path | None = None,
    engine: Engine = "auto",
    since: Since | None = None,
) -> Verdict:
    """Judge a dataset in a process of its own.

    A dataset that has a folder is read there; any other is handed over. Raises ShapesError where
    there is no verdict.
    """
    changed = None
    if since is not None:
        changed = (serialize(since.changed, format=RdfFormat.N_TRIPLES) or b"").decode()
    job = Job(
        engine,
        None if shapes is None else str(shapes.resolve()),
        None if dataset.folder is None else str(dataset.folder),
        tuple(Told.of(each) for each in since.results) if since else (),
        changed,
    )
    quads = dataset.quads() if dataset.folder is None else iter(())
    name = str(shapes) if shapes else "bundled shapes"
    try:
        answer = _asked(job, quads, limits, name)
    except ShapesError as error:
        raise ShapesError(
            name if error.source == job.shapes else error.source, error.reason
        ) from error
    found = tuple(each.result() for each in answer.results)
    return Verdict(answer.engine, answer.shapes, found, answer.judged)


def _asked(job: Job, quads: Iterator[Quad], limits: Limits, name: str) -> Answer:
    request = b"".join([msgspec.json.encode(job), b"\n", *_lines(quads)])
    try:
        with Worker("kg.shapes.worker:judging", memory=limits.memory * _MEGABYTE) as worker:
            said = b"".join(worker.ask(request, limits.seconds))
    except LimitError as error:
        reason = f"no verdict after {limits.seconds:g} seconds; give it more by --timeout"
        raise ShapesError(name, reason) from error
    except WorkerError as error:
        raise ShapesError(name, _why(error.reason, limits)) from error
    try:
        return msgspec.json.decode(said, type=Answer)
    except msgspec.MsgspecError as error:
        raise ShapesError(name, f"the engine gave no verdict ({error})") from error


def _lines(quads: Iterator[Quad]) -> Iterator[bytes]:
    while batch := [*islice(quads, _BATCH)]:
        yield serialize(batch, format=RdfFormat.N_QUADS) or b""


def _why(reason: str, limits: Limits) -> str:
    if any(sign in reason for sign in _FOR_MEMORY):
        return (
            f"the engine died, perhaps for want of memory ({limits.memory:,} MB);"
            " give it more by --memory, or choose another by --engine"
        )
    return f"the engine died: the verdict {reason}, or choose another by --engine"
