"""The lexicon of saying: `utterances.yaml` in, one frozen record out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.resources import lexicon

QUOTES: Final = frozenset({'"', "``", "''", "“", "”"})


@dataclass(frozen=True, slots=True)
class SayingWords:
    """The data of `utterances.yaml`; each list is explained there."""

    clause: frozenset[str]
    nominal: frozenset[str]
    about: Mapping[str, tuple[str, ...]]
    light: Mapping[str, tuple[str, ...]]
    other: frozenset[str]
    settings: frozenset[str]
    chambers: frozenset[str]
    channels: frozenset[str]
    undertaking: frozenset[str]
    labels: frozenset[str]
    charges: frozenset[str]
    answers: frozenset[str]
    answering: frozenset[str]
    gerund: frozenset[str]
    stating: frozenset[str]
    told: frozenset[str]
    leading: frozenset[str]
    voicing: frozenset[str]
    voiced: frozenset[str]
    offices: frozenset[str]
    general: frozenset[str]
    addressing: frozenset[str]
    speaking: frozenset[str]
    calling: frozenset[str]
    papers: frozenset[str]


@cache
def saying_words() -> SayingWords:
    """Give the lexicon of saying."""
    words: SayingWords = lexicon("claims", "utterances.yaml", SayingWords)
    return words
