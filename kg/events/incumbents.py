"""Offices that one person cannot hold at once: post holdings in, pairs that exclude each other out.

That a source names another office of a person is no disagreement: people hold several, and sources
name the one that matters to them. Only one office given to two states, or given to a minister by
one source and to the deputy by another, cannot both be so in one season.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final, Literal

from kg import edtf
from kg.events.model import Event
from kg.events.reading import Reading, World
from kg.offices import Office, likeness, office

_SEASON: Final = 92  # days
Clash = tuple[Event, Event, Literal["of", "title"]]


def clashes_of(
    events: Iterable[Event], readings: Mapping[str, Reading], world: World
) -> Iterator[Clash]:
    """Yield the pairs of holdings of one person of which one must be wrong, and in what."""
    own = sorted((each for each in events if not each.polarity), key=lambda each: each.id)
    for left, right in combinations(own, 2):
        role = _clash(left, right, world)
        apart = not set(left.articles) & set(right.articles)
        if role and apart and _one_time(left, right, readings):
            yield left, right, role


def _clash(left: Event, right: Event, world: World) -> Literal["of", "title"] | None:
    offices, others = _offices(left), _offices(right)
    states, rivals = _states(left, world), _states(right, world)
    if not states or not rivals:
        return None
    if not states & rivals:
        alike = any(likeness(one, other) > 0.5 for one in offices for other in others)
        return "of" if alike else None
    deputised = any(_deputises(one, other) for one in offices for other in others)
    return "title" if deputised else None


def _offices(event: Event) -> list[Office]:
    return [office(value.value) for value in event.values("title")]


def _states(event: Event, world: World) -> set[str]:
    return {each.value for each in event.values("of") if world.kind(each.value) == "state"}


def _deputises(one: Office, other: Office) -> bool:
    """Say whether two titles are the same but that one is the deputy's."""
    same = one.portfolio and one.portfolio == other.portfolio and one.ranks & other.ranks
    return bool(same) and bool(one.modifiers) != bool(other.modifiers)


def _one_time(left: Event, right: Event, readings: Mapping[str, Reading]) -> bool:
    """Say whether both were reported in one season; of undated articles nothing is known."""
    days, others = ({readings[claim].published for claim in each.claims} for each in (left, right))
    gaps = [edtf.apart(day, other) for day in days if day for other in others if other]
    return any(gap is not None and gap <= _SEASON for gap in gaps)
