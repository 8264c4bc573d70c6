"""A claim before it has its evidence cut out and its identifier.

The readers of the kinds yield drafts; `kg.claims.extract` makes claims of them, all in one way.

Confidence is the product of two figures: how surely the trigger means this kind (`SURE` for a
wording that means nothing else, `LIKELY` for one that mostly does, `WEAK` for a bare pattern)
and how surely its main role was read (1 for a name in the sentence, 0.9 for one that was carried
over from another sentence).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.terms import Kind

if TYPE_CHECKING:
    from kg.claims.sentences import Sentence

SURE: Final = 0.95
LIKELY: Final = 0.85
WEAK: Final = 0.7
CARRIED: Final = 0.9


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader of one kind found in one sentence.

    `start` and `end` (code points in the article) narrow the evidence to a clause where the
    sentence is long; without them it is the whole sentence.
    """

    kind: Kind
    sentence: Sentence
    roles: Mapping[str, tuple[Filler, ...]]
    modality: str | None = None
    status: str | None = None
    polarity: str | None = None
    attribution: tuple[Filler, ...] = field(default=())
    confidence: float = LIKELY
    start: int | None = None
    end: int | None = None
    token: Token | None = None  # the word that suggested it
    learned: bool = False  # proposed by the trained part, not read by a rule

    @property
    def span(self) -> tuple[int, int]:
        """Give where its evidence starts and ends in the article."""
        start = self.sentence.start if self.start is None else self.start
        end = self.sentence.end if self.end is None else self.end
        return start, end
