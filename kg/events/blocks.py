"""Blocks of items that share a key: who bears it in, whom each is compared with out.

All in a block are compared until it is crowded; then each is compared with some on either side of
it, so that one that comes or goes changes little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from kg.events.grouping import ASIDE, COARSE, limit, pairs_in
from kg.shelves import Index

Pair = tuple[str, str]


class Blocks:
    """Who bears which key, in memory, while all are grouped at once."""

    def __init__(self) -> None:
        self._blocks: defaultdict[str, list[str]] = defaultdict(list)
        self._keys: dict[str, tuple[str, ...]] = {}

    def take(self, bundle: str, keys: Collection[str]) -> None:
        """Take in the next bundle, as they are sorted."""
        self._keys[bundle] = tuple(keys)
        for key in keys:
            self._blocks[key].append(bundle)

    def compared(self, bundle: str) -> set[str]:
        """Give whom a bundle is compared with."""
        found: set[str] = set()
        for key in self._keys.get(bundle, ()):
            block = self._blocks[key]
            if len(block) <= limit(key):
                found.update(block)
            elif not key.startswith(COARSE):
                found.update(around(bundle, block))
        return found - {bundle}


def around(name: str, block: Sequence[str]) -> Sequence[str]:
    """Give who stands around a place in a crowded block, sorted."""
    place = bisect_left(block, name)
    return block[max(0, place - ASIDE) : place + ASIDE + 1]


def straddling(name: str, block: Sequence[str]) -> Iterator[Pair]:
    """Yield the pairs that one of a crowded block keeps just out of reach of each other."""
    place = bisect_left(block, name)
    for left in range(max(0, place - ASIDE), place):
        if left + ASIDE + 1 < len(block):
            yield block[left], block[left + ASIDE + 1]


def aside(near: Iterable[str], block: Sequence[str]) -> set[Pair]:
    """Give the pairs of a crowded block of which the first is among some."""
    found: set[Pair] = set()
    for name in near:
        place = bisect_left(block, name)
        if block[place : place + 1] == [name]:
            found.update((name, other) for other in block[place + 1 : place + 1 + ASIDE])
    return found


def moved_pairs(index: Index, key: str, shifted: set[str]) -> tuple[set[Pair], set[Pair]]:
    """Give pairs that were compared for a key and that are now, as far as they may differ."""
    count = index.count(key)
    most = limit(key)
    if count + len(shifted) <= most:
        return set(), set()
    if key.startswith(COARSE) and count - len(shifted) > most:
        return set(), set()
    if len(shifted) == 1 and count > most + 1:
        [one] = shifted
        block = sorted({*index.around(key, one, ASIDE), one})
        pairs = set(straddling(one, block))
        came = key in index.marks(one)
        return (pairs, set()) if came else (set(), pairs)
    now = index.items(key)
    before = sorted(set(now) ^ shifted)
    if min(len(now), len(before)) <= most:
        return set(pairs_in(key, before)), set(pairs_in(key, now))
    if key.startswith(COARSE):
        return set(), set()
    near = {each for block in (before, now) for one in shifted for each in around(one, block)}
    return aside(near, before), aside(near, now)
