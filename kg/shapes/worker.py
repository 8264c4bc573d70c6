"""What judges in a process of its own, which can be ended whatever an engine does there.

A job in, and the data unless the job names a store; a verdict out, whole or not at all.
"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec
from pyoxigraph import RdfFormat, Store, parse

from kg.answering import Answer as Do
from kg.answering import Emit
from kg.graph.model import Dataset
from kg.shapes.judging import Engine, Since, Verdict, judged
from kg.shapes.model import Severity
from kg.shapes.results import Result, read_term


@dataclass(frozen=True, slots=True)
class Told:
    """A result as it is handed on or kept: terms as N-Triples has them."""

    severity: Severity
    shape: str
    component: str
    focus: str
    path: str | None
    value: str | None
    message: str
    constraint: str | None

    @classmethod
    def of(cls, result: Result) -> Told:
        """Write a result down."""
        value = None if result.value is None else str(result.value)
        said = (result.severity, result.shape, result.component, str(result.focus))
        return cls(*said, result.path, value, result.message, result.constraint)

    def result(self) -> Result:
        """Read it again."""
        return Result(
            self.severity,
            self.shape,
            self.component,
            read_term(self.focus),
            self.path,
            None if self.value is None else read_term(self.value),
            self.message,
            self.constraint,
        )


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be judged, by which shapes and engine; `changed` is N-Triples."""

    engine: Engine
    shapes: str | None = None
    store: str | None = None
    before: tuple[Told, ...] = ()
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, as it is handed on or kept."""

    engine: str = ""
    shapes: tuple[str, ...] = ()
    results: tuple[Told, ...] = ()
    judged: int | None = None


def judging() -> Do:
    """Judge what is asked for; a request is a job on a line, then the data as N-Quads."""

    def answer(request: bytes, emit: Emit) -> None:
        line, _, quads = request.partition(b"\n")
        job = msgspec.json.decode(line, type=Job)
        shapes = Path(job.shapes) if job.shapes else None
        with contextlib.redirect_stdout(sys.stderr):  # engines talk
            verdict = judged(_dataset(job, quads), shapes, job.engine, _since(job))
        emit(msgspec.json.encode(answered(verdict)))

    return answer


def answered(verdict: Verdict) -> Answer:
    """Write a verdict down."""
    told = tuple(Told.of(each) for each in verdict.results)
    return Answer(verdict.engine, verdict.shapes, told, verdict.judged)


def _dataset(job: Job, quads: bytes) -> Dataset:
    if job.store is None:
        store = Store()
        store.bulk_load(quads, format=RdfFormat.N_QUADS)
        return Dataset(store)
    return Dataset(Store.read_only(job.store))


def _since(job: Job) -> Since | None:
    if job.changed is None:
        return None
    changed = parse(job.changed, format=RdfFormat.N_TRIPLES)
    return Since(tuple(each.result() for each in job.before), tuple(q.triple for q in changed))
