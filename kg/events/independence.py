"""How many independent sources stand behind claims.

Rule, version 1: articles whose texts are near copies count once, and so do articles that give the
claim only by citing one and the same agency, or are that agency's own. An article that makes the
claim in its own voice as well stands for itself. Two outlets that saw the same event are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Final

from kg.articles.model import Article
from kg.events.reading import Reading, World
from kg.iris import content_hash

SHINGLE: Final = 5  # words
COPY: Final = 0.5  # share of common shingles, of the sketch's size, from which on texts are copies
_SKETCH: Final = 128
_COMMON: Final = 50  # shingles in more articles than that are boilerplate
_CITED: Final = ("organisation", "person")


class Independence:
    """Counts the origins of claims over one set of articles."""

    def __init__(
        self, articles: Mapping[str, Article], readings: Iterable[Reading], world: World
    ) -> None:
        self._copies = copies_of(articles)
        self._origins: dict[str, frozenset[str]] = {}
        self._article: dict[str, str] = {}
        named = {_plain(each.label): each.id for each in reversed(world.organisations)}
        publisher = {
            key: named.get(_plain(each.get("publisher") or "")) for key, each in articles.items()
        }
        for reading in readings:
            cited = {each for each in reading.sources if world.kind(each) in _CITED}
            own = publisher.get(reading.article)
            self._article[reading.id] = reading.article
            self._origins[reading.id] = frozenset(cited or ({own} if own else ()))

    def count(self, claims: Iterable[str]) -> int:
        """Count the independent sources of claims that say one thing."""
        cited: defaultdict[str, set[str]] = defaultdict(set)
        own_voice: set[str] = set()
        for claim in claims:
            article = self._article[claim]
            cited[article] |= self._origins[claim]
            if not self._origins[claim]:
                own_voice.add(article)
        groups: dict[str, set[str]] = {}
        for article, origins in cited.items():
            marks = {f"article:{self._copies.get(article, article)}"}
            if article not in own_voice:
                marks |= {f"origin:{origin}" for origin in origins}
            groups[article] = marks
        return _components(groups.values())


def copies_of(articles: Mapping[str, Article]) -> dict[str, str]:
    """Give for each article that is a near copy of others the least id among them."""
    sketches = {key: _sketch(article.text) for key, article in articles.items()}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        for mark in sketches[key]:
            holders[mark].append(key)
    pairs = {
        pair
        for keys in holders.values()
        if 1 < len(keys) <= _COMMON
        for pair in combinations(keys, 2)
    }
    least = {key: key for key in sketches}
    for left, right in sorted(pairs):
        if _common(sketches[left], sketches[right]) >= COPY:
            low, high = sorted((_root(least, left), _root(least, right)))
            least[high] = low
    return {key: _root(least, key) for key in least}


def _root(least: Mapping[str, str], key: str) -> str:
    while least[key] != key:
        key = least[key]
    return key


def _sketch(text: str) -> frozenset[str]:
    """Keep the least hashes of all runs of words: alike texts keep alike ones."""
    words = re.findall(r"\w+", text.casefold())
    runs = {" ".join(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))}
    return frozenset(sorted(map(content_hash, runs))[:_SKETCH]) if words else frozenset()


def _common(left: frozenset[str], right: frozenset[str]) -> float:
    """Estimate the share of common runs from the least hashes of both."""
    least = sorted(left | right)[:_SKETCH]
    return len(left & right & set(least)) / len(least) if least else 0.0


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _components(groups: Iterable[set[str]]) -> int:
    """Count sets that stay apart when those that share an element are joined."""
    apart: list[set[str]] = []
    for marks in groups:
        touched = [each for each in apart if each & marks]
        apart = [each for each in apart if not each & marks]
        apart.append(marks.union(*touched))
    return len(apart)
