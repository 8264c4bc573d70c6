"""Blocks of items that share a key: who bears it in, whom each is compared with out.

All in a block are compared until it is crowded; then each is compared with some on either side of
it, so that one that comes or goes changes little.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg.events.grouping import ASIDE, coarse, limit, pairs_in
from kg.events.keyed import Keyed

Pair = tuple[str, str]


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


def moved_pairs(keyed: Keyed, code: int, shifted: set[str]) -> tuple[set[Pair], set[Pair]]:
    """Give pairs that were compared for a key and that are now, as far as they may differ."""
    count = keyed.count(code)
    most = limit(code)
    if count + len(shifted) <= most:
        return set(), set()
    if coarse(code) and count - len(shifted) > most:
        return set(), set()
    if len(shifted) == 1 and count > most + 1:
        [one] = shifted
        block = sorted({*keyed.around(code, one, ASIDE), one})
        pairs = set(straddling(one, block))
        came = code in keyed.of(one)
        return (pairs, set()) if came else (set(), pairs)
    now = keyed.bundles(code)
    before = sorted(set(now) ^ shifted)
    if min(len(now), len(before)) <= most:
        return set(pairs_in(code, before)), set(pairs_in(code, now))
    if coarse(code):
        return set(), set()
    near = {each for block in (before, now) for one in shifted for each in around(one, block)}
    return aside(near, before), aside(near, now)
