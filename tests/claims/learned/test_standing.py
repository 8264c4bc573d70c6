"""Arguments of a predicate are found where the parse lends them from elsewhere."""

from __future__ import annotations

import pytest
from spacy.tokens import Span, Token

from kg.claims.engine import Engine
from kg.claims.learned.standing import clause_of, label_at, labels, subjects_of
from kg.claims.reading import read
from tests.claims.reading_of import article


def span_of(engine: Engine, text: str) -> Span:
    return read(article(text), engine).sentences[0].span


def word(span: Span, text: str) -> Token:
    return next(token for token in span if token.text == text)


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Peru agreed to sell tin.", "sell", "Peru"),
        ("Peru met Chile and promised tin.", "promised", "Peru"),
        ("Chile urged Peru to sell tin.", "sell", "Peru"),
        ("The minister, who promised tin, left.", "promised", "minister"),
    ],
)
def test_a_verb_without_a_subject_is_lent_one(
    engine: Engine, text: str, verb: str, subject: str
) -> None:
    span = span_of(engine, text)
    found, _ = subjects_of(word(span, verb))
    assert [token.text for token in found] == [subject]


def test_an_agent_and_what_is_done_to_are_told_apart(engine: Engine) -> None:
    span = span_of(engine, "Exports of tin were banned by Peru.")
    held = labels(word(span, "banned"))
    assert label_at(held, word(span, "Peru")) == "agent"
    assert label_at(held, word(span, "Exports")) == "psubj"


def test_the_owner_of_a_noun_is_its_own_argument(engine: Engine) -> None:
    span = span_of(engine, "Peru's ban on tin angered miners.")
    assert label_at(labels(word(span, "ban")), word(span, "Peru")) == "poss"


def test_a_member_of_a_list_stands_as_the_first_of_it(engine: Engine) -> None:
    span = span_of(engine, "Peru and Chile agreed to sell tin.")
    held = labels(word(span, "agreed"))
    assert label_at(held, word(span, "Chile")) == label_at(held, word(span, "Peru")) == "subj"


def test_what_stands_outside_the_clause_has_no_label(engine: Engine) -> None:
    span = span_of(engine, "Peru agreed.")
    assert label_at(labels(word(span, "agreed")), word(span, ".")) == ""


def test_the_clause_of_a_noun_is_that_of_its_verb(engine: Engine) -> None:
    span = span_of(engine, "Peru signed an accord.")
    assert clause_of(word(span, "accord")) == word(span, "signed")
