"""Terms of office as articles attest them: holdings and dates of articles in, intervals out.

An article that gives somebody an office attests it on its own day; one that speaks of the former
holder attests that it was over by then, or by the date until which it says that it was held.
Nothing is said of the days beyond: an office may be held long before the first report of it and
after the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from kg.claims.model import Claim, Filler
from kg.edtf import reach
from kg.events.model import Event
from kg.graph.model import Reading, Views
from kg.resources import lexicon

_WHOSE: Final = r"(?:[A-Z][\w.'’-]*|the|its|their|his|her)"  # whose office it is
_BETWEEN: Final = rf"(?:{_WHOSE}\s+){{0,3}}"  # "former South Korean minister"
_UNREAL: Final = r"(?<!has )(?<!have )(?<!it )(?<!It )"  # "has served as", "it was Minister NAME"
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_DATE: Final = (
    rf"(?:(?:early|late|mid)[ -])?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?"
    rf"(?:(?P<month>(?i:{'|'.join(_MONTHS)}))\s+(?:(?P<after>\d{{1,2}}),?\s+)?)?(?P<year>\d{{4}})"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words before and behind a title that tell when the office is held."""

    over: frozenset[str]
    elsewhen: frozenset[str]
    gone: frozenset[str]
    until: frozenset[str]
    since: frozenset[str]
    recent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tenure:
    """What articles attest of one holding, each date in EDTF as exact as its article's."""

    observed: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    ended: str | None = None


def posts_over(claims: Iterable[Claim], published: str | None = None) -> tuple[str, ...]:
    """Give the claims on posts that are over on the day of their article."""
    return tuple(
        each.id
        for each in claims
        if each.kind == "post"
        and each.polarity != "negative"
        and (_is(each, "over") or any(True for _ in _ends(each, published)))
    )


def posts_ended(
    claims: Iterable[Claim], published: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Give for claims on posts the date until which they say that the post was held."""
    return tuple(
        (each.id, end)
        for each in claims
        if each.kind == "post" and each.polarity != "negative"
        for end in sorted(filter(None, _ends(each, published)))[:1]
    )


def posts_unsaid(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Give the claims on posts that are denied or told of another time."""
    return tuple(
        each.id
        for each in claims
        if each.kind == "post" and (each.polarity == "negative" or _is(each, "elsewhen"))
    )


def tenure_of(event: Event, views: Views) -> Tenure:
    """Give the interval in which articles attest that an office is held."""
    held: set[str] = set()
    over: set[str] = set()
    for article in event.articles:
        reading = views.readings.get(article)
        if reading and reading.published:
            own = _claims_on(event, article, reading, views)
            until = own is not None and any(claim in own for claim, _ in reading.ended)
            if own is None or (not until and own - {*reading.over, *reading.unsaid}):
                held.add(reading.published)
            if own and own & set(reading.over):
                told = {end for claim, end in reading.ended if claim in own}
                over |= told or {reading.published}
    spans = [(*span, edtf) for edtf in sorted(held) if (span := _span(edtf))]
    ends = [(*span, edtf) for edtf in sorted(over) if (span := _span(edtf))]
    return Tenure(
        observed=tuple(sorted(held)),
        first=min(spans, key=lambda each: (each[1], each[0]))[2] if spans else None,
        last=max(spans, key=lambda each: (each[0], each[1]))[2] if spans else None,
        ended=min(ends, key=lambda each: (each[1], each[0]))[2] if ends else None,
    )


def _claims_on(event: Event, article: str, reading: Reading, views: Views) -> set[str] | None:
    """Give the claims of an article on a holding; None where all of them say that it is held."""
    if not {*reading.over, *reading.unsaid} & set(event.claims):
        return None
    return {claim for claim, about in views.events.about(article).items() if about == event.id}


def _span(edtf: str) -> tuple[date, date] | None:
    """Give the first and the last day that a date may mean, if its source is sure of it."""
    found = reach(edtf)
    if not found or not found.firm or date.min in found.begins or date.max in found.ends:
        return None
    return found.begins[0], found.ends[1]


def _is(claim: Claim, when: str) -> bool:
    return any(_pattern(when).search(each) for each in _before(claim))


def _ends(claim: Claim, published: str | None) -> Iterator[str]:
    """Yield the ends that stand behind the titles of a claim, empty where without a date.

    What is to end only after the day of the article is no end yet.
    """
    for title in claim.fillers("title"):
        if title.start is None or not claim.start <= title.start <= claim.end:
            continue
        at = title.start - claim.start
        found = _behind().match(claim.quote[at + len(title.text or "") :])
        if not found:
            continue
        end = _edtf(found)
        day, span = _span(published or ""), _span(end) if end else None
        passed = bool(day and span and span[1] < day[0])
        to_come = bool(day and span and span[0] > day[1])
        gone = bool(_gone().search(claim.quote[:at])) and not to_come
        if passed or gone or not found["year"]:
            yield end


def _edtf(found: re.Match[str]) -> str:
    day, month = found["day"] or found["after"], found["month"]
    if not found["year"]:
        return ""
    if not month:
        return found["year"]
    number = f"{_MONTHS.index(month.lower()) + 1:02}"
    return "-".join([found["year"], number, *([f"{int(day):02}"] if day else [])])


def _before(claim: Claim) -> Iterator[str]:
    """Yield what stands before each title of a claim, with the first word of the title."""
    for title in claim.fillers("title"):
        yield from _led(title, claim)


def _led(title: Filler, claim: Claim) -> Iterator[str]:
    yield f"{(title.text or '').partition(' ')[0]} "
    if title.start is not None and claim.start <= title.start <= claim.end:
        yield claim.quote[: title.start - claim.start]


def _words() -> Words:
    words: Words = lexicon("graph", "tenure.yaml", Words)
    return words


def _among(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda each: (-len(each), each))))


@cache
def _pattern(when: str) -> re.Pattern[str]:
    among = _among(_words().over if when == "over" else _words().elsewhen)
    return re.compile(rf"(?<![\w-]){_UNREAL}(?i:{among})(?:\s+|\s*-\s*){_BETWEEN}$")


@cache
def _gone() -> re.Pattern[str]:
    """Find a verb of the past whose clause the title stands in."""
    return re.compile(rf"(?<![\w-])(?i:{_among(_words().gone)})\b[^,;:.]{{0,60}}$")


@cache
def _behind() -> re.Pattern[str]:
    """Find the end of an office behind its title: "of Serbia from 2019 until May 2022"."""
    name = r"[A-Z][\w.'’-]*"
    office = rf"(?:,?\s+(?:of|for|in|at)\s+(?:the\s+)?{name}(?:\s+(?:of\s+)?(?:the\s+)?{name})*)?"
    anonymous = re.sub(r"\?P<\w+>", "?:", _DATE)
    until, recent = _among(_words().until), _among(_words().recent)
    opening = rf"(?:{_among(_words().since)})\s+{anonymous}\s+(?:to|and|{until})"
    return re.compile(rf"{office},?\s+(?:{opening}|{until})\s+(?:{_DATE}|{recent})\b")
