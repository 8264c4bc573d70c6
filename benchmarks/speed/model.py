"""What is measured at one size; everything that the table, the plot and the file of results show.

Seconds are CPU seconds unless said otherwise; memory is in bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec

from benchmarks.clocks import Spent
from benchmarks.engines import Loaded
from benchmarks.exporting import Cost

Sort = Literal["selective", "scan"]
"""Asked by a value and answered by few rows, or whatever else."""


@dataclass(frozen=True, slots=True)
class Making:
    """What a build cost."""

    articles: int
    claims: int
    statements: int
    stages: Mapping[str, float]
    memory: int
    written: int  # bytes on disk
    clock: Mapping[str, float] = field(default_factory=dict)  # seconds of stages on the clock

    @property
    def seconds(self) -> float:
        """Seconds of all stages."""
        return sum(self.stages.values())


@dataclass(frozen=True, slots=True)
class Judging:
    """What a verdict cost; then on a spoilt copy, where pySHACL judged the same."""

    spent: Spent
    memory: int
    results: int = 0  # of the spoilt copy
    spoilt: Spent | None = None  # by ours
    reference: Spent | None = None  # by pySHACL


@dataclass(frozen=True, slots=True)
class Asking:
    """What questions of one sort cost an engine: milliseconds."""

    engine: str
    sort: Sort
    asked: int
    median: float
    nearly_all: float  # 95 in a hundred
    most: float
    slowest: str  # the question
    ratio: float  # to ours on the same questions, the median
    late: int  # answers that did not come in time
    unlike: int  # answers that are not ours
    memory: int


@dataclass(frozen=True, slots=True)
class Size:
    """All that was measured at one size."""

    wanted: int
    making: Making
    loaded: tuple[Loaded, ...]
    judging: Judging | None
    asked: tuple[Asking, ...]
    exported: tuple[Cost, ...]
    first: float | None = None  # seconds of one question on the command line, starting included
    unlike: tuple[str, ...] = ()  # "engine: question, way" whose answers are known to differ

    def asking(self, engine: str, sort: Sort) -> Asking | None:
        """Give what questions of a sort cost an engine."""
        found = (each for each in self.asked if (each.engine, each.sort) == (engine, sort))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Results:
    """A run: sizes, and the versions of what took part."""

    versions: Mapping[str, str]
    sizes: tuple[Size, ...]

    @classmethod
    def read(cls, path: Path) -> Results:
        """Read a file of results."""
        return msgspec.json.decode(path.read_bytes(), type=cls)

    def write(self, path: Path) -> None:
        """Write a file of results."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self), indent=1) + b"\n")


def exponent(small: tuple[float, float], large: tuple[float, float]) -> float:
    """Say how one quantity grows with another: 1 is linear, 2 quadratic.

    >>> exponent((10, 1.0), (100, 10.0))
    1.0
    """
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
