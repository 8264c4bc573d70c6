"""Whether one run is better than another: two evaluations of one gold set in, differences out.

p is that of the paired approximate randomisation test (Noreen 1989, "Computer-Intensive Methods
for Testing Hypotheses"; Yeh 2000, "More accurate tests for the statistical significance of result
differences"): articles, the unit of sampling, swap sides at random, and p is how often the
difference gets as large, two-sided. The interval is the percentile interval of the paired
bootstrap over articles (Efron and Tibshirani 1993). The seed is fixed: same input, same figures.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.claims.gold.scoring import Evaluation, share

ROUNDS: Final = 10_000
SEED: Final = 20_000
MEASURES: Final = ("claims F1", "roles F1", "score")

Counts = tuple[int, int, int, int, int, int]
"""Claims right, given and gold; fillers right, given and gold."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far the second run lies above the first in one measure, with 95 % interval and p."""

    measure: str
    first: float
    second: float
    low: float
    high: float
    p: float

    @property
    def difference(self) -> float:
        """Second less first."""
        return self.second - self.first


def differences(
    first: Evaluation, second: Evaluation, rounds: int = ROUNDS
) -> tuple[Difference, ...]:
    """Compare two runs over the same articles, measure by measure."""
    one, other = _counts(first), _counts(second)
    before, after = _measures(_sum(one)), _measures(_sum(other))
    observed = _less(after, before)
    shuffled = _shuffled(one, other, rounds)
    drawn = _drawn(one, other, rounds)
    found = []
    for at, measure in enumerate(MEASURES):
        as_large = sum(abs(each[at]) >= abs(observed[at]) - 1e-12 for each in shuffled)
        low, high = _interval([each[at] for each in drawn])
        p = (as_large + 1) / (rounds + 1)
        found.append(Difference(measure, before[at], after[at], low, high, p))
    return tuple(found)


def _shuffled(
    one: Sequence[Counts], other: Sequence[Counts], rounds: int
) -> list[tuple[float, ...]]:
    """Give the differences after the articles have swapped sides at random."""
    dice = random.Random(SEED)  # noqa: S311 - a test of significance hides nothing
    found = []
    for _ in range(rounds):
        bits = dice.getrandbits(max(len(one), 1))
        sides = [(b, a) if bits >> n & 1 else (a, b) for n, (a, b) in _numbered(one, other)]
        before, after = [a for a, _ in sides], [b for _, b in sides]
        found.append(_less(_measures(_sum(after)), _measures(_sum(before))))
    return found


def _drawn(one: Sequence[Counts], other: Sequence[Counts], rounds: int) -> list[tuple[float, ...]]:
    """Give the differences over articles drawn with replacement, the same for both runs."""
    dice = random.Random(SEED)  # noqa: S311 - the same
    places = range(len(one))
    found = []
    for _ in range(rounds):
        taken = dice.choices(places, k=len(one)) if one else []
        before, after = [one[n] for n in taken], [other[n] for n in taken]
        found.append(_less(_measures(_sum(after)), _measures(_sum(before))))
    return found


def _interval(values: Sequence[float]) -> tuple[float, float]:
    """Give the middle 95 % of the values."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.025 * last)], ordered[round(0.975 * last)]


def _counts(evaluation: Evaluation) -> list[Counts]:
    tallies = [article.tally for article in evaluation.articles]
    return [(t.right, t.got, t.gold, t.role_right, t.role_got, t.role_gold) for t in tallies]


def _measures(counts: Counts) -> tuple[float, float, float]:
    claims, roles = share(*counts[:3]).f1, share(*counts[3:]).f1
    return claims, roles, (claims + roles) / 2


def _sum(counts: Sequence[Counts]) -> Counts:
    a, b, c, d, e, f = (sum(each) for each in zip(*counts, strict=True)) if counts else [0] * 6
    return a, b, c, d, e, f


def _less(left: Sequence[float], right: Sequence[float]) -> tuple[float, ...]:
    return tuple(a - b for a, b in zip(left, right, strict=True))


def _numbered(
    one: Sequence[Counts], other: Sequence[Counts]
) -> list[tuple[int, tuple[Counts, Counts]]]:
    return list(enumerate(zip(one, other, strict=True)))
