"""What text looks like on a terminal: control characters shown, columns counted, ends cut.

Text of articles in, text that no terminal takes for an order out.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NAME: Final = re.compile(r"\S*[:/_-]\S*")  # article:line:col, an IRI, an identifier


def readable(text: str) -> str:
    r"""Give text on one line, with nothing in it that a terminal would obey.

    >>> readable("a\x1b[31m  b\nc")
    'a�[31m b c'
    """
    return " ".join("".join(map(_visible, text)).split())


def columns(text: str) -> int:
    """Count the columns that a terminal gives a text: two for wide characters, none for marks."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def clipped(text: str, width: int) -> str:
    """Cut text at its end, but places and identifiers in the middle: their end tells.

    >>> clipped("Talks on nickel", 9), clipped("a-long-article:12:7", 9)
    ('Talks on…', 'a-lo…12:7')
    """
    end = text if _NAME.fullmatch(text) else ""
    while columns(end) > (width - 1) // 2:
        end = end[1:]
    while columns(text) + columns(end) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…{end}"


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines between words; a word that is too long gets a line of its own.

    >>> wrapped("one two three", 8)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in text.split():
        if lines and columns(lines[-1]) + 1 + columns(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _visible(char: str) -> str:
    """Give white space as a space and other control characters, bidi marks among them, as �."""
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char
