"""What work takes: seconds of processors, those of processes that it starts too, and on the clock.

Processors' seconds are told of everything, since they hardly depend on what else a machine does;
those on the clock as well where work uses several processors at once.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

Given = TypeVar("Given")


class Spent(NamedTuple):
    """Seconds."""

    cpu: float
    clock: float


def timed(work: Callable[[], Given]) -> tuple[Given, Spent]:
    """Do some work; give what it gives, and what it took."""
    start = _now()
    given = work()
    end = _now()
    return given, Spent(end.cpu - start.cpu, end.clock - start.clock)


def _now() -> Spent:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = time.process_time() + children.ru_utime + children.ru_stime
    return Spent(cpu, time.perf_counter())
