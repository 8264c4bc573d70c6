"""Titles of office compared."""

from __future__ import annotations

import pytest

from kg.offices import likeness, office, singular


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Minister of Economy, Trade and Industry", "Trade Minister"),
        ("Minister of Trade, Industry and Energy", "Minister of Industry, Trade, and Resources"),
        ("Secretary of Commerce", "Commerce Secretary"),
        ("Minister for Foreign Affairs", "foreign minister"),
        ("External Affairs Minister", "top diplomat"),
        ("Defence Secretary", "Minister of Defense"),
        ("President", "president"),
        ("PM", "Prime Minister"),
        ("former finance minister", "Minister of Finance"),
        ("Vice Premier", "First Deputy Prime Minister"),
        ("Governor of the Bank of Japan", "head of the central bank"),
        ("European Commissioner for Trade", "EU Trade Commissioner"),
        ("Permanent Representative to the United Nations", "UN ambassador"),
        ("Minister of International Relations", "foreign minister"),
    ],
)
def test_renderings_of_one_office_are_alike(left: str, right: str) -> None:
    assert likeness(office(left), office(right)) > 0.5
    assert likeness(office(right), office(left)) > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Trade Minister", "Vice Trade Minister"),
        ("Prime Minister", "Deputy Prime Minister"),
        ("Finance Minister", "Foreign Minister"),
        ("President", "Prime Minister"),
        ("Ambassador to Norway", "Minister of Fisheries"),
        ("", "President"),
    ],
)
def test_different_offices_are_not_alike(left: str, right: str) -> None:
    assert likeness(office(left), office(right)) == 0.0


def test_commissioners_and_heads_of_bodies_are_told_apart() -> None:
    assert not likeness(office("EU Trade Commissioner"), office("EU Defence Commissioner"))
    assert not likeness(office("UN Secretary-General"), office("NATO Secretary General"))
    assert not likeness(office("President of the World Bank"), office("head of the IMF"))


def test_a_bare_rank_says_little() -> None:
    assert likeness(office("Minister"), office("Minister of Salt")) == 0.5
    assert likeness(office("Minister", "Ministry of Salt"), office("Salt Minister")) == 1.0


@pytest.mark.parametrize(
    ("title", "one"),
    [
        ("Presidents", "President"),
        ("Deputy Prime Ministers", "Deputy Prime Minister"),
        ("Secretaries of Salt", "Secretary of Salt"),
        ("forum co-chairs", "forum co-chair"),
        ("Minister of Foreign Affairs", "Minister of Foreign Affairs"),
        ("Primary Industries Minister", "Primary Industries Minister"),
    ],
)
def test_a_title_given_to_several_is_written_as_that_of_one(title: str, one: str) -> None:
    assert singular(title) == one
    assert likeness(office(title), office(one)) > 0.5
