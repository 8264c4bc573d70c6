"""What this stage hands on: mentions, judgements on them, and the entities that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

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
    """Whether two are one; the log of these is the source of identity.

    Rules judge profiles, persons may judge profiles or article-level groups; `left` and `right`
    are keys of either.
    """

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
class NameProfile:
    """Groups that bear one name and act for the same states: what the rules judge as one."""

    key: str
    kind: EntityKind
    name: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is who in a set of claims, whole and in memory: every mention's entity."""

    mentions: tuple[Mention, ...]
    judgements: tuple[Judgement, ...]
    entities: tuple[Entity, ...]
    profiles: tuple[NameProfile, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityChanges:
    """What a change of articles or judgements did to identity.

    An entity counts as changed where its description did (kind, label, forms, codes), or where it
    came or went; that one more article speaks of it is no change of it, but one of the article.
    """

    entities: frozenset[str]  # ids; one that can no longer be looked up is gone
    articles: frozenset[str]  # those whose groups stand for other ids than before
    profiles: frozenset[str]  # keys; one that can no longer be looked up is gone
    judgements: frozenset[str]  # ids; likewise


class IdentityView(Protocol):
    """The read-only view that later stages see, whatever keeps it."""

    def entity(self, key: str) -> Entity | None:
        """Give an entity; its forms name no articles and its groups are left out."""

    def entities(self) -> Iterator[Entity]:
        """Yield all entities in the same form, by id."""

    def groups_of(self, article: str) -> Mapping[str, str]:
        """Give for each article-level group of an article the id of its entity."""

    def mentions(self, article: str) -> tuple[Mention, ...]:
        """Give the mentions of an article, by place and role."""

    def articles_of(self, entity: str) -> tuple[str, ...]:
        """Give the articles that speak of an entity, sorted."""

    def attested(self, article: str) -> Mapping[str, tuple[str, ...]]:
        """Give for each entity that an article speaks of the forms of its name that stand there."""

    def profile(self, key: str) -> NameProfile | None:
        """Give a profile."""

    def profile_of(self, group: str) -> str | None:
        """Give the key of the profile of a group; None where a code tells who it is."""

    def judgement(self, key: str) -> Judgement | None:
        """Give a judgement of the log."""


class WholeIdentity(IdentityView, Protocol):
    """A view of identity that can also give all of it at once."""

    def judgements(self) -> Iterator[Judgement]:
        """Yield all judgements, by their sides."""

    def identity(self) -> Identity:
        """Give all of it, in memory."""
