"""One wording of a date and what it means: a match in, EDTF with its rule and anchor out.

A date that is not written out is counted from an anchor: the day the article appeared, or a date
of the article where the wording points back ("later that day"). Anchor and rule are kept with
it. A year that neither gives stays open (`XXXX-06-26`), and what counts from it has the day of
the story for its anchor, or a year unknown (`XXXX`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from kg.claims import relative_dates as relative
from kg.claims.anchors import COUNTS, MONTHS, WEEKDAYS, Context, Resolver, publication_year

SEASONS: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_LONG = "|".join(
    sorted(
        (name for name in MONTHS if len(name) > 4 or name in {"may", "june", "july"}),
        key=len,
        reverse=True,
    )
)
_SHORT = "|".join(name for name in MONTHS if len(name) < 5 and name not in {"may", "june", "july"})
_DOT = r"(?:(?<!\bmay)\.(?=\s+\d))?"  # of an abbreviation, not of the sentence
_MONTH = rf"(?P<month>(?:{_LONG})\b|(?:{_SHORT})\b){_DOT}"
_DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_DAY2 = r"(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d|21\d\d)\b"
_WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")\b"
_COUNT = r"(?P<count>\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?\b"


def _month(match: re.Match[str], name: str = "month") -> int:
    return MONTHS[match[name].lower()]


def _full(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    """Resolve day, month and year, all written out or the year known."""
    groups = match.groupdict()
    month, day = _month(match), int(match["day"])
    before = match.string[: match.start()].rstrip().lower()
    since = before.endswith("since")
    year, rule, anchor = _year_of(groups.get("year"), month, day, context, since)
    first = f"{year}-{month:02d}-{day:02d}"
    if groups.get("day2"):
        month2 = MONTHS[groups["month2"].lower()] if groups.get("month2") else month
        return f"{first}/{year}-{month2:02d}-{int(groups['day2']):02d}", rule, anchor
    return first, rule, anchor


def _year_of(
    written: str | None, month: int, day: int | None, context: Context, since: bool = False
) -> tuple[str, str, str | None]:
    """Give the year of a month and day: as written, nearest to publication, or open."""
    if written:
        return written, "explicit", None
    if context.published and context.published[:4].isdigit():
        year = _nearest(month, day, context.published)
        told = f"{year}-{month:02d}" if day is None else f"{year}-{month:02d}-{day:02d}"
        if since and told > context.published[: len(told)]:
            return str(int(year) - 1), "since-day", context.published
        return year, "nearest-year", context.published
    if context.year:
        return context.year, "only-year", context.year
    return "XXXX", "explicit", None


def _nearest(month: int, day: int | None, published: str) -> str:
    """Give the year in which a month (and day) is nearest to publication, past preferred."""
    year = int(published[:4])
    if len(published) < 7 or not published[5:7].isdigit() or int(published[5:7]) > 12:
        return str(year)
    distance = (month - int(published[5:7])) * 30 + ((day or 15) - int(published[8:10] or 15))
    if distance > 200:
        return str(year - 1)
    return str(year + 1) if distance < -250 else str(year)


def _month_year(match: re.Match[str], _: Context) -> tuple[str, str, str | None] | None:
    return f"{match['year']}-{_month(match):02d}", "explicit", None


def _bare_month(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    """Resolve "in June", and "last August": before publication, else with an open year."""
    month = _month(match)
    lead = (match.groupdict().get("lead") or "").lower()
    anchor = context.published
    if not anchor or not re.match(r"\d{4}-\d\d", anchor):
        if lead:
            return f"XXXX-{month:02d}", f"{lead.split()[-1]}-month-name", context.anchor
        year = context.year
        return (f"{year}-{month:02d}", "only-year", year) if year else _open(f"{month:02d}")
    year_, now = int(anchor[:4]), int(anchor[5:7])
    if lead in {"last", "since"}:
        past = month >= now if lead == "last" else month > now
        return f"{year_ - past:04d}-{month:02d}", f"{lead}-month-name", anchor
    if lead in {"next", "coming"}:
        return f"{year_ + (month <= now):04d}-{month:02d}", "next-month-name", anchor
    if lead == "this":
        return f"{year_:04d}-{month:02d}", "this-month-name", anchor
    return f"{_nearest(month, None, anchor)}-{month:02d}", "nearest-year", anchor


def _open(rest: str) -> tuple[str, str, str | None]:
    """Give a date as it is written, counted from nothing, in a year that is not known."""
    return f"XXXX-{rest}", "explicit", None


def _month_of_other_year(
    match: re.Match[str], context: Context
) -> tuple[str, str, str | None] | None:
    shift = {"last": -1, "previous": -1, "this": 0, "the same": 0, "next": 1}[
        match["which"].lower()
    ]
    month = f"{_month(match):02d}"
    day = match.groupdict().get("day")
    tail = f"-{month}-{int(day):02d}" if day else f"-{month}"
    rule = f"month-of-{match['which'].lower().replace(' ', '-')}-year"
    year = publication_year(context)
    if year is None:
        return f"XXXX{tail}", rule, context.anchor
    return f"{year + shift:04d}{tail}", rule, context.anchor


def _iso(match: re.Match[str], _: Context) -> tuple[str, str, str | None] | None:
    month, day = int(match["m"]), int(match["d"])
    valid = 1 <= month <= 12 and 1 <= day <= 31
    return (f"{match['year']}-{month:02d}-{day:02d}", "explicit", None) if valid else None


def _year_only(match: re.Match[str], _: Context) -> tuple[str, str, str | None] | None:
    return match["year"], "explicit", None


def _years(match: re.Match[str], _: Context) -> tuple[str, str, str | None] | None:
    last = match["last"]
    if len(last) == 2:
        last = match["year"][:2] + last
    return (f"{match['year']}/{last}", "explicit", None) if last > match["year"] else None


def _decade(match: re.Match[str], _: Context) -> tuple[str, str, str | None] | None:
    return f"{match['decade']}X", "explicit", None


def _season(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    season = SEASONS[match["season"].lower()]
    groups = match.groupdict()
    if groups.get("year"):
        return f"{groups['year']}-{season}", "explicit", None
    lead = (groups.get("lead") or "").lower()
    year = publication_year(context)
    if year is None or not lead:
        return None
    now = context.published or ""
    month = int(now[5:7]) if re.match(r"\d{4}-(?:0\d|1[0-2])", now) else 6
    begins = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    if lead.endswith("the"):  # "in the spring": whichever is nearer
        far = begins + 1 - month
        year += (far < -5) - (far > 6)
        return f"{year}-{season}", "nearest-season", context.anchor
    shift = {
        "last": -1 if begins + 2 >= month else 0,
        "this": 0,
        "next": 1 if begins <= month else 0,
    }
    return f"{year + shift.get(lead, 0)}-{season}", f"{lead}-season", context.anchor


def _weekday(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    """Resolve a weekday: the last one before publication, the next one where the text says so."""
    today = context.day
    if today is None:
        return None
    lead = (match.groupdict().get("lead") or "").lower()
    number = WEEKDAYS[match["weekday"].lower()]
    if lead in {"next", "coming", "this coming"}:
        ahead = (number - today.weekday()) % 7 or 7
        return (today + timedelta(days=ahead)).isoformat(), "next-weekday", context.published
    back = (today.weekday() - number) % 7
    if lead == "last" and back == 0:
        back = 7
    return (today - timedelta(days=back)).isoformat(), "last-weekday", context.published


def _weekday_of_week(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    """Resolve "Tuesday of last week"."""
    today = context.day
    if today is None:
        return None
    step = {"last": -7, "next": 7}.get(match["which"].lower(), 0)
    days = WEEKDAYS[match["weekday"].lower()] - today.weekday() + step
    rule = f"weekday-of-{match['which'].lower()}-week"
    return (today + timedelta(days=days)).isoformat(), rule, context.published


def _day_word(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    today = context.day
    if today is None:
        return None
    word = match["word"].lower()
    shift = {
        "yesterday": -1,
        "last night": -1,
        "last evening": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }.get(word, 0)
    return (today + timedelta(days=shift)).isoformat(), word.replace(" ", "-"), context.published


def _day_of_month(match: re.Match[str], context: Context) -> tuple[str, str, str | None] | None:
    """Resolve "the 26th": in the month of publication, or the one before."""
    day, today = int(match["day"]), context.day
    if today is None:
        return _open(f"XX-{day:02d}")
    year, month = today.year, today.month
    if day > today.day:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return f"{year}-{month:02d}-{day:02d}", "day-of-month", context.published


def _rule(
    pattern: str, resolver: Resolver, flags: int = re.IGNORECASE
) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(r"(?<![\w$€£.])" + pattern, flags), resolver


def _rules() -> Iterator[tuple[re.Pattern[str], Resolver]]:
    """Yield the rules, most exact wordings first."""
    month2 = _MONTH.replace("month", "month2")
    to = r"\s*(?:-|–|—|to|and|through|until)\s*"
    yield _rule(r"(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso)
    yield _rule(rf"{_MONTH}\s+{_DAY}{to}{month2}\s+{_DAY2}(?:,?\s+{_YEAR})?", _full)
    yield _rule(rf"{_MONTH}\s+{_DAY}{to}{_DAY2}(?:,?\s+{_YEAR})?(?!\s*%)", _full)
    yield _rule(rf"{_DAY}{to}{_DAY2}\s+{_MONTH}(?:,?\s+{_YEAR})?", _full)
    yield _rule(rf"{_DAY}\s+{_MONTH}{to}{_DAY2}\s+{month2}(?:,?\s+{_YEAR})?", _full)
    other = r"(?:in|of|,)?\s*(?:the\s+)?(?P<which>last|previous|next|this|the same)\s+year\b"
    yield _rule(rf"{_MONTH}\s+{_DAY}\s+{other}", _month_of_other_year)
    yield _rule(rf"(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}\s+{other}", _month_of_other_year)
    yield _rule(rf"{_MONTH}\s+{other}", _month_of_other_year)
    yield _rule(rf"{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?(?!\s*(?:%|percent|per cent))", _full)
    yield _rule(rf"(?:the\s+)?{_DAY}\.?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR})?", _full)
    yield _rule(rf"{_MONTH},?(?:\s+of)?\s+{_YEAR}", _month_year)
    yield _rule(rf"(?P<season>spring|summer|autumn|fall|winter),?(?:\s+of)?\s+{_YEAR}", _season)
    yield _rule(
        r"(?P<lead>last|this|next|(?:in|by|before|until)\s+the)\s+"
        r"(?P<season>spring|summer|autumn|fall|winter)\b",
        _season,
    )
    which = r"(?:the\s+)?(?:the|this|(?P<which>last|next|coming))"
    year = rf"(?:(?:\s+of)?\s+{_YEAR}|\s+(?:of\s+)?{which}\s+year\b)?"
    parts = r"(?P<nth>first|second|third|fourth|last|final)\s+(?P<part>quarter|half)\b"
    yield _rule(
        rf"{parts}(?<!last half)(?<!third half)(?<!fourth half)(?<!final half){year}",
        relative.part_of_year,
    )
    yield _rule(r"(?P<year>(?:19|20)\d\d)\s*[-–—/]\s*(?P<last>(?:19|20)?\d\d)\b(?!-)", _years)
    yield _rule(r"(?:the\s+)?(?P<decade>1[6-9]\d|20\d)0s\b", _decade)
    lead = r"(?:(?P<lead>last|next|this coming|coming|this)\s+)"
    yield _rule(lead + _WEEKDAY, _weekday)
    yield _rule(lead + _MONTH, _bare_month)
    yield _rule(
        r"(?P<lead>since)\s+(?:the\s+end\s+of\s+|early\s+|late\s+|mid-)?" + _MONTH + r"(?!\s+\d)",
        _bare_month,
    )
    other_day = _WEEKDAY.replace("weekday", "weekday2", 1)
    yield _rule(_WEEKDAY + r"\s+(?:to|and|through|until|till)\s+" + other_day, relative.weekdays)
    yield _rule(
        _WEEKDAY + r",?\s+(?:(?:of|in)\s+)?(?P<which>last|next|this) week\b", _weekday_of_week
    )
    yield _rule(_WEEKDAY + r"\s+(?P<lead>last)\b", _weekday)
    yield _rule(_WEEKDAY, _weekday)
    yield _rule(
        r"(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tonight|"
        r"tomorrow|last (?:night|evening)|this (?:morning|afternoon|evening)|"
        r"(?:later|earlier) in the day)\b",
        _day_word,
    )
    yield from _relative_rules()
    yield _rule(rf"(?<!\d ){_MONTH}(?!\s+\d)", _bare_month)
    yield _rule(
        rf"{_YEAR}(?!\s*(?:%|percent|per cent|tons|tonnes|km|miles|people|dollars))", _year_only
    )


def _relative_rules() -> Iterator[tuple[re.Pattern[str], Resolver]]:
    """Yield the rules for dates that are told by their distance."""
    yield _rule(
        r"(?P<shift>that|same|the same|next|following|previous)\s+"
        r"(?:day|morning|afternoon|evening|night)\b",
        relative.that_day,
    )
    yield _rule(
        r"(?P<shift>that same|that|the same|the following)\s+(?P<unit>month|year)\b",
        relative.that_span,
    )
    yield _rule(rf"(?:the|{_COUNT})\s+days?\s+(?P<way>before|earlier|later)\b", relative.aside)
    yield _rule(r"the\s+day\s+(?P<way>after)\b(?!\s+tomorrow)", relative.aside)
    yield _rule(
        r"(?:the\s+)?(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\s+of\s+"
        r"(?P<which>last|next|this|the)\s+month\b",
        relative.day_of_other_month,
    )
    yield _rule(
        r"the\s+(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)\b"
        r"(?!\s+[a-z]*\s*(?:meeting|round|summit|century|anniversary|session|edition|time|day))",
        _day_of_month,
    )
    yield _rule(r"an?\s+(?P<unit>week|fortnight)\s+ago\b", relative.fortnight)
    yield _rule(rf"{_COUNT}\s+{_UNIT}\s+(?P<way>ago|earlier|from now|later)\b", relative.ago)
    yield _rule(
        rf"(?:just\s+|only\s+)?{_COUNT}\s+{_UNIT}\s+(?P<way>after)\s+"
        r"(?:the|a|an|their|its|his|her)\b",
        relative.after_event,
    )
    yield _rule(rf"within\s+(?:the\s+next\s+)?{_COUNT}\s+{_UNIT}", relative.within)
    yield _rule(rf"in\s+{_COUNT}\s+{_UNIT}['’]\s*s?\s+time\b", relative.within)
    yield _rule(r"(?P<way>at|over) the weekend\b", relative.weekend)
    yield _rule(
        r"(?:the\s+)?(?:end of the year|year-end|year's end|year is out)\b", relative.year_end
    )
    yield _rule(
        r"(?:the\s+month\s+is\s+(?:out|over)|the\s+end\s+of\s+the\s+month)\b", relative.month_end
    )
    yield _rule(r"(?P<feast>Christmas(?!\s+[A-Z])|New\s+Year['’]?\s?s\s+Day)\b", relative.feast)
    yield _rule(
        r"(?P<lead>last|past|previous|this|earlier this|later this|next|coming|current)\s+"
        r"(?P<unit>week|weekend|month|year)\b",
        relative.unit,
    )


RULES: Final = tuple(_rules())
