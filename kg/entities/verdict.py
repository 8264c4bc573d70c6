"""An opinion on two profiles: a verdict with its score, the rule that it follows and its reasons.

A score becomes a verdict by two thresholds. A weak likeness alone is no sign of two, only of none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.entities.lexicons import weights
from kg.entities.model import Verdict

NAMESAKE: Final = "rule/namesake"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the rules say of two profiles."""

    verdict: Verdict
    score: float
    rule: str
    reasons: tuple[str, ...]

    def worth_noting(self) -> bool:
        """Say whether the log should hold it: names that have nothing in common are no news."""
        return self.rule not in ("rule/name-kin", "rule/name-unlike")


def weighed(score: float, rule: str, reasons: Iterable[str], *, against: bool) -> Opinion:
    """Turn a score into a verdict; what speaks `against` makes two of what is too little."""
    bounded = max(0.0, round(score, 4))  # beyond 1 it still tells one rival from another
    verdict: Verdict = "different" if against else "unsure"
    if bounded >= weights().same:
        verdict = "same"
    elif bounded >= weights().unsure:
        verdict = "unsure"
    return Opinion(verdict, bounded, rule, tuple(reasons))
