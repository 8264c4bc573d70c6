"""Texts with stretches marked: a text and spans in, pieces that follow each other out.

Spans may overlap and nest: a piece names every span that covers it, so that no mark has to be
opened inside another. Offsets count code points, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


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


def pieces(text: str, spans: Iterable[Span], start: int = 0) -> tuple[Piece, ...]:
    """Cut a text that begins at the offset `start` where spans begin and end.

    >>> [(each.text, each.keys) for each in pieces("abcd", [Span(1, 3, "x"), Span(2, 4, "y")])]
    [('a', ()), ('b', ('x',)), ('c', ('x', 'y')), ('d', ('y',))]
    """
    within = sorted(
        {Span(max(s.start - start, 0), min(s.end - start, len(text)), s.key) for s in spans},
        key=lambda span: (span.start, -span.end, span.key),
    )
    kept = [span for span in within if span.start < span.end]
    cuts = sorted({0, len(text), *(s.start for s in kept), *(s.end for s in kept)})
    found, alive, ahead = list[Piece](), list[Span](), 0
    for begin, end in zip(cuts, cuts[1:], strict=False):
        alive = [span for span in alive if span.end > begin]
        came = ahead
        while ahead < len(kept) and kept[ahead].start == begin:
            ahead += 1
        opened = kept[came:ahead]
        alive += opened
        keys = tuple(dict.fromkeys(span.key for span in alive))
        found.append(Piece(text[begin:end], keys, tuple(span.key for span in opened)))
    return tuple(found)
