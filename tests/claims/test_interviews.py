"""Interviews and briefings: who answers says it; what is asked is asserted by nobody."""

from __future__ import annotations

import pytest

from kg.articles.model import Article
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from kg.claims.model import Claim
from kg.claims.transcripts import Transcript
from tests.claims.reading_of import article, values

INTRO = "Chilean Mining Minister Rosa Vidal spoke to this paper about lithium.\n"
KINDS = {"control", "concern", "commitment", "meeting", "document"}


def told(text: str, engine: Engine) -> list[Claim]:
    return [each for each in claims_of(article(text), engine) if each.kind in KINDS]


@pytest.mark.parametrize(
    ("asking", "answering"),
    [
        ("Q:", "A:"),
        ("Q.", "A."),
        ("**Q1:**", "**A1:**"),
        ("Question:", "Answer:"),
        ("Reporter:", "Minister Vidal:"),
        ("Harbour Herald:", "Rosa Vidal:"),
        ("AFP:", "Vidal:"),
        ("Moderator:", "Minister:"),
    ],
)
def test_an_answer_is_claimed_on_the_word_of_who_gives_it(
    asking: str, answering: str, engine: Engine
) -> None:
    text = (
        f"{INTRO}{asking} Peru has banned exports of tin. Will Chile follow?\n"
        f"{answering} Chile agreed with Bolivia to share stocks of lithium."
    )
    (claim,) = told(text, engine)
    assert (claim.kind, values(claim, "actor")) == ("commitment", ["CL"])
    assert values(claim, "counterparty") == ["BO"]
    assert [each.value for each in claim.attribution] == ["Rosa Vidal"]


def test_we_in_an_answer_is_the_state_of_who_answers(engine: Engine) -> None:
    text = f"{INTRO}Q: Are you worried?\nA: A little. We are concerned about the price of lithium."
    (claim,) = told(text, engine)
    assert (claim.kind, values(claim, "holder")) == ("concern", ["CL"])


def test_initials_are_a_label(engine: Engine) -> None:
    text = (
        f"{INTRO}Harbour Herald: Will you sign?\nRV: We will sign an agreement with Peru.\n"
        "Harbour Herald: Is Peru willing?\nRV: Peru agreed to cut its tariffs on lithium."
    )
    speakers = {each.value for claim in told(text, engine) for each in claim.attribution}
    assert speakers == {"Rosa Vidal"}


def test_what_a_question_cites_somebody_for_is_a_claim(engine: Engine) -> None:
    text = f"{INTRO}Q: Reuters reported that Peru banned exports of tin. Is it so?\nA: Ask Lima."
    (claim,) = told(text, engine)
    assert [each.value for each in claim.attribution] == ["Reuters"]


@pytest.mark.parametrize(
    "text",
    [
        "Chile banned exports of tin.\nBackground: Peru banned exports of zinc in 2020.",
        "Santiago: Chile banned exports of tin.\nLima: Peru banned exports of zinc.",
        "A Peruvian ban on exports of tin drew fire.\nChile banned exports of zinc.",
    ],
)
def test_lines_with_a_colon_are_no_interview(text: str, engine: Engine) -> None:
    found = told(text, engine)
    assert found
    assert not any(claim.attribution for claim in found)


def test_nobody_is_named_by_an_article_without_persons() -> None:
    made: Article = article("Q: Will you go?\nA: No.")
    turns = Transcript({}, made).turns
    assert [(each.asked, each.speaker) for each in turns] == [(True, None), (False, None)]


@pytest.mark.parametrize("verb", ["is said", "is reported", "is believed"])
def test_who_is_said_to_have_done_it_does_not_say_so(verb: str, engine: Engine) -> None:
    found = told(f"Russia {verb} to have agreed to buy tungsten from Chile.", engine)
    assert not any(claim.attribution for claim in found)
