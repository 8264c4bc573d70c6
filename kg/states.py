"""States and blocs with the wordings that stand for them: two tables of facts, read once.

Reading, identity and events all know states by these rows; `ontology/reference/` describes the
same ones for the graph.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from kg.resources import table


@dataclass(frozen=True, slots=True)
class State:
    """One state and the wordings that stand for it; `code` is ISO 3166-1 alpha-2 or 3166-3."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    governments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bloc:
    """One bloc and the wordings that stand for it; `ref` is what claims call it."""

    ref: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """A state that ended, and those that came after it."""

    code: str
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """What a state calls itself, in its languages and in Latin letters."""

    code: str
    names: tuple[str, ...]


@cache
def states() -> dict[str, State]:
    """Give the states by code, in the order of the table."""
    return {row.code: row for row in table("", "states.csv", State)}


@cache
def blocs() -> dict[str, Bloc]:
    """Give the blocs by the code that claims use for them, in the order of the table."""
    return {row.ref: row for row in table("", "blocs.csv", Bloc)}


@cache
def successors() -> dict[str, tuple[str, ...]]:
    """Give the states that came after each one that ended, by code."""
    return {row.code: row.successors for row in table("", "successors.csv", Ended)}


def state_called(name: str) -> str | None:
    """Give the code of the state that calls itself so, whatever the case and the accents.

    >>> state_called("Deutschland"), state_called("qazaqstan"), state_called("Atlantis")
    ('DE', 'KZ', None)
    """
    return _own_names().get(_folded(name))


@cache
def _own_names() -> dict[str, str]:
    rows = table("", "own-names.csv", Own)
    codes: dict[str, set[str]] = {}
    for row in rows:
        for name in row.names:
            codes.setdefault(_folded(name), set()).add(row.code)
    return {name: next(iter(own)) for name, own in codes.items() if len(own) == 1}


def _folded(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.strip())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


@cache
def state_names() -> frozenset[str]:
    """Give every name of a state, without adjectives and bywords."""
    return frozenset(name for row in states().values() for name in (row.name, *row.names))


@cache
def capitals() -> frozenset[str]:
    """Give the names of capitals, which as places are places and not their states."""
    return frozenset(name for row in states().values() for name in row.capitals)


@cache
def demonyms() -> frozenset[str]:
    """Give the adjectives of states that are one word ("Peruvian")."""
    words = (word for row in states().values() for word in row.adjectives)
    return frozenset(word for word in words if " " not in word)
