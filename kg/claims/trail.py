"""What became of every candidate: the readers of the kinds in, steps for `--explain` out.

A reader that leaves a candidate out says why; what it yields is recorded from its draft. Without
a trail nothing is recorded, and reading costs what it did.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.claims.sentences import Sentence
from kg.terms import Kind


@dataclass(frozen=True, slots=True)
class Drop:
    """A candidate that gave no claim: the word that suggested it, and why it was left out."""

    kind: Kind
    sentence: int  # index in the article
    word: str
    reason: str


@dataclass(slots=True)
class Trail:
    """The candidates of one article that were left out, in the order they were read."""

    drops: list[Drop] = field(default_factory=list)

    def drop(self, kind: Kind, sentence: Sentence, token: Token, reason: str) -> None:
        """Record that the candidate at `token` was left out."""
        self.drops.append(Drop(kind, sentence.index, token.text, reason))
