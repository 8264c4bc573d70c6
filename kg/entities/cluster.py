"""Clusters: profiles that likeness connects and opinions on them in, sets of units out.

A unit is a profile, or one of its groups that a person has judged by itself. Edges of verdict
`same` join, best first; a `different` between any two members forbids it, also one that nobody had
asked for yet, so that wrong likenesses do not chain. Where two rivals claim one profile equally
well, neither gets it. A person's judgement goes before every rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from kg.entities.bodies import OTHERWISE
from kg.entities.circumstances import conflict
from kg.entities.context import Profile
from kg.entities.labels import label_of
from kg.entities.lexicons import weights
from kg.entities.names import name_of
from kg.entities.verdict import NAMESAKE, Opinion

Judge = Callable[[Profile, Profile], Opinion]
Pair = tuple[str, str]
_BY_NAME: Final = frozenset({"rule/name-kin", "rule/name-unlike"})
ANOTHER_FITS: Final = "another profile that is somebody else fits as well"


def pair_of(one: str, other: str) -> Pair:
    """Give two keys in order."""
    return (one, other) if one < other else (other, one)


@dataclass(slots=True)
class Docket:
    """The opinions on pairs of profiles, each formed once."""

    judge: Judge
    opinions: dict[Pair, Opinion] = field(default_factory=dict)

    def on(self, left: Profile, right: Profile) -> Opinion:
        """Give the opinion on two profiles, formed now if nobody asked before."""
        pair = pair_of(left.key, right.key)
        if pair not in self.opinions:
            self.opinions[pair] = self.judge(left, right)
        return self.opinions[pair]

    def apart(self, left: Profile, right: Profile) -> bool:
        """Say whether two are different, or namesakes unless more is known of them."""
        opinion = self.on(left, right)
        return opinion.verdict == "different" or opinion.rule == NAMESAKE

    def embraced(self, full: Profile, one: Profile, other: Profile) -> bool:
        """Say whether two names that are unlike each other are both parts of a fuller one."""
        if full.kind == "place" or self.on(one, other).rule not in _BY_NAME:
            return False
        if full.kind != "person":
            pairs = [self.on(full, each) for each in (one, other)]
            if any(each.rule == OTHERWISE for each in pairs):
                return all(each.verdict == "same" for each in pairs)
            own = label_of(full.name)
            if all(label_of(each.name).words_in(own) for each in (one, other)):
                return True
            fuller = all(len(label_of(each.name).words) <= len(own.words) for each in (one, other))
            return fuller and all(each.verdict == "same" for each in pairs)
        tokens = name_of(full.name).tokens
        return (
            len(tokens) > 1
            and not conflict(one, other)
            and all(
                len(name_of(each.name).tokens) <= len(tokens)
                and not each.groups & full.groups
                and self.on(full, each).verdict == "same"
                for each in (one, other)
            )
        )

    def same(self) -> list[Pair]:
        """Give the pairs called the same."""
        return sorted(pair for pair, each in self.opinions.items() if each.verdict == "same")


@dataclass(frozen=True, slots=True)
class Said:
    """What persons say of units."""

    same: frozenset[Pair] = frozenset()
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """Profiles that likeness or persons connect, with the units of each, the first one for all."""

    profiles: Mapping[str, Profile]
    units: Mapping[str, Sequence[str]]
    said: Said = field(default_factory=Said)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The clusters of units, and the pairs of profiles that were the same but for a rival."""

    clusters: tuple[frozenset[str], ...]
    doubted: frozenset[Pair]


def clustered(component: Component, docket: Docket) -> Outcome:
    """Join the units of a component; the docket holds the opinions that connect it."""
    doubted = settle(docket, component.profiles)
    forest = _Forest(component, docket)
    for one, other in sorted(component.said.same):
        forest.join(one, other, forced=True)
    for _, one, other in sorted(_edges(component, docket)):
        forest.join(one, other)
    return Outcome(forest.clusters(), doubted)


def _edges(component: Component, docket: Docket) -> list[tuple[float, str, str]]:
    """Give the edges, surest first when sorted: within a profile, then between profiles."""
    found = [
        (-1.0, units[0], unit) for _, units in sorted(component.units.items()) for unit in units[1:]
    ]
    for pair in docket.same():
        one, other = (component.units[key][0] for key in pair)
        found.append((-docket.opinions[pair].score, *pair_of(one, other)))
    return found


def settle(docket: Docket, profiles: Mapping[str, Profile]) -> frozenset[Pair]:
    """Make unsure what would join a profile to one of two that are different from each other."""
    claims: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for left, right in docket.same():
        score = docket.opinions[left, right].score
        claims[left].append((score, right))
        claims[right].append((score, left))
    doubted: set[Pair] = set()
    for profile, others in sorted(claims.items()):
        for (score, one), (rival, other) in combinations(sorted(others), 2):
            if not docket.apart(profiles[one], profiles[other]):
                continue
            if docket.embraced(profiles[profile], profiles[one], profiles[other]):
                continue
            doubted.add(pair_of(profile, one))  # sorted: `one` scores no higher than its rival
            if rival - score < weights().margin:
                doubted.add(pair_of(profile, other))
    for pair in sorted(doubted):
        docket.opinions[pair] = doubting(docket.opinions[pair])
    return frozenset(doubted)


def doubting(opinion: Opinion) -> Opinion:
    """Give an opinion as it is where a rival fits as well."""
    reasons = (*opinion.reasons, ANOTHER_FITS)
    return Opinion("unsure", opinion.score, opinion.rule, reasons)


class _Forest:
    """Disjoint clusters that grow by joining, unless two of their members are different."""

    def __init__(self, component: Component, docket: Docket) -> None:
        self._docket = docket
        self._said = component.said
        profile_of = {
            unit: component.profiles[key]
            for key, units in component.units.items()
            for unit in units
        }
        self._home = {unit: unit for unit in profile_of}
        self._members = {unit: {unit} for unit in profile_of}
        self._profiles = {unit: {each.key: each} for unit, each in profile_of.items()}
        self._same = {
            pair_of(profile_of[one].key, profile_of[other].key)
            for one, other in component.said.same
        }

    def join(self, left: str, right: str, *, forced: bool = False) -> None:
        """Join the clusters of two units, unless something between them forbids it."""
        one, other = self._home[left], self._home[right]
        if one == other or not (forced or self._may_join(one, other)):
            return
        keep, gone = sorted((one, other), key=lambda home: (-len(self._members[home]), home))
        for unit in self._members[gone]:
            self._home[unit] = keep
        self._members[keep] |= self._members.pop(gone)
        self._profiles[keep] |= self._profiles.pop(gone)

    def clusters(self) -> tuple[frozenset[str], ...]:
        """Give the clusters, ordered by their least unit."""
        return tuple(frozenset(each) for each in sorted(self._members.values(), key=min))

    def _may_join(self, one: str, other: str) -> bool:
        members, others = self._members[one], self._members[other]
        apart = self._said.apart
        if any(apart[unit] & others for unit in members if unit in apart):
            return False
        own = self._profiles[one] | self._profiles[other]
        between = [each for _, each in sorted(own.items())]
        return not any(
            self._clash(left, right, between) for left, right in self._across(one, other)
        )

    def _across(self, one: str, other: str) -> Iterable[tuple[Profile, Profile]]:
        return (
            (left, right)
            for _, left in sorted(self._profiles[one].items())
            for _, right in sorted(self._profiles[other].items())
        )

    def _clash(self, left: Profile, right: Profile, between: Iterable[Profile]) -> bool:
        if left.key == right.key or pair_of(left.key, right.key) in self._same:
            return False
        if not self._docket.apart(left, right):
            return False
        return not any(self._docket.embraced(each, left, right) for each in between)
