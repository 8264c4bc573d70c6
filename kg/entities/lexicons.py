"""The word lists of this stage, each read once and checked against its schema."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.entities.model import EntityKind
from kg.resources import lexicon, table

_TWO: Final = 4  # letters of two characters in a row


@dataclass(frozen=True, slots=True)
class Names:
    """What is no part of a name, and given names that stand for one another."""

    honorifics: frozenset[str]
    abbreviations: frozenset[str]
    suffixes: frozenset[str]
    generations: dict[str, str]
    particles: frozenset[str]
    letters: dict[str, str]
    lineage: frozenset[str]
    within: frozenset[str]
    light: frozenset[str]
    common: frozenset[str]
    borne: frozenset[str]
    peers: frozenset[str]
    phrases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How far two spellings of one sound may lie apart."""

    swapped: dict[str, float]
    dropped: dict[str, float]
    latin: dict[str, float]
    turned: float
    tight: float
    respelt: float
    similar: float


@dataclass(frozen=True, slots=True)
class Given:
    """One row of given-names.csv: forms of one given name."""

    forms: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Character:
    """One row of characters.csv: a character of a name by how it is read."""

    here: tuple[str, ...]
    there: tuple[str, ...]
    background: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """What a filler without a type stands for, by its role and its words."""

    roles: dict[str, EntityKind]
    organisation_words: frozenset[str]
    government_words: frozenset[str]
    document_words: frozenset[str]
    worldwide: frozenset[str]
    common_words: frozenset[str]
    gathering_words: frozenset[str]
    light_words: frozenset[str]
    relative_titles: frozenset[str]
    place_words: frozenset[str]
    office_words: frozenset[str]
    idle_things: frozenset[str]
    regions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each piece of evidence counts, and from where on two groups are one."""

    names: dict[str, float]
    labels: dict[str, float]
    context: dict[str, float]
    same: float
    unsure: float
    margin: float


@cache
def names() -> Names:
    """Give the words around names of persons."""
    found: Names = lexicon("entities", "names.yaml", Names)
    return found


@cache
def kinds() -> Kinds:
    """Give the words that tell the kinds of entities apart."""
    found: Kinds = lexicon("entities", "kinds.yaml", Kinds)
    return found


@cache
def weights() -> Weights:
    """Give the weights of evidence."""
    found: Weights = lexicon("entities", "weights.yaml", Weights)
    return found


@cache
def spelling() -> Spelling:
    """Give what letters cost that stand for one another."""
    found: Spelling = lexicon("entities", "spelling.yaml", Spelling)
    return found


def given_names(token: str) -> frozenset[int]:
    """Give the given names that a token is a form of, each by its number; none if it is none.

    >>> bool(given_names("bob") & given_names("robert")), given_names("zorbelina")
    (True, frozenset())
    """
    return _given().get(folded(token), frozenset())


@lru_cache(maxsize=65536)
def one_character(left: str, right: str, background: str) -> bool:
    """Say whether two tokens are readings of one character, or of characters in a row.

    >>> one_character("tsang", "zeng", "zh"), one_character("chunkit", "junjie", "zh")
    (True, True)
    >>> one_character("zhen", "jun", "zh")
    False
    """
    known = _characters().get(background, frozenset())
    if (left, right) in known or not known or min(len(left), len(right)) < _TWO:
        return (left, right) in known
    alike = _alike(background)
    return any(
        (left[:cut], right[:at]) in alike and (left[cut:], right[at:]) in alike
        for cut in range(2, len(left) - 1)
        for at in range(2, len(right) - 1)
    )


@cache
def _alike(background: str) -> frozenset[tuple[str, str]]:
    known = _characters()[background]
    return known | {(part, part) for pair in known for part in pair}


@cache
def _characters() -> dict[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for row in table("entities", "characters.csv", Character):
        pairs = {(one, other) for one in row.here for other in row.there}
        found.setdefault(row.background, set()).update(
            pairs | {(other, one) for one, other in pairs}
        )
    return {background: frozenset(pairs) for background, pairs in found.items()}


@lru_cache(maxsize=65536)
def folded(token: str) -> str:
    """Fold spellings of given names that differ only in doubled letters, i for y, k for c."""
    text = token.replace("ph", "f").replace("j", "i").replace("y", "i")
    text = re.sub(r"c(?=[^ehi]|$)", "k", text)
    return re.sub(r"(.)\1+", r"\1", text)


@cache
def _given() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    rows = table("entities", "given-names.csv", Given)
    forms = folded("|".join("|".join(row.forms) for row in rows)).split("|")  # all at once
    numbers = (number for number, row in enumerate(rows) for _ in row.forms)
    for form, number in zip(forms, numbers, strict=True):
        found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}
