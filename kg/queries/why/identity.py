"""How identity was judged, as the dataset has it: units, the judgements on them, and paths.

A unit is what judgements relate: a profile (groups that bear one name and act for the same
states), or an article-level group where there is none or where somebody judged it by itself.
Persons' judgements come before rules', strong ones before weak ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from math import log

from pyoxigraph import NamedNode

from kg.queries.why.facts import Facts, family_of


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement on two units; without a node, that a group belongs to its profile."""

    node: NamedNode | None
    left: NamedNode
    right: NamedNode
    verdict: str
    score: float
    author: str
    reasons: tuple[str, ...]

    @property
    def by_person(self) -> bool:
        """Whether a person judged, not a rule."""
        return not self.author.startswith("rule/")

    @property
    def rank(self) -> tuple[bool, float, str]:
        """Its place among others: persons first, then the higher score."""
        return (not self.by_person, -self.score, str(self.node))

    def other(self, side: NamedNode) -> NamedNode:
        """Give the side that is not this one."""
        return self.right if side == self.left else self.left


@dataclass(frozen=True, slots=True)
class Unit:
    """A profile or group with what it stands for."""

    node: NamedNode
    name: str
    states: tuple[str, ...]
    groups: tuple[NamedNode, ...]
    articles: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key by which a log of judgements names it."""
        return self.node.value.rpartition("/")[2]

    @property
    def rank(self) -> tuple[int, bool, str, str]:
        """Its place among others: the most attested first, profiles before their groups."""
        return (-len(self.articles), family_of(self.node) == "group", self.name, self.node.value)


def rulings_on(unit: NamedNode, facts: Facts) -> list[Ruling]:
    """Give all judgements on a unit, the weightiest first."""
    nodes = {*facts.subjects("cmq:left", unit), *facts.subjects("cmq:right", unit)}
    found = filter(None, (ruling_of(each, facts) for each in nodes))
    return sorted(found, key=lambda each: each.rank)


def ruling_of(node: NamedNode, facts: Facts) -> Ruling | None:
    """Read a judgement; None for one that lacks a side."""
    left, right = facts.node(node, "cmq:left"), facts.node(node, "cmq:right")
    if left is None or right is None:
        return None
    score = facts.text(node, "cmq:score")
    return Ruling(
        node,
        left,
        right,
        facts.text(node, "cmq:verdict"),
        float(score) if score else 0.0,
        facts.text(node, "cmq:author"),
        tuple(facts.texts(node, "cmq:reason")),
    )


def units_of(entity: NamedNode, facts: Facts) -> dict[NamedNode, Unit]:
    """Give the units whose groups stand for an entity, the most attested first."""
    groups: defaultdict[NamedNode, list[NamedNode]] = defaultdict(list)
    for group in groups_of(entity, facts):
        profile = facts.node(group, "cmq:profile")
        groups[profile or group].append(group)
        if profile and rulings_on(group, facts):
            groups[group].append(group)
    units = (_unit(node, own, facts) for node, own in groups.items())
    return {each.node: each for each in sorted(units, key=lambda each: each.rank)}


def groups_of(entity: NamedNode, facts: Facts) -> list[NamedNode]:
    """Give the article-level groups that stand for an entity, sorted."""
    found = facts.subjects("cmq:refersTo", entity)
    return [each for each in found if family_of(each) == "group"]


def unit_at(node: NamedNode, facts: Facts) -> Unit:
    """Give the unit of a profile or group."""
    return _unit(node, groups_in(node, facts), facts)


def groups_in(unit: NamedNode, facts: Facts) -> list[NamedNode]:
    """Give the groups of a unit; a group is its own."""
    return [unit] if family_of(unit) == "group" else facts.subjects("cmq:profile", unit)


def entities_of(unit: NamedNode, facts: Facts) -> list[NamedNode]:
    """Give the entities that the groups of a unit stand for: one, unless persons parted them."""
    found = {facts.node(each, "cmq:refersTo") for each in groups_in(unit, facts)}
    return sorted(filter(None, found), key=str)


def joining(units: Iterable[NamedNode], facts: Facts) -> list[Ruling]:
    """Give what joins units that are one entity: `same` judgements, and groups in profiles."""
    inside = set(units)
    found: dict[tuple[str, str, str], Ruling] = {}
    for unit in inside:
        profile = facts.node(unit, "cmq:profile") if family_of(unit) == "group" else None
        own = [each for each in rulings_on(unit, facts) if each.verdict == "same"]
        if profile:
            own.append(Ruling(None, unit, profile, "same", 1.0, "rule/same-profile", ()))
        for each in own:
            if {each.left, each.right} <= inside:
                found[each.left.value, each.right.value, str(each.node)] = each
    return sorted(found.values(), key=lambda each: each.rank)


def spanning(root: NamedNode, rulings: Iterable[Ruling]) -> dict[NamedNode, list[Ruling]]:
    """Choose the weightiest judgements that hold units together: those that hang on each unit."""
    beside = _beside(rulings)
    waiting: list[tuple[tuple[bool, float, str], int, NamedNode, Ruling]] = []
    tree: defaultdict[NamedNode, list[Ruling]] = defaultdict(list)
    reached: set[NamedNode] = set()
    turn = 0
    arrived: NamedNode | None = root
    while arrived is not None:
        reached.add(arrived)
        for each in beside.get(arrived, ()):
            turn += 1
            heappush(waiting, (each.rank, turn, arrived, each))
        arrived = None
        while waiting and arrived is None:
            _, _, parent, ruling = heappop(waiting)
            if ruling.other(parent) not in reached:
                arrived = ruling.other(parent)
                tree[parent].append(ruling)
    return tree


def path(
    starts: Iterable[NamedNode], goals: Iterable[NamedNode], rulings: Iterable[Ruling]
) -> list[tuple[NamedNode, Ruling]] | None:
    """Give the strongest chain of judgements from one unit to another; None if there is none.

    Each judgement comes with the unit that it starts from. A person's word is the strongest.
    """
    beside, wanted = _beside(rulings), set(goals)
    came: dict[NamedNode, tuple[NamedNode, Ruling] | None] = {}
    waiting: list[tuple[float, str, NamedNode, tuple[NamedNode, Ruling] | None]] = []
    for start in sorted(starts, key=str):
        heappush(waiting, (0.0, start.value, start, None))
    while waiting:
        cost, _, unit, by = heappop(waiting)
        if unit in came:
            continue
        came[unit] = by
        if unit in wanted:
            return _walked(unit, came)
        for each in beside.get(unit, ()):
            onward = each.other(unit)
            if onward not in came:
                heappush(waiting, (cost + _length(each), onward.value, onward, (unit, each)))
    return None


def _walked(
    unit: NamedNode, came: Mapping[NamedNode, tuple[NamedNode, Ruling] | None]
) -> list[tuple[NamedNode, Ruling]]:
    steps: list[tuple[NamedNode, Ruling]] = []
    by = came[unit]
    while by is not None:
        steps.append(by)
        by = came[by[0]]
    return steps[::-1]


def _length(ruling: Ruling) -> float:
    """Say how weak a link is; a chain is as strong as the product of its scores."""
    if ruling.by_person:
        return 0.01
    return 0.05 - log(min(max(ruling.score, 0.01), 1.0))


def _beside(rulings: Iterable[Ruling]) -> dict[NamedNode, list[Ruling]]:
    beside: defaultdict[NamedNode, list[Ruling]] = defaultdict(list)
    for each in rulings:
        beside[each.left].append(each)
        beside[each.right].append(each)
    return beside


def _unit(node: NamedNode, groups: Iterable[NamedNode], facts: Facts) -> Unit:
    own = tuple(sorted(groups, key=str))
    sources = {facts.node(each, "prov:hadPrimarySource") for each in own}
    states = tuple(facts.label(each) for each in facts.nodes(node, "cmq:actsFor"))
    articles = tuple(facts.articles(filter(None, sources)))
    return Unit(node, facts.label(node), states, own, articles)
