"""A thing and what it hangs together with, as a picture made of plain shapes.

Neighbours in, places and lines out: those that lead here on the left, those it leads to on the
right, in the order in which the page lists them. Nothing is left to chance or to a script, so that
the same data give the same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 1000
NODES: Final = 50
_ROW: Final = 30
_MARGIN: Final = 18
_SIDE: Final = 350  # where the labels at the sides end
_LETTERS: Final = 42


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing next to another, and by what."""

    iri: str
    label: str
    relation: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a neighbour stands in the picture, and the line to it."""

    iri: str
    label: str  # cut where it is long
    whole: str
    relation: str
    x: int
    y: int
    anchor: str  # as of SVG: start or end
    line: str  # as of SVG: the path


@dataclass(frozen=True, slots=True)
class Picture:
    """A thing among its neighbours."""

    width: int
    height: int
    x: int
    y: int
    label: str
    spots: tuple[Spot, ...]
    left_out: int


def picture(
    label: str, before: Sequence[Neighbour], after: Sequence[Neighbour], most: int = NODES
) -> Picture:
    """Place neighbours; where they are too many, both sides keep their first."""
    left, right = _fair(before, after, most)
    rows = max(len(left), len(right), 1)
    height, middle = rows * _ROW + 2 * _MARGIN, WIDTH // 2
    centre = height // 2
    spots = [*_placed(left, rows, centre, -1), *_placed(right, rows, centre, 1)]
    left_out = len(before) + len(after) - len(spots)
    return Picture(WIDTH, height, middle, centre, _cut(label, 28), tuple(spots), left_out)


def _fair(
    before: Sequence[Neighbour], after: Sequence[Neighbour], most: int
) -> tuple[Sequence[Neighbour], Sequence[Neighbour]]:
    """Share the places; what one side does not need, the other may take."""
    half = most // 2
    left = before[: max(half, most - len(after))]
    return left, after[: most - len(left)]


def _placed(found: Sequence[Neighbour], rows: int, centre: int, side: int) -> list[Spot]:
    top = _MARGIN + (rows - len(found)) * _ROW // 2 + _ROW // 2
    x = _SIDE if side < 0 else WIDTH - _SIDE
    start, turn = WIDTH // 2 + side * 8, (x + WIDTH // 2) // 2
    heights = [top + place * _ROW for place in range(len(found))]
    return [
        Spot(
            each.iri,
            _cut(each.label, _LETTERS),
            each.label,
            each.relation,
            x + side * 8,
            y,
            "end" if side < 0 else "start",
            f"M{start} {centre}C{turn} {centre} {turn} {y} {x} {y}",
        )
        for y, each in zip(heights, found, strict=True)
    ]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
