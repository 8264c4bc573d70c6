"""What tells two items apart at a glance: dates and names in, numbers compared row by row out.

A first build compares millions of pairs, most of which some plain thing forbids: another day,
another meeting, another speaker. Rows of numbers say so of all pairs at once, before an item is
loaded. They never say more than weighing would.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final
from zlib import crc32

from kg import edtf
from kg.events.grouping import Answers, Rows, code_of

_OPEN: Final = 10**8  # days, before and after which there is nothing
_EVER: Final = (-_OPEN, _OPEN)
_BITS: Final = 63  # of a number
_POWERS: Final = ("state/", "bloc/")


def span_of(dates: Iterable[str | None]) -> tuple[int, int]:
    """Give the first and the last day that some dates may mean; all days if there are none.

    >>> span_of(["2024-06-26", "2024-06"]) == span_of(["2024-06-01/2024-06-30"])
    True
    >>> span_of([]) == span_of(["2024-06-26", "XXXX-06-26"])
    True
    """
    spans = [_days(each) if each else _EVER for each in dates]
    if not spans:
        return _EVER
    return min(first for first, _ in spans), max(last for _, last in spans)


@lru_cache(maxsize=16384)
def _days(day: str) -> tuple[int, int]:
    span = edtf.bounds(day)
    return (span[0].toordinal(), span[1].toordinal()) if span else _EVER


def mark_of(values: Collection[str] | str | None) -> int:
    """Give a number for some values, 0 if there are none."""
    if not values:
        return 0
    return code_of(values if isinstance(values, str) else "|".join(sorted(values)))


def mark_of_one(values: Collection[str]) -> int:
    """Give a number for a single value, 0 for none or several, of which some may be shared."""
    return mark_of(values) if len(values) == 1 else 0


def mark_of_power(values: Collection[str]) -> int:
    """Give a number for a state or bloc that is named alone, 0 for whatever else."""
    return mark_of_one(values) if all(each.startswith(_POWERS) for each in values) else 0


def bits_of(words: Collection[str]) -> tuple[int, int, int, int]:
    """Give how many words there are, how many of them share a bit with others, and the bits."""
    bits = 0
    for word in words:
        bits |= 1 << crc32(word.encode("utf-8", "surrogatepass")) % (2 * _BITS)
    alone = (1 << _BITS) - 1
    return len(words), len(words) - bits.bit_count(), bits & alone, bits >> _BITS


def unlike(left: Rows, right: Rows, place: int) -> Answers:
    """Say of which pairs both have a mark, and another."""
    one, other = left[:, place], right[:, place]
    known: Answers = (one != 0) & (other != 0)
    known &= one != other
    return known


def few_common(left: Rows, right: Rows, place: int, least: int, share: float) -> Answers:
    """Say of which pairs the words whose `bits_of` begin at a place have too few in common.

    They need so many, and that share of the fewer.
    """
    import numpy as np  # takes long to import, and most updates need none

    common = np.minimum(left[:, place + 1], right[:, place + 1])
    for row in (place + 2, place + 3):
        common += np.bitwise_count(left[:, row] & right[:, row])
    fewer = np.minimum(left[:, place], right[:, place])
    few: Answers = common < np.maximum(least, share * fewer)
    return few


def beyond(left: Rows, right: Rows, place: int, days: int) -> Answers:
    """Say of which pairs the spans that begin at a place lie more than so many days apart."""
    after: Answers = left[:, place] - right[:, place + 1] > days
    before: Answers = right[:, place] - left[:, place + 1] > days
    return after | before
