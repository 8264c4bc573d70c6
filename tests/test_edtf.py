"""Dates of any precision compared."""

from __future__ import annotations

import pytest
from hypothesis import example, given
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


# ---- before, after, overlaps ----------------------------------------------------------------

TIMES = st.one_of(
    FORMS,
    st.tuples(DATES, DATES).map(lambda days: "/".join(sorted(days))),
    DATES.map(lambda day: f"{day[:7]}/.."),
    DATES.map(lambda day: f"../{day[:4]}"),
    DATES.map(lambda day: f"/{day}"),
    DATES.map(lambda day: f"{day[:7]}/"),
    DATES.map(lambda day: day[:3] + "X"),
    DATES.map(lambda day: day[:7] + "~"),
    st.sampled_from(["2024-21", "2024-24", "2024-41", "2024-34/2025", "20XX-1X", "[2023,2024-06]"]),
)


def realised(edtf_date: str, share: float) -> tuple[int, int]:
    """One way in which a time may really have been, as ordinals of its first and last day."""
    found = edtf.reach(edtf_date)
    assert found is not None
    begins, ends = ([day.toordinal() for day in pair] for pair in (found.begins, found.ends))
    start = begins[0] + round((begins[1] - begins[0]) * share)
    if "/" not in edtf_date:
        return start, start
    return start, max(start, ends[1] - round((ends[1] - ends[0]) * share))


@given(TIMES, TIMES)
def test_of_two_times_one_is_before_the_other_or_they_share_a_day(left: str, right: str) -> None:
    said = (edtf.before(left, right), edtf.after(left, right), edtf.overlaps(left, right))
    assert said.count("certainly") <= 1
    assert said != ("no", "no", "no")
    if "certainly" in said:
        assert said.count("no") == 2
    assert edtf.after(right, left) == said[0]
    assert edtf.overlaps(right, left) == said[2]


@given(TIMES, TIMES, st.floats(0, 1), st.floats(0, 1))
@example("2024-41", "2024-41", 0.0, 0.0)  # the second half of a year
def test_what_is_certain_holds_however_it_really_was(
    left: str, right: str, one: float, other: float
) -> None:
    if edtf.reach(left) is None or edtf.reach(right) is None:
        assert edtf.before(left, right) == edtf.overlaps(left, right) == "possibly"
        return
    first, second = realised(left, one), realised(right, other)
    is_before, meets = first[1] < second[0], first[0] <= second[1] and second[0] <= first[1]
    assert edtf.before(left, right) != ("no" if is_before else "certainly")
    assert edtf.overlaps(left, right) != "certainly" or meets
    if not any("X" in each for each in (left, right)):
        assert edtf.overlaps(left, right) != "no" or not meets


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("2024-06-25", "2024-06-26", "certainly"),
        ("2024-06-26", "2024-06-26", "no"),
        ("2024-06", "2024-06-26", "possibly"),
        ("2024-05", "2024-06", "certainly"),
        ("2024-21", "2024-22", "certainly"),
        ("2024-24", "2025-02", "possibly"),
        ("2024-24", "2025-03", "certainly"),
        ("2024-30", "2025-03", "certainly"),
        ("../2024", "2025", "certainly"),
        ("../2024", "2024-06", "possibly"),
        ("2023/..", "2050", "no"),
        ("2023/", "2050", "possibly"),
        ("/2024", "2024-12-31", "possibly"),
        ("2023-12~", "2024-01", "possibly"),
        ("2023-11~", "2024-01", "certainly"),
        ("2023-11?", "2024-01", "possibly"),
        ("2030?", "2024", "no"),
        ("201X", "2020", "certainly"),
        ("20XX", "2024", "possibly"),
        ("XXXX-06", "2024", "possibly"),
        ("[2022,2023]", "2024", "certainly"),
        ("2024-02-30", "2025", "possibly"),
        ("2025/2024", "2026", "possibly"),
    ],
)
def test_before_says_how_sure_it_is(left: str, right: str, said: str) -> None:
    assert edtf.before(left, right) == said


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("2024-06-26", "2024-06-26", "certainly"),
        ("2024-06", "2024-06", "possibly"),
        ("2024-06-20/2024-06-28", "2024-06-26", "certainly"),
        ("2024-06/2024-08", "2024-07", "certainly"),
        ("2024-06/2024-08", "2024-06", "possibly"),
        ("2023-08/..", "2024", "certainly"),
        ("../2023", "2024", "no"),
        ("2023-08/..", "2023", "possibly"),
        ("2024-22", "2024-07-01", "possibly"),
        ("XXXX-06-26", "2024-06-26", "possibly"),
        ("XXXX-06-26", "2024-06", "possibly"),
        ("XXXX-06-26", "2024-07", "no"),
        ("2024-XX-30", "2024-02", "no"),
    ],
)
def test_overlap_says_how_sure_it_is(left: str, right: str, said: str) -> None:
    assert edtf.overlaps(left, right) == edtf.overlaps(right, left) == said


def test_a_span_may_be_put_together_from_two_dates() -> None:
    lasting = edtf.between("2024-12", "2025-06-30")
    assert lasting is not None
    assert edtf.overlaps(lasting, "2024-12-03") == "possibly"
    assert edtf.overlaps(lasting, "2025-01") == "certainly"
    assert edtf.overlaps(lasting, "2025-07") == "no"
    assert edtf.between("2025", "2024") is None
