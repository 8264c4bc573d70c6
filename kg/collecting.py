"""Memory collected seldom while many records are made at once.

Records do not hang in circles, so that what is not used any more is freed without a collector;
left alone, it would walk through all that is kept again and again, the oftener the more there is.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (50_000, 20, 1000)  # new objects, and how many rounds make an older one


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the collector look seldom, as long as this lasts; what there is it does not look at."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
