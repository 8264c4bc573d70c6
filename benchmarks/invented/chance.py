"""Chance that is a function of content: what is drawn for a key is always the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import yaml

Thing = TypeVar("Thing")
DATA: Final = Path(__file__).parent.parent / "data"
_HIGHEST: Final = 10_000_000


def of(*key: object) -> random.Random:
    """Give the chance of a key."""
    return random.Random("\x1f".join(map(str, key)))


def zipf(chance: random.Random, things: Sequence[Thing], steep: float = 0.9) -> Thing:
    """Choose from a list whose first are the most common."""
    return chance.choices(things, cum_weights=_weights(len(things), steep))[0]


def rank(chance: random.Random, heaps: float = 0.7, head: int = 6) -> int:
    """Draw a rank without bound: n draws give about n**heaps different ones (Heaps' law).

    The more there are at the `head`, the fewer draws the very first gets.
    """
    far: float = (1 - chance.random()) ** (-heaps / (1 - heaps))
    return min(_HIGHEST, int(head * (far - 1)))


def some(chance: random.Random, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
    """Choose a few different ones."""
    return chance.sample(things, min(len(things), chance.randint(least, most)))


def read(name: str, schema: type[Thing]) -> Thing:
    """Read a data file as a schema."""
    values = yaml.load((DATA / name).read_text("utf-8"), Loader=yaml.BaseLoader)  # NO is no truth
    return msgspec.convert(values, schema, strict=False)


@lru_cache(maxsize=64)
def _weights(count: int, steep: float) -> tuple[float, ...]:
    return tuple(accumulate((place + 1) ** -steep for place in range(count)))
