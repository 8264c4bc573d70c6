"""A build of generated articles of about so many statements, and what each stage of it cost.

A number of statements in; a build folder and its `Making` out. Stages are told apart by a clock
around the methods that the build calls for them; generating is clocked apart, since no user pays
for it.
"""

from __future__ import annotations

import math
import resource
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from benchmarks.clocks import timed
from benchmarks.generate import articles
from benchmarks.speed.model import Making
from kg import living
from kg.entities.register import Register
from kg.events.chronicle import Chronicle
from kg.graph.pen import Pen
from kg.living import Arrival

REFERENCE: Final = 7_400  # statements that every build has: ontology, states, materials, measures
GROWTH: Final = 0.98  # a thousand for the first article; later ones name what is there already
_KILOBYTE: Final = 1024
_STAGES: Final[tuple[tuple[Any, str, str], ...]] = (
    (Register, "update", "entities"),
    (Chronicle, "update", "events"),
    (Pen, "write", "graph"),
    (Pen, "finish", "graph"),
    (Pen, "tidy", "tidying"),
    (living, "write_words", "words"),
)

Given = TypeVar("Given")


def articles_for(statements: int) -> int:
    """Say how many articles give about so many statements.

    >>> articles_for(1), articles_for(100_000), articles_for(10_000_000)
    (1, 102, 12059)
    """
    more = max(0, statements - REFERENCE)
    return max(1, round(math.pow(more / 1000, 1 / GROWTH)))


def make(statements: int, path: Path) -> Making:
    """Build into the folder `path`."""
    spent: Counter[str] = Counter()
    clock: Counter[str] = Counter()
    count = articles_for(statements)
    with _clocked(spent, clock):
        build, whole = timed(lambda: living.build(path, _arrivals(count, spent)))
    rest = whole.cpu - spent.total()  # generating included
    del spent["generating"]
    counts = build.manifest.counts
    return Making(
        articles=count,
        claims=counts["claims"],
        statements=counts["quads"],
        stages=dict(spent) | {"records": rest},
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KILOBYTE,
        written=sum(each.stat().st_size for each in path.rglob("*") if each.is_file()),
        clock=clock,
    )


def _arrivals(count: int, spent: Counter[str]) -> Iterator[Arrival]:
    made = articles(count)
    for _ in range(count):
        (article, claims), taken = timed(lambda: next(made))
        spent["generating"] += taken.cpu  # type: ignore[assignment]
        yield Arrival(article, claims, ("generated/1",))


@contextmanager
def _clocked(spent: Counter[str], clock: Counter[str]) -> Iterator[None]:
    """Add up the seconds of each stage while this lasts, of processors and on the clock."""
    with ExitStack() as undone:
        for owner, name, stage in _STAGES:
            work = getattr(owner, name)
            setattr(owner, name, _adding(work, stage, spent, clock))
            undone.callback(setattr, owner, name, work)
        yield


def _adding(
    work: Callable[..., Given], stage: str, spent: Counter[str], clock: Counter[str]
) -> Callable[..., Given]:
    def adding(*given: Any, **named: Any) -> Given:
        found, taken = timed(lambda: work(*given, **named))
        spent[stage] += taken.cpu  # type: ignore[assignment]
        clock[stage] += taken.clock  # type: ignore[assignment]
        return found

    return adding
