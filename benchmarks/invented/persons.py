"""Persons: a key in, a name with its background out, and the spellings that papers give it.

Surnames come from the rankings of `data/names.yaml`; in backgrounds where many rare ones occur, a
third of the persons bear one made of syllables, so that new surnames keep appearing.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

from benchmarks.invented import chance

_RARE: Final = 0.35
_CANONICAL: Final = 0.7  # share of papers that write a name the usual way
_SYLLABLES: Final = (
    "ba", "bel", "cor", "da", "dro", "fen", "gar", "ha", "ke", "lan", "lo", "mar", "mi", "nor",
    "os", "pa", "ra", "ros", "se", "sto", "tal", "ti", "ul", "va", "vin", "zo",
)  # fmt: skip


@dataclass(frozen=True)
class Background:
    """How names of one language background are made."""

    states: tuple[str, ...]
    weight: int
    order: Literal["western", "family-first", "family-first-only"]
    surnames: tuple[str, ...]
    given: tuple[str, ...]
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    syllables: bool = False
    join: str = "-"
    capital: bool = False
    middle: bool = False
    second_surname: bool = False


@dataclass(frozen=True)
class _Names:
    backgrounds: dict[str, Background]


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `given` are syllables or names, `family` one or two surnames."""

    key: str
    background: str
    state: str
    family: tuple[str, ...]
    given: tuple[str, ...]


@cache
def backgrounds() -> dict[str, Background]:
    """Give the backgrounds by code."""
    return chance.read("names.yaml", _Names).backgrounds


@lru_cache(maxsize=16384)
def person(key: str, state: str | None = None) -> Person:
    """Give the person of a key, of a state if one is given."""
    draw = chance.of("person", key)
    code = _background(draw, state)
    kind = backgrounds()[code]
    family = [chance.zipf(draw, kind.surnames)]
    if kind.second_surname:
        family.append(chance.zipf(draw, kind.surnames))
    if not kind.syllables and draw.random() < _RARE:
        family[0] = "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 3))).title()
    given = [chance.zipf(draw, kind.given, 0.5)]
    if kind.syllables and draw.random() < 0.93:
        given.append(chance.zipf(draw, kind.given, 0.5))
    if kind.middle:
        given.append(draw.choice("ABCDEFGHJLMPRSTW") + ".")
    home = state or chance.zipf(draw, kind.states)
    return Person(key, code, home, tuple(family), tuple(given))


def full(one: Person) -> str:
    """Write a name the usual way."""
    kind = backgrounds()[one.background]
    given = list(one.given)
    if kind.middle:
        given = given[:1]
    return _ordered(one.family, given, kind, swapped=False)


def spelled(one: Person, draw: random.Random) -> str:
    """Write a name as some paper does."""
    if draw.random() < _CANONICAL:
        return full(one)
    kind = backgrounds()[one.background]
    given = list(one.given)
    if kind.middle and draw.random() < 0.5:
        given = given[:1]
    family = one.family[:1] if draw.random() < 0.6 else one.family
    if draw.random() < 0.6:
        family, given = (
            tuple(_respelled(word, kind, draw) for word in family),
            [_respelled(word, kind, draw) for word in given],
        )
    if not kind.syllables and draw.random() < 0.15:
        given[0] = given[0][0] + "."
    swapped = kind.order == "family-first" and draw.random() < 0.4
    name = _ordered(family, given, kind, swapped=swapped)
    return _bare(name) if draw.random() < 0.3 else name


def surname(name: str, one: Person) -> str:
    """Give what a paper calls a person after the first time."""
    words = name.split()
    if backgrounds()[one.background].order == "family-first-only":
        return words[-1]
    first = {_bare(each).casefold() for each in (one.family[0], *_spellings(one))}
    rest = [word for word in words if _bare(word).casefold() in first]
    return rest[0] if rest else words[-1]


def _spellings(one: Person) -> tuple[str, ...]:
    return tuple(backgrounds()[one.background].spellings.get(one.family[0], ()))


def _background(draw: random.Random, state: str | None) -> str:
    known = backgrounds()
    if state:
        own = [code for code, each in known.items() if state in each.states]
        if own:
            return own[0]
    codes = list(known)
    return draw.choices(codes, [known[code].weight for code in codes])[0]


def _respelled(word: str, kind: Background, draw: random.Random) -> str:
    others = kind.spellings.get(word, ())
    return draw.choice(others) if others and draw.random() < 0.7 else word


def _ordered(family: tuple[str, ...], given: list[str], kind: Background, *, swapped: bool) -> str:
    first = _joined(given, kind)
    last = " ".join(family)
    if kind.order == "western" or swapped or (kind.order == "family-first" and not kind.syllables):
        return f"{first} {last}" if not (swapped and not kind.syllables) else f"{last} {first}"
    return f"{last} {first}"


def _joined(given: list[str], kind: Background) -> str:
    if not kind.syllables:
        return " ".join(given)
    joined = kind.join.join(given)
    return joined if kind.capital else joined[:1].upper() + joined[1:]


def _bare(text: str) -> str:
    """Write a name without accents."""
    parts = unicodedata.normalize("NFKD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in parts if not unicodedata.combining(char))
