"""Pronouns: whom "we" and "them" stand for, and whom they cannot."""

from __future__ import annotations

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values


def test_we_in_a_quotation_are_those_for_whom_its_speaker_acts(engine: Engine) -> None:
    text = (
        "Mali and Niger met in Bamako. Togo taxed gold and tin."
        ' "We are concerned about them," said Ghana\'s trade minister, Kofi Adu.'
    )
    (claim,) = claims(text, "concern", engine)
    assert values(claim, "holder") == ["GH"]
    assert not {"ML", "NE"} & set(values(claim, "target"))


def test_them_are_not_states_where_things_stand_nearer(engine: Engine) -> None:
    text = "Mali and Niger defended the measures. Ghana is worried about them and the tin tariffs."
    (claim,) = claims(text, "concern", engine)
    assert values(claim, "holder") == ["GH"]
    assert not claim.fillers("target")


def test_them_are_the_states_named_before_otherwise(engine: Engine) -> None:
    text = "Mali and Niger held talks in Bamako. Ghana criticised them for leaving it out."
    (claim,) = claims(text, "concern", engine)
    assert set(values(claim, "target")) == {"ML", "NE"}
