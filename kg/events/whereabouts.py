"""Where something is, as its wording says: words in, the states that they name and seats out.

"The Peruvian capital" is Lima, "a Peruvian city" any town there; a framework or a group of people
may be called after states ("the Iraqi-Jordanian committee", "colleagues from Quito and Lima").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import filterfalse
from typing import Final

from kg import towns
from kg.states import blocs, states

_LONGEST: Final = 5  # words of the name of a state
_SEAT: Final = "capital"


@dataclass(frozen=True, slots=True)
class Spot:
    """What the wording of a place says: the seats that it may be, its states, if it has a name."""

    seats: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    named: bool = True


@lru_cache(maxsize=16384)
def spot_of(label: str) -> Spot:
    """Read the wording of a place.

    >>> spot_of("the Peruvian capital").seats == spot_of("Lima").seats != frozenset()
    True
    >>> spot_of("a Peruvian town").named, sorted(spot_of("a Peruvian town").states)
    (False, ['state/PE'])
    """
    words = _words(label)
    cut = _plain(label)
    named = bool(set(_capitals_of(label)) - _adjectives())
    seats = _seats().get(cut, frozenset())
    lands = powers_in(label) | _towns().get(cut, frozenset())
    if _SEAT in words and not seats:
        seats = frozenset(f"{_SEAT}:{each}" for each in lands)
    return Spot(seats, lands, named)


@lru_cache(maxsize=16384)
def powers_in(text: str) -> frozenset[str]:
    """Give the states and blocs that a text names, by name, adjective or seat.

    >>> sorted(powers_in("Iraqi-Jordanian Joint Committee")), sorted(powers_in("men from Quito"))
    (['state/IQ', 'state/JO'], ['state/EC'])
    """
    words = _words(text)
    known = _wordings()
    found: set[str] = set()
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        length = next((n for n in lengths if " ".join(words[at : at + n]) in known), 0)
        if length:
            found.add(known[" ".join(words[at : at + length])])
        at += length or 1
    return frozenset(found)


def powers_of(words: frozenset[str]) -> frozenset[str]:
    """Give those among words that are ids of states and blocs."""
    return frozenset(word for word in words if word.startswith(("state/", "bloc/")))


@lru_cache(maxsize=16384)
def without_powers(text: str) -> str:
    """Leave the names and adjectives of states and blocs out of a text.

    >>> without_powers("Joint Committee of Iraq and Jordan")
    'joint committee of and'
    """
    known = _wordings()
    words = _words(text)
    kept: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        length = next((n for n in lengths if " ".join(words[at : at + n]) in known), 0)
        kept += [] if length else [words[at]]
        at += length or 1
    return " ".join(kept)


@cache
def _wordings() -> dict[str, str]:
    """Give the wordings of states and blocs; what stands for two of them stands for neither."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, row in states().items():
        _told(found, f"state/{code}", (row.name, *row.names, *row.adjectives, *row.capitals))
    for ref, own in blocs().items():
        _told(found, f"bloc/{ref}", (*own.names, *own.adjectives, *own.capitals))
    return {wording: min(own) for wording, own in found.items() if len(own) == 1}


def _told(found: defaultdict[str, set[str]], power: str, wordings: Iterable[str]) -> None:
    for wording in wordings:
        if plain := _plain(wording):
            found[plain].add(power)


@cache
def _adjectives() -> frozenset[str]:
    every = (each for row in states().values() for each in row.adjectives)
    blocs_too = (each for row in blocs().values() for each in row.adjectives)
    return frozenset(map(_plain, (*every, *blocs_too)))


@cache
def _seats() -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, row in states().items():
        for name in row.capitals:
            found[_plain(name)].add(f"{_SEAT}:state/{code}")
    return {name: frozenset(own) for name, own in found.items()}


@cache
def _towns() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    own = {code: frozenset({f"state/{code}"}) for code in {each.state for each in towns.towns()}}
    for town, names in towns.written(_plainly):
        for name in map(str.strip, names):
            found[name] = found[name] | own[town.state] if name in found else own[town.state]
    return found


def _capitals_of(label: str) -> Iterable[str]:
    """Yield the words of a label that begin with a capital letter."""
    return (_plain(word) for word in re.findall(r"[^\W_]+", label) if word[0].isupper())


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _bare(text))


def _plainly(names: str) -> str:
    """Do to many names at once what `_plain` does to one, but for spaces around them."""
    parted = re.sub(r"[^\w |\n]|_", " ", _bare(names))
    return re.sub(r" {2,}", " ", parted)


def _bare(text: str) -> str:
    """Leave out marks above letters, full stops and the ending of the genitive."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(filterfalse(unicodedata.combining, decomposed))
    return plain.replace("'s", " ").replace("’s", " ").replace(".", "")
