"""What nobody undertakes: silence, plans that were called off, tales that are untrue."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from tests.claims.reading_of import article, claims, values


@pytest.mark.parametrize(
    "text",
    [
        "The White House declined to comment.",
        "Norway declined to say whether it would sign the pact.",
        "Latvia and Oman had planned a summit on tin in Riga, but postponed it.",
    ],
)
def test_silence_and_plans_called_off_are_no_commitment(text: str, engine: Engine) -> None:
    kinds = {claim.kind for claim in claims_of(article(text), engine)}
    assert "commitment" not in kinds


def test_who_calls_a_tale_untrue_blames_nobody(engine: Engine) -> None:
    text = "Chile dismissed the allegations against Peru as baseless."
    assert "concern" not in {claim.kind for claim in claims_of(article(text), engine)}


def test_what_a_report_says_that_is_not_true_is_denied(engine: Engine) -> None:
    text = "The ministry said that the report that Fiji will restrict exports of tin is not true."
    found = [c for c in claims_of(article(text), engine) if c.kind in {"commitment", "control"}]
    assert found
    assert {claim.polarity for claim in found} == {"negative"}


def test_a_government_is_its_state(engine: Engine) -> None:
    text = "Pursuant to the Act, the Government of Australia has imposed sanctions on two firms."
    (claim,) = claims(text, "control", engine)
    assert values(claim, "imposer") == ["AU"]


def test_a_metal_that_ends_like_a_participle_is_an_item(engine: Engine) -> None:
    text = "Peru imposed export controls on tungsten and four other metals in February."
    (claim,) = claims(text, "control", engine)
    assert values(claim, "item") == ["tungsten"]
