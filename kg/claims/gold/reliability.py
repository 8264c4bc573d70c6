"""Whether confidence means what it says: claims with their confidence in, a table of bands out.

A claim is right when it is paired with a gold claim. The expected calibration error is the gap
between confidence and the share right, averaged over the bands by their claims (Naeini, Cooper
and Hauskrecht 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from kg.claims.gold.scoring import Evaluation

EDGES: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Band:
    """Claims whose confidence is at least `low` and below `high` (the last band has 1.0 too)."""

    low: float
    high: float
    claims: int
    right: int
    confidence: float  # mean of its claims

    @property
    def share(self) -> float:
        """Share of its claims that are right."""
        return self.right / self.claims if self.claims else 0.0

    @property
    def gap(self) -> float:
        """How far the share lies from the mean confidence."""
        return abs(self.share - self.confidence)


@dataclass(frozen=True, slots=True)
class Reliability:
    """The bands, lowest first, and how far confidence is off on the whole."""

    bands: tuple[Band, ...]

    @property
    def claims(self) -> int:
        """How many claims there are in all bands."""
        return sum(band.claims for band in self.bands)

    @property
    def error(self) -> float:
        """The expected calibration error: 0 where confidence is the share right."""
        return sum(band.claims * band.gap for band in self.bands) / max(self.claims, 1)


def reliability(judged: Iterable[tuple[float, bool]]) -> Reliability:
    """Tabulate claims, each as its confidence and whether it is right.

    >>> [band.claims for band in reliability([(0.95, True), (1.0, True), (0.8, False)]).bands]
    [0, 0, 0, 0, 1, 2]
    """
    claims = list(judged)
    return Reliability(tuple(_band(low, high, claims) for low, high in pairwise(EDGES)))


def reliability_of(evaluation: Evaluation) -> Reliability:
    """Tabulate the claims of an evaluation."""
    return reliability(
        (claim.confidence, j in right)
        for article in evaluation.articles
        for right in [{j for _, j in article.pairs}]
        for j, claim in enumerate(article.got)
    )


def _band(low: float, high: float, claims: Sequence[tuple[float, bool]]) -> Band:
    top = high == EDGES[-1]
    inside = [each for each in claims if low <= each[0] and (each[0] < high or top)]
    mean = sum(confidence for confidence, _ in inside) / len(inside) if inside else 0.0
    return Band(low, high, len(inside), sum(right for _, right in inside), mean)
