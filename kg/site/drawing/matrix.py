"""A matrix of squares: what rows and columns have in common in, squares with their numbers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.site.drawing.bars import cut
from kg.site.lists.model import Value

ROWS: Final = 24
COLUMNS: Final = 22
_CELL: Final = 30
_LEFT, _TOP = 190, 170
_SHADES: Final = 5


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a row or column."""

    value: Value
    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Square:
    """What a row and a column have in common."""

    row: Value
    column: Value
    number: int
    x: int
    y: int
    shade: int  # 1 the lightest


@dataclass(frozen=True, slots=True)
class Matrix:
    """All squares that are not empty."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    squares: tuple[Square, ...]
    cell: int = _CELL
    left: int = _LEFT
    top: int = _TOP

    @property
    def width(self) -> int:
        """How wide it is."""
        return _LEFT + len(self.columns) * _CELL + 110

    @property
    def height(self) -> int:
        """How high it is."""
        return _TOP + len(self.rows) * _CELL + 8


def matrix(numbers: Mapping[tuple[Value, Value], int]) -> Matrix:
    """Draw rows and columns as they come, without those that have nothing in common."""
    rows = list(dict.fromkeys(row for (row, _), number in numbers.items() if number))
    columns = list(dict.fromkeys(column for _, column in numbers))
    columns = [each for each in columns if any(numbers[row, each] for row in rows)]
    largest = max(numbers.values(), default=0)
    return Matrix(
        tuple(Head(each, cut(each.text, 26), _TOP + at * _CELL) for at, each in enumerate(rows)),
        tuple(
            Head(each, cut(each.text, 26), _LEFT + at * _CELL) for at, each in enumerate(columns)
        ),
        tuple(
            Square(
                row,
                column,
                numbers[row, column],
                _LEFT + across * _CELL,
                _TOP + down * _CELL,
                -(-_SHADES * numbers[row, column] // largest),
            )
            for down, row in enumerate(rows)
            for across, column in enumerate(columns)
            if numbers[row, column]
        ),
    )
