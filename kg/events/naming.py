"""Ids and labels of events: what an event is about in, a readable stable name out.

An id hangs on what the event is (day, parties, item…), so that one more article on it does not
change it; two events that would share one are told apart by the first of their claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.events.model import Statement
from kg.iris import content_hash, slug
from kg.terms import Kind

PREFIXES: Final[dict[Kind, str]] = {
    "meeting": "meeting",
    "post": "holding",
    "commitment": "commitment",
    "concern": "concern",
    "control": "measure",
    "position": "position",
    "document": "document",
    "utterance": "utterance",
}
_SHORT: Final = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """What an event is named after."""

    kind: Kind
    readable: tuple[str, ...]  # words of the path
    signature: tuple[str, ...]  # what it is, for the hash
    claims: tuple[str, ...]


def ids_of(draft: Draft) -> tuple[str, str]:
    """Give an id, and the one to use where something else has the same: by its first claim."""
    words = "-".join(filter(None, (_slug(word) for word in draft.readable if word)))[:_SHORT]
    words = words.strip("-%")
    return _id(draft.kind, words, draft.signature), _id(
        draft.kind, words, (*draft.signature, *draft.claims[:1])
    )


def said(statements: Sequence[Statement], role: str) -> tuple[str, ...]:
    """Give the values of a role, sorted."""
    return tuple(sorted({each.value.value for each in statements if each.role == role}))


def codes(values: Sequence[str]) -> list[str]:
    """Give short words for entities in a path: codes of states, last segments of all else."""
    return sorted(value.rstrip("/").rsplit("/", 1)[-1].lower() for value in values)


_slug = lru_cache(65536)(slug)


def _id(kind: Kind, words: str, mark: Sequence[str]) -> str:
    own = content_hash(kind, *mark)[:8]
    return f"{PREFIXES[kind]}/{words}-{own}" if words else f"{PREFIXES[kind]}/{own}"
