"""Lines in capitals are read as if they were written in ordinary letters."""

from __future__ import annotations

import pytest

from kg.claims.casing import is_shouted
from kg.claims.engine import Engine
from kg.claims.model import Claim
from tests.claims.reading_of import claims, values


def lowered(text: str, engine: Engine) -> str:
    assert engine.casing is not None
    return engine.casing.lowered(text)


def test_a_line_in_capitals_is_written_small_but_for_its_names(engine: Engine) -> None:
    text = "THE MINISTER OF MINES OF PERU, MS ROSA QUISPE, SPOKE IN LIMA ON 3 MAY."
    assert lowered(text, engine) == (
        "The minister of mines of Peru, Ms Rosa Quispe, spoke in Lima on 3 May."
    )


@pytest.mark.parametrize("text", ["ACCRA", "Ghana and Togo met in Lomé on Friday to talk."])
def test_other_lines_stay_as_they_are(text: str, engine: Engine) -> None:
    assert not is_shouted(text)
    assert lowered(text, engine) == text


@pytest.mark.parametrize("text", ["GHANA’S ÄLTESTER MINISTER SAID IT WOULD BAN TIN.", "A" * 99])
def test_letters_keep_their_places(text: str, engine: Engine) -> None:
    assert len(lowered(text, engine)) == len(text)


def test_claims_quote_the_capitals_of_the_text(engine: Engine) -> None:
    text = "INDONESIA BANNED EXPORTS OF NICKEL ORE IN JANUARY 2020."
    found: list[Claim] = claims(text, "control", engine)
    assert [claim.quote for claim in found] == [text]
    assert values(found[0], "imposer") == ["ID"]
    assert found[0].fillers("item")[0].text == "NICKEL ORE"
