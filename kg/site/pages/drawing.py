"""A thing and what it hangs together with, as a picture made of plain shapes.

Neighbours in, places and lines out: half of them on the left and half on the right, in the order in
which the page lists them. Nothing is left to chance or to a script, so that the same data give the
same picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final

from kg.site.shortening import shortened

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


def picture(label: str, neighbours: Sequence[Neighbour], most: int = NODES) -> Picture:
    """Place neighbours, the first half on the left; what is too many is counted."""
    shown = neighbours[:most]
    half = (len(shown) + 1) // 2
    height = max(half, 1) * _ROW + 2 * _MARGIN
    centre = height // 2
    spots = [*_placed(shown[:half], half, centre, -1), *_placed(shown[half:], half, centre, 1)]
    left_out = len(neighbours) - len(spots)
    return Picture(
        WIDTH,
        height,
        WIDTH // 2,
        centre,
        shorten(label, 30, placeholder=" …"),
        tuple(spots),
        left_out,
    )


def _placed(found: Sequence[Neighbour], rows: int, centre: int, side: int) -> list[Spot]:
    top = _MARGIN + (rows - len(found)) * _ROW // 2 + _ROW // 2
    x = _SIDE if side < 0 else WIDTH - _SIDE
    start, turn = WIDTH // 2 + side * 8, (x + WIDTH // 2) // 2
    heights = [top + place * _ROW for place in range(len(found))]
    return [
        Spot(
            each.iri,
            shortened(each.label, _LETTERS),
            each.label,
            each.relation,
            x + side * 8,
            y,
            "end" if side < 0 else "start",
            f"M{start} {centre}C{turn} {centre} {turn} {y} {x} {y}",
        )
        for y, each in zip(heights, found, strict=True)
    ]
