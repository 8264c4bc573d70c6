"""What this stage hands on: the article, its metadata with their origin, its lines.

The text is kept exactly as received; every offset in the package counts code points into it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

FieldName = Literal[
    "title", "author", "publisher", "published", "url", "language", "licence",
    "section", "translation", "original-language", "rights",
]  # fmt: skip
Origin = Literal["sidecar", "front-matter", "html", "record", "text"]
LineRole = Literal[
    "title", "heading", "byline", "dateline", "caption", "body", "rights", "boilerplate"
]

LINE_END: Final = re.compile(r"\r\n|\n|\r")
"""What ends a line; other separators (form feed, U+2028) are characters of their line."""


@lru_cache(maxsize=16)  # asked once per claim: the texts in hand are few, their lines many
def line_starts(text: str) -> tuple[int, ...]:
    """Give the offset at which each line of the text starts."""
    return (0, *(end.end() for end in LINE_END.finditer(text)))


@dataclass(frozen=True, slots=True)
class Field:
    """One metadatum of an article and where it was read; offsets only if in the text."""

    name: FieldName
    value: str  # `published` is EDTF, `language` BCP 47; `translation` is "machine" or "human"
    origin: Origin
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text between line ends, without them, and what it is for."""

    start: int
    end: int
    role: LineRole


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read; never changed afterwards."""

    id: str  # stem of its file; `id` of its record
    text: str
    fields: tuple[Field, ...] = ()
    lines: tuple[Line, ...] = ()

    def get(self, name: FieldName) -> str | None:
        """Give the first value of a metadatum: what was given goes before what the text says."""
        found = [field for field in self.fields if field.name == name]
        found.sort(key=lambda field: field.origin == "text")
        return found[0].value if found else None

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both counted from 1."""
        starts = line_starts(self.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not read: where, and why with what to do about it."""

    source: str
    reason: str
