"""How sure a claim is: what its reader states in, the share of such claims that are right out.

A reader states how surely a trigger means its kind and its main role was read (`kg.claims.draft`),
or what the trained part computes. `confidence.csv` counts how many practice claims of that kind,
stated so, were right on texts that no rule was written for; few claims are pulled towards the
share of all kinds that state the same. `python -m benchmarks.calibrate` writes the table anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.resources import table
from kg.terms import Kind

PULL: Final = 8  # claims that the share of all kinds counts for, beside those of the kind itself
TRUST: Final = 4  # claims that the statement itself counts for, beside those that were counted
STEP: Final = 0.1  # statements are counted in steps of this size


@dataclass(frozen=True, slots=True)
class Counted:
    """Practice claims of a kind whose reader stated the same: how many, how many right."""

    reader: str  # "rules" or "learned"
    kind: Kind
    stated: float
    claims: int
    right: int


def step_of(stated: float) -> float:
    """Give the step that a statement is counted in.

    >>> step_of(0.855), step_of(0.7), step_of(1)
    (0.8, 0.7, 0.9)
    """
    return round(min(int(stated / STEP + 1e-6), int(1 / STEP) - 1) * STEP, 2)


@cache
def calibrated(reader: str, kind: Kind, stated: float) -> float:
    """Give the share of claims of this kind, stated so by this reader, that is right."""
    step = step_of(stated)
    same = [row for row in _rows().get(reader, ()) if row.stated == step]
    if not same:
        return round(stated, 2)
    overall = _share(sum(row.right for row in same), sum(row.claims for row in same), TRUST, stated)
    own = [row for row in same if row.kind == kind]
    right, claims = sum(row.right for row in own), sum(row.claims for row in own)
    return round(_share(right, claims, PULL, overall), 2)


def _share(right: int, claims: int, pull: float, towards: float) -> float:
    return (right + pull * towards) / (claims + pull)


@cache
def _rows() -> dict[str, tuple[Counted, ...]]:
    found: dict[str, list[Counted]] = defaultdict(list)
    for row in table("claims", "confidence.csv", Counted):
        found[row.reader].append(row)
    return {reader: tuple(rows) for reader, rows in found.items()}
