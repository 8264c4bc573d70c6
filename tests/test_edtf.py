"""Dates of any precision compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import edtf

DATES = st.dates().map(lambda day: day.isoformat())
FORMS = st.one_of(
    DATES,
    DATES.map(lambda day: day[:7]),
    DATES.map(lambda day: day[:4]),
    DATES.map(lambda day: "XXXX" + day[4:]),
    DATES.map(lambda day: "XXXX-XX" + day[7:]),
    st.sampled_from(["2024-22", "2024-06-26/2024-06-28", "soon", "", "2024-13-40", "../2024"]),
)


@given(FORMS, FORMS)
def test_compatibility_has_no_direction(left: str, right: str) -> None:
    assert edtf.compatible(left, right) == edtf.compatible(right, left)
    assert (edtf.meet(left, right) is None) == (not edtf.compatible(left, right))


@given(DATES)
def test_a_day_lies_in_its_month_and_year(day: str) -> None:
    for wider in (day[:7], day[:4], "XXXX" + day[4:], day):
        assert edtf.compatible(day, wider)
        assert edtf.meet(day, wider) == day


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("XXXX-06-26", "2024-06-26", True),
        ("XXXX-06-26", "2024-06-27", False),
        ("XXXX-XX-26", "2024-06", True),
        ("2024-06-25/2024-06-27", "2024-06-26", True),
        ("2024-06-25/2024-06-27", "2024-06-28", False),
        ("2024-22", "2024-07-01", True),
        ("2024-24", "2025-01-15", True),
        ("2023-08", "2023", True),
        ("2023-08", "2023-12", False),
    ],
)
def test_dates_agree_where_one_day_may_be_meant(left: str, right: str, agree: bool) -> None:
    assert edtf.compatible(left, right) is agree


def test_a_year_is_completed_only_by_a_text_that_follows_soon() -> None:
    assert edtf.dated_by("XXXX-06-26", "2024-06-27") == "2024-06-26"
    assert edtf.dated_by("XXXX-12-31", "2024-01") is not None
    assert edtf.dated_by("XXXX-06-26", "2024-12-01") is None
    assert edtf.dated_by("XXXX-06", "2024-06-27") is None
    assert edtf.dated_by("2023-06-26", "2024-06-27") is None


def test_digits_that_no_calendar_has_give_no_bounds() -> None:
    assert edtf.bounds("2024-13-40") is None
    assert edtf.bounds("2023-02-30") is None


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2031-03-04", "4 March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("XXXX-03-04", "4 March"),
        ("2031-24", "winter 2031"),
        ("2031-03-04/2031-03-06", "4–6 March 2031"),
        ("2031-03-30/2031-04-02", "30 March – 2 April 2031"),
        ("2031-12-30/2032-01-02", "30 December 2031 – 2 January 2032"),
        ("2031/2032", "2031–2032"),
        ("XXXX-XX-26", "XXXX-XX-26"),
        ("2031-13", "2031-13"),
        ("soon", "soon"),
    ],
)
def test_dates_are_written_as_a_reader_says_them(date: str, words: str) -> None:
    assert edtf.worded(date) == words


@given(FORMS)
def test_every_date_can_be_worded(date: str) -> None:
    assert bool(edtf.worded(date)) == bool(date)
