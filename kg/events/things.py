"""Things that contain one another: concepts in, how far lists of them overlap out.

What a source calls by its group (critical minerals) does not contradict what another calls by its
name (gallium); a member says more than the group does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.resources import table

_RELATED: Final = 0.5  # what a group counts beside one of its members


@dataclass(frozen=True, slots=True)
class Broader:
    """One row of concepts.csv, as far as its groups go."""

    concept: str
    label: str
    scheme: str
    variants: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()


def related(left: str, right: str) -> bool:
    """Say whether one thing is a group that the other belongs to."""
    return left in groups_of(right) or right in groups_of(left)


def share(items: frozenset[str], others: frozenset[str]) -> float:
    """Give the share of the shorter list that the other has, by name or by group."""
    short, long = sorted((items, others), key=lambda each: (len(each), sorted(each)))
    if not short:
        return 0.0
    same = short & long
    kin = [item for item in short - same if any(related(item, other) for other in long)]
    return (len(same) + _RELATED * len(kin)) / len(short)


def broad(thing: str) -> bool:
    """Say whether a topic is a field that other topics are parts of.

    >>> TOPICS = "https://w3id.org/communique/concept/topic/"
    >>> broad(TOPICS + "supply-chains"), broad(TOPICS + "semiconductor-supply-chains")
    (True, False)
    """
    return thing in _fields()


@cache
def groups_of(concept: str) -> frozenset[str]:
    """Give all groups that a concept belongs to, at any distance."""
    parents = _parents()
    found: set[str] = set()
    waiting = list(parents.get(concept, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += parents.get(each, ())
    return frozenset(found)


@cache
def _fields() -> frozenset[str]:
    rows = table("entities", "concepts.csv", Broader)
    return frozenset(each for row in rows if row.scheme == "topic" for each in row.broader)


@cache
def _parents() -> dict[str, tuple[str, ...]]:
    return {row.concept: row.broader for row in table("entities", "concepts.csv", Broader)}
