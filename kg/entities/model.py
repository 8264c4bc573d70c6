"""What this stage hands on: mentions, judgements on them, and the entities that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

EntityKind = Literal[
    "person", "organisation", "state", "bloc", "place", "framework", "material", "topic", "occasion"
]
Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One filler of one claim that stands for something with an identity.

    Mentions of one article with the same type and the same `ref` are one already (the claims
    stage read them so); judgements relate such article-level groups, keyed by `key`.
    """

    id: str
    key: str  # hash of article, type and ref: the article-level group
    article: str
    claim: str
    role: str
    type: EntityKind
    ref: str  # fullest name in the article, state or bloc code, or label of a thing
    form: str  # wording as it stands in the text
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two article-level groups are one; the log of these is the source of identity."""

    id: str
    left: str  # the smaller key
    right: str
    verdict: Verdict
    author: str  # "rule/<name>" or a person's name
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A name form that articles attest for an entity."""

    form: str
    articles: tuple[str, ...]
    variant: str = "attested"  # or "garbled": a misreading or misspelling, by `rule`
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world as a cluster of mention groups."""

    id: str  # IRI path below the base ("person/mary-robinson") or a whole concept IRI
    type: EntityKind
    label: str
    forms: tuple[Form, ...] = ()
    groups: tuple[str, ...] = ()  # keys of its article-level groups
    codes: Mapping[str, str] | None = None  # "iso3166-1": "JP", …
    concept: str | None = None  # IRI of the concept of ontology/ that it is, if any


@dataclass(frozen=True, slots=True)
class Identity:
    """The read-only view that later stages see: every mention's entity."""

    mentions: tuple[Mention, ...]
    judgements: tuple[Judgement, ...]
    entities: tuple[Entity, ...]
