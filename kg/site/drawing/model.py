"""What pictures are made of: plain shapes with places and links, and the same data as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.queries.model import Rows, Term

Linked = tuple[str, str]
"""A text, and the address that it leads to from the root of the site; "" where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to look at a picture: its name in the address, its title, whether it is this one."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its words: `shapes` is drawn by the template of that name."""

    name: str
    title: str
    told: str  # one sentence that says what can be seen
    template: str  # of the shapes: columns, matrix, circle, strips
    shapes: Any
    columns: tuple[str, ...]
    lines: tuple[tuple[Linked, ...], ...]
    choices: tuple[Choice, ...] = ()
    dated: bool = False  # whether a range of dates narrows it
    first: str = ""
    last: str = ""

    @property
    def rows(self) -> Rows:
        """The table as rows."""
        return Rows(
            self.columns,
            tuple(tuple(Term("literal", text) for text, _ in line) for line in self.lines),
        )


def spread(count: int, start: float, end: float) -> Sequence[float]:
    """Give places at even distances.

    >>> spread(3, 0, 10)
    [0.0, 5.0, 10.0]
    """
    step = (end - start) / max(1, count - 1)
    return [round(start + step * at, 1) for at in range(count)]
