"""Articles without a date: bounded by what they report as done, and what their dates mean then.

An article and the events that it is about in, triples of the derived graph out. It appeared not
before the latest day of a meeting, document or measure that it reports as held, issued or in
force. What its own graph says of dates stays as it is; the year that they leave open is said
beside it only where the event tells it, and else bounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kg.claims.model import Claim, Filler
from kg.edtf import compatible, is_day, names_day
from kg.events.model import Event
from kg.graph.claims import dating_node
from kg.graph.events import Context
from kg.graph.literals import date
from kg.graph.terms import Triple, describe, term

_OPEN: Final = "XXXX-"
_STEPS: Final = {
    "month-of-last-year": -1, "month-of-previous-year": -1, "month-of-this-year": 0,
    "month-of-the-same-year": 0, "month-of-next-year": 1,
}  # fmt: skip
Resolved = tuple[str, tuple[str, ...]]  # a date and the events that tell it


def bound_triples(article: str, context: Context) -> Iterator[Triple]:
    """Say from when on an article without a date appeared, and what its open dates mean."""
    days = _days(article, context)
    if not days:
        return
    mint = context.mint
    first = max(days.values())
    latest = tuple(sorted(event for event, day in days.items() if day == first))
    yield from describe(
        mint.article(article),
        ("cmq:appearedFrom", date(first)),
        ("cmq:boundedBy", [mint.path(event) for event in latest]),
    )
    for filler, (value, events) in _datings(article, days, (first, latest), context):
        yield from describe(
            dating_node(filler, article, mint),
            ("cmq:resolvedDate", date(value)),
            ("cmq:anchoredBy", [mint.path(event) for event in events]),
            (term("prov:hadPrimarySource"), mint.article(article)),
        )


def _days(article: str, context: Context) -> dict[str, str]:
    """Give the day of each event that an article without a date reports as done."""
    found: dict[str, str] = {}
    reading = context.views.readings.get(article)
    if reading is None or reading.published:
        return found
    about = context.views.events.about(article)
    for claim in _claims(article, context):
        event = context.views.events.event(about.get(claim.id, ""))
        day = _day(event) if event and _done(claim) else None
        if event and day:
            found[event.id] = day
    return found


def _claims(article: str, context: Context) -> tuple[Claim, ...]:
    own = context.views.claims.get(article)
    return own.claims if own else ()


def _done(claim: Claim) -> bool:
    """Say whether a claim tells of something as done on the day of its article."""
    status = {"meeting": "held", "control": "in-force", "document": None}
    known = claim.kind in status and claim.status == status[claim.kind]
    return known and claim.polarity != "negative" and claim.modality is None


def _day(event: Event) -> str | None:
    """Give the day of an event, the earliest that sources give; None if it is not sure to be."""
    days = [each.value for each in event.values("date") if is_day(each.value)]
    sure = {
        "meeting": "held" in event.status and not {"cancelled", "denied"} & set(event.status),
        "control": event.status == ("in-force",),
    }.get(event.kind, True)
    return min(days) if days and sure and "negative" not in event.polarity else None


def _datings(
    article: str, days: Mapping[str, str], bound: tuple[str, tuple[str, ...]], context: Context
) -> Iterator[tuple[Filler, Resolved]]:
    """Yield the dates of an open year with what they mean, unless events tell different ones."""
    about = context.views.events.about(article)
    told: defaultdict[Filler, set[Resolved]] = defaultdict(set)
    for claim in _claims(article, context):
        for filler in claim.fillers("date"):
            own = about.get(claim.id, "")
            meant = _meant(filler, own if _done(claim) else "", days, bound)
            if filler.value.startswith(_OPEN) and meant:
                told[filler].add(meant)
    for filler, values in told.items():
        if len(values) == 1:
            yield filler, next(iter(values))


def _meant(
    filler: Filler, own: str, days: Mapping[str, str], bound: tuple[str, tuple[str, ...]]
) -> Resolved | None:
    value, step = filler.value, _STEPS.get(filler.rule or "")
    if step is None:
        fits = own in days and names_day(value) and compatible(value, days[own])
        return (days[own], (own,)) if fits else None
    anchor = filler.anchor or ""
    story = sorted(each for each, day in days.items() if compatible(anchor, day))
    if names_day(anchor) and len({days[each] for each in story}) == 1:
        return f"{int(days[story[0]][:4]) + step:04d}{value[4:]}", tuple(story)
    first, events = bound
    return f"[{int(first[:4]) + step:04d}{value[4:]}..]", events
