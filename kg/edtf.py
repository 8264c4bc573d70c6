"""Dates of any precision compared: EDTF strings in, whether and where they meet out.

A date is a pattern of eight digits in which X stands for what is not known, or an interval
of two such. Two dates are compatible where one day may lie in both; nothing is guessed.
`before`, `after` and `overlaps` say "certainly", "possibly" or "no": a date of low precision is
one day that lies somewhere in it, an interval lasts from some day of its first date to some day
of its last one, `..` is an open end and nothing at all an unknown one. What is marked `~`, `?`
or `%` may be off by its own length, and what is marked `?` or `%` is never certain.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

UNKNOWN: Final = "XXXXXXXX"
_POINT: Final = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?")
_DIVISIONS: Final = {
    "21": ("03", "05"), "22": ("06", "08"), "23": ("09", "11"), "24": ("12", "02"),
    "33": ("01", "03"), "34": ("04", "06"), "35": ("07", "09"), "36": ("10", "12"),
    "25": ("03", "05"), "26": ("06", "08"), "27": ("09", "11"), "28": ("12", "02"),
    "29": ("09", "11"), "30": ("12", "02"), "31": ("03", "05"), "32": ("06", "08"),
    "37": ("01", "04"), "38": ("05", "08"), "39": ("09", "12"), "40": ("01", "06"),
    "41": ("07", "12"),
}  # fmt: skip
_SEASON_NAMES: Final = {
    "21": "spring", "22": "summer", "23": "autumn", "24": "winter",
    "33": "first quarter of", "34": "second quarter of", "35": "third quarter of",
    "36": "fourth quarter of",
}  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_LEAP_CYCLE: Final = 9  # years in which every day of the calendar comes up
_UNSURE: Final = re.compile(r"[?~%]")
_OPEN: Final = ".."

Certainty = Literal["certainly", "possibly", "no"]
"""How sure it is that something holds of two dates."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The days on which a time may begin and may end, the earliest and the latest of each."""

    begins: tuple[date, date]
    ends: tuple[date, date]
    firm: bool = True  # False where the source itself is not sure


@lru_cache(maxsize=65536)
def pattern(edtf: str) -> str | None:
    """Give a date as eight digits with X for the unknown, None for intervals and the unreadable.

    >>> pattern("2024-06"), pattern("XXXX-06-26"), pattern("2024-22"), pattern("2024-41")
    ('202406XX', 'XXXX0626', None, None)
    """
    found = _POINT.fullmatch(edtf)
    if not found or found[2] in _DIVISIONS:
        return None
    return found[1] + (found[2] or "XX") + (found[3] or "XX")


@lru_cache(maxsize=65536)
def bounds(edtf: str) -> tuple[date, date] | None:
    """Give the first and last day that a date may mean, None where its year is not known.

    >>> bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if "/" in edtf:
        first, last = (bounds(part) for part in edtf.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    year, _, part = edtf.partition("-")
    if part in _DIVISIONS and re.fullmatch(r"[0-9]{4}", year):
        opening, closing = _DIVISIONS[part]
        end_year = str(int(year) + 1) if closing < opening else year
        return bounds(f"{year}-{opening}/{end_year}-{closing}")
    return _span(pattern(edtf))


def compatible(left: str, right: str) -> bool:
    """Say whether one day may be meant by both.

    >>> compatible("XXXX-06-26", "2024-06"), compatible("2024-06-25", "2024-06-26")
    (True, False)
    """
    one, other = pattern(left), pattern(right)
    if one and other:
        return all(a == b or "X" in (a, b) for a, b in zip(one, other, strict=True))
    first, second = bounds(left), bounds(right)
    if not first or not second:
        return True  # nothing speaks against it
    return first[0] <= second[1] and second[0] <= first[1]


def meet(left: str, right: str) -> str | None:
    """Give what two compatible dates say together, None where they are not compatible.

    >>> meet("XXXX-06-26", "2024"), meet("2024-06", "2024-06-26"), meet("2023", "2024")
    ('2024-06-26', '2024-06-26', None)
    """
    if not compatible(left, right):
        return None
    one, other = pattern(left), pattern(right)
    if one and other:
        return _written("".join(b if a == "X" else a for a, b in zip(one, other, strict=True)))
    return min((left, right), key=lambda each: (_length(each), each))


@lru_cache(maxsize=65536)
def reach(edtf: str) -> Reach | None:
    """Give the days on which a date may begin and end, None where it cannot be read.

    >>> [day.isoformat() for day in reach("202X").begins]
    ['2020-01-01', '2029-12-31']
    >>> reach("2023-08/..").ends[0] == date.max, reach("2024-02-30"), reach("soon")
    (True, None, None)
    """
    firm = not re.search(r"[?%]", edtf)
    if "/" in edtf:
        opening, closing = edtf.split("/", 1)
        lasting = between(opening, closing)
        return lasting and Reach(lasting.begins, lasting.ends, firm)
    span = _one_of(edtf) if edtf.startswith("[") else _point(edtf)
    return Reach(span, span, firm) if span else None


def between(opening: str, closing: str) -> Reach | None:
    """Give the reach of what begins at one date and ends at another: "" unknown, ".." never.

    >>> between("2024-12-03", "..").begins[0].isoformat()
    '2024-12-03'
    """
    first = _point(opening) if opening not in ("", _OPEN) else (date.min, date.min)
    last = _point(closing) if closing not in ("", _OPEN) else (date.max, date.max)
    if not first or not last or first[0] > last[1] or not (opening + closing).strip("."):
        return None
    if not opening:
        first = (date.min, last[1])
    if not closing:
        last = (first[0], date.max)
    begins = (first[0], min(first[1], last[1]))
    ends = (max(last[0], first[0]), last[1])
    return Reach(begins, ends, not re.search(r"[?%]", opening + closing))


def before(left: str | Reach, right: str | Reach) -> Certainty:
    """Say whether one time is over before another begins.

    >>> before("2023", "2024-06"), before("2024", "2024-06"), before("2024-06", "2023/..")
    ('certainly', 'possibly', 'no')
    >>> before("2023?", "2030"), before("2029~", "2030"), before("2024-21", "2024-06")
    ('possibly', 'possibly', 'certainly')
    """
    one, other = _reached(left), _reached(right)
    if not one or not other:
        return "possibly"  # what cannot be read speaks neither for it nor against it
    if one.ends[0] >= other.begins[1]:
        return "no"
    return _sure(one.ends[1] < other.begins[0], one, other)


def after(left: str | Reach, right: str | Reach) -> Certainty:
    """Say whether one time begins only when another is over.

    >>> after("2024-07", "2024-06"), after("2024", "2024-06"), after("../2023", "2024")
    ('certainly', 'possibly', 'no')
    """
    return before(right, left)


def overlaps(left: str | Reach, right: str | Reach) -> Certainty:
    """Say whether two times share a day.

    >>> overlaps("2024-06", "2024-06-26"), overlaps("2023/2025", "2024"), overlaps("2023", "2024")
    ('possibly', 'certainly', 'no')
    >>> overlaps("2023-08/..", "2031"), overlaps("XXXX-06-26", "2024-06-27")
    ('certainly', 'no')
    """
    one, other = _reached(left), _reached(right)
    if not one or not other:
        return "possibly"
    days = _digits(left), _digits(right)
    if one.begins[0] > other.ends[1] or other.begins[0] > one.ends[1] or _clash(*days):
        return "no"
    return _sure(one.begins[1] <= other.ends[0] and other.begins[1] <= one.ends[0], one, other)


def precision(edtf: str) -> int:
    """Say how much is known: 8 digits for a full day, 6 for a month, 4 for a year.

    >>> [precision(each) for each in ("2024-06-26", "XXXX-06-26", "2024", "2024-06-26/2024-06-27")]
    [8, 4, 4, 7]
    """
    known = pattern(edtf)
    if known:
        return 8 - known.count("X")
    span = bounds(edtf)
    if not span:
        return 0
    days = (span[1] - span[0]).days
    return 7 if days < 28 else 6 if days < 92 else 4


def months(published: str | None) -> tuple[str, ...]:
    """Give the month of a date and the next one, so that two near days share one at least.

    >>> months("2024-12-30"), months("XXXX-06-26"), months(None)
    (('2024-12', '2025-01'), (), ())
    """
    span = bounds(published) if published else None
    if not span:
        return ()
    after = _month_end(span[0]) + timedelta(days=1)
    return (span[0].isoformat()[:7], after.isoformat()[:7])


def is_day(edtf: str) -> bool:
    """Say whether a date names one day of one year."""
    return precision(edtf) == 8


def names_day(edtf: str) -> bool:
    """Say whether month and day are known, be it without the year.

    >>> names_day("XXXX-06-26"), names_day("2024-06"), names_day("XXXX-XX-26")
    (True, False, False)
    """
    known = pattern(edtf)
    return bool(known) and "X" not in (known or "")[4:]


def likeness(left: str, right: str) -> float:
    """Say how much it tells that two dates are compatible: 1 for one day, less for less.

    >>> likeness("XXXX-06-26", "2024-06-26"), likeness("2024", "2024-06-26")
    (1.0, 0.2)
    """
    if names_day(left) and names_day(right):
        return 1.0
    one, other = pattern(left), pattern(right)
    if not one or not other:
        span, other_span = bounds(left), bounds(right)
        near = span and other_span and max(map(_days, (span, other_span))) <= 7
        return 0.8 if near else 0.2
    if "X" not in one[6:] + other[6:]:
        return 0.5
    return 0.4 if "X" not in one[4:6] + other[4:6] else 0.2


def apart(left: str, right: str) -> int | None:
    """Give the days between two dates at their nearest, None where a year is not known.

    >>> apart("2024-06-26", "2024-06-29"), apart("2024-06", "2024-06-29")
    (3, 0)
    """
    first, second = bounds(left), bounds(right)
    if not first or not second:
        return None
    return max(0, (second[0] - first[1]).days, (first[0] - second[1]).days)


def dated_by(edtf: str, published: str, within: int = 31) -> str | None:
    """Complete the year of a date by the day on which a text tells of it as just past.

    >>> dated_by("XXXX-12-30", "2024-01-02"), dated_by("XXXX-06-26", "2024-01-02")
    ('2023-12-30', None)
    """
    known, seen = pattern(edtf), bounds(published)
    if not known or not seen or not known.startswith("XXXX") or "X" in known[6:]:
        return None
    for day in (seen[1] - timedelta(days=back) for back in range(within + 1)):
        if compatible(edtf, day.isoformat()):
            return day.isoformat()
    return None


def worded(edtf: str) -> str:
    """Write a date as a reader would say it; what is not a date stays as it is.

    >>> worded("2024-06-26"), worded("XXXX-08"), worded("2024-21"), worded("2023-03-12/2023-03-13")
    ('26 June 2024', 'August', 'spring 2024', '12–13 March 2023')
    """
    if "/" in edtf:
        first, last = (worded(part) for part in edtf.split("/", 1))
        return _interval(first, last)
    year, _, part = edtf.partition("-")
    if part in _SEASON_NAMES:
        return f"{_SEASON_NAMES[part]} {year}"
    known = pattern(edtf)
    if not known or known == UNKNOWN:
        return edtf
    month, day = known[4:6], known[6:]
    if "X" in month + day.replace("XX", "") + year.replace("XXXX", ""):
        return year if month + day == "XXXX" else edtf
    if not 1 <= int(month) <= 12:
        return edtf
    words = [str(int(day)) if day != "XX" else "", MONTHS[int(month) - 1]]
    return " ".join(filter(None, [*words, "" if year == "XXXX" else year]))


def _reached(time: str | Reach) -> Reach | None:
    return reach(time) if isinstance(time, str) else time


def _sure(holds: bool, *times: Reach) -> Certainty:
    return "certainly" if holds and all(each.firm for each in times) else "possibly"


def _digits(time: str | Reach) -> str | None:
    """Give the digits of a date that its source is sure of."""
    return pattern(time) if isinstance(time, str) and not _UNSURE.search(time) else None


def _clash(one: str | None, other: str | None) -> bool:
    """Say whether no day of the calendar fits both of two patterns."""
    if not one or not other:
        return False
    pairs = list(zip(one, other, strict=True))
    if any(a != b and "X" not in (a, b) for a, b in pairs):
        return True
    return _edges("".join(b if a == "X" else a for a, b in pairs)) is None


def _point(edtf: str) -> tuple[date, date] | None:
    """Give the first and the last day that one date may mean, its own doubt counted in."""
    plain = _UNSURE.sub("", edtf)
    year, _, part = plain.partition("-")
    if part in _DIVISIONS and re.fullmatch(r"[0-9]{4}", year):
        opening, closing = _DIVISIONS[part]
        span = bounds(f"{year}-{opening}/{int(year) + (closing < opening):04d}-{closing}")
    else:
        known = pattern(plain)
        span = _edges(known) if known else None
    return _widened(span) if span and plain != edtf else span


def _one_of(edtf: str) -> tuple[date, date] | None:
    """Give the first and the last day of a date that is one of several, as in [2024,2026]."""
    spans = [_point(part.strip()) for part in edtf.strip("[]").split(",")]
    known = [span for span in spans if span]
    if len(known) < len(spans):
        return None
    return min(first for first, _ in known), max(last for _, last in known)


def _edges(known: str) -> tuple[date, date] | None:
    """Give the first and last day of the calendar that fits a pattern."""
    year, rest = known[:4], known[4:]
    if year == "XXXX":
        return (date.min, date.max) if _days_like(4, rest) else None
    years = range(max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")) + 1)
    rising, falling = years[:_LEAP_CYCLE], years[::-1][:_LEAP_CYCLE]
    first = next((days[0] for each in rising if (days := _days_like(each, rest))), None)
    last = next((days[-1] for each in falling if (days := _days_like(each, rest))), None)
    return (first, last) if first and last else None


@lru_cache(maxsize=4096)
def _days_like(year: int, rest: str) -> tuple[date, ...]:
    """List the days of a year whose month and day fit four digits with X for the unknown."""
    days = _numbers_like(rest[2:], 31)
    return tuple(
        date(year, month, day)
        for month in _numbers_like(rest[:2], 12)
        for day in days
        if day <= monthrange(year, month)[1]
    )


def _numbers_like(digits: str, last: int) -> list[int]:
    """List the numbers of two digits, from one on, that fit digits with X for the unknown."""
    return [
        number
        for number in range(1, last + 1)
        if all(known in ("X", digit) for known, digit in zip(digits, f"{number:02d}", strict=True))
    ]


def _widened(span: tuple[date, date]) -> tuple[date, date]:
    """Let a span begin and end earlier and later by its own length."""
    length = _days(span) + 1
    first = date.fromordinal(max(date.min.toordinal(), span[0].toordinal() - length))
    return first, date.fromordinal(min(date.max.toordinal(), span[1].toordinal() + length))


def _interval(first: str, last: str) -> str:
    """Join two dates in words, leaving out of the first what both share at their ends."""
    one, other = first.split(), last.split()
    shared = 0
    while shared < len(one) - 1 and one[-1 - shared :] == other[-1 - shared :]:
        shared += 1
    begins = " ".join(one[: len(one) - shared])
    return f"{begins}–{last}" if begins.isdigit() else f"{begins} – {last}"


def _span(known: str | None) -> tuple[date, date] | None:
    if not known or "X" in known[:4] or (known[4:6] == "XX" and known[6:] != "XX"):
        return None
    year, month, day = known[:4], known[4:6], known[6:]
    try:
        start = date(int(year), int(month) if "X" not in month else 1, _first(day))
        if "X" in month:
            return start, date(int(year), 12, 31)
        return (start, start) if "X" not in day else (start, _month_end(start))
    except ValueError:  # digits that no calendar has
        return None


def _first(day: str) -> int:
    return int(day) if "X" not in day else 1


def _month_end(start: date) -> date:
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _length(edtf: str) -> int:
    span = bounds(edtf)
    return _days(span) if span else 10**6


def _days(span: tuple[date, date]) -> int:
    return (span[1] - span[0]).days


def _written(known: str) -> str:
    year, month, day = known[:4], known[4:6], known[6:]
    if day != "XX":
        return f"{year}-{month}-{day}"
    return f"{year}-{month}" if month != "XX" else year
