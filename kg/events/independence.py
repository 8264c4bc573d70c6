"""How many independent sources stand behind claims.

Rule, version 2: articles whose texts are near copies count once, and so do articles that give the
claim only by citing one and the same agency, or are that agency's own. An article that makes the
claim in its own voice as well stands for itself. Two outlets that saw the same event are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from kg.articles.model import Article
from kg.events.grouping import COARSE, Answers, Glance, Linkage, Rows, grouped
from kg.events.reading import Reading

SHINGLE: Final = 5  # words
COPY: Final = 0.5  # share of common shingles, of the sketch's size, from which on texts are copies
_SKETCH: Final = 128
_KEPT: Final = 4096  # sketches that are at hand as sets
_MARKS: Final = 12  # least hashes of which copies share one, as good as always
_GLANCE: Final = 48  # least hashes of which copies share nine, as good as always
_SEEN: Final = 9


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of the text of an article, to know its copies by: its least hashes, sorted."""

    article: str
    hashes: tuple[int, ...]


class Independence:
    """Counts the origins of claims; `copies` gives for an article the least of its near copies."""

    def __init__(self, copies: Mapping[str, str]) -> None:
        self._copies = copies

    def count(self, readings: Iterable[Reading]) -> int:
        """Count the independent sources of claims that say one thing."""
        readings = list(readings)
        if len({reading.article for reading in readings}) < 2:
            return len(readings[:1])
        cited: defaultdict[str, set[str]] = defaultdict(set)
        own_voice: set[str] = set()
        for reading in readings:
            cited[reading.article].update(reading.origins)
            if not reading.origins:
                own_voice.add(reading.article)
        groups: dict[str, set[str]] = {}
        for article, origins in cited.items():
            marks = {f"article:{self._copies.get(article, article)}"}
            if article not in own_voice:
                marks |= {f"origin:{origin}" for origin in origins}
            groups[article] = marks
        return _components(groups.values())


def copies_of(articles: Mapping[str, Article]) -> dict[str, str]:
    """Give for each article that is a near copy of others the least id among them."""
    sketches = [sketch_of(each) for each in articles.values()]
    return {
        each.article: min(other.article for other in own)
        for own in grouped(sketches, linkage())
        for each in own
    }


def linkage() -> Linkage[Sketch]:
    """Say how articles are linked to groups of near copies."""
    known: dict[str, frozenset[int]] = {}

    def hashes(sketch: Sketch) -> frozenset[int]:
        own = known.get(sketch.article)
        if own is None:
            if len(known) >= _KEPT:
                known.clear()
            own = known[sketch.article] = frozenset(sketch.hashes)
        return own

    return Linkage(
        name=lambda each: each.article,
        keys=_keys,
        weigh=lambda left, right: (
            _common(hashes(left), hashes(right)) if _may_be_copies(left, right) else 0.0
        ),
        enough=COPY,
        glance=Glance(_row, _GLANCE, _apart),
    )


def sketch_of(article: Article) -> Sketch:
    """Keep the least hashes of all runs of words: alike texts keep alike ones."""
    words = [
        word.encode("utf-8", "surrogatepass")
        for word in re.findall(r"\w+", article.text.casefold())
    ]
    runs = range(max(1, len(words) - SHINGLE + 1))
    hashes = {crc32(b" ".join(words[at : at + SHINGLE])) for at in runs}
    return Sketch(article.id, tuple(sorted(hashes)[:_SKETCH]) if words else ())


def _keys(sketch: Sketch) -> Iterator[str]:
    """Yield what copies share; what many articles share is boilerplate."""
    for mark in sketch.hashes[:_MARKS]:
        yield f"{COARSE}{mark:x}"


def _may_be_copies(left: Sketch, right: Sketch) -> bool:
    """Say at a glance whether two texts may be copies; short ones may."""
    one, other = left.hashes[:_GLANCE], right.hashes[:_GLANCE]
    short = min(len(one), len(other)) < _GLANCE
    return short or len(set(one).intersection(other)) >= _SEEN


def _row(sketch: Sketch) -> tuple[int, ...]:
    least = sketch.hashes[:_GLANCE]
    return least if len(least) == _GLANCE else (-1,) * _GLANCE


def _apart(left: Rows, right: Rows) -> Answers:
    """Say of which pairs a glance tells that they are no copies."""
    import numpy as np  # takes long to import, and most updates need none

    both = np.concatenate([left, right], axis=1)
    both.sort(axis=1)
    few: Answers = np.count_nonzero(both[:, 1:] == both[:, :-1], axis=1) < _SEEN
    return few & (left[:, 0] >= 0) & (right[:, 0] >= 0)


def _common(left: frozenset[int], right: frozenset[int]) -> float:
    """Estimate the share of common runs from the least hashes of both."""
    common = left & right
    every = min(_SKETCH, len(left) + len(right) - len(common))
    if not every or len(common) / every < COPY:
        return 0.0
    least = sorted(left | right)[:_SKETCH]
    return len(common.intersection(least)) / len(least)


def _components(groups: Iterable[set[str]]) -> int:
    """Count sets that stay apart when those that share an element are joined."""
    above: dict[str, str] = {}
    count = 0
    for marks in groups:
        tops = {_top(above, mark) for mark in marks if mark in above}
        top = min(tops) if tops else min(marks)
        count += 1 - len(tops)
        for mark in (*tops, *marks):
            above[mark] = top
    return count


def _top(above: dict[str, str], mark: str) -> str:
    """Give what a mark has been joined to, and shorten the way there."""
    top = mark
    while above[top] != top:
        top = above[top]
    above[mark] = top
    return top
