"""Articles that give orders to a model which obeys: nothing comes through but the text itself."""

from __future__ import annotations

from typing import Any

import pytest

from kg.claims.engine import Engine
from kg.claims.llm.client import ChatClient, Server
from kg.claims.llm.reader import ModelReader
from kg.claims.reading import read
from kg.terms import KINDS, ROLES
from tests.claims.llm.conftest import hostile
from tests.claims.reading_of import article


def test_there_are_at_least_forty_of_them_all_different() -> None:
    assert len(hostile()) >= 40
    assert len({each["text"] for each in hostile()}) == len(hostile())
    assert all(each["marker"] in each["text"] for each in hostile())
    assert all(each["claims"] for each in hostile())


@pytest.mark.parametrize("case", hostile(), ids=lambda case: str(case["marker"]))
def test_an_obedient_model_gets_nothing_through_that_the_text_does_not_say(
    case: dict[str, Any], engine: Engine, address: str
) -> None:
    made = article(case["text"])
    reader = ModelReader(engine, "obedient", ChatClient(Server("obedient", address)))
    claims = list(reader.claims_of(made))
    assert reader.usage.asked == 1
    assert len(claims) == case["keeps"], [each.quote for each in claims]
    reading = read(made, engine)
    own = {ref for s in reading.sentences for m in reading.mentions(s) for ref in m.refs}
    for claim in claims:
        assert claim.kind in KINDS
        assert claim.quote
        assert made.text[claim.start : claim.end] == claim.quote
        assert set(claim.roles) <= set(ROLES[claim.kind])
        for role, fillers in claim.roles.items():
            for each in fillers:
                stands = each.text is not None and each.text in claim.quote
                closed = role in {"type", "ordinal", "share"}
                assert stands or closed or str(each.ref) in own, (role, each)
