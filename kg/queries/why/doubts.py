"""What waits for a person's judgement: pairs that rules left unsure, with the evidence on each.

Of several judgements between two entities the strongest stands for all. Pairs come in the order
in which deciding them matters: by the claims that would move, then by all that are concerned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.queries.why.facts import Facts, family_of
from kg.queries.why.identity import Ruling, Unit, entities_of, ruling_of, rulings_on, unit_at

_OFFICES = 2  # that are shown of one person


@dataclass(frozen=True, slots=True)
class Candidate:
    """One side of a pair: a name in its context, and the entity that it stands for now."""

    unit: Unit
    entity: NamedNode
    offices: tuple[str, ...]
    claims: int  # about the entity


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair that may be one or two."""

    ruling: Ruling
    left: Candidate
    right: Candidate
    judgements: int  # that are unsure between these two entities

    @property
    def id(self) -> str:
        """The identifier to type for it."""
        return self.ruling.node.value.rpartition("/")[2] if self.ruling.node else ""

    @property
    def weight(self) -> tuple[int, int, float, str]:
        """Its place among others: what would move most comes first."""
        claims = self.left.claims, self.right.claims
        return (-min(claims), -sum(claims), -self.ruling.score, self.id)


def doubts(facts: Facts, limit: int | None = None) -> tuple[list[Doubt], int]:
    """Give the pairs that are unsure, and how many the limit leaves out."""
    found: dict[frozenset[NamedNode], list[Ruling]] = {}
    for ruling in _unsure(facts):
        sides = _entities(ruling, facts)
        if sides:
            found.setdefault(frozenset(sides), []).append(ruling)
    claims = {each: _claims(each, facts) for pair in found for each in pair}
    ranked = sorted(found.items(), key=lambda each: _weight(each[0], each[1], claims))
    shown = ranked if limit is None else ranked[:limit]
    return [_doubt(own, claims, facts) for _, own in shown], len(ranked) - len(shown)


def _unsure(facts: Facts) -> Iterator[Ruling]:
    """Yield the rulings of rules that are unsure and on which no person has spoken."""
    for node in facts.subjects("cmq:verdict", Literal("unsure")):
        ruling = ruling_of(node, facts)
        if ruling and not ruling.by_person and not _decided(ruling, facts):
            yield ruling


def _decided(ruling: Ruling, facts: Facts) -> bool:
    return any(
        each.by_person and each.other(ruling.left) == ruling.right
        for each in rulings_on(ruling.left, facts)
    )


def _entities(ruling: Ruling, facts: Facts) -> tuple[NamedNode, NamedNode] | None:
    """Give the two entities that a ruling lies between; None if they are one, or gone."""
    left, right = (entities_of(each, facts) for each in (ruling.left, ruling.right))
    if not left or not right or set(left) & set(right):
        return None
    return left[0], right[0]


def _weight(
    pair: Iterable[NamedNode], own: list[Ruling], claims: dict[NamedNode, int]
) -> tuple[int, int, float, str]:
    numbers = [claims[each] for each in pair]
    strongest = max(each.score for each in own)
    return (-min(numbers), -sum(numbers), -strongest, min(str(each.node) for each in own))


def _doubt(own: list[Ruling], claims: dict[NamedNode, int], facts: Facts) -> Doubt:
    ruling = min(own, key=lambda each: each.rank)
    left, right = (_candidate(each, claims, facts) for each in (ruling.left, ruling.right))
    return Doubt(ruling, left, right, len(own))


def _candidate(node: NamedNode, claims: dict[NamedNode, int], facts: Facts) -> Candidate:
    entity = entities_of(node, facts)[0]
    return Candidate(unit_at(node, facts), entity, _offices(entity, facts), claims[entity])


def _offices(person: NamedNode, facts: Facts) -> tuple[str, ...]:
    """Give the best supported offices of a person."""
    held = facts.subjects("cmq:person", person)
    ranked = sorted(held, key=lambda each: (-facts.number(each, "cmq:sources"), each.value))
    titles = (title for each in ranked for title in facts.texts(each, "cmq:title")[:1])
    return tuple(dict.fromkeys(titles))[:_OFFICES]


def _claims(entity: NamedNode, facts: Facts) -> int:
    return len({subject for subject, _ in facts.uses(entity) if family_of(subject) == "claim"})
