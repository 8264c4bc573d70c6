"""The words around a title tell whether the office is held on the day of the article."""

from __future__ import annotations

import pytest

from kg.claims.model import Claim, Filler, Tenure
from kg.claims.tenures import tenure_of

TITLE = "minister of mines"


def said(words: str, published: str | None = "2031-05-09", polarity: str | None = None) -> object:
    """What a claim that Ida Holm is "… minister of mines …" says of when she is."""
    start = 10 + words.index(TITLE)
    title = Filler(text=TITLE, start=start, end=start + len(TITLE))
    end = 10 + len(words)
    claim = Claim("a", "c", "post", 10, end, words, {"title": (title,)}, polarity=polarity)
    return tenure_of(claim, published)


@pytest.mark.parametrize(
    "words",
    [
        "The former minister of mines Ida Holm spoke.",
        "Former South Korean minister of mines Ida Holm spoke.",
        "So said ex-minister of mines Ida Holm.",
        "Ida Holm resigned as Togo's minister of mines.",
        "Ida Holm stepped down as minister of mines on Monday.",
        "Ida Holm, the minister of mines until her dismissal, wrote.",
        "Ida Holm, minister of mines from 2024 until recently, wrote.",
    ],
)
def test_an_office_that_is_left_is_over(words: str) -> None:
    assert said(words) == Tenure("over")


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("Ida Holm, who served as minister of mines of Togo until May 2030, wrote.", "2030-05"),
        ("Ida Holm was minister of mines until 2030.", "2030"),
        ("Ida Holm was minister of mines of Togo until 2031.", "2031"),
        ("Ida Holm was minister of mines until March.", "2031-03"),
        ("Ida Holm, minister of mines from 2024 to 3 June 2029, wrote.", "2029-06-03"),
        ("Ida Holm, minister of mines from May 3, 2024 until late 2029, wrote.", "2029"),
        ("Ida Holm, minister of mines from May to August 2029, wrote.", "2029-08"),
        ("Ida Holm, the minister of mines until last year, wrote.", "2030"),
        ("The former minister of mines until 2030 spoke.", "2030"),
    ],
)
def test_an_office_is_over_by_the_date_that_stands_behind_its_title(words: str, until: str) -> None:
    assert said(words) == Tenure("over", until)


def test_an_end_whose_year_the_article_cannot_tell_is_an_end_without_a_date() -> None:
    assert said("Ida Holm was minister of mines until last year.", None) == Tenure("over")


@pytest.mark.parametrize(
    "words",
    [
        "Ida Holm was minister of mines.",
        "The then minister of mines Ida Holm spoke.",
        "Ida Holm is the next minister of mines.",
    ],
)
def test_an_office_of_another_time_is_held_elsewhen(words: str) -> None:
    assert said(words) == Tenure("elsewhen")


@pytest.mark.parametrize(
    "words",
    [
        "The minister of mines Ida Holm spoke.",
        "Ida Holm is minister of mines until 2033.",
        "Ida Holm is minister of mines until Friday.",
        "Ida Holm, minister of mines of Togo, banned exports until 2030.",
        "Ida Holm has served as minister of mines since 2030.",
        "It was minister of mines Ida Holm who spoke.",
    ],
)
def test_an_office_whose_end_is_not_told_or_to_come_is_held(words: str) -> None:
    assert said(words) is None


def test_a_denial_says_nothing_of_when_an_office_is_held() -> None:
    assert said("She is no former minister of mines.", polarity="negative") is None
