"""Numbers in words: a data file in, one frozen record out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The data of `numbers.yaml`."""

    source: str
    numbers: dict[str, int]
    parts: dict[str, int]


@cache
def number_words() -> NumberWords:
    """Give the numbers in words, and the parts of a whole."""
    read: NumberWords = lexicon("claims", "numbers.yaml", NumberWords)
    return read
