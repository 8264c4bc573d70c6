"""Terms of office as articles attest them: holdings and dates of articles in, intervals out.

An article that gives somebody an office attests it on its own day; one that speaks of the former
holder attests that it was over by then, or by the date until which it says that it was held.
Nothing is said of the days beyond: an office may be held long before the first report of it and
after the last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.claims.model import Claim
from kg.edtf import reach
from kg.events.model import Event
from kg.graph.model import Reading, Views


@dataclass(frozen=True, slots=True)
class Tenure:
    """What articles attest of one holding, each date in EDTF as exact as its article's."""

    observed: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    ended: str | None = None


def posts_over(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Give the claims on posts that are over on the day of their article."""
    return tuple(each.id for each in claims if each.tenure and each.tenure.held == "over")


def posts_ended(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Give for claims on posts the date until which they say that the post was held."""
    return tuple(
        (each.id, each.tenure.until) for each in claims if each.tenure and each.tenure.until
    )


def posts_unsaid(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Give the claims on posts that are denied or told of another time."""
    return tuple(
        each.id
        for each in claims
        if each.kind == "post"
        and (each.polarity == "negative" or (each.tenure and each.tenure.held == "elsewhen"))
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
