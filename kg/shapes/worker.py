"""A process of its own for a verdict: whatever an engine does there, it can be ended.

A job on standard input, then the data as N-Quads unless the job names a store; the verdict on
standard output. Nothing is written there before the verdict is whole, so that a process that dies
has said nothing.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

import msgspec
from pyoxigraph import RdfFormat, Store, parse

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes.judging import Engine, Since, Verdict, judged
from kg.shapes.model import Severity
from kg.shapes.rdf import read_term
from kg.shapes.results import Result

_IN_MEMORY: Final = 3_000_000  # statements; a store on disk is read more slowly, but has no limit
_MEGABYTE: Final = 2**20


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
    memory: int  # megabytes
    shapes: str | None = None
    store: str | None = None
    before: tuple[Told, ...] = ()
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, or why there is none."""

    engine: str = ""
    shapes: tuple[str, ...] = ()
    results: tuple[Told, ...] = ()
    judged: int | None = None
    failure: tuple[str, str] | None = None  # source and reason


def main() -> None:
    """Do the job on standard input."""
    job = msgspec.json.decode(sys.stdin.buffer.readline(), type=Job)
    cap = job.memory * _MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (cap, cap))
    answer = _answer(job)
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    sys.stdout.flush()


def _answer(job: Job) -> Answer:
    shapes = Path(job.shapes) if job.shapes else None
    try:
        with contextlib.redirect_stdout(sys.stderr):  # engines talk
            verdict = judged(_dataset(job), shapes, job.engine, _since(job))
    except ShapesError as error:
        return Answer(failure=(error.source, error.reason))
    return answered(verdict)


def answered(verdict: Verdict) -> Answer:
    """Write a verdict down."""
    told = tuple(Told.of(each) for each in verdict.results)
    return Answer(verdict.engine, verdict.shapes, told, verdict.judged)


def _dataset(job: Job) -> Dataset:
    if job.store is None:
        store = Store()
        store.bulk_load(sys.stdin.buffer, format=RdfFormat.N_QUADS)
        return Dataset(store)
    dataset = Dataset(Store.read_only(job.store))
    if job.changed is not None or len(dataset) > _IN_MEMORY:
        return dataset
    return Dataset.of(dataset.quads())


def _since(job: Job) -> Since | None:
    if job.changed is None:
        return None
    changed = parse(job.changed, format=RdfFormat.N_TRIPLES)
    return Since(tuple(each.result() for each in job.before), tuple(q.triple for q in changed))


assert set(get_args(Engine))  # noqa: S101

if __name__ == "__main__":
    main()
