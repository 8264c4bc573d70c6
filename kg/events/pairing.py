"""All pairs of those who share a key, of all keys at once: who bears which in, pairs out.

What `blocks` says of one key is done here with arrays, for a first build.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.events.grouping import ASIDE, CROWDED, MANY

Numbers = NDArray[np.int64]
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
    found, waiting = np.empty(0, np.int64), [np.empty(0, np.int64)]
    rows, step = np.flatnonzero(reach > 0), 1
    while len(rows):
        waiting.append(places[rows] * count + places[rows + step])
        if sum(map(len, waiting)) > _AT_ONCE:
            found, waiting = np.unique(np.concatenate([found, *waiting])), []
        step += 1
        rows = rows[reach[rows] >= step]
    return np.unique(np.concatenate([found, *waiting]))
