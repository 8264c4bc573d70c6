"""What an article denies, corrects or takes for granted is told as such, whatever the kind."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from kg.terms import Kind
from tests.claims.reading_of import claims, values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Nor is it true, as a blogger wrote, that Togo has banned exports of manganese.",
            "control",
        ),
        ("It is untrue that Togo banned exports of manganese.", "control"),
        ("The gazette wrongly reported that Togo had banned exports of manganese.", "control"),
        ("No country has banned exports of manganese, but Togo has banned none either.", "control"),
        ("No joint statement was issued by Malta and Cyprus.", "document"),
        ("Malta and Cyprus signed no memorandum in Valletta.", "document"),
        ("An earlier version falsely said that Malta and Cyprus signed a treaty.", "document"),
        ("None of the ministers of Malta and Cyprus pledged to cut tariffs.", "commitment"),
    ],
)
def test_what_is_denied_is_negative(text: str, kind: Kind, engine: Engine) -> None:
    found = claims(text, kind, engine)
    assert {claim.polarity for claim in found} <= {"negative"}
    assert found or text.startswith(("No country", "None"))  # of whom nothing need be said


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Malta and Cyprus cannot agree on when their ministers met in Sliema.", "meeting", "held"),
        ("Togo will not lift the export ban on manganese imposed in 2019.", "control", "in-force"),
        ("Malta sold no tuna because Togo banned exports of manganese.", "control", "in-force"),
        ("Malta did not attend and sent a note, while Togo banned manganese exports.", "control",
         "in-force"),
    ],
)  # fmt: skip
def test_what_is_taken_for_granted_is_not_denied(
    text: str, kind: Kind, status: str, engine: Engine
) -> None:
    [claim] = claims(text, kind, engine)
    assert (claim.polarity, claim.status) == (None, status)


def test_a_paper_that_says_we_speaks_for_no_state(engine: Engine) -> None:
    text = "Malta and Cyprus met in Valletta on Monday. We oppose quotas on tuna."
    assert not claims(text, "concern", engine)
    released = claims(text, "concern", engine, publisher="Ministry of Trade of Malta")
    assert [values(claim, "holder") for claim in released] == [["MT"]]


def test_whoever_speaks_in_a_transcript_is_not_those_he_spoke_of(engine: Engine) -> None:
    text = (
        "MINISTER ABELA: I met the ministers of Cyprus and Togo.\n"
        "QUESTION: And quotas?\n"
        "MINISTER ABELA: We oppose quotas on tuna."
    )
    for claim in claims(text, "concern", engine):
        assert not {"CY", "TG"} & set(values(claim, "holder"))


@pytest.mark.parametrize(
    ("text", "dates", "places"),
    [
        (
            "A story published on 3 May about talks of Malta and Cyprus in Valletta was retracted.",
            [],
            ["Valletta"],
        ),
        (
            "Malta signed a treaty on Tuesday, two weeks after it held talks in Valletta.",
            [],
            ["Valletta"],
        ),
    ],
)
def test_a_meeting_does_not_take_the_day_of_what_tells_of_it(
    text: str, dates: list[str], places: list[str], engine: Engine
) -> None:
    [claim] = claims(text, "meeting", engine)
    assert values(claim, "date") == dates
    assert values(claim, "place") == places


def test_a_document_takes_neither_deadline_nor_place_of_other_clauses(engine: Engine) -> None:
    text = (
        "Malta and Cyprus pledged to plant a million trees by 2031, according to a joint statement"
        " issued after the talks."
    )
    [claim] = claims(text, "document", engine)
    assert "date" not in claim.roles
    text = "Malta and Cyprus signed a treaty on Tuesday, a year after they held talks in Valletta."
    [claim] = claims(text, "document", engine)
    assert values(claim, "date") == ["2024-06-25"]
    assert "place" not in claim.roles
