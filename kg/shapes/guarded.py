"""A verdict by a process that is ended when it takes too long or too much memory.

A dataset in, a verdict out. An engine that crashes, hangs or says what is no verdict has not found
the data valid: whatever goes wrong is an error.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from threading import Event, Timer
from typing import IO, Final

import msgspec
from pyoxigraph import Quad, RdfFormat, serialize

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes.judging import Engine, Since, Verdict
from kg.shapes.worker import Answer, Job, Told

_BATCH: Final = 5_000  # quads
_COMMAND: Final = (sys.executable, "-P", "-m", "kg.shapes.worker")


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
        limits.memory,
        None if shapes is None else str(shapes.resolve()),
        None if dataset.folder is None else str(dataset.folder),
        tuple(Told.of(each) for each in since.results) if since else (),
        changed,
    )
    quads = dataset.quads() if dataset.folder is None else iter(())
    answer = _asked(job, quads, limits)
    if answer.failure:
        source, reason = answer.failure
        raise ShapesError(str(shapes) if shapes and source == job.shapes else source, reason)
    found = tuple(each.result() for each in answer.results)
    return Verdict(answer.engine, answer.shapes, found, answer.judged)


def _asked(job: Job, quads: Iterator[Quad], limits: Limits) -> Answer:
    name = job.shapes or "bundled shapes"
    late = Event()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(  # noqa: S603 - our own command, nothing from outside
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=told,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        timer = Timer(limits.seconds, _end, (process, late))
        timer.start()
        try:
            said = _talk(process, chain([msgspec.json.encode(job) + b"\n"], _lines(quads)))
            status = process.wait()
        finally:
            timer.cancel()
            process.kill()
            process.wait()
        if status:
            why = _why(status, _last_words(told), limits, late=late.is_set())
            raise ShapesError(name, why)
    try:
        return msgspec.json.decode(said, type=Answer)
    except msgspec.MsgspecError as error:
        raise ShapesError(name, f"the engine gave no verdict ({error})") from error


def _end(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _talk(process: subprocess.Popen[bytes], parts: Iterable[bytes]) -> bytes:
    """Hand over a job and its data, and hear the answer; a process that ends early says why."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("the process has pipes")
    with suppress(BrokenPipeError), process.stdin:
        for part in parts:
            process.stdin.write(part)
    with process.stdout:
        return process.stdout.read()


def _lines(quads: Iterator[Quad]) -> Iterator[bytes]:
    while batch := [*islice(quads, _BATCH)]:
        yield serialize(batch, format=RdfFormat.N_QUADS) or b""


def _why(status: int, words: str, limits: Limits, *, late: bool) -> str:
    if late:
        return f"no verdict after {limits.seconds:g} seconds; give it more by --timeout"
    if "MemoryError" in words or status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGKILL):
        return (
            f"the engine died, perhaps for want of memory ({limits.memory:,} MB);"
            " give it more by --memory, or choose another by --engine"
        )
    return f"the engine died ({words or f'status {status}'}); choose another by --engine"


def _last_words(told: IO[bytes]) -> str:
    told.seek(0)
    lines = told.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else ""
