"""Short texts in, the dates they give out, as EDTF with the offsets of their wording.

Strict: a date needs its year, a day that exists, and one reading only. `3/4/2024` has two
and gives nothing, unless a weekday beside it or a day above 12 tells which is meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """Schema of `data/header.yaml`: words of bylines and date lines."""

    months: tuple[tuple[str, ...], ...]
    weekdays: tuple[tuple[str, ...], ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    fillers: tuple[str, ...]
    zones: tuple[str, ...]
    particles: tuple[str, ...]
    organisations: tuple[str, ...]
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and where it stands."""

    value: str  # EDTF: YYYY-MM-DD, or YYYY-MM where the wording has no day
    start: int
    end: int


YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d(?!\d?:\d\d))"  # some pages glue the hour to it
DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.|º)?"
EDTF: Final = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?|(?:19|20)\d\d")


def words() -> HeaderWords:
    """Give the words of bylines and date lines."""
    known: HeaderWords = lexicon("articles", "header.yaml", HeaderWords)
    return known


def dates_in(text: str) -> list[Dated]:
    """Give the dates of a short text, in its order.

    >>> [date.value for date in dates_in("Mon 5 Dec 2022, updated 2022/12/06 at 10:00")]
    ['2022-12-05', '2022-12-06']
    """
    found: list[Dated] = []
    for date in _readings(text):
        if all(date.end <= other.start or date.start >= other.end for other in found):
            found.append(date)
    return sorted(found, key=lambda date: date.start)


def edtf_of(text: str) -> str | None:
    """Give a value that is a date as EDTF, if it is one.

    >>> edtf_of("2024-06-27T23:30:00Z"), edtf_of("June 2024"), edtf_of("2024"), edtf_of("soon")
    ('2024-06-27', '2024-06', '2024', None)
    """
    stripped = text.strip()
    if EDTF.fullmatch(stripped):
        return stripped
    found = dates_in(stripped)
    if len(found) != 1 or found[0].start > 0:
        return None
    return found[0].value if re.fullmatch(r"[T ,\d:.+Z-]*", stripped[found[0].end :]) else None


@cache
def _month_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(words().months, 1) for name in names}


@cache
def _weekday_numbers() -> dict[str, int]:
    return {name: number for number, names in enumerate(words().weekdays) for name in names}


def alternatives(names: tuple[str, ...] | dict[str, int]) -> str:
    """Give a pattern for any of the names, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda each: (-len(each), each)))


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Give the forms of a date, the most telling first: a later one never overrides it."""
    month = rf"(?P<month>{alternatives(_month_numbers())})\b\.?"
    weekday = rf"(?:(?P<weekday>{alternatives(_weekday_numbers())})\b\.?,?\s*)?"
    forms = (
        rf"{weekday}{YEAR}(?P<sep>[-/.])\s?(?P<month>\d{{1,2}})(?P=sep)\s?(?P<day>\d{{1,2}})(?!\d)",
        rf"{weekday}(?P<first>\d{{1,2}})(?P<sep>[-/.])\s?(?P<second>\d{{1,2}})(?P=sep)\s?{YEAR}",
        rf"{weekday}{DAY}(?:\s+(?:of|de)\s+|[-\s]*){month},?(?:\s+de\s+|[-\s]*){YEAR}",
        rf"{weekday}{month}\s*{DAY},?\s+{YEAR}",
        rf"{YEAR}\s*[年년]\s*(?P<month>\d{{1,2}})\s*[月월]\s*(?P<day>\d{{1,2}})\s*[日일]",
        rf"{month},?\s+(?:de\s+)?{YEAR}",
    )
    return tuple(re.compile(rf"(?<![\w/.])(?:{form})", re.IGNORECASE) for form in forms)


def _readings(text: str) -> Iterator[Dated]:
    for form in _forms():
        for found in form.finditer(text):
            if value := _value(found.groupdict()):
                yield Dated(value, *found.span())


def _value(parts: dict[str, str | None]) -> str | None:
    year = int(parts["year"] or 0)
    if parts.get("first"):
        return _day_and_month(year, parts)
    name = (parts["month"] or "").lower()
    month = int(name) if name.isdigit() else _month_numbers()[name]
    if not parts.get("day"):
        return f"{year}-{month:02}"
    day = _day(year, month, int(parts["day"] or 0))
    return day.isoformat() if day else None


def _day_and_month(year: int, parts: dict[str, str | None]) -> str | None:
    """Read `9/11/2022`: day first with dots; else only if one order is possible."""
    first, second = int(parts["first"] or 0), int(parts["second"] or 0)
    if parts["sep"] == ".":
        day = _day(year, second, first)
        return day.isoformat() if day else None
    possible = {_day(year, second, first), _day(year, first, second)} - {None}
    weekday = _weekday_numbers().get((parts["weekday"] or "").lower())
    fitting = [day for day in possible if day and weekday in {None, day.weekday()}]
    return fitting[0].isoformat() if len(fitting) == 1 else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
