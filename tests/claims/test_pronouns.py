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


def test_we_in_a_statement_are_all_whose_ministers_it_begins_with(engine: Engine) -> None:
    text = (
        "We, the Trade Ministers of Canada, Chile, Japan and the High Representative of the"
        " European Union, met in Osaka.\nWe commit to open markets for tin."
    )
    (claim,) = claims(text, "commitment", engine)
    assert set(values(claim, "actor")) == {"CA", "CL", "JP", "EU"}


def test_the_ministers_are_all_of_them_not_those_in_the_chair(engine: Engine) -> None:
    text = (
        "The Ministers of Chile, Peru, Norway and Fiji met in Santiago. The talks were co-chaired"
        " by Rosa Paz, Minister of Mining of Chile, and Kari Holm, Minister of Trade of Norway.\n"
        "The Ministers reaffirmed their commitment to open markets for copper."
    )
    (claim,) = claims(text, "commitment", engine)
    assert set(values(claim, "actor")) == {"CL", "PE", "NO", "FJ"}
    (meeting, *_) = claims(text, "meeting", engine)
    assert set(values(meeting, "party")) == {"CL", "PE", "NO", "FJ"}
