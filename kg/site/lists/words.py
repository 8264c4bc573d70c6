"""What terms and rules are called in lists: an IRI or the name of a rule in, words out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.resources import lexicon
from kg.site.pages.configuration import configuration


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of the ledger is called."""

    title: str


@dataclass(frozen=True, slots=True)
class _Rules:
    rules: dict[str, Rule]


@lru_cache(1)
def rules() -> dict[str, Rule]:
    """Give the rules of the ledger by name."""
    told: _Rules = lexicon("events", "disagreements.yaml", _Rules)
    return told.rules


def term_words(iri: str) -> str:
    """Say a class or a property as the pages of things do, "" for what they do not name."""
    kind = configuration().kind([iri])
    if kind is not None:
        return kind.label
    told = configuration().order.get(iri)
    return told[1] if told else ""
