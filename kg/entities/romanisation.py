"""Spellings of one sound made alike: a token of a name in, its key out.

Which spellings stand for one another depends on the language that the name comes from, which
the bearer's state suggests; without one, every background is tried and says less.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from kg.entities.lexicons import names
from kg.resources import table

ANY: Final = "any"
LOST: Final = "ɂ"  # stands for a letter that could not be kept
Reading = Literal["variant", "unmarked", "misreading"]
Vowels = Literal["fixed", "tight", "loose"]
Parts = Literal["free", "whole", "chain"]
_CONSONANTS: Final = str.maketrans(
    {"g": "k", "q": "k", "c": "k", "x": "k", "d": "t", "b": "p", "v": "f", "w": "f", "z": "s",
     "j": "s", "r": "l", "m": "n"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One row of romanisation.csv."""

    background: tuple[str, ...]
    pattern: str
    kind: Reading
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Background:
    """One row of backgrounds.csv."""

    background: str
    states: tuple[str, ...]
    vowels: Vowels
    parts: Parts
    alone: Literal["given", "surname"] = "surname"
    language: str = "any"


@lru_cache(maxsize=65536)
def plain(token: str) -> str:
    """Give a token in plain Latin small letters where that can be had, without accents.

    >>> plain("Løkke"), plain("Zoë")
    ('lokke', 'zoe')
    """
    letters = names().letters
    folded = unicodedata.normalize("NFKD", token).casefold()
    mapped = "".join(letters.get(char, char) for char in folded)
    decomposed = unicodedata.normalize("NFKD", mapped).casefold()
    return "".join(
        char for char in decomposed if char.isalnum() and unicodedata.category(char) != "Lm"
    )


@lru_cache(maxsize=65536)
def key(token: str, background: str = ANY, reading: Reading = "variant") -> str:
    """Give what a token shares with its other spellings in a language background.

    >>> key("Deok", "ko") == key("Duk", "ko"), key("Ken", "ja") == key("Gen", "ja")
    (True, False)
    >>> key("Ken", "ja", "misreading") == key("Gen", "ja", "misreading")
    True
    """
    text = plain(token)
    for pattern, replacement, kind in _rewrites(background):
        if kind in ("variant", reading):
            text = pattern.sub(replacement, text)
    return text


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """Give the consonants of a token, folded so that spellings of one name rarely part.

    >>> skeleton("Deok"), skeleton("Duk"), skeleton("Zelenskyy"), skeleton("Zelensky")
    ('tk', 'tk', 'slnsk', 'slnsk')
    """
    text = re.sub(r"ch|zh|sh|ts|tz", "s", plain(token))
    text = re.sub(r"kh|gh", "k", text).replace("ph", "f").replace("th", "t")
    folded = text.translate(_CONSONANTS)
    bare = re.sub(r"(?<=.)[aeiouyh]|^[h](?=.)", "", folded)
    return re.sub(r"(.)\1+", r"\1", bare)


@cache
def backgrounds() -> dict[str, Background]:
    """Give the backgrounds by name; `any` is of no state."""
    rows = table("entities", "backgrounds.csv", Background)
    return {ANY: Background(ANY, (), "tight", "free"), **{row.background: row for row in rows}}


@lru_cache(maxsize=4096)
def backgrounds_of(of: frozenset[str]) -> tuple[str, ...]:
    """Give the backgrounds that states suggest; all there are if they suggest none.

    >>> backgrounds_of(frozenset({"JP"}))
    ('ja',)
    """
    known = {name for name, row in backgrounds().items() if of & set(row.states)}
    return tuple(sorted(known or backgrounds(), key=lambda each: (each != ANY, each)))


def joined(tokens: Iterable[str]) -> str:
    """Give the letters of tokens in a row, whatever token the row begins with.

    Two names whose letters are one row, cut elsewhere or turned round, have one such key.

    >>> joined(["an", "dukgun"]) == joined(["anduk", "gun"]) == joined(["dukgun", "an"])
    True
    """
    row = "".join(tokens)
    return min((row[cut:] + row[:cut] for cut in range(len(row))), default="")


@cache
def readings(background: str) -> frozenset[Reading]:
    """Give the kinds of rewrites that a background has of its own."""
    rows = table("entities", "romanisation.csv", Rewrite)
    return frozenset(row.kind for row in rows if background in row.background)


@cache
def _rewrites(background: str) -> tuple[tuple[re.Pattern[str], str, str], ...]:
    rows = table("entities", "romanisation.csv", Rewrite)
    return tuple(
        (re.compile(row.pattern), row.replacement, row.kind)
        for row in rows
        if background in row.background or ANY in row.background
    )
