"""How far sources agree: for each event a strip, in parts as long as independent sources are many.

An undisputed event is one part. A disputed one has a strip for each disagreement, with a part for
each of its sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.site.drawing.bars import cut
from kg.site.shortening import shortened

_ROW: Final = 30
_LEFT: Final = 380
_WIDTH: Final = 960
_LETTERS: Final = 44
_LETTER: Final = 8.6  # how wide one is in a strip, about


@dataclass(frozen=True, slots=True)
class Said:
    """What some sources say, and how many of them stand on their own."""

    value: str
    independent: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An event, or one disagreement on it."""

    label: str
    address: str
    about: str  # the disputed role; "" where nothing is disputed
    sides: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One side of a strip."""

    said: Said
    series: int  # 0: undisputed
    x: float
    width: float
    label: str  # its number, and what it says as far as there is room; "" where there is none


@dataclass(frozen=True, slots=True)
class Strip:
    """One line of the picture."""

    judged: Judged
    label: str
    y: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """The whole picture."""

    strips: tuple[Strip, ...]
    left: int = _LEFT
    width: int = _WIDTH

    @property
    def height(self) -> int:
        """How high it is."""
        return len(self.strips) * _ROW + 8


def strips(judged: Sequence[Judged]) -> Strips:
    """Draw a strip for each line."""
    largest = max(
        (sum(max(1, side.independent) for side in each.sides) for each in judged), default=1
    )
    unit = (_WIDTH - _LEFT - 20) / largest
    return Strips(
        tuple(
            Strip(each, shortened(each.label, _LETTERS), 4 + at * _ROW, tuple(_parts(each, unit)))
            for at, each in enumerate(judged)
        )
    )


def _parts(judged: Judged, unit: float) -> Iterable[Part]:
    at = float(_LEFT)
    for number, side in enumerate(judged.sides):
        width = max(1, side.independent) * unit
        told = f"{side.independent} {side.value}" if judged.about else str(side.independent)
        yield Part(
            side,
            number % 5 + 1 if judged.about else 0,
            round(at, 1),
            round(width - 2, 1),
            _fitting(told, width - 12),
        )
        at += width


def _fitting(text: str, room: float) -> str:
    """Give as much of a text as there is room for: all, its number with some words, or nothing.

    >>> _fitting("27 Antananarivo", 100.0), _fitting("27 Antananarivo", 30.0), _fitting("2", 4.0)
    ('27 Antanan…', '27', '')
    """
    letters = int(room / _LETTER)
    number = text.partition(" ")[0]
    if letters >= len(number) + 8 or letters >= len(text):
        return cut(text, letters)
    return number if letters >= len(number) else ""
