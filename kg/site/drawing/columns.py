"""A timeline as columns: dated things in, one column for each day, month or year out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

WIDTH: Final = 960
HEIGHT: Final = 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 12, 16, 44
_MOST: Final = 80  # columns
_LABELS: Final = 12
_PARTS: Final = (10, 7, 4)  # letters of a day, a month, a year


@dataclass(frozen=True, slots=True)
class Block:
    """Things of one group in one column."""

    group: str
    series: int
    number: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One span of time."""

    period: str
    number: int
    x: float
    width: float
    blocks: tuple[Block, ...]
    label: str  # "" where labels would stand too close


@dataclass(frozen=True, slots=True)
class Columns:
    """The whole timeline."""

    columns: tuple[Column, ...]
    groups: tuple[str, ...]
    largest: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    base: int = HEIGHT - _BOTTOM
    top: int = _TOP


def columns(dated: Iterable[tuple[date, str]]) -> Columns:
    """Draw things by their day and group, in columns of the finest span that leaves room."""
    told = sorted(dated)
    groups = tuple(name for name, _ in Counter(group for _, group in told).most_common())
    periods, letters = _periods([day for day, _ in told])
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for day, group in told:
        counted[day.isoformat()[:letters]][group] += 1
    largest = max((sum(each.values()) for each in counted.values()), default=0)
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(periods))
    every = -(-len(periods) // _LABELS)
    found = tuple(
        Column(
            period,
            sum(counted[period].values()),
            round(_LEFT + at * step, 1),
            round(min(step * 0.85, 48), 1),
            _blocks(counted[period], groups, largest),
            period if at % every == 0 else "",
        )
        for at, period in enumerate(periods)
    )
    return Columns(found, groups, largest)


def _blocks(counted: Counter[str], groups: tuple[str, ...], largest: int) -> tuple[Block, ...]:
    room, at = HEIGHT - _BOTTOM - _TOP, float(HEIGHT - _BOTTOM)
    found = []
    for series, group in enumerate(groups):
        if counted[group]:
            height = room * counted[group] / largest
            at -= height
            found.append(
                Block(group, series % 6 + 1, counted[group], round(at, 1), round(height, 1))
            )
    return tuple(found)


def _periods(days: list[date]) -> tuple[list[str], int]:
    """Name all spans from the first to the last, with those in which nothing is."""
    if not days:
        return [], _PARTS[0]
    for letters in _PARTS:
        found = _all(days[0], days[-1], letters)
        if len(found) <= _MOST:
            break
    return found, letters


def _all(first: date, last: date, letters: int) -> list[str]:
    if letters == _PARTS[0]:
        span = range(first.toordinal(), min(last.toordinal(), first.toordinal() + _MOST) + 1)
        return [date.fromordinal(each).isoformat() for each in span]
    if letters == _PARTS[1]:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [f"{each // 12:04}-{each % 12 + 1:02}" for each in months]
    return [f"{each:04}" for each in range(first.year, last.year + 1)]
