"""Lines without end neither stop a build nor move an offset."""

from __future__ import annotations

import pytest

from kg.articles.lines import lines_of
from kg.articles.model import Article
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from kg.claims.sentences import LONGEST_BLOCK, LONGEST_SENTENCE, sentences_of

TALKS = "Norway and Chile held talks on copper in Oslo on 3 May 2021."


def article_of(text: str) -> Article:
    return Article("long", text, lines=tuple(lines_of(text)))


@pytest.mark.parametrize("filler", ["tin, lead and zinc, ", "x", "Ores sank in price again. "])
def test_a_line_without_end_costs_no_claim_before_or_after_it(filler: str, engine: Engine) -> None:
    endless = filler * (2 * LONGEST_BLOCK // len(filler))
    text = f"Metals\n\n{TALKS}\n\n{endless}\n\n{TALKS}\n"
    claims = [each for each in claims_of(article_of(text), engine) if each.kind == "meeting"]
    assert [each.quote for each in claims] == [TALKS, TALKS]
    assert all(text[each.start : each.end] == each.quote for each in claims)


def test_long_lines_are_cut_between_sentences(engine: Engine) -> None:
    text = "Metals\n\n" + " ".join([TALKS] * (LONGEST_BLOCK // len(TALKS) + 9)) + "\n"
    found = [each for each in sentences_of(article_of(text), engine) if each.role == "body"]
    assert {each.text for each in found} == {TALKS}
    assert all(text[each.start : each.end] == each.text for each in found)


def test_what_is_longer_than_any_sentence_is_left_out(engine: Engine) -> None:
    text = f"Metals\n\n{TALKS} {'tin ' * (LONGEST_SENTENCE + 50)}\n"
    assert all(
        len(each.span) <= LONGEST_SENTENCE for each in sentences_of(article_of(text), engine)
    )
