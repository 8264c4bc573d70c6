"""What ties one event to another: which meeting a claim was made at, which document it stands in.

Readings of one article and its meetings or documents in; ids of claims with what they belong to
out. Only what the text puts together counts: the same parties, on a compatible day. Of several, one
told of in the same sentence, else the latest meeting, not one that the text recalls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg import edtf
from kg.events.reading import Reading, World

_MADE: Final = frozenset({"held"})
_FROM_MEETINGS: Final = frozenset({"joint-statement", "declaration"})
_REACH: Final = 900  # characters within which a paper that nobody signs is that of the meeting
_NEAR: Final = 2  # days between a meeting and what it issued


@dataclass(frozen=True, slots=True)
class Place:
    """A meeting or document as one article tells of it: where, of whom, when."""

    event: str
    start: int
    states: frozenset[str]
    people: frozenset[str]
    dates: tuple[str, ...]
    words: frozenset[str] = frozenset()
    open: bool = True  # a meeting that was held
    spans: tuple[tuple[int, int], ...] = ()  # of the sentences that tell of it
    sites: tuple[str, ...] = ()

    def tells(self, reading: Reading) -> bool:
        """Say whether a claim stands in a sentence that tells of it."""
        return any(start < reading.end and reading.start < end for start, end in self.spans)


def place_of(
    actors: frozenset[str], reading: Reading, places: Sequence[Place], world: World
) -> str | None:
    """Give the meeting or document of the article whose parties are the actors of a claim."""
    if not actors and reading.kind == "document":
        return _meeting_of_the_day(reading, places)
    states = world.states_of(actors)
    people = {each for each in actors if world.kind(each) == "person"}
    fitting = [
        place
        for place in places
        if place.open and _near(reading, place) and _same_parties(states, people, place, reading)
    ]
    told = [place for place in fitting if place.tells(reading)]
    before = told or [place for place in fitting if place.start <= reading.start]
    if before:
        latest = max(map(_latest, before))
        now = [place for place in before if _latest(place) in (0, latest)]
        return max(now, key=lambda place: (place.start, place.event)).event
    events = {place.event for place in fitting}
    return events.pop() if len(events) == 1 else None


def _meeting_of_the_day(reading: Reading, places: Sequence[Place]) -> str | None:
    """Give the meeting that a document of which nobody says who issued it comes from.

    That is the meeting last told of on its day, else the one told of just before it.
    """
    days = [day for day in reading.of("date") if edtf.names_day(day)]
    before = [place for place in places if place.open and place.start <= reading.start]
    if not days:
        plain = not reading.of("date") and _FROM_MEETINGS & reading.of("type")
        near = [each for each in before if plain and reading.start - _end(each) <= _REACH]
        latest = max(map(_latest, near), default=0)
        now = [each for each in near if _latest(each) == latest]
        return max(now, key=lambda each: (each.start, each.event)).event if now else None
    fitting = [
        (place.start, place.event)
        for place in before
        if any(edtf.names_day(o) and edtf.compatible(day, o) for day in days for o in place.dates)
    ]
    return max(fitting)[1] if fitting else None


def _end(place: Place) -> int:
    return max((end for _, end in place.spans), default=place.start)


def _latest(place: Place) -> int:
    """Give the last day of a meeting, 0 if unknown: what a text reports was said at the latest."""
    known = [span[1].toordinal() for span in map(edtf.bounds, place.dates) if span]
    return max(known, default=0)


def document_of(reading: Reading, places: Sequence[Place], world: World, role: str) -> str | None:
    """Give the document of the article that a claim is attributed to."""
    cited = [each for each in reading.sources if world.kind(each) == "occasion"]
    if not cited:
        return None
    wanted = {word for each in cited for word in words_of(world.label(each))}
    states = world.states_of(reading.of(role))
    events = {place.event for place in places if place.words & wanted and place.states == states}
    events = events or {place.event for place in places if place.words >= wanted}
    return events.pop() if len(events) == 1 else None


def words_of(text: str) -> frozenset[str]:
    """Give the words of a title that tell documents apart; a declaration states as well.

    >>> sorted(words_of("the Joint Statement"))
    ['joint', 'statement']
    """
    return frozenset(re.findall(r"\w+", text.casefold())) - {"the", "a", "of", "on", "and"}


def held(statuses: Iterable[str]) -> bool:
    """Say whether a meeting with such statuses can have issued anything."""
    known = set(statuses)
    return not known or bool(known & _MADE)


def by_claim(found: Mapping[str, str | None]) -> dict[str, str]:
    """Leave out the claims that belong nowhere."""
    return {claim: event for claim, event in found.items() if event}


def _same_parties(states: frozenset[str], people: set[str], place: Place, reading: Reading) -> bool:
    if len(states) > 1 and states == place.states:
        return True
    if reading.kind != "document" and place.tells(reading) and (states or people):
        return states <= place.states and people <= place.people
    if not people or not people <= place.people:
        return False
    return len(people) > 1 or bool(reading.kind == "document" and reading.of("date"))


def _near(reading: Reading, place: Place) -> bool:
    if reading.kind != "document":
        return True  # a commitment's date is by when it holds
    days = reading.of("date")
    if not days or not place.dates:
        return True
    for day in days:
        for other in place.dates:
            gap = edtf.apart(day, other)
            if edtf.compatible(day, other) or (gap is not None and gap <= _NEAR):
                return True
    return False
