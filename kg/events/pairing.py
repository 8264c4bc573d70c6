"""All pairs of those who share a key, of all keys at once: who bears which in, pairs out.

What `blocks` says of one key is done here with arrays, for a first build.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.events.grouping import ASIDE, CROWDED, MANY

Numbers = NDArray[np.int64]
Places = NDArray[np.int32]
_ROUNDS: Final = 12  # in which items move near those that they are compared with
_AT_ONCE: Final = 4_000_000  # pairs that may be told twice before this is looked at
_SEEN: Final = 16384  # pairs that are glanced at together


def all_pairs(codes: Numbers, places: Places, count: int) -> Numbers:
    """Give the pairs of all there are that are compared, each once, as one number.

    `codes` are the keys, sorted, `places` who bears each, sorted within a key, among `count`; a
    pair is the place of its first times `count`, and that of its second.
    """
    starts = np.flatnonzero(_begins(codes))
    sizes = np.diff(starts, append=len(codes))
    rough = codes[starts] & 1 == 0
    whole = sizes <= np.where(rough, CROWDED, MANY)
    reach = np.where(whole, sizes, np.where(rough, 0, ASIDE)).astype(np.int16)
    after = np.repeat((starts + sizes - 1).astype(np.int32), sizes)  # to the end of the block
    after -= np.arange(len(codes), dtype=np.int32)
    reach = np.minimum(np.repeat(reach, sizes), after)
    del after
    found = [np.empty(0, np.int64)]
    rows, step = np.flatnonzero(reach > 0).astype(np.int32), 1
    while len(rows):
        found.append(places[rows].astype(np.int64) * count + places[rows + step])
        if sum(map(len, found[1:])) > _AT_ONCE:
            found = [_once(found)]
        step += 1
        rows = rows[reach[rows] >= step]
    return _once(found)


def seen_alike(
    pairs: Numbers, rows: Numbers, apart: Callable[[Numbers, Numbers], NDArray[np.bool_]]
) -> Numbers:
    """Give the pairs, made as `all_pairs` makes them, of which the rows do not tell them apart.

    They are moved together where they stand, since there may be many.
    """
    count, kept = max(1, len(rows)), 0
    for start in range(0, len(pairs), _SEEN):
        part = pairs[start : start + _SEEN]
        part = part[~apart(rows[part // count], rows[part % count])]
        pairs[kept : kept + len(part)] = part
        kept += len(part)
    return pairs[:kept].copy()


def in_turn(pairs: Numbers, order: Numbers) -> tuple[Places, Places]:
    """Give both sides of pairs so that pairs of one item come soon after one another.

    Places stand in some `order` at first; then each item moves to the middle of those that it is
    compared with, again and again: few need be at hand at a time, and few are loaded twice.
    """
    count = len(order)
    left = (pairs // max(1, count)).astype(np.int32)
    right = (pairs % max(1, count)).astype(np.int32)
    del pairs  # of which there may be many
    ranks = np.empty(count)
    ranks[order] = np.arange(count, dtype=np.float64)
    many = np.bincount(left, minlength=count) + np.bincount(right, minlength=count) + 1
    for _ in range(_ROUNDS):
        sums = ranks + np.bincount(left, ranks[right], count)
        order = np.argsort((sums + np.bincount(right, ranks[left], count)) / many, kind="stable")
        ranks[order] = np.arange(count, dtype=np.float64)
    rank = ranks.astype(np.int32)
    turns = np.minimum(rank[left], rank[right]).astype(np.int64) * count
    turns += np.maximum(rank[left], rank[right])
    del left, right
    turns.sort()
    at = order.astype(np.int32)
    one, other = at[turns // max(1, count)], at[turns % max(1, count)]
    return np.minimum(one, other), np.maximum(one, other)


def _once(parts: list[Numbers]) -> Numbers:
    """Give all numbers of some parts, sorted, each once; the parts are let go of meanwhile."""
    every = np.concatenate(parts)
    parts.clear()
    every.sort()
    return every[_begins(every)]


def _begins(numbers: Numbers) -> NDArray[np.bool_]:
    """Say which of sorted numbers is another than the one before it."""
    first = np.ones(len(numbers), np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return first
