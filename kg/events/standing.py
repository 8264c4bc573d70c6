"""How firm it is: modality, status and polarity as sources give them, and where they part.

An event in, disagreements out. That a plan became a meeting, or a pledge an agreement, is no
disagreement where the sources follow one another in time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product
from typing import Final

from kg import edtf
from kg.events.disputes import Bench, dispute, lower, rules, told
from kg.events.model import Disagreement, Event, Value
from kg.events.reading import Reading
from kg.terms import MODALITIES

_SEVERAL: Final = 2
_ONE_TIME: Final = 7  # days within which sources speak of one state of things


def unlike_modalities(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find commitments that articles report as more or less binding."""
    if event.kind != "commitment":
        return
    above, below = _by_modality(event, bench, heads=True), _by_modality(event, bench, heads=False)
    strong, firm = _strongest(above), _strongest(below)
    if strong and firm and MODALITIES.index(strong) > MODALITIES.index(firm):
        options = [
            bench.option(Value("concept", name), [each.id for each in own])
            for name, own in ((strong, above[strong]), (firm, below[firm]))
        ]
        yield dispute(event, "modality", "headline-modality", options, strong=strong, weak=firm)
    if _between_articles(below):
        names = [each for each in MODALITIES if each in below]
        options = [
            bench.option(Value("concept", name), [each.id for each in below[name]])
            for name in names
        ]
        values = " and as ".join(names)
        rule = "modality-against-modality"
        yield dispute(event, "modality", rule, options, values=values, weak=names[0])


def unlike_statuses(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find statuses that sources of one time cannot both be right about."""
    by_status: defaultdict[str, list[Reading]] = defaultdict(list)
    for claim in event.claims:
        reading = bench.readings[claim]
        if reading.status and not reading.denied:
            by_status[reading.status].append(reading)
    for pair in rules().conflicts.get(event.kind, ()):
        one, other = pair.split("|")
        left, right = by_status.get(one, []), by_status.get(other, [])
        if _contradict(left, right, announced=other in ("announced", "planned")):
            options = [
                bench.option(Value("concept", name), [each.id for each in by_status[name]])
                for name in (one, other)
            ]
            values = f"{one} and as {other}"
            yield dispute(event, "status", "status-against-status", options, values=values)


def denied_by_some(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find what some articles affirm and others deny."""
    denying = [each for each in event.claims if bench.readings[each].denied]
    affirming = [each for each in event.claims if not bench.readings[each].denied]
    sides = [{bench.readings[each].article for each in own} for own in (affirming, denying)]
    if not all(sides) or sides[0] & sides[1]:
        return
    options = [
        bench.option(Value("concept", name), own)
        for name, own in (("positive", affirming), ("negative", denying))
    ]
    yield dispute(
        event,
        "polarity",
        "denied-by-some",
        options,
        told=told(sides[0], "affirms"),
        kept=lower(told(sides[1], "denies")),
    )


def _by_modality(event: Event, bench: Bench, *, heads: bool) -> dict[str, list[Reading]]:
    found: defaultdict[str, list[Reading]] = defaultdict(list)
    for claim in event.claims:
        reading = bench.readings[claim]
        if reading.modality and reading.heads is heads and not reading.denied:
            found[reading.modality].append(reading)
    return found


def _strongest(found: dict[str, list[Reading]]) -> str | None:
    known = [each for each in MODALITIES if each in found]
    return known[-1] if known else None


def _between_articles(found: dict[str, list[Reading]]) -> bool:
    """Say whether two modalities rest on different articles."""
    sides = [{each.article for each in own} for own in found.values()]
    return any(not one & other for one, other in combinations(sides, 2))


def _contradict(left: list[Reading], right: list[Reading], *, announced: bool) -> bool:
    """Say whether articles of about one day part; an announcement comes before what it announces.

    Of an article without a date nothing is known.
    """
    sides = [_by_day(own) for own in (left, right)]
    for (day, articles), (other, others) in product(*(each.items() for each in sides)):
        if len(articles | others) < _SEVERAL:
            continue  # one article tells of both
        gap = edtf.apart(day, other)
        late = not announced or edtf.before(day, other) == "certainly"
        if gap is not None and gap <= _ONE_TIME and late:
            return True
    return False


def _by_day(readings: list[Reading]) -> dict[str, set[str]]:
    """Give the articles by the days on which they appeared, where that is known."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in readings:
        if each.published:
            found[each.published].add(each.article)
    return found
