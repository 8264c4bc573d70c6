"""What this stage hands on: the claim, its fillers and the exact words it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.terms import EntityType, Kind


@dataclass(frozen=True, slots=True)
class Filler:
    """One value of a role.

    `ref` is what it resolves to (a state code, the fullest name of a person in the article,
    an EDTF date, a number); `text` with `start` and `end` is the wording that stands for it;
    `label` is its normal form where the wording has another. A date that is not written out
    keeps the EDTF date it counts from (`anchor`) and the `rule` that resolved it.
    """

    ref: str | int | float | None = None
    text: str | None = None
    label: str | None = None
    type: EntityType | None = None
    start: int | None = None
    end: int | None = None
    anchor: str | None = None
    rule: str | None = None

    @property
    def value(self) -> str:
        """What it says, in the most resolved form there is."""
        for candidate in (self.ref, self.label, self.text):
            if candidate is not None:
                return str(candidate)
        return ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """What a claim says of a post that it does not give somebody on the day of its article.

    It is "over" by that day, or was or will be held "elsewhen", of which the day is not told.
    """

    held: Literal["over", "elsewhen"]
    until: str | None = None  # EDTF, of what is over


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one article; `quote` is exactly `text[start:end]` of it."""

    article: str
    id: str
    kind: Kind
    start: int
    end: int
    quote: str
    roles: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    modality: str | None = None
    status: str | None = None
    polarity: str | None = None  # None stands for positive
    attribution: tuple[Filler, ...] = field(default=())
    extractor: str = ""
    confidence: float = 1.0
    tenure: Tenure | None = None  # of a post that is not held on the day of the article

    def fillers(self, role: str) -> tuple[Filler, ...]:
        """Give the fillers of a role, none if it has none."""
        return self.roles.get(role, ())


@dataclass(frozen=True, slots=True)
class ArticleClaims:
    """All claims of one article, in the order of its text."""

    claims: tuple[Claim, ...]
