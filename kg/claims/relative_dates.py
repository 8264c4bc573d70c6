"""Dates that are told by their distance: a match in, EDTF with its rule and anchor out.

"Last week", "a fortnight ago", "the day before", "within six months", "the second half of the
year". What has no day of its own stays as wide as it is told: a week, a weekend or a quarter is
an interval, a month a month.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from kg.claims.anchors import COUNTS, WEEKDAYS, Context, as_day, months_on, publication_year

Found = tuple[str, str, str | None] | None
STEPS: Final = {
    "past": "last", "previous": "last", "earlier this": "this", "later this": "this",
    "coming": "next", "current": "this", "following": "next",
}  # fmt: skip
PARTS: Final = {
    "first half": (1, 6), "second half": (7, 12), "first quarter": (1, 3),
    "second quarter": (4, 6), "third quarter": (7, 9), "fourth quarter": (10, 12),
    "last quarter": (10, 12), "final quarter": (10, 12),
}  # fmt: skip


def that_day(match: re.Match[str], context: Context) -> Found:
    """Resolve "the same day", "the following morning": counted from the last day named."""
    if context.last is None or "/" in context.last or len(context.last) < 10:
        return None
    word = match["shift"].lower()
    day = as_day(context.last)
    step = {"next": 1, "following": 1, "previous": -1}.get(word, 0)
    if step and day is None:
        return None
    edtf = (day + timedelta(days=step)).isoformat() if day and step else context.last
    return edtf, f"{word}-day", context.last


def that_span(match: re.Match[str], context: Context) -> Found:
    """Resolve "the same month", "the following year": counted from the last date named."""
    latest, unit = context.latest, match["unit"].lower()
    if latest is None or not latest[:4].isdigit() or "/" in latest:
        return None
    word = match["shift"].lower().split()[-1]
    step = {"following": 1}.get(word, 0)
    if unit == "year":
        return f"{int(latest[:4]) + step:04d}", f"{word}-year", latest
    if not re.match(r"\d{4}-(?:0\d|1[0-2])", latest):
        return None
    return months_on(latest, step), f"{word}-month", latest


def aside(match: re.Match[str], context: Context) -> Found:
    """Resolve "the day before", "two days later": from the last day named, else publication."""
    anchor = context.last or context.published
    day = as_day(anchor)
    if day is None:
        return None
    word = (match.groupdict().get("count") or "one").lower()
    count = int(word) if word.isdigit() else COUNTS.get(word, 0)
    back = match["way"].lower() in {"before", "earlier", "previously"}
    moved = day + timedelta(days=-count if back else count)
    return moved.isoformat(), "days-before" if back else "days-after", anchor


def part_of_year(match: re.Match[str], context: Context) -> Found:
    """Resolve "the first quarter of 2023", "the second half of next year" to its months."""
    first, last = PARTS[f"{match['nth']} {match['part']}".lower()]
    groups = match.groupdict()
    shift = {"last": -1, "next": 1, "coming": 1}.get((groups.get("which") or "").lower(), 0)
    told = publication_year(context)
    year = int(groups["year"]) if groups.get("year") else None if told is None else told + shift
    if year is None:
        return None
    rule = "explicit" if groups.get("year") else "part-of-this-year"
    anchor = None if groups.get("year") else context.anchor
    return f"{year:04d}-{first:02d}/{year:04d}-{last:02d}", rule, anchor


def unit(match: re.Match[str], context: Context) -> Found:
    """Resolve "last week", "this month", "next year": a week is an interval."""
    lead, unit = match["lead"].lower(), match["unit"].lower()
    lead = STEPS.get(lead, lead)
    step = {"last": -1, "this": 0, "next": 1}[lead]
    rule = f"{lead}-{unit}"
    year = publication_year(context)
    if unit == "year":
        return (f"{year + step:04d}", rule, context.anchor) if year else None
    today = context.day
    if unit == "month" and context.published and re.match(r"\d{4}-\d\d", context.published):
        return months_on(context.published, step), rule, context.published
    if today is None or unit not in {"week", "weekend"}:
        return None
    if unit == "weekend":
        return _weekend(today, step), rule, context.published
    if step == 0:
        return _this_week(today), rule, context.published
    return _week(today, step), rule, context.published


def ago(match: re.Match[str], context: Context) -> Found:
    """Resolve "three months ago", counted from publication."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else COUNTS.get(word, 0)
    unit = match["unit"].lower()
    back = match["way"].lower() in {"ago", "earlier", "before"}
    anchor = context.published
    if not anchor or not count:
        return None
    return _shifted(
        anchor, unit, -count if back else count, f"{unit}s-{'ago' if back else 'ahead'}"
    )


def _shifted(anchor: str, unit: str, count: int, rule: str) -> Found:
    day = as_day(anchor)
    if unit in {"year", "decade"} and anchor[:4].isdigit():
        return f"{int(anchor[:4]) + count * (10 if unit == 'decade' else 1):04d}", rule, anchor
    if unit == "month" and re.match(r"\d{4}-\d\d", anchor):
        return months_on(anchor, count), rule, anchor
    if day and unit == "week":
        return (day + timedelta(weeks=count)).isoformat()[:7], rule, anchor
    return (
        ((day + timedelta(days=count)).isoformat(), rule, anchor) if day and unit == "day" else None
    )


def after_event(match: re.Match[str], context: Context) -> Found:
    """Resolve "four months after the summit": counted back from the last day named."""
    word = match["count"].lower()
    count = int(word) if word.isdigit() else COUNTS.get(word, 0)
    anchor = context.last or context.published
    if not anchor or not count:
        return None
    sign = -1 if match["way"].lower() == "after" else 1
    return _shifted(
        anchor,
        match["unit"].lower(),
        sign * count,
        f"{match['unit'].lower()}s-{match['way'].lower()}",
    )


def _this_week(today: date) -> str:
    """Give the week so far, the whole of it on its first day."""
    monday = today - timedelta(days=today.weekday())
    end = today if today > monday else monday + timedelta(days=6)
    return f"{monday.isoformat()}/{end.isoformat()}"


def _week(today: date, step: int) -> str:
    """Give Monday to Sunday of another week."""
    monday = today + timedelta(days=7 * step - today.weekday())
    return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"


def _weekend(today: date, step: int) -> str:
    """Give Saturday and Sunday of the weekend before or ahead."""
    saturday = today + timedelta(days=5 - today.weekday())
    if step < 0 or (step == 0 and today.weekday() > 4):
        saturday -= timedelta(days=7 if today.weekday() < 5 else 0)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def weekend(match: re.Match[str], context: Context) -> Found:
    """Resolve "at the weekend", "over the weekend": the last one."""
    today = context.day
    return None if today is None else (_weekend(today, -1), match["way"].lower(), context.published)


def fortnight(match: re.Match[str], context: Context) -> Found:
    """Resolve "a fortnight ago" and "a week ago" to their day."""
    today = context.day
    days = {"week": 7, "fortnight": 14, "se'nnight": 7}[match["unit"].lower()]
    if today is None:
        return None
    return (today - timedelta(days=days)).isoformat(), "days-ago", context.published


def within(match: re.Match[str], context: Context) -> Found:
    """Resolve "within six months", "in three weeks' time": by when, counted from publication."""
    word, unit_ = match["count"].lower(), match["unit"].lower()
    count = int(word) if word.isdigit() else COUNTS.get(word, 0)
    anchor = context.published
    if not anchor or not count:
        return None
    if unit_ == "year" and count == 1:
        unit_, count = "month", 12
    return _shifted(anchor, unit_, count, f"within-{unit_}s")


def year_end(_: re.Match[str], context: Context) -> Found:
    """Resolve "the end of the year", "before the year is out" to the year."""
    year = publication_year(context)
    return None if year is None else (f"{year:04d}", "this-year", context.anchor)


def month_end(_: re.Match[str], context: Context) -> Found:
    """Resolve "before the month is out", "by the end of the month" to the month."""
    anchor = context.published
    known = anchor is not None and re.match(r"\d{4}-\d\d", anchor)
    return (anchor[:7], "this-month", anchor) if anchor and known else None


def feast(match: re.Match[str], context: Context) -> Found:
    """Resolve "before Christmas" to its month, "on New Year's Day" to the day: the next one."""
    year = publication_year(context)
    if year is None:
        return None
    if match["feast"].lower().startswith("new year"):
        return f"{year + 1:04d}-01-01", "next-feast", context.anchor
    return f"{year:04d}-12", "next-feast", context.anchor


def weekdays(match: re.Match[str], context: Context) -> Found:
    """Resolve "from Monday to Wednesday", "on Tuesday and Wednesday": days that have passed."""
    today = context.day
    first, last = WEEKDAYS[match["weekday"].lower()], WEEKDAYS[match["weekday2"].lower()]
    if today is None or first >= last:
        return None
    end = today - timedelta(days=(today.weekday() - last) % 7)
    begin = end - timedelta(days=last - first)
    return f"{begin.isoformat()}/{end.isoformat()}", "last-weekdays", context.published


def day_of_other_month(match: re.Match[str], context: Context) -> Found:
    """Resolve "the 8th of next month"."""
    anchor = context.published
    if not anchor or not re.match(r"\d{4}-\d\d", anchor):
        return None
    step = {"last": -1, "next": 1}.get(match["which"].lower(), 0)
    edtf = f"{months_on(anchor, step)}-{int(match['day']):02d}"
    return edtf, f"day-of-{match['which'].lower()}-month", anchor
