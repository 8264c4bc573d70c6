"""All pairs of those who share a key, of all keys at once: who bears which in, pairs out.

What `blocks` says of one key is done here with arrays, for a first build.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.events.grouping import ASIDE, CROWDED, MANY

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
_ROUNDS: Final = 12  # in which items move near those that they are compared with
_AT_ONCE: Final = 4_000_000  # pairs that may be told twice before this is looked at


def all_pairs(codes: Numbers, places: Numbers, count: int) -> Numbers:
    """Give the pairs of all there are that are compared, each once, as one number.

    `codes` are the keys, sorted, `places` who bears each, sorted within a key, among `count`; a
    pair is the place of its first times `count`, and that of its second.
    """
    starts = np.flatnonzero(np.diff(codes, prepend=codes[:1] - 1))
    sizes = np.diff(starts, append=len(codes))
    rough = codes[starts] & 1 == 0
    whole = sizes <= np.where(rough, CROWDED, MANY)
    reach = np.where(whole, sizes, np.where(rough, 0, ASIDE)).astype(np.int16)
    after = np.repeat(starts + sizes - 1, sizes) - np.arange(len(codes))  # in the same block
    reach = np.minimum(np.repeat(reach, sizes), after)
    del after
    found = [np.empty(0, np.int64)]
    rows, step = np.flatnonzero(reach > 0), 1
    while len(rows):
        found.append(places[rows] * count + places[rows + step])
        if sum(map(len, found[1:])) > _AT_ONCE:
            found = [_once(found)]
        step += 1
        rows = rows[reach[rows] >= step]
    return _once(found)


def _once(parts: list[Numbers]) -> Numbers:
    """Give all numbers of some parts, sorted, each once; the parts are let go of meanwhile."""
    every = np.concatenate(parts)
    parts.clear()
    every.sort()
    return every[np.flatnonzero(np.diff(every, prepend=-1))]


def in_turn(pairs: Numbers, count: int) -> tuple[Places, Places]:
    """Give both sides of pairs so that pairs of one item come soon after one another.

    Each item moves to the middle of those that it is compared with, again and again: few need be
    at hand at a time, and few are loaded twice.
    """
    left = (pairs // max(1, count)).astype(np.int32)
    right = (pairs % max(1, count)).astype(np.int32)
    ranks = np.arange(count, dtype=np.float64)
    many = np.bincount(left, minlength=count) + np.bincount(right, minlength=count) + 1
    for _ in range(_ROUNDS):
        sums = ranks + np.bincount(left, ranks[right], count)
        order = np.argsort((sums + np.bincount(right, ranks[left], count)) / many, kind="stable")
        ranks[order] = np.arange(count, dtype=np.float64)
    places = ranks.astype(np.int32)
    turns = np.minimum(places[left], places[right]).astype(np.int64) * count
    turns += np.maximum(places[left], places[right])
    order = np.argsort(turns)
    del turns
    return left[order], right[order]
