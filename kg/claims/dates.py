"""Dates in a text: words in, EDTF out, as exact as the words are and no more.

The longest wording at a place wins, a weekday beside a date is part of it, and words that only
look like a date ("may", "the 21st summit") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from kg.claims.dating import RULES, Context, as_day, months_on

__all__ = ["Context", "Dated", "ahead", "dates_in"]

BEFORE_MONTH: Final = frozenset(
    [
        "in",
        "since",
        "until",
        "by",
        "from",
        "of",
        "last",
        "next",
        "this",
        "for",
        "during",
        "early",
        "late",
        "mid",
        "to",
        "before",
        "after",
        "through",
    ]
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: where, its EDTF form, and how it was resolved."""

    start: int
    end: int
    edtf: str
    rule: str
    anchor: str | None = None


def dates_in(text: str, context: Context) -> tuple[Dated, ...]:
    """Find and resolve the dates in a text, in order; the longest wording at a place wins."""
    found: list[Dated] = []
    for pattern, resolver in RULES:
        for match in pattern.finditer(text):
            if any(match.start() < each.end and each.start < match.end() for each in found):
                continue
            resolved = resolver(match, context)
            if resolved:
                edtf, rule, anchor = resolved
                found.append(Dated(match.start(), match.end(), edtf, rule, anchor))
    found = [each for each in found if not _is_other(text, each)]
    return tuple(_without_weekdays(text, sorted(found, key=lambda each: each.start)))


def _without_weekdays(text: str, found: list[Dated]) -> Iterator[Dated]:
    """Take a weekday and the date beside it for one: "Wednesday (26 June)", "Monday the 3rd"."""
    skip = False
    for i, each in enumerate(found):
        if skip:
            skip = False
            continue
        after = found[i + 1] if i + 1 < len(found) else None
        if after and _beside(text, each, after):
            exact = after if each.rule.endswith("weekday") else each
            yield Dated(each.start, after.end, exact.edtf, exact.rule, exact.anchor)
            skip = True
        else:
            yield each


def _beside(text: str, one: Dated, other: Dated) -> bool:
    if one.rule.endswith("weekday") == other.rule.endswith("weekday"):
        return False
    exact = other if one.rule.endswith("weekday") else one
    return len(exact.edtf) == 10 and not text[one.end : other.start].strip(" ,(")


def _is_other(text: str, found: Dated) -> bool:
    """Tell whether a wording is no date here: the verb "may", the step "march", "second"."""
    words = text[found.start : found.end]
    if found.rule == "day-of-month" and re.match(r"[ -][A-Z]", text[found.end : found.end + 2]):
        return True  # "the 1st Asia-Africa Summit"
    if len(words) == 3 and re.match(r"-?\s?[A-Z][a-z]", text[found.end : found.end + 3]):
        return not _names_month(text, found)  # the first name "Jan"
    return words in {"may", "march", "May", "March"} and not _names_month(text, found)


def _names_month(text: str, found: Dated) -> bool:
    before = text[: found.start].rstrip().lower().rsplit(" ", 1)[-1]
    return text[found.start].isupper() and before in BEFORE_MONTH


def ahead(edtf: str, rule: str, anchor: str | None) -> str:
    """Give a relative date as it is meant of what is still to come: the next, not the last.

    >>> ahead("2024-06-24", "last-weekday", "2024-06-27")
    '2024-07-01'
    """
    if anchor is None or edtf >= anchor[: len(edtf)]:
        return edtf
    day = as_day(edtf)
    if rule == "last-weekday" and day is not None:
        return (day + timedelta(days=7)).isoformat()
    if rule == "day-of-month" and day is not None:
        return f"{months_on(edtf, 1)}{edtf[7:]}"
    if rule == "nearest-year" and edtf[:4].isdigit() and "/" not in edtf:
        return f"{int(edtf[:4]) + 1:04d}{edtf[4:]}"
    return edtf
