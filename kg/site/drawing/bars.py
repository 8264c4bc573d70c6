"""A chart of bars that lie: groups with their numbers in, bars with places and lengths out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ROW: Final = 26
_LABEL: Final = 250  # what labels take of the width
_WIDTH: Final = 760
_LETTERS: Final = 34
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    label: str  # cut where it is long
    whole: str
    number: int
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart."""

    title: str
    bars: tuple[Bar, ...]
    left_out: int
    width: int = _WIDTH
    start: int = _LABEL

    @property
    def height(self) -> int:
        """How high it is."""
        return len(self.bars) * _ROW + 8

    @property
    def told(self) -> str:
        """The same in one sentence."""
        said = ", ".join(f"{each.whole} {each.number}" for each in self.bars)
        return f"{said}{f' and {self.left_out} more' if self.left_out else ''}."


def bars(title: str, groups: Iterable[tuple[str, int]], most: int = MOST) -> Bars:
    """Draw the first groups, in the order in which they come."""
    told = list(groups)
    largest = max((number for _, number in told), default=0) or 1
    room = _WIDTH - _LABEL - 70
    return Bars(
        title,
        tuple(
            Bar(cut(name, _LETTERS), name, number, 4 + at * _ROW, round(room * number / largest, 1))
            for at, (name, number) in enumerate(told[:most])
        ),
        max(0, len(told) - most),
    )


def cut(text: str, letters: int) -> str:
    """Shorten a label.

    >>> cut("Ministry of Foreign Affairs", 12)
    'Ministry of…'
    """
    return text if len(text) <= letters else text[: letters - 1].rstrip() + "…"
