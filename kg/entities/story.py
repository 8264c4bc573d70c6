"""What an article speaks of besides a name: its states, and marks of its persons.

The mentions of one article in, for each group of them what stands around it out. Two articles
that name the same other persons tell of one thing, so that a name which says little by itself
can be the fuller name of the other. A mark of a person outlives spelling: the consonants of one
part of the name, no given name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.entities.lexicons import given_names, names
from kg.entities.model import EntityKind, Mention
from kg.entities.names import name_of
from kg.entities.romanisation import skeleton

_CODED: Final = frozenset({"state", "bloc"})
_TOLD_OF: Final = frozenset({"person", "organisation", "framework", "place"})
_MOST: Final = 24  # marks that are kept of one article
_DAY: Final = re.compile(r"[0-9]{4}-[01][0-9]-[0-9]{2}")
_MONTH: Final = re.compile(r"[0-9]{4}-(?:0[0-9]|1[0-2])(?!-)")
_SHORT: Final = 3  # consonants that tell a part of a name


@dataclass(frozen=True, slots=True)
class Story:
    """The states that an article names, and the marks of each person in it."""

    states: tuple[str, ...]
    marks: Mapping[str, frozenset[str]]

    def around(self, key: str, kind: EntityKind) -> tuple[str, ...]:
        """Give the marks of the other persons that the article names, a bounded number of them."""
        if kind not in _TOLD_OF:
            return ()
        own = self.marks.get(key, frozenset())
        others = {mark for other, marks in self.marks.items() if other != key for mark in marks}
        return tuple(sorted(others - own)[:_MOST])


def story_of(mentions: Iterable[Mention]) -> Story:
    """Gather what the mentions of one article have around them."""
    states: set[str] = set()
    marks: dict[str, frozenset[str]] = {}
    for mention in mentions:
        if mention.type in _CODED:
            states.add(mention.ref)
        elif mention.type == "person" and mention.key not in marks:
            marks[mention.key] = marks_of_person(mention.ref)
    return Story(tuple(sorted(states)), marks)


@lru_cache(maxsize=16384)
def marks_of_person(ref: str) -> frozenset[str]:
    """Give the marks of a person: of each part that is no given name, if there is another.

    >>> marks_of_person("Robert Zelenskyy") == marks_of_person("Zelensky")
    True
    """
    parts = [part for part in name_of(ref).tokens if part not in names().light]
    own = [part for part in parts if not given_names(part)] or parts[-1:]
    return frozenset(_mark(part) for part in own)


@lru_cache(maxsize=16384)
def marks_of_date(edtf: str) -> frozenset[str]:
    """Give the days of a date, and its month.

    >>> sorted(marks_of_date("2021-05-03/2021-05-04"))
    ['2021-05', '2021-05-03', '2021-05-04']
    """
    days = _DAY.findall(edtf)
    return frozenset({*days, *(day[:7] for day in days), *_MONTH.findall(edtf)})


def _mark(part: str) -> str:
    sound = skeleton(part)
    if len(sound) < _SHORT - 1:
        return part
    return sound if len(sound) >= _SHORT else part[0] + sound
