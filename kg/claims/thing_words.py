"""The lexicon of things: a wording in, the thing it names out.

`things.csv` holds what is known (materials, technologies, sectors, instruments, subjects) with its
normal form; `things.yaml` holds the words that do not name a thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from kg.resources import lexicon, table

Family = Literal["material", "technology", "sector", "instrument", "subject"]
GOODS: Final = ("material", "technology")


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A row of `things.csv`."""

    label: str
    family: Family
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ThingWords:
    """The data of `things.yaml`; each list is explained there."""

    source: str
    unnamed: frozenset[str]
    transparent: frozenset[str]
    general: frozenset[str]
    vague: frozenset[str]
    empty: frozenset[str]
    trade: frozenset[str]


def known(wording: str) -> ThingRow | None:
    """Give the row of the thing that the lexicon knows under this wording.

    >>> known("Rare-earth elements").label
    'rare earths'
    """
    return _rows().get(_plain(wording))


def known_goods(wording: str) -> bool:
    """Say whether a wording is, or ends in, a material or technology that the lexicon knows."""
    parts = _plain(wording).split()
    rows = (known(" ".join(parts[i:])) for i in range(len(parts)))
    return any(row is not None and row.family in GOODS for row in rows)


@cache
def words() -> ThingWords:
    """Give the lists of words that do not name a thing."""
    read: ThingWords = lexicon("claims", "things.yaml", ThingWords)
    return read


@cache
def _rows() -> Mapping[str, ThingRow]:
    found: dict[str, ThingRow] = {}
    for row in table("claims", "things.csv", ThingRow):
        for wording in (row.label, *row.variants):
            found.setdefault(_plain(wording), row)
    return found


def _plain(wording: str) -> str:
    return " ".join(wording.lower().replace("-", " ").split())
