"""Texts with stretches marked: a text and spans in, pieces that follow each other out.

Spans may overlap and nest: a piece names every span that covers it, so that no mark has to be
opened inside another. Offsets count code points, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, and what it stands for."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same spans cover from end to end."""

    text: str
    keys: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()  # of these, the spans that begin here
    closes: tuple[str, ...] = ()  # and those that end with it


def pieces(text: str, spans: Iterable[Span], start: int = 0) -> tuple[Piece, ...]:
    """Cut a text that begins at the offset `start` where spans begin and end.

    >>> [(each.text, each.keys) for each in pieces("abcd", [Span(1, 3, "x"), Span(2, 4, "y")])]
    [('a', ()), ('b', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    kept = sorted(
        (span for span in set(spans) if span.start < start + len(text) and span.end > start),
        key=lambda span: (span.start, -span.end, span.key),
    )
    kept = [span for span in kept if span.start < span.end]
    stop = start + len(text)
    cuts = {start, stop, *(span.start for span in kept), *(span.end for span in kept)}
    ordered = sorted(cut for cut in cuts if start <= cut <= stop)
    found, alive, ahead = list[Piece](), list[Span](), 0
    for begin, end in pairwise(ordered):
        alive = [span for span in alive if span.end > begin]
        while ahead < len(kept) and kept[ahead].start <= begin:
            alive.append(kept[ahead])
            ahead += 1
        found.append(
            Piece(
                text[begin - start : end - start],
                _keys(alive),
                _keys(span for span in alive if span.start == begin),
                _keys(span for span in alive if span.end == end),
            )
        )
    return tuple(found)


def _keys(spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(span.key for span in spans))
