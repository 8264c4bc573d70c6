"""How much each piece of evidence counts: a data file in, weights by kind and name out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of each kind, by the name of the evidence."""

    meeting: dict[str, float]
    document: dict[str, float]
    proposition: dict[str, float]
    control: dict[str, float]


@cache
def weights() -> Weights:
    """Give the weights that the data file holds."""
    known: Weights = lexicon("events", "weights.yaml", Weights)
    return known
