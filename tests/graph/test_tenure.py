"""Offices are attested on the days of the articles that give them, and over by those of others."""

from __future__ import annotations

import pytest

from kg.articles.model import Article, Field
from kg.claims.model import Claim, Filler
from kg.entities.model import Identity
from kg.events.model import Event, EventLedger
from kg.graph.model import Records
from kg.graph.recorded import views_of
from kg.graph.tenure import Tenure, tenure_of

TITLE = "minister of mines"


def claim(article: str, words: str, polarity: str | None = None) -> Claim:
    """A claim that somebody is minister, worded "… minister of mines Ida Holm"."""
    start = words.index(TITLE)
    title = Filler(text=TITLE, start=10 + start, end=10 + start + len(TITLE))
    roles = {"title": (title,)}
    end = 10 + len(words)
    return Claim(article, f"c{article}", "post", 10, end, words, roles, polarity=polarity)


def tenure(*told: tuple[str | None, str]) -> Tenure:
    """What articles with these dates and wordings attest together."""
    articles, claims = [], []
    for number, (published, words) in enumerate(told):
        fields = (Field("published", published, "sidecar"),) if published else ()
        articles.append(Article(str(number), words, fields))
        claims.append(claim(str(number), words, "negative" if " no " in words else None))
    keys = tuple(each.id for each in claims)
    ids = tuple(each.id for each in articles)
    event = Event("holding/h", "post", TITLE, (), keys, ids, 1)
    ledger = EventLedger((event,), (), dict.fromkeys(keys, event.id))
    records = Records(tuple(articles), (), tuple(claims), Identity((), (), ()), ledger)
    return tenure_of(event, views_of(records))


HELD = "The minister of mines Ida Holm spoke."


def test_an_office_is_attested_from_the_first_to_the_last_report() -> None:
    told = tenure(("2031-05-09", HELD), ("2031-03", HELD), (None, HELD), ("2032", HELD))
    assert told == Tenure(("2031-03", "2031-05-09", "2032"), "2031-03", "2032", None)


def test_a_month_is_no_earlier_than_its_last_day_and_no_later_than_its_first() -> None:
    told = tenure(("2031-05", HELD), ("2031-05-09", HELD))
    assert (told.first, told.last) == ("2031-05-09", "2031-05-09")


@pytest.mark.parametrize(
    "words",
    [
        "The former minister of mines Ida Holm spoke.",
        "Former South Korean minister of mines Ida Holm spoke.",
        "So said ex-minister of mines Ida Holm.",
    ],
)
def test_the_former_holder_holds_it_no_longer(words: str) -> None:
    told = tenure(("2031-05-09", HELD), ("2032-01-02", words), ("2032-01", words))
    assert told == Tenure(("2031-05-09",), "2031-05-09", "2031-05-09", "2032-01-02")


@pytest.mark.parametrize(
    ("words", "ended"),
    [
        ("Ida Holm, who served as minister of mines of Togo until May 2030, wrote.", "2030-05"),
        ("Ida Holm was minister of mines until 2030.", "2030"),
        ("Ida Holm was minister of mines of Togo until 2031.", "2031"),
        ("Ida Holm, minister of mines from 2024 to 3 June 2029, wrote.", "2029-06-03"),
        ("Ida Holm, the minister of mines until last year, wrote.", "2031-05-09"),
        ("Ida Holm resigned as Togo's minister of mines.", "2031-05-09"),
        ("Ida Holm stepped down as minister of mines on Monday.", "2031-05-09"),
    ],
)
def test_an_office_that_was_held_until_a_day_is_over_by_then(words: str, ended: str) -> None:
    assert tenure(("2031-05-09", words)) == Tenure((), None, None, ended)


@pytest.mark.parametrize(
    "words",
    [
        "Ida Holm is minister of mines until 2033.",
        "Ida Holm, minister of mines of Togo, banned exports until 2030.",
        "Ida Holm has served as minister of mines since 2030.",
        "It was minister of mines Ida Holm who spoke.",
    ],
)
def test_an_office_whose_end_is_not_told_or_to_come_is_held(words: str) -> None:
    assert tenure(("2031-05-09", words)).observed == ("2031-05-09",)


@pytest.mark.parametrize(
    "words",
    [
        "Ida Holm was minister of mines.",
        "The then minister of mines Ida Holm spoke.",
        "She is no minister of mines.",
    ],
)
def test_another_time_and_a_denial_attest_nothing(words: str) -> None:
    assert tenure(("2031-05-09", words)) == Tenure()


def test_a_date_that_leaves_its_year_open_or_is_doubted_bounds_nothing() -> None:
    told = tenure(("XXXX-05-09", HELD), ("2031?", HELD))
    assert (told.first, told.last) == (None, None)


def test_an_article_that_tells_until_when_shows_nobody_in_office_on_its_day() -> None:
    words = "Ida Holm, minister of mines until 2029, wrote to the minister of mines."
    assert tenure(("2031-05-09", words)) == Tenure((), None, None, "2029")
