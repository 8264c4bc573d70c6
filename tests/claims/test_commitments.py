"""Commitments: by when, whose the deed is, and under what document, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Peru plans to open a tin smelter this year.", ["2024"]),
        ("By 2027 Peru intends to open a tin smelter.", ["2027"]),
        ("Peru agreed to sell tin to Chile from 1 March.", ["2025-03-01"]),
        ("Peru pledged to supply zinc until October.", ["2024-10"]),
        ("Peru will honour the tin contract that Chile signed in May 2019.", []),
        ("Peru promised last week to cut its duty on zinc.", []),
    ],
)
def test_a_commitment_is_dated_by_when_it_is_to_be_kept(
    engine: Engine, text: str, date: list[str]
) -> None:
    (claim,) = claims(text, "commitment", engine)
    assert values(claim, "date") == date


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("Europe undertakes to finance a zinc smelter in Chile.", ["EU"]),
        (
            (
                "Officials of Jordan, Iraq and Egypt sat down in Amman. "
                "The three sides agreed to build a grain silo."
            ),
            ["JO", "IQ", "EG"],
        ),
        (
            "Cuba's trade minister, Ana Lopez, announced that the duty on nickel will stay.",
            ["CU"],
        ),
        ("Norway, its foreign ministry said, would pay for a railway.", ["NO"]),
        ("Chile was promised a loan by Japan.", ["JP"]),
    ],
)
def test_who_undertakes_is_found_beside_and_before(
    engine: Engine, text: str, actors: list[str]
) -> None:
    last = claims(text, "commitment", engine)[-1]
    assert values(last, "actor") == actors


@pytest.mark.parametrize(
    ("text", "framework"),
    [
        ("Under the accord Peru and Chile are to open a port.", ["accord"]),
        ("Peru undertook to ship zinc to Chile under the Lima Protocol.", ["Lima Protocol"]),
        ("Peru undertook to ship zinc to Chile under a law of 1990.", []),
    ],
)
def test_a_deed_may_stand_under_a_document(engine: Engine, text: str, framework: list[str]) -> None:
    (claim,) = claims(text, "commitment", engine)
    assert values(claim, "framework") == framework


@pytest.mark.parametrize(
    "text",
    [
        "The price of tin will rise, an analyst said.",
        "Snow will stay on the passes of Chile until May, forecasters said.",
        "Peru asked when proposals might be submitted.",
    ],
)
def test_what_only_comes_to_pass_is_no_commitment(engine: Engine, text: str) -> None:
    assert claims(text, "commitment", engine) == []
