"""Mentions: claims in, one mention out per filler that stands for something with an identity.

Fillers of one article with one kind and one `ref` are one group already, since the claims stage
read them so. A filler that its extractor gave no type is typed by its role and its words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from kg.claims.model import Claim, Filler
from kg.entities.concepts import concept_of, normal
from kg.entities.lexicons import kinds
from kg.entities.model import EntityKind, Mention
from kg.entities.names import person_name
from kg.entities.romanisation import plain
from kg.iris import content_hash
from kg.states import blocs, states
from kg.terms import AGENT_ROLES, EntityType

LITERAL: Final = frozenset({"date", "title", "ordinal", "share", "venue", "type", "measure"})
_TYPED: Final[dict[str, EntityKind | None]] = {
    "person": "person",
    "organisation": "organisation",
    "state": "state",
    "bloc": "bloc",
    "place": "place",
    "framework": "framework",
    "thing": "topic",
    "date": None,
    "number": None,
}
_INERT: Final = frozenset({"topic", "framework", "place", "occasion"})
_NAMES_PEOPLE: Final = frozenset({"speaker", "host", "issuer"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the claims of one article tell of its names: who is a person, what is a document."""

    people: frozenset[str]
    documents: frozenset[str]


_NOBODY: Final = Known(frozenset(), frozenset())


def mentions_of(claims: Iterable[Claim]) -> tuple[Mention, ...]:
    """Give all mentions, ordered by article, place and role."""
    by_article: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    found: list[Mention] = []
    for _, own in sorted(by_article.items()):
        known = _known(own)
        for claim in sorted(own, key=lambda each: (each.start, each.end, each.id)):
            found += _mentions(claim, known)
    return tuple(found)


@lru_cache(maxsize=65536)
def unnamed(ref: str) -> bool:
    """Say whether a wording names nobody: an official, a diplomat, a joint statement.

    >>> unnamed("a senior official"), unnamed("Ann Lee"), unnamed("joint statement")
    (True, False, True)
    """
    return not any(char.isupper() for word in ref.split() for char in word[:1]) and ref.isascii()


def kind_of(filler: Filler, role: str, known: Known) -> EntityKind | None:
    """Say what a filler stands for; None for dates, numbers and texts."""
    if role in LITERAL or not filler.value.strip():
        return None
    kind = _TYPED[filler.type] if filler.type else _untyped(filler, role, known)
    if kind is None:
        return None
    if role == "follows" or (role == "attribution" and kind in _INERT):
        return "occasion"
    if kind == "organisation" and role == "framework":
        return "framework"
    if kind in _INERT and role in AGENT_ROLES:
        return "organisation"  # a partnership or an industry that acts
    return _thing(filler) if kind == "topic" else kind


def _thing(filler: Filler) -> EntityKind | None:
    concept = concept_of(_text(filler.ref), filler.label, filler.text)
    if concept is None and normal(filler.value) in kinds().idle_things:
        return None
    return "material" if concept and concept.scheme == "material" else "topic"


def ref_of(filler: Filler, kind: EntityKind) -> str:
    """Give what a filler resolves to, the form that groups it with others of its article."""
    if kind in ("topic", "material"):
        concept = concept_of(_text(filler.ref), filler.label, filler.text)
        return concept.label if concept else normal(filler.value) or filler.value
    if kind == "bloc":
        return _bloc(filler.value) or filler.value
    if kind == "person" and not unnamed(filler.value):
        return _name(filler.value)
    return " ".join(filler.value.split())


@lru_cache(maxsize=65536)
def _name(value: str) -> str:
    return person_name(value)


@lru_cache(maxsize=1024)  # of the article in hand
def _key(article: str, kind: EntityKind, ref: str) -> str:
    return content_hash(article, kind, ref)


def _read(filler: Filler, role: str, known: Known) -> tuple[EntityKind, str] | None:
    if filler.type:
        return _typed(filler.type, role, filler.ref, filler.label, filler.text)
    kind = kind_of(filler, role, known)
    return (kind, ref_of(filler, kind)) if kind else None


@lru_cache(maxsize=65536, typed=True)
def _typed(
    kind_named: EntityType,
    role: str,
    ref: str | float | None,
    label: str | None,
    text: str | None,
) -> tuple[EntityKind, str] | None:
    """Read a filler that has a type, which says the same wherever it stands."""
    filler = Filler(ref, text, label, kind_named)
    kind = kind_of(filler, role, _NOBODY)
    return (kind, ref_of(filler, kind)) if kind else None


def _mentions(claim: Claim, known: Known) -> Iterator[Mention]:
    every = [*claim.roles.items(), ("attribution", claim.attribution)]
    for role, fillers in sorted(every, key=itemgetter(0)):
        for number, filler in enumerate(fillers):
            read = _read(filler, role, known)
            if read is None:
                continue
            kind, ref = read
            yield Mention(
                id=content_hash(claim.id, role, number, ref),
                key=_key(claim.article, kind, ref),
                article=claim.article,
                claim=claim.id,
                role=role,
                type=kind,
                ref=ref,
                form=filler.text or filler.label or ref,
                start=filler.start,
                end=filler.end,
            )


def _known(claims: Iterable[Claim]) -> Known:
    people: set[str] = set()
    documents: set[str] = set()
    for claim in claims:
        for role, fillers in claim.roles.items():
            for filler in fillers:
                if filler.type == "person" or (role in ("attendee", "person") and not filler.type):
                    people.add(filler.value)
                if role == "title" and claim.kind == "document":
                    documents.add(plain(filler.value))
    return Known(frozenset(people), frozenset(documents))


def _untyped(filler: Filler, role: str, known: Known) -> EntityKind | None:
    coded = _coded(filler) if isinstance(filler.ref, str) else None
    return coded or kinds().roles.get(role) or _by_words(filler.value, role, known)


def _coded(filler: Filler) -> EntityKind | None:
    if filler.value in states():
        return "state"
    return "bloc" if _bloc(filler.value) else None


def _by_words(value: str, role: str, known: Known) -> EntityKind:
    """Type a name by its words: what sounds like neither document nor body is a person."""
    if any(value in (name, *name.split()) for name in known.people):
        return "person"
    words = set(plain_words(value))
    heads = words | {word.removesuffix("s") for word in words}
    documents = known.documents if role == "attribution" else frozenset()
    if plain(value) in documents or (role == "attribution" and words & kinds().document_words):
        return "occasion"
    if heads & kinds().organisation_words:
        return "organisation"
    if unnamed(value):
        return "person" if role == "attribution" else "organisation"
    return "person" if role in _NAMES_PEOPLE and len(words) > 1 else "organisation"


def plain_words(text: str) -> list[str]:
    """Give the words of a text in plain small letters."""
    return [plain(word) for word in re.split(r"[\s,;()/-]+", text) if plain(word)]


@lru_cache(maxsize=65536)
def _bloc(value: str) -> str | None:
    """Give the code of the bloc that a value names."""
    if value in blocs():
        return value
    folded = value.casefold()
    for row in blocs().values():
        if folded == row.ref.casefold() or folded in map(str.casefold, row.names):
            return row.ref
    return None


def _text(ref: str | float | None) -> str | None:
    return ref if isinstance(ref, str) else None
