"""Dates are resolved as exactly as they are worded, and no more."""

from __future__ import annotations

import pytest

from kg.claims.dates import Context, ahead, dateline_day, dates_in
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from tests.claims.reading_of import article

THURSDAY = Context(published="2024-06-27")


def resolved(text: str, context: Context = THURSDAY) -> list[str]:
    return [each.edtf for each in dates_in(text, context)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("signed on 12 January 1990 in Bonn", "1990-01-12"),
        ("signed on January 12, 1990", "1990-01-12"),
        ("signed on the 3rd of March 2011", "2011-03-03"),
        ("from July 19-20, 2022", "2022-07-19/2022-07-20"),
        ("from 27 February to 3 March 2020", "2020-02-27/2020-03-03"),
        ("in May 1978", "1978-05"),
        ("in the spring of 1973", "1973-21"),
        ("in the winter of 1999", "1999-24"),
        ("since 1986", "1986"),
        ("between 2010-14", "2010/2014"),
        ("in the 1980s", "198X"),
        ("in the third quarter of 2021", "2021-07/2021-09"),
        ("on 2023-04-05", "2023-04-05"),
    ],
)
def test_a_date_that_is_written_out_needs_no_anchor(text: str, edtf: str) -> None:
    found = dates_in(text, Context())
    assert [(each.edtf, each.rule, each.anchor) for each in found] == [(edtf, "explicit", None)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("ministers met on Wednesday", "2024-06-26"),
        ("they met last Friday", "2024-06-21"),
        ("they will meet next Monday", "2024-07-01"),
        ("said on Thursday", "2024-06-27"),
        ("said yesterday", "2024-06-26"),
        ("this morning the minister spoke", "2024-06-27"),
        ("last week the ministry said", "2024-06-17/2024-06-23"),
        ("it meets next week", "2024-07-01/2024-07-07"),
        ("before Christmas", "2024-12"),
        ("on New Year's Day", "2025-01-01"),
        ("it opens in the autumn", "2024-23"),
        ("the first half of the coming year", "2025-01/2025-06"),
        ("they met on Monday and Tuesday", "2024-06-24/2024-06-25"),
        ("before the month is out", "2024-06"),
        ("late last night", "2024-06-26"),
        ("earlier this month", "2024-06"),
        ("next month", "2024-07"),
        ("last year", "2023"),
        ("two years ago", "2022"),
        ("forty days ago", "2024-05-18"),
        ("three months ago", "2024-03"),
        ("last August", "2023-08"),
        ("August last year", "2023-08"),
        ("in March of last year", "2023-03"),
        ("in November", "2024-11"),
        ("on June 3", "2024-06-03"),
        ("on 20 December", "2024-12-20"),
        ("on the 14th", "2024-06-14"),
        ("on the 30th", "2024-05-30"),
        ("last summer", "2023-22"),
    ],
)
def test_a_relative_date_counts_from_publication(text: str, edtf: str) -> None:
    found = dates_in(text, THURSDAY)
    assert [each.edtf for each in found] == [edtf]
    assert found[0].anchor == "2024-06-27"
    assert found[0].rule != "explicit"


def test_a_day_in_december_read_in_january_was_last_december() -> None:
    assert resolved("on 30 December", Context(published="2021-01-04")) == ["2020-12-30"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("on June 26th", "XXXX-06-26"), ("on the 26th", "XXXX-XX-26"), ("in June", "XXXX-06")],
)
def test_without_publication_the_year_stays_open(text: str, edtf: str) -> None:
    assert resolved(text, Context()) == [edtf]


@pytest.mark.parametrize(
    ("text", "context", "anchor"),
    [
        ("in March last year", Context(event="XXXX-06-26"), "XXXX-06-26"),
        ("in March last year", Context(), "XXXX"),
        ("in March last year", Context(year="1995"), "1995"),
        ("last March", Context(event="XXXX-06-26"), "XXXX-06-26"),
        ("in March", Context(year="1995"), "1995"),
        ("last summer", Context(year="1995"), "1995"),
        ("in the first quarter", Context(year="1995"), "1995"),
    ],
)
def test_a_relative_date_without_publication_has_an_anchor_too(
    text: str, context: Context, anchor: str
) -> None:
    (found,) = dates_in(text, context)
    assert (found.rule == "explicit", found.anchor) == (False, anchor)


@pytest.mark.parametrize("text", ["on June 26th", "on the 26th", "in June"])
def test_a_date_in_an_unknown_year_counts_from_nothing(text: str) -> None:
    (found,) = dates_in(text, Context(event="XXXX-06-26"))
    assert (found.rule, found.anchor) == ("explicit", None)


def test_the_only_year_of_an_article_holds_for_its_other_days() -> None:
    assert resolved("on June 26th", Context(year="1995")) == ["1995-06-26"]


def test_a_weekday_beside_a_date_is_no_second_date() -> None:
    assert resolved("on Wednesday (June 26th) in Quito") == ["2024-06-26"]
    assert resolved("on Monday, 3 May 1965") == ["1965-05-03"]


def test_that_day_goes_back_to_the_last_day_named() -> None:
    found = dates_in("Later that day he left.", Context(last="XXXX-04-02"))
    assert [(each.edtf, each.anchor) for each in found] == [("XXXX-04-02", "XXXX-04-02")]


@pytest.mark.parametrize(
    "text",
    [
        "ministers may meet",
        "troops march on",
        "the 21st Andean Summit",
        "an increase of 12 percent",
        "she sold 2000 tons",
        "the second round",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert resolved(text) == []


@pytest.mark.parametrize("context", [THURSDAY, Context(None)])
@pytest.mark.parametrize("text", ["hosted the 9th annual fair", "the 1st Nile-Congo Forum"])
def test_an_ordinal_that_numbers_what_follows_is_no_day(text: str, context: Context) -> None:
    assert resolved(text, context) == []


@pytest.mark.parametrize("text", ["On 3 May in Lima.", "It ended in November.", "by Feb. 2, 1999,"])
def test_the_place_of_a_date_is_its_wording(text: str) -> None:
    (found,) = dates_in(text, THURSDAY)
    wording = text[found.start : found.end]
    assert wording == wording.strip(" .,")
    assert any(char.isdigit() for char in wording) or wording == "November"


@pytest.mark.parametrize(
    ("edtf", "rule", "meant"),
    [
        ("2024-06-24", "last-weekday", "2024-07-01"),
        ("2024-06-14", "day-of-month", "2024-07-14"),
        ("2024-05", "nearest-year", "2025-05"),
        ("2024-06-27", "last-weekday", "2024-06-27"),
        ("2024-09", "nearest-year", "2024-09"),
        ("1990", "explicit", "1990"),
    ],
)
def test_of_what_is_to_come_the_next_date_is_meant(edtf: str, rule: str, meant: str) -> None:
    anchor = None if rule == "explicit" else "2024-06-27"
    assert ahead(edtf, rule, anchor) == meant


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("opened on the 23rd after talks the day before", ["2024-06-23", "2024-06-22"]),
        ("signed in 1994 and ratified the following year", ["1994", "1995"]),
        ("agreed in May 2020 and signed that same month", ["2020-05", "2020-05"]),
        ("met on 3 June and again two days later", ["2024-06-03", "2024-06-05"]),
    ],
)
def test_what_points_back_counts_from_the_date_before_it(text: str, edtf: list[str]) -> None:
    assert resolved(text) == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("this week", "2024-06-24/2024-06-27"),
        ("at the weekend", "2024-06-22/2024-06-23"),
        ("a fortnight ago", "2024-06-13"),
        ("within six months", "2024-12"),
        ("within a year", "2025-06"),
        ("since August", "2023-08"),
        ("the 8th of next month", "2024-07-08"),
        ("on 1 September last year", "2023-09-01"),
        ("the second half of the year", "2024-07/2024-12"),
        ("in the first quarter of next year", "2025-01/2025-03"),
        ("on Tuesday of last week", "2024-06-18"),
        ("before the end of the year", "2024"),
    ],
)
def test_distances_are_counted_from_publication(text: str, edtf: str) -> None:
    assert resolved(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Quito, June 26\nTalks ended this evening.", "2024-06-26"),
        ("OSLO, June 27 (Fjord News) - Talks ended this evening.", "2024-06-27"),
        ("Talks ended this evening.", "2024-06-28"),
    ],
)
def test_today_is_the_day_of_the_dateline(text: str, edtf: str) -> None:
    made = article(text, published="2024-06-28")
    told = dateline_day(made, "2024-06-28") or "2024-06-28"
    assert dates_in("Talks ended this evening.", Context(told))[0].edtf == edtf


def test_a_caption_tells_in_the_present_of_what_has_been(engine: Engine) -> None:
    text = (
        "Kari Lund (left), the minister of trade of Norway, speaks at talks in the foreign"
        " ministry of Chile on the 26th."
    )
    found = claims_of(article(text, role="caption"), engine)
    dates = {str(each.ref) for claim in found for each in claim.fillers("date")}
    assert dates == {"2024-06-26"}
