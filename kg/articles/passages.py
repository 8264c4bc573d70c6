"""A text in, the stretches that are judged together out: lines, or hard-wrapped paragraphs.

Lines are wrapped where the next word would not have fitted into the width of their block;
texts with whole paragraphs on a line, the usual case, are never joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.articles.bylines import header_of
from kg.articles.dates import words
from kg.articles.model import LINE_END, LineRole
from kg.articles.notices import notice_of, words_start

STOP: Final = re.compile(r"[.!?…。！？][\"'”’»)\]*_]*\s*$")
BULLET: Final = re.compile(r"\s*(?:[-*•·▪●◦‣–—+]|\d{1,2}[.)])\s")
HEADING_MARK: Final = re.compile(r"\s{0,3}#{1,6}\s")

NARROWEST: Final = 45  # characters of a hard-wrapped line
WIDEST: Final = 110
FEWEST_CHARACTERS: Final = 4  # of a sentence in a script without capitals


@dataclass(slots=True)
class Passage:
    """Lines judged together; `role` is None until it is known."""

    text: str
    spans: tuple[tuple[int, int], ...]
    apart: bool  # a blank line stands before it
    role: LineRole | None = None
    led_in: bool = False  # an item of a list that a line of the body leads in

    @property
    def length(self) -> int:
        """Give the number of words."""
        return len(self.text.split())


def passages_of(text: str, body: int = 0) -> Iterator[Passage]:
    """Yield the passages from offset `body` on, in text order."""
    block: list[tuple[int, int]] = []
    for span in line_spans(text, body, len(text)):
        if block and len(LINE_END.findall(text, block[-1][1], span[0])) > 1:
            yield from _cut(text, block)
            block = []
        block.append(span)
    yield from _cut(text, block)


def line_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield start and end of each line that is not blank."""
    for found in LINE_END.finditer(text, start, end):
        if text[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if text[start:end].strip():
        yield start, end


def is_sentence(text: str) -> bool:
    """Tell whether a stretch reads like a sentence: it stops like one and is no mere name.

    >>> is_sentence("Two ministers met."), is_sentence("Ores and Metals Inc.")
    (True, False)
    """
    stripped = text[words_start(text) :].rstrip()
    if not STOP.search(stripped):
        return False
    tokens = stripped.split()
    if not any(token[0].isupper() or token[0].islower() for token in tokens):
        return len(stripped) >= FEWEST_CHARACTERS
    small = words().small
    plain = any(token[0].islower() and token not in small for token in tokens[1:])
    return plain or stripped[-1] in "!?"


def _cut(text: str, block: list[tuple[int, int]]) -> Iterator[Passage]:
    """Cut a block into passages where a line is not wrapped."""
    width = max((end - start for start, end in block), default=0)
    group: list[tuple[int, int]] = []
    apart = True
    for span in block:
        if group and not _is_wrapped(text[slice(*group[-1])], text[slice(*span)], width):
            yield _joined(text, group, apart=apart)
            group, apart = [], False
        group.append(span)
    if group:
        yield _joined(text, group, apart=apart)


def _joined(text: str, group: list[tuple[int, int]], *, apart: bool) -> Passage:
    return Passage(" ".join(text[start:end] for start, end in group), tuple(group), apart)


def _is_wrapped(first: str, second: str, width: int) -> bool:
    """Tell whether `first` goes on in `second`."""
    line = first.rstrip()
    if not NARROWEST <= width <= WIDEST or BULLET.match(second) or HEADING_MARK.match(first):
        return False
    if len(line) <= NARROWEST or HEADING_MARK.match(second):
        return False
    if second.lstrip()[0].islower():
        return True
    if not STOP.search(second) and header_of(second):
        return False
    full = len(line) + 1 + len(second.split(maxsplit=1)[0]) > width
    return full and (not STOP.search(line) or is_sentence(second)) and not notice_of(second)
