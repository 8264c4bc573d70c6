"""Lists of words that the rules of the kinds ask for: a data file in, one frozen record out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The data of `wording.yaml`; each list is explained there."""

    source: str
    directions: dict[str, Words]
    instruments: Words
    voices: Words
    parties: Words
    idle: Words
    meeting: Words
    public: Words
    speech: Words
    initiatives: Words
    cooperation: Words
    listing: Words
    deeds: Words
    wanting: Words
    money: Words
    timing: Words
    acts: Words
    untitled: Words
    ranks: Words
    fractions: Words
    abroad: Words
    watching: Words
    urging: Words
    bundles: Words
    passage: Words
    leaving: Words
    allowing: Words
    subjecting: Words
    needing: Words
    burdening: Words
    weighing: Words
    holding: Words
    lapsing: Words
    measures: Words
    mostly: Words
    sending: Words
    damning: Words
    circles: Words
    courtesies: Words
    showing: Words
    moves: Words
    telling: Words
    targets: Words
    private: Words
    handing: Words
    asserting: Words
    incomes: Words
    refusing: Words
    expecting: Words
    coming: Words
    lying: Words
    making: Words
    buying: Words
    yardsticks: Words
    limits: tuple[str, ...]
    denying: Words
    charges: Words
    bringing: Words
    concluding: Words
    adopting: Words
    presenting: Words
    times: Words
    ones: Words
    going_on: Words


@cache
def wording() -> Wording:
    """Give the word lists."""
    read: Wording = lexicon("claims", "wording.yaml", Wording)
    return read
