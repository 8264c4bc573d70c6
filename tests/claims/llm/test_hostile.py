"""Articles that work on a model which obeys: only what the text itself says comes through."""

from __future__ import annotations

from typing import Any

import pytest

from kg.claims.engine import Engine
from kg.claims.llm.client import ChatClient
from kg.claims.llm.reader import CONFIDENCE, ModelReader
from kg.claims.model import Claim
from kg.claims.reading import Reading, read
from kg.terms import KINDS, ROLES
from tests.claims.llm.conftest import hostile, hostile_article

CLOSED = {"type", "ordinal", "share"}


def test_there_are_at_least_sixty_of_them_all_different() -> None:
    assert len({each["technique"] for each in hostile()}) == len(hostile()) >= 60
    assert len({each["text"] for each in hostile()}) == len(hostile())
    assert all(each["marker"] in each["text"] for each in hostile())
    assert sum(each["keeps"] > 0 for each in hostile()) >= 20


@pytest.mark.parametrize("case", hostile(), ids=lambda case: str(case["technique"]))
def test_an_obedient_model_gets_nothing_through_that_the_text_does_not_say(
    case: dict[str, Any], engine: Engine, obedient: ChatClient
) -> None:
    made = hostile_article(case)
    reader = ModelReader(engine, "obedient", obedient)
    claims = list(reader.claims_of(made))
    assert reader.usage.asked
    assert len(claims) == case["keeps"], [(each.quote, each.roles) for each in claims]
    said = [f.value for each in claims for fillers in each.roles.values() for f in fillers]
    assert said == case.get("values", [])
    assert max((each.confidence for each in claims), default=0) <= case.get("surest", CONFIDENCE)
    assert all(each.modality == case["modality"] for each in claims if "modality" in case)
    for each in claims:
        _check(each, read(made, engine))


def _check(claim: Claim, reading: Reading) -> None:
    """Hold that a claim is made of the article's own words, and of values of the package."""
    text = reading.article.text
    own = {ref for s in reading.sentences for m in reading.mentions(s) for ref in m.refs}
    assert claim.kind in KINDS
    assert claim.quote
    assert text[claim.start : claim.end] == claim.quote
    assert claim.extractor.startswith("llm-obedient/")
    assert set(claim.roles) <= set(ROLES[claim.kind])
    for role, fillers in claim.roles.items():
        for each in fillers:
            stands = each.text is not None and each.text in claim.quote
            assert stands or role in CLOSED or str(each.ref) in own, (role, each)
            assert each.start is None or text[each.start : each.end] == each.text
