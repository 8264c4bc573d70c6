"""Offices are attested on the days of the articles that give them, and over by those of others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.articles.model import Article, Field
from kg.claims.model import Claim
from kg.claims.model import Tenure as Said
from kg.entities.model import Identity
from kg.events.model import Event, EventLedger
from kg.graph.model import Records
from kg.graph.recorded import views_of
from kg.graph.tenure import Tenure, tenure_of

HELD = None
OVER = Said("over")
ELSEWHEN = Said("elsewhen")
DENIED = "negative"


def tenure(*told: tuple[str | None, *tuple[Said | str | None, ...]]) -> Tenure:
    """What articles with these dates attest together, whose claims say this."""
    articles, claims = [], []
    for number, (published, *said) in enumerate(told):
        fields = (Field("published", published, "sidecar"),) if published else ()
        articles.append(Article(str(number), "Ida Holm spoke.", fields))
        claims += [claim(str(number), place, each) for place, each in enumerate(said)]
    keys = tuple(each.id for each in claims)
    ids = tuple(each.id for each in articles)
    event = Event("holding/h", "post", "minister of mines", (), keys, ids, 1)
    ledger = EventLedger((event,), (), dict.fromkeys(keys, event.id))
    records = Records(tuple(articles), (), tuple(claims), Identity((), (), ()), ledger)
    return tenure_of(event, views_of(records))


def claim(article: str, place: int, said: Said | str | None) -> Claim:
    """A claim that somebody is minister, or that denies it."""
    bare = Claim(article, f"c{article}.{place}", "post", 0, 15, "Ida Holm spoke.")
    return replace(bare, polarity=said) if isinstance(said, str) else replace(bare, tenure=said)


def test_an_office_is_attested_from_the_first_to_the_last_report() -> None:
    told = tenure(("2031-05-09", HELD), ("2031-03", HELD), (None, HELD), ("2032", HELD))
    assert told == Tenure(("2031-03", "2031-05-09", "2032"), "2031-03", "2032", None)


def test_a_month_is_no_earlier_than_its_last_day_and_no_later_than_its_first() -> None:
    told = tenure(("2031-05", HELD), ("2031-05-09", HELD))
    assert (told.first, told.last) == ("2031-05-09", "2031-05-09")


def test_the_former_holder_holds_it_no_longer() -> None:
    told = tenure(("2031-05-09", HELD), ("2032-01-02", OVER), ("2032-01", OVER))
    assert told == Tenure(("2031-05-09",), "2031-05-09", "2031-05-09", "2032-01-02")


@pytest.mark.parametrize(("until", "ended"), [("2030-05", "2030-05"), (None, "2031-05-09")])
def test_an_office_is_over_by_the_date_told_or_the_day_of_the_article(
    until: str | None, ended: str
) -> None:
    assert tenure(("2031-05-09", Said("over", until))) == Tenure((), None, None, ended)


@pytest.mark.parametrize("said", [ELSEWHEN, DENIED])
def test_another_time_and_a_denial_attest_nothing(said: Said | str) -> None:
    assert tenure(("2031-05-09", said)) == Tenure()


def test_a_date_that_leaves_its_year_open_or_is_doubted_bounds_nothing() -> None:
    told = tenure(("XXXX-05-09", HELD), ("2031?", HELD))
    assert (told.first, told.last) == (None, None)


def test_an_article_that_tells_until_when_shows_nobody_in_office_on_its_day() -> None:
    assert tenure(("2031-05-09", HELD, OVER)).observed == ("2031-05-09",)
    told = tenure(("2031-05-09", HELD, Said("over", "2029")))
    assert told == Tenure((), None, None, "2029")
