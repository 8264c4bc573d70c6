"""Names that say little by themselves, and what their articles tell besides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.claims.model import Claim
from kg.entities.model import EntityKind
from kg.entities.resolve import resolve

Make = Callable[..., Claim]


def told(make: Make) -> list[Claim]:
    """Two articles on one invented meeting, with all names in full."""
    return [
        make("a", "post", person="Ida Holmsen", title="Minister of Salt", of="NO"),
        make("a", "post", person="Omar Diopsy", title="Minister of Grain", of="SN"),
        make("a", "meeting", attendee=["Ida Holmsen", "Omar Diopsy", "Tabata Ken"],
             party=["NO", "SN"], place="Bergen", date="2021-03-04", framework="Salt Route Forum"),
        make("b", "post", person="Ida Holmsen", title="Minister of Salt", of="NO"),
        make("b", "meeting", attendee=["Ida Holmsen", "Omar Diopsy", "Tabata Ken"],
             party=["NO", "SN"], place="Bergen", date="2021-03-04", framework="Salt Route Forum"),
    ]  # fmt: skip


def beside(claims: list[Claim], kind: EntityKind, ref: str) -> set[str]:
    """Give the refs that are one with a name of article `c`."""
    identity = resolve(claims, {})
    home = {key: each.id for each in identity.entities for key in each.groups}
    mine = [each for each in identity.mentions if (each.article, each.ref) == ("c", ref)]
    assert {each.type for each in mine} == {kind}
    return {each.ref for each in identity.mentions if home[each.key] == home[mine[0].key]}


def test_a_bare_surname_is_the_name_that_stands_beside_the_same_persons(make: Make) -> None:
    third = make("c", "meeting", attendee=["Holmsen", "Diopsy", "Tabata"], party=["NO", "SN"])
    assert beside([*told(make), third], "person", "Holmsen") == {"Ida Holmsen", "Holmsen"}


def test_a_bare_surname_of_two_in_one_story_is_neither(make: Make) -> None:
    rival = make("b", "post", person="Bo Holmsen", title="Minister of Ports", of="NO")
    third = make("c", "meeting", attendee=["Holmsen", "Diopsy"], party=["NO", "SN"])
    assert beside([*told(make), rival, third], "person", "Holmsen") == {"Holmsen"}


def test_an_office_of_a_state_is_its_holder_in_the_same_story(make: Make) -> None:
    third = make("c", "meeting", attendee=["Norwegian salt minister", "Diopsy"], party=["SN"])
    assert beside([*told(make), third], "person", "Norwegian salt minister") == {
        "Norwegian salt minister", "Ida Holmsen",
    }  # fmt: skip


@pytest.mark.parametrize("office", ["Swedish salt minister", "Norwegian grain minister"])
def test_an_office_of_another_state_or_field_is_not(make: Make, office: str) -> None:
    third = make("c", "meeting", attendee=[office, "Diopsy"], party=["SN"])
    assert beside([*told(make), third], "person", office) == {office}


def test_common_words_are_the_forum_of_the_same_states_and_persons(make: Make) -> None:
    third = make("c", "meeting", attendee=["Holmsen", "Diopsy"], party=["NO", "SN"],
                 framework="forum")  # fmt: skip
    assert beside([*told(make), third], "framework", "forum") == {"forum", "Salt Route Forum"}


def test_common_words_of_other_states_are_another_forum(make: Make) -> None:
    third = make("c", "meeting", attendee=["Lee"], party=["KR", "JP"], framework="forum")
    assert beside([*told(make), third], "framework", "forum") == {"forum"}


def test_a_name_in_another_language_is_told_by_states_persons_and_day(make: Make) -> None:
    third = make("c", "meeting", attendee=["Holmsen", "Diopsy", "Tabata Ken"], party=["NO", "SN"],
                 date="2021-03-04", framework="“Vei av Uvis” Forum")  # fmt: skip
    assert "Salt Route Forum" in beside([*told(make), third], "framework", "“Vei av Uvis” Forum")


@pytest.mark.parametrize(
    ("wording", "day", "found"),
    [
        ("port city", "2021-03-04", True),
        ("Norwegian city", "2021-03-05", True),
        ("Swedish city", "2021-03-04", False),
        ("capital", "2021-03-04", False),
        ("city", "2019-01-01", False),
    ],
)
def test_a_place_that_is_described_is_told_by_day_and_persons(
    make: Make, wording: str, day: str, found: bool
) -> None:
    third = make("c", "meeting", attendee=["Holmsen", "Diopsy"], place=wording, date=day)
    assert ("Bergen" in beside([*told(make), third], "place", wording)) == found


def test_the_capital_of_a_state_is_its_city(make: Make) -> None:
    claims = [make("a", "meeting", place="Oslo"), make("c", "meeting", place="Norwegian capital")]
    assert beside(claims, "place", "Norwegian capital") == {"Oslo", "Norwegian capital"}


def test_a_ministry_in_other_words_is_told_by_state_and_persons(make: Make) -> None:
    claims = [
        make("a", "post", person="Ida Holmsen", title="Minister", of="Ministry of Trade and Salt"),
        make("a", "meeting", attendee=["Ida Holmsen", "Bo Bergqvist"], party="NO"),
        make("c", "utterance", speaker="commerce ministry"),
        make("c", "meeting", attendee=["Holmsen", "Bergqvist"], party="NO"),
    ]
    assert "Ministry of Trade and Salt" in beside(claims, "organisation", "commerce ministry")
    assert beside(claims[2:], "organisation", "commerce ministry") == {"commerce ministry"}
