"""Meetings that newspapers tell in clauses, nouns and denials: roles and whether they were held."""

from __future__ import annotations

import pytest

from kg.claims.engine import Engine
from tests.claims.reading_of import claims, values

ROLES = ("party", "attendee", "host", "date", "place", "ordinal", "framework")


@pytest.mark.parametrize(
    ("text", "status", "roles"),
    [
        (
            "He is due in Lima on the 9th to see Ana Torres, the mining minister.",
            "planned",
            {"attendee": {"Ana Torres"}, "date": {"2024-07-09"}, "place": {"Lima"}},
        ),
        (
            "Han Okello, envoy of the president of Mali, was received by President Castillo.",
            "held",
            {"attendee": {"Han Okello", "Castillo"}},
        ),
        (
            (
                "The 12th Brazil-Norway Joint Trade Commission scheduled for the 30th in Oslo was "
                "postponed."
            ),
            "cancelled",
            {
                "party": {"BR", "NO"},
                "date": {"2024-06-30"},
                "place": {"Oslo"},
                "ordinal": {"12"},
                "framework": {"Brazil-Norway Joint Trade Commission"},
            },
        ),
        (
            (
                "A round-table with the importing nations, which was to have been held in Geneva "
                "this September, has been scrapped."
            ),
            "cancelled",
            {"party": {"importing nations"}, "date": {"2024-09"}, "place": {"Geneva"}},
        ),
        (
            "The envoys had been due to meet in Oslo on 2 June, but nobody came.",
            "cancelled",
            {"date": {"2024-06-02"}, "place": {"Oslo"}},
        ),
        (
            "Talks are due to resume in Geneva on Monday.",
            "planned",
            {"date": {"2024-07-01"}, "place": {"Geneva"}},
        ),
        (
            "Ministers meet in Luxembourg on Monday.",
            "planned",
            {"date": {"2024-07-01"}, "place": {"Luxembourg"}},
        ),
        (
            "Negotiators from Kenya and the EU concluded five days of talks in Mombasa.",
            "held",
            {"party": {"KE", "EU"}, "place": {"Mombasa"}},
        ),
        (
            "Britain and Turkey opened talks on a new trade pact in London on Monday.",
            "held",
            {"party": {"GB", "TR"}, "date": {"2024-06-24"}, "place": {"London"}},
        ),
        (
            (
                "Samarkand became the venue of the first meeting of the Water Council between Peru "
                "and Chile."
            ),
            "held",
            {
                "party": {"PE", "CL"},
                "place": {"Samarkand"},
                "ordinal": {"1"},
                "framework": {"Water Council"},
            },
        ),
    ],
)
def test_a_meeting_told_in_passing_has_its_roles(
    text: str, status: str, roles: dict[str, set[str]], engine: Engine
) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert claim.status == status
    assert {name: set(values(claim, name)) for name in ROLES if claim.fillers(name)} == roles


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denied that any talks with Israel had taken place.",
        "No meeting has been arranged, a spokesman said.",
        "Reports that Minister Ivan Orlov had met his Jamaican opposite number in Bonn are false.",
        "The Indian delegation left Dhaka without meeting the prime minister.",
    ],
)
def test_what_was_not_held_is_denied(text: str, engine: Engine) -> None:
    (claim,) = claims(text, "meeting", engine)
    assert (claim.status, claim.polarity) == ("denied", "negative")


@pytest.mark.parametrize(
    "text",
    [
        "Egypt called for talks between Sudan and Ethiopia.",
        "The US president asked for a meeting with his rival.",
        "Chile and Peru agreed to hold the fishery ministers' meeting annually.",
        "She told an audience at Haugesund in August that she never read thrillers.",
        "Anja Reuter, the German economy minister, visited Tokyo on Friday.",
        "Minister Zhao promised that he will open the consultation within June.",
    ],
)
def test_a_meeting_only_wanted_or_of_no_such_kind_is_none(text: str, engine: Engine) -> None:
    assert not claims(text, "meeting", engine)


def test_it_may_stand_for_a_meeting_told_before(engine: Engine) -> None:
    text = "Peru and Chile held talks in Lima. It was chaired by Prime Minister Ion Dragu."
    _, second = claims(text, "meeting", engine)
    assert values(second, "attendee") == ["Ion Dragu"]


def test_ministers_whom_nobody_names_are_not_all_ministers_named_before(engine: Engine) -> None:
    text = (
        "Peru's Minister Ana Paz, Chile's Minister Jo Lam and Mali's Minister Ko Ba were glad. "
        "The ministers meet next in Hanoi in late 2025."
    )
    (claim,) = claims(text, "meeting", engine)
    assert not claim.fillers("attendee")
    assert values(claim, "place") == ["Hanoi"]


@pytest.mark.parametrize(
    "text",
    [
        "The talks may resume in May.",
        "The two rivals meet in the final on Sunday.",
        "A meeting of the tenants' association was held in Leeds on Monday.",
        "The court sits in Strasbourg in March.",
        "The round of golf ended at noon.",
    ],
)
def test_what_only_sounds_like_a_meeting_is_none(text: str, engine: Engine) -> None:
    assert not claims(text, "meeting", engine)


def test_an_outcome_that_failed_does_not_deny_the_meeting(engine: Engine) -> None:
    text = "The talks between Peru and Chile in Lima on May 3 had failed to produce agreement."
    (claim,) = claims(text, "meeting", engine)
    assert (claim.status, claim.polarity) == ("held", None)
