"""The lexicon of meetings: `meetings.yaml` in, sets of words out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class MeetingWords:
    """The data of `meetings.yaml`."""

    nouns: frozenset[str]
    vague: frozenset[str]
    never: frozenset[str]
    other: frozenset[str]
    hold: frozenset[str]
    host: frozenset[str]
    attend: frozenset[str]
    meet: frozenset[str]
    phrasal: Mapping[str, tuple[str, ...]]
    call: frozenset[str]
    visit: frozenset[str]
    motion: frozenset[str]
    attending: frozenset[str]
    receive: frozenset[str]
    happen: frozenset[str]
    planned: frozenset[str]
    cancelled: frozenset[str]
    denied: frozenset[str]
    ordinals: Mapping[str, int]
    tens: Mapping[str, int]
    participants: frozenset[str]
    origins: frozenset[str]
    sports: frozenset[str]
    sides: frozenset[str]
    series: frozenset[str]
    venues: frozenset[str]
    become: frozenset[str]
    personal: frozenset[str]
    phone: frozenset[str]
    bargaining: frozenset[str]
    staff: frozenset[str]
    intents: frozenset[str]
    rumours: frozenset[str]
    acts: frozenset[str]
    addressing: frozenset[str]
    seats: frozenset[str]
    crowds: frozenset[str]
    diplomatic: frozenset[str]
    spoken: frozenset[str]
    wanting: frozenset[str]
    asking: frozenset[str]
    tales: frozenset[str]
    coming: frozenset[str]
    diaries: frozenset[str]
    regular: frozenset[str]
    planning: frozenset[str]
    nameless: frozenset[str]
    arranged: frozenset[str]
    offering: frozenset[str]
    hosts: frozenset[str]
    hosting: frozenset[str]
    going: frozenset[str]
    spans: frozenset[str]
    named: frozenset[str]
    shared: frozenset[str]
    lowly: frozenset[str]
    edges: frozenset[str]
    beside: frozenset[str]
    arranging: frozenset[str]
    counted: frozenset[str]
    settings: frozenset[str]


@cache
def meeting_words() -> MeetingWords:
    """Give the lexicon of meetings."""
    words: MeetingWords = lexicon("claims", "meetings.yaml", MeetingWords)
    return words
