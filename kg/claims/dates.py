"""Dates in a text: words in, EDTF out, as exact as the words are and no more.

The longest wording at a place wins, a weekday beside a date is part of it, and words that only
look like a date ("may", "the 21st summit") are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

from kg.articles.model import Article
from kg.claims import relative_dates as relative
from kg.claims.anchors import Context, Resolver, as_day, months_on
from kg.claims.dating import RULES
from kg.claims.model import Filler

__all__ = ["Context", "Dated", "ahead", "dates_in"]

DATELINE: Final = re.compile(
    r"(?!(?:On|In|By|From|Since|As|At|Until|The|Of) )(?:[A-Z][\w.'’/-]*,? ){1,5}"
    r"(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}|[0-9]{1,2} [A-Z][a-z]{2,8})"
    r"(?:, [0-9]{4})?\s*(?:$|\(|(?:--|[-–—.:])\s)"
)
EARLY: Final = 12  # lines of an article in which a dateline may stand
LATE: Final = timedelta(days=4)  # after the dateline, at most, a paper appears
POINTING: Final = frozenset((relative.that_day, relative.that_span, relative.aside))
BEFORE_DAY: Final = frozenset(
    [
        "after",
        "and",
        "as",
        "before",
        "between",
        "by",
        "for",
        "from",
        "on",
        "or",
        "since",
        "till",
        "through",
        "to",
        "until",
    ]
)
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
    pointing: list[tuple[re.Match[str], Resolver]] = []
    for match, resolver in _matches(text):
        taken = [*((d.start, d.end) for d in found), *(m.span() for m, _ in pointing)]
        if any(match.start() < end and start < match.end() for start, end in taken):
            continue
        if resolver in POINTING:
            pointing.append((match, resolver))
        elif (resolved := resolver(match, context)) is not None:
            found.append(Dated(match.start(), match.end(), *resolved))
    for match, resolver in sorted(pointing, key=_start):
        resolved = resolver(match, _within(context, found, match.start()))
        if resolved is not None:
            found.append(Dated(match.start(), match.end(), *resolved))
    found = [each for each in found if not _is_other(text, each)]
    return tuple(_without_weekdays(text, sorted(found, key=lambda each: each.start)))


@lru_cache(maxsize=1024)  # sentences are asked about more than once, each time in another context
def _matches(text: str) -> tuple[tuple[re.Match[str], Resolver], ...]:
    """Find everything in a text that a rule knows, rule by rule."""
    found = ((each, resolver) for pattern, resolver in RULES for each in pattern.finditer(text))
    return tuple(found)


def _start(pointing: tuple[re.Match[str], Resolver]) -> int:
    return pointing[0].start()


def _within(context: Context, found: list[Dated], at: int) -> Context:
    """Give the context of a wording that points back within its sentence."""
    before = sorted((d for d in found if d.start < at), key=lambda each: each.start)
    days = [each.edtf for each in before if as_day(each.edtf) is not None]
    last = days[-1] if days else context.last
    latest = before[-1].edtf if before else context.latest
    return replace(context, last=last, latest=latest)


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
    if found.rule == "day-of-month" or found.edtf.startswith("XXXX-XX-"):
        return _numbers_what_follows(text, found)
    if len(words) == 3 and re.match(r"-?\s?[A-Z][a-z]", text[found.end : found.end + 3]):
        return not _names_month(text, found)  # the first name "Jan"
    return words in {"may", "march", "May", "March"} and not _names_month(text, found)


def _numbers_what_follows(text: str, found: Dated) -> bool:
    """Tell an ordinal from a day: "the 1st Asia-Africa Summit", "hosted the 9th annual fair"."""
    if re.match(r"[ -][A-Z]", text[found.end : found.end + 2]):
        return True
    before = re.search(r"(\w+) $", text[max(0, found.start - 12) : found.start])
    placed = before is None or before[1].lower() in BEFORE_DAY
    return not placed and bool(re.match(r" [a-z]", text[found.end : found.end + 2]))


def _names_month(text: str, found: Dated) -> bool:
    before = text[: found.start].rstrip().lower().rsplit(" ", 1)[-1]
    return text[found.start].isupper() and before in BEFORE_MONTH


def dateline_day(article: Article, published: str | None) -> str | None:
    """Give the day of a dateline a few days before publication: "Lusaka, June 26".

    What such a story calls today is that day, not the one on which the paper came out.
    """
    day = as_day(published)
    if day is None:
        return None
    for line in article.lines[:EARLY]:
        text = article.text[line.start : min(line.end, line.start + 90)]
        found = DATELINE.match(text)
        if line.role != "dateline" and found is None:
            continue
        for each in dates_in(text if found is None else found[0], Context(published)):
            told = as_day(each.edtf)
            if told is not None and timedelta(0) <= day - told <= LATE:
                return each.edtf
    return None


def behind(filler: Filler, told: str | None) -> Filler:
    """Give the date of a deed that is done: a month without a year is not still to come."""
    ref, first = str(filler.ref), str(filler.ref).split("/", maxsplit=1)[0]
    later = told is not None and first[:4].isdigit() and first > told[: len(first)]
    if filler.rule != "nearest-year" or not later or "/" in ref:
        return filler
    return replace(filler, ref=f"{int(ref[:4]) - 1:04d}{ref[4:]}")


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
    if rule == "last-weekdays":
        days = (as_day(each) for each in edtf.split("/"))
        return "/".join((each + timedelta(days=7)).isoformat() for each in days if each)
    if rule == "day-of-month" and day is not None:
        return f"{months_on(edtf, 1)}{edtf[7:]}"
    if rule == "nearest-year" and edtf[:4].isdigit() and "/" not in edtf:
        return f"{int(edtf[:4]) + 1:04d}{edtf[4:]}"
    return edtf
