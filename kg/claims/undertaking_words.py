"""Lists of words that only commitments ask for: a data file in, one frozen record out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class UndertakingWords:
    """The data of `undertaking.yaml`; each list is explained there."""

    source: str
    blocs: dict[str, str]
    organs: Words
    telling: Words
    courses: Words
    far: Words
    venues: Words
    silent: Words


@cache
def undertaking() -> UndertakingWords:
    """Give the word lists of commitments."""
    read: UndertakingWords = lexicon("claims", "undertaking.yaml", UndertakingWords)
    return read
