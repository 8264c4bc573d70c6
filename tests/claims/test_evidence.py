"""Evidence: every claim and filler stands in the article as it says, whatever the text holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.articles.model import Article
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from tests.claims.reading_of import article

TEXT = (
    "LIMA, May 3 (Andina) - Peru’s Trade Minister Ana Ruiz met with “her” Chilean counterpart.\n"
    "\n"
    "- On\u00a0Monday, Ruiz said that the two countries’ talks in Arica had been useful.\n"
    "The envoys of Peru, Chile and Bolivia, who had come by train from the highlands,\n"
    "agreed to meet again in La Paz next month.\n"
)
PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "Peru",
                "the U.S.-Japan",
                "Minister Ana Ruiz",
                "said",
                "met with",
                "talks",
                "in Lima",
            ),
            *(
                "on",
                "Monday",
                "(",
                ")",
                "“",
                "”",
                "\u00a0",
                "\n",
                ". ",
                ", ",
                "and",
                "’s",
                "🙂",
                "–",
            ),
            *(
                "Monday",
                "–",
                "will hold",
                "the two countries",
                "They",
                "first",
                "of Trade",
                "12 May",
            ),
        ]
    ),
    max_size=30,
)


def check(made: Article, engine: Engine) -> int:
    found = list(claims_of(made, engine))
    for claim in found:
        assert claim.quote == made.text[claim.start : claim.end]
        assert claim.quote == claim.quote.strip()
        for filler in (f for fillers in claim.roles.values() for f in fillers):
            if filler.start is not None:
                assert made.text[filler.start : filler.end] == filler.text
    assert len({claim.id for claim in found}) == len(found)
    return len(found)


def test_quotes_and_fillers_stand_where_they_say(engine: Engine) -> None:
    assert check(article(TEXT), engine) > 3


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=PIECES)
def test_no_text_moves_the_evidence(pieces: list[str], engine: Engine) -> None:
    check(article(" ".join(pieces)), engine)


def test_the_same_article_gives_the_same_claims(engine: Engine) -> None:
    assert list(claims_of(article(TEXT), engine)) == list(claims_of(article(TEXT), engine))


def test_claims_come_in_the_order_of_the_text(engine: Engine) -> None:
    starts = [claim.start for claim in claims_of(article(TEXT), engine)]
    assert starts == sorted(starts)


@pytest.mark.parametrize("text", ["", "\n\n", "   ", "- \n", "“”", "🙂"])
def test_a_text_without_sentences_gives_nothing(text: str, engine: Engine) -> None:
    assert list(claims_of(article(text), engine)) == []
