"""Wordings that describe instead of naming."""

from __future__ import annotations

import pytest

from kg.entities.descriptions import described, describes_place, relative, well_known


@pytest.mark.parametrize(
    ("wording", "states"),
    [
        ("Norwegian trade minister", {"NO"}),
        ("Minister of Fisheries", set()),
        ("Korean Premier", {"KR"}),
    ],
)
def test_an_office_in_the_place_of_a_name_says_whose_it_is(wording: str, states: set[str]) -> None:
    told = described(wording)
    assert told is not None
    assert told.states == states


@pytest.mark.parametrize("name", ["Minister Holm", "Ida Holm", "Trade Minister Holm", "Salt Fund"])
def test_a_name_with_a_title_describes_nobody(name: str) -> None:
    assert described(name) is None


def test_a_place_is_described_by_common_words_and_a_state_alone() -> None:
    wordings = ("city", "Norwegian port", "Port Said", "Oslo")
    assert [each for each in wordings if describes_place(each)] == ["city", "Norwegian port"]


def test_a_bare_word_stands_for_a_body_of_the_bloc_that_is_spoken_of() -> None:
    assert well_known("Commission", ("EU",)) == "European Commission"
    assert well_known("Commission", ("NO", "SE")) == ""
    assert well_known("commission", ("EU",)) == ""


def test_a_title_may_only_say_how_somebody_stands_to_another() -> None:
    assert relative("Successor")
    assert relative("colleague")
    assert not relative("deputy minister")
