"""Which keys a person's judgement is recorded on: two names as a user gives them in, two units out.

A profile is recorded wherever there is one, so that the judgement holds for every article that
writes the name so; a group where one article's name was given (`NAME@ARTICLE`). Of several the
most attested is taken. What a code tells is not judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.queries.why.facts import Facts
from kg.queries.why.finding import find
from kg.queries.why.identity import Unit, ruling_of, unit_at
from kg.queries.why.pairs import Side, side_of

JUDGED: Final = frozenset({"person", "organisation", "framework", "place", "occasion"})
"""Kinds of entities that judgements are on."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two units that a judgement is recorded on."""

    left: Unit
    right: Unit

    @property
    def keys(self) -> tuple[str, str]:
        """The keys of the two."""
        return self.left.key, self.right.key

    @property
    def names(self) -> tuple[str, str]:
        """The names of the two, for whoever reads the log."""
        return self.left.name, self.right.name


def chosen(one: str, other: str, facts: Facts) -> Pair:
    """Choose the units that two names stand for."""
    left, right = side_of(one, facts), side_of(other, facts)
    kinds = facts.kind(left.entity), facts.kind(right.entity)
    for side, kind in zip((left, right), kinds, strict=True):
        if kind not in JUDGED or not side.units:
            reason = "is told by its code or name alone; only persons and bodies are judged"
            raise QueryError(side.typed, reason)
    if kinds[0] != kinds[1]:
        reason = f"a {kinds[0]} and a {kinds[1]} cannot be one; give two of one kind"
        raise QueryError(f"{one}, {other}", reason)
    return _most_attested(left, right)


def of_judgement(typed: str, facts: Facts) -> Pair:
    """Give the units that a judgement of the graph is on."""
    ruling = ruling_of(find(typed, facts), facts)
    if ruling is None:
        raise QueryError(typed, "is no judgement; give two names, or an id that `kg review` shows")
    return Pair(unit_at(ruling.left, facts), unit_at(ruling.right, facts))


def stands(key: str, facts: Facts) -> bool:
    """Whether a dataset has the profile or group of a key."""
    nodes = (NamedNode(facts.iris.of(family, key)) for family in ("profile", "group"))
    return any(facts.classes(each) for each in nodes)


def _most_attested(left: Side, right: Side) -> Pair:
    """Take the most attested unit of each side that the other does not have."""
    one = next((each for each in left.units if each.node not in right.nodes), None)
    other = next((each for each in right.units if each.node not in left.nodes), None)
    if left.nodes == right.nodes:
        reason = "are the same names; give two spellings, or NAME@ARTICLE for that of one article"
        raise QueryError(f"{left.typed}, {right.typed}", reason)
    return Pair(one or left.units[0], other or right.units[0])
