"""Dates are read strictly: one reading, or none."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.dates import dates_in, edtf_of


@pytest.mark.parametrize(
    ("wording", "value"),
    [
        ("2031-05-03", "2031-05-03"),
        ("2031/5/3", "2031-05-03"),
        ("2031.05.03", "2031-05-03"),
        ("20. Okt 2031", "2031-10-20"),
        ("3 May 2031", "2031-05-03"),
        ("3rd of May, 2031", "2031-05-03"),
        ("May 3, 2031", "2031-05-03"),
        ("Sept. 3rd 2031", "2031-09-03"),
        ("Saturday, 03.05.2031", "2031-05-03"),
        ("Sat 3 May 2031", "2031-05-03"),
        ("3 mai 2031", "2031-05-03"),
        ("3 de mayo de 2031", "2031-05-03"),
        ("2031年5月3日", "2031-05-03"),
        ("2031년 5월 3일", "2031-05-03"),
        ("25/12/2031", "2031-12-25"),
        ("12/25/2031", "2031-12-25"),
        ("5/5/2031", "2031-05-05"),
        ("Saturday 05/03/2031", "2031-05-03"),
        ("May 2031", "2031-05"),
    ],
)
def test_a_date_is_read_in_the_form_in_which_pages_write_it(wording: str, value: str) -> None:
    text = f"Filed {wording} in Oran"
    dates = dates_in(text)
    assert [date.value for date in dates] == [value]
    assert text[dates[0].start : dates[0].end] == wording


@pytest.mark.parametrize(
    "wording",
    [
        "3/4/2031",
        "31 June 2031",
        "30.02.2031",
        "2031-13-01",
        "May 3",
        "May 32, 2031",
        "1.2.3.2031",
        "phone 2031-05-031",
        "May 3, 20315",
        "Sunday 04/03/2031",
    ],
)
def test_what_has_two_readings_or_none_is_no_date(wording: str) -> None:
    assert [date for date in dates_in(wording) if len(date.value) == 10] == []


@pytest.mark.parametrize(
    ("given_value", "value"),
    [
        ("2031", "2031"),
        ("2031-05", "2031-05"),
        (" 2031-05-03 ", "2031-05-03"),
        ("2031-05-03T23:59:59.5+09:00", "2031-05-03"),
        ("3 May 2031", "2031-05-03"),
        ("2031-00", None),
        ("circa 2031-05-03", None),
        ("2031-05-03 or so", None),
        ("3 May 2031, 4 May 2031", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_given_value_is_a_date_only_as_a_whole(given_value: str, value: str | None) -> None:
    assert edtf_of(given_value) == value


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_reads_back_from_its_usual_forms(day: dt.date) -> None:
    forms = [
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%a} {day.day} {day:%b} {day.year}",
    ]
    assert {edtf_of(form) for form in forms} == {day.isoformat()}


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.text(max_size=80))
def test_any_text_has_its_dates_in_order_and_apart(text: str) -> None:
    dates = dates_in(text)
    assert all(first.end <= second.start for first, second in pairwise(dates))
