"""Who met whom, in a circle: pairs with numbers in, points on a circle and arcs between them out.

The most connected stand first, clockwise from the top; nothing moves, so that the same data give
the same picture.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.site.drawing.bars import cut
from kg.site.lists.model import Value

NODES: Final = 30
_SIZE: Final = 740
_RADIUS: Final = 195
_WIDEST: Final = 9.0


@dataclass(frozen=True, slots=True)
class Point:
    """One who met others."""

    value: Value
    label: str
    number: int  # of meetings
    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str  # as of SVG
    turn: float  # of the label, in degrees


@dataclass(frozen=True, slots=True)
class Arc:
    """Two who met."""

    one: Value
    other: Value
    number: int
    path: str  # as of SVG
    width: float


@dataclass(frozen=True, slots=True)
class Circle:
    """The whole picture."""

    points: tuple[Point, ...]
    arcs: tuple[Arc, ...]
    left_out: int
    size: int = _SIZE


def pairs(meetings: Iterable[Iterable[Value]]) -> Counter[tuple[Value, Value]]:
    """Count how often two met."""
    return Counter(pair for each in meetings for pair in combinations(sorted(set(each)), 2))


def circle(meetings: Iterable[tuple[Value, ...]], most: int = NODES) -> Circle:
    """Draw those who met most others most often."""
    told = [tuple(sorted(set(each))) for each in meetings if len(set(each)) > 1]
    counted = Counter(value for each in told for value in each)
    order = sorted(counted, key=lambda value: (-counted[value], value.text, value.key))
    shown = order[:most]
    places = {value: _place(at, len(shown)) for at, value in enumerate(shown)}
    met = pairs([value for value in each if value in places] for each in told)
    often = max(met.values(), default=1)
    points = tuple(_point(each, counted[each], counted[order[0]], places[each]) for each in shown)
    arcs = tuple(
        Arc(one, other, number, _path(places[one], places[other]), _width(number, often))
        for (one, other), number in sorted(met.items(), key=lambda pair: (pair[1], pair[0]))
    )
    return Circle(points, arcs, len(order) - len(shown))


def _place(at: int, count: int) -> float:
    return 2 * math.pi * at / count - math.pi / 2


def _on(angle: float, radius: float) -> tuple[float, float]:
    middle = _SIZE / 2
    return round(middle + radius * math.cos(angle), 1), round(middle + radius * math.sin(angle), 1)


def _point(value: Value, number: int, largest: int, angle: float) -> Point:
    x, y = _on(angle, _RADIUS)
    label_x, label_y = _on(angle, _RADIUS + 16)
    is_left = math.cos(angle) < -1e-9
    turn = math.degrees(angle) + (180 if is_left else 0)
    return Point(
        value, cut(value.text, 22), number, x, y, round(4 + 7 * math.sqrt(number / largest), 1),
        label_x, label_y, "end" if is_left else "start", round(turn, 1),
    )  # fmt: skip


def _path(one: float, other: float) -> str:
    (x, y), (to_x, to_y), middle = _on(one, _RADIUS), _on(other, _RADIUS), _SIZE / 2
    return f"M{x} {y}Q{middle} {middle} {to_x} {to_y}"


def _width(number: int, largest: int) -> float:
    return round(1 + (_WIDEST - 1) * (number - 1) / max(1, largest - 1), 1)
