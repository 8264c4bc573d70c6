"""Articles about other affairs: the words of diplomacy without a state, bloc or public body."""

from __future__ import annotations

from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from tests.claims.reading_of import article

RESULTS = [
    "Harrow Pumps warned on Tuesday that orders had thinned.",
    "Chief executive Dora Lindqvist said the board had agreed to close a foundry.",
    "Talks with two lenders will be held next week.",
    "She promised shareholders a dividend by the summer.",
    "An agreement on pay was signed in March.",
    "Analysts criticised the plan.",
    "The firm holds a third of the market for bilge pumps.",
    "Its chairman met investors in the afternoon.",
    "A spokeswoman declined to comment.",
]


def test_a_firm_among_firms_gives_no_claim(engine: Engine) -> None:
    assert not list(claims_of(article("\n".join(RESULTS)), engine))


def test_one_state_makes_it_an_article_like_others(engine: Engine) -> None:
    text = "\n".join([*RESULTS, "Norway agreed on Monday to buy pumps for its navy."])
    assert any(each.kind == "commitment" for each in claims_of(article(text), engine))
