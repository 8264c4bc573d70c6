"""Confidence is set against the share of claims that are right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.claims.gold.reliability import EDGES, reliability, reliability_of
from kg.claims.gold.scoring import evaluate
from tests.claims.gold.made import gold, statement


def test_confidence_that_says_what_is_so_has_no_error() -> None:
    found = reliability([(0.75, True)] * 3 + [(0.75, False)])
    assert found.error == 0
    assert [band.share for band in found.bands if band.claims] == [0.75]


def test_the_error_weighs_bands_by_their_claims() -> None:
    found = reliability([(0.95, False)] + [(0.65, True)] * 3)
    assert found.error == pytest.approx((0.95 + 3 * 0.35) / 4)


@pytest.mark.parametrize(
    ("confidence", "low"), [(0.0, 0.0), (0.49, 0.0), (0.5, 0.5), (0.9, 0.9), (1.0, 0.9), (1.5, 0.9)]
)
def test_a_band_holds_its_lower_edge_and_the_last_one_all_above(
    confidence: float, low: float
) -> None:
    assert [band.low for band in reliability([(confidence, True)]).bands if band.claims] == [low]


def test_no_claims_are_no_error() -> None:
    found = reliability([])
    assert (found.claims, found.error, len(found.bands)) == (0, 0, len(EDGES) - 1)


def test_a_claim_is_right_when_it_is_paired() -> None:
    sure = replace(statement("post", 0, 50), confidence=0.95)
    unsure = replace(statement("post", 200, 250), confidence=0.55)
    found = reliability_of(evaluate([gold(statement("post", 0, 50))], {"a": (sure, unsure)}))
    assert [(band.low, band.right, band.claims) for band in found.bands if band.claims] == [
        (0.5, 0, 1),
        (0.9, 1, 1),
    ]
