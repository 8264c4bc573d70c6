"""A line of an article as a terminal shows it, with the words in question underlined.

Wide characters take two columns and combining ones none; controls, which could drive the
terminal, and marks that turn the direction of writing are shown as a dot.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WIDTH: Final = 100
_UNSHOWN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def excerpt(line: str, start: int, end: int, width: int = WIDTH) -> tuple[str, str]:
    """Give the part of the line around `start`, and the underline of `start` to `end`.

    >>> excerpt("one two three", 4, 7)
    ('one two three', '    ^^^')
    """
    end = max(end, start + 1)
    first = _first_shown(line, start, width)
    last, room = first, width
    while last < len(line) and room >= _width(line[last]):
        room -= _width(line[last])
        last += 1
    before, after = "…" if first else "", "…" if last < len(line) else ""
    gap = len(before) + _columns(line[first:start])
    marked = max(1, _columns(line[start : min(end, last)]))
    return before + shown_as(line[first:last]) + after, " " * gap + "^" * marked


def _first_shown(line: str, start: int, width: int) -> int:
    """Give where to begin: at the beginning if all fits, else a quarter of the width before."""
    if len(line) <= width and _columns(line) <= width:
        return 0
    first = max(0, start - width // 4)
    if len(line) - first > width:
        return first
    while first > 0 and _columns(line[first - 1 :]) <= width:
        first -= 1
    return first


def shown_as(text: str) -> str:
    """Give text as it may be shown: no line end, no control, no turn of direction."""
    return _UNSHOWN.sub("·", text.replace("\t", " "))


def _columns(text: str) -> int:
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if char == "\t" or _UNSHOWN.match(char):
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
