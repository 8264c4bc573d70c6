"""Things that claims are about, as concepts of the ontology.

The wording of a thing in, its concept out, or None: only wordings that the ontology lists count,
in any number and case; a longer phrase that merely contains one is another thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from kg.entities.romanisation import plain
from kg.resources import table

_UNCHANGED = ("ss", "us", "is", "ics")


@dataclass(frozen=True, slots=True)
class Concept:
    """One row of concepts.csv: a concept, the wordings that stand for it, its groups."""

    concept: str
    label: str
    scheme: Literal["material", "topic"]
    variants: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


def concept_of(*wordings: str | None) -> Concept | None:
    """Give the concept that the first fitting wording stands for.

    >>> concept_of("Gallium").concept
    'https://w3id.org/communique/concept/material/gallium'
    >>> concept_of("Critical Mineral").label, concept_of("gallium diplomacy")
    ('critical minerals', None)
    """
    for wording in wordings:
        found = _index().get(normal(wording)) if wording else None
        if found:
            return found
    return None


@lru_cache(maxsize=65536)
def normal(wording: str) -> str:
    """Give a wording in small letters and the singular, without article and punctuation.

    >>> normal("the Rare  Earths"), normal("battery supply-chains")
    ('rare earth', 'battery supply chain')
    """
    words = [plain(word) for word in re.split(r"[^\w+]+", wording) if plain(word)]
    if words and words[0] in ("the", "a", "an"):
        words = words[1:]
    return " ".join(_singular(word) for word in words)


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(_UNCHANGED):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "goes", "toes")):
        return word.removesuffix("es")
    return word.removesuffix("s")


@cache
def _index() -> dict[str, Concept]:
    rows = table("entities", "concepts.csv", Concept)
    found: dict[str, Concept] = {}
    for row in rows:
        found.setdefault(normal(row.label), row)
    for row in rows:
        for variant in row.variants:
            found.setdefault(normal(variant), row)
    return found
