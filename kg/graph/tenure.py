"""Terms of office as articles attest them: holdings and dates of articles in, intervals out.

An article that gives somebody an office attests it on its own day; one that speaks of the former
holder attests that it was over by then. Nothing is said of the days beyond: an office may be held
long before the first report of it and after the last.
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

_BETWEEN: Final = r"(?:[A-Z][\w.-]*\s+){0,3}"  # whose office it is: "former South Korean minister"


@dataclass(frozen=True, slots=True)
class Words:
    """Words before a title that tell when the office is held."""

    over: frozenset[str]
    elsewhen: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tenure:
    """What articles attest of one holding, each date in EDTF as exact as its article's."""

    observed: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    ended: str | None = None


def posts_over(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Give the claims on posts that are over on the day of their article."""
    return tuple(each.id for each in claims if each.kind == "post" and _is(each, "over"))


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
            if own is None or own - {*reading.over, *reading.unsaid}:
                held.add(reading.published)
            if own and own & set(reading.over):
                over.add(reading.published)
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


def _before(claim: Claim) -> Iterator[str]:
    """Yield what stands before each title of a claim, with the first word of the title."""
    for title in claim.fillers("title"):
        yield from _led(title, claim)


def _led(title: Filler, claim: Claim) -> Iterator[str]:
    yield f"{(title.text or '').partition(' ')[0]} "
    if title.start is not None and claim.start <= title.start <= claim.end:
        yield claim.quote[: title.start - claim.start]


@cache
def _pattern(when: str) -> re.Pattern[str]:
    words = lexicon("graph", "tenure.yaml", Words)
    among = "|".join(map(re.escape, sorted(words.over if when == "over" else words.elsewhen)))
    return re.compile(rf"(?<![\w-])(?i:{among})(?:\s+|\s*-\s*){_BETWEEN}$")
