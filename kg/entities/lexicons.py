"""The word lists of this stage, each read once and checked against its schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.entities.model import EntityKind
from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class Names:
    """What is no part of a name, and given names that stand for one another."""

    honorifics: frozenset[str]
    abbreviations: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    letters: dict[str, str]
    short_forms: dict[str, tuple[str, ...]]


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
def short_forms() -> dict[str, frozenset[str]]:
    """Give for each short form of a given name the full ones that it may stand for."""
    found: dict[str, set[str]] = {}
    for full, shorts in names().short_forms.items():
        for each in (full, *shorts):
            found.setdefault(each, set()).add(full)
    return {each: frozenset(fulls) for each, fulls in found.items()}
