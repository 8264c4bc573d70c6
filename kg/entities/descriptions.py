"""Wordings that describe instead of naming: "the Salt Minister of Norway", "the capital".

A wording in; out, what it says of the one that is meant: an office with its states, or the
well-known body that a bare word stands for where its bloc is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, NamedTuple

from kg.entities.labels import city_of, label_of
from kg.entities.lexicons import kinds, names
from kg.entities.romanisation import plain
from kg.offices import Office, office
from kg.resources import table

_IDLE: Final = frozenset({"the", "a", "an", "of", "for", "and", "to", "his", "her", "its", "their"})


class Described(NamedTuple):
    """An office that stands for its holder, and the states it is told to be of."""

    office: Office
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Body:
    """One row of bodies.csv: a body that a bare word stands for where `bloc` is spoken of."""

    name: str
    bloc: str
    words: tuple[str, ...]


@lru_cache(maxsize=65536)
def described(ref: str) -> Described | None:
    """Say which office a wording gives in the place of a person's name; None if it is a name.

    >>> sorted(described("Norwegian salt minister").states), described("Minister Holm")
    (['NO'], None)
    """
    held = office(ref)
    if not held.ranks or not _titles_only(ref):
        return None
    return Described(held, label_of(ref).states)


def _titles_only(ref: str) -> bool:
    """Say whether no word can be a name: all are states, titles, fields or in small letters."""
    label = label_of(ref)
    capital = {plain(word) for word in re.findall(r"\w+", ref) if word[:1].isupper()}
    named = (set(label.words) & capital) - names().honorifics - _IDLE
    return bool(label.words) and not named - kinds().office_words


@lru_cache(maxsize=65536)
def describes_place(ref: str) -> bool:
    """Say whether a wording describes a place that its article does not name.

    >>> describes_place("port city"), describes_place("Norwegian town"), describes_place("Oslo")
    (True, True, False)
    """
    words = label_of(ref).words
    return bool(words) and not city_of(ref) and set(words) <= kinds().place_words


@lru_cache(maxsize=65536)
def relative(title: str) -> bool:
    """Say whether a title only says how somebody stands to another: a colleague, a successor."""
    return " ".join(plain(word) for word in title.split()) in kinds().relative_titles


def well_known(ref: str, around: Iterable[str]) -> str:
    """Give the body that a bare word stands for in an article that speaks of its bloc, if any.

    >>> well_known("Commission", ["EU", "NO"]), well_known("Commission", ["NO"])
    ('European Commission', '')
    """
    row = _bodies().get(ref)
    return row.name if row and row.bloc in around else ""


@cache
def _bodies() -> dict[str, Body]:
    return {word: row for row in table("entities", "bodies.csv", Body) for word in row.words}
