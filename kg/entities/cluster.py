"""Clusters: profiles and judgements in, sets of article-level groups out.

Edges of verdict `same` join, best first; a `different` between any two members forbids it, also
one that nobody had asked for yet, so that wrong likenesses do not chain. Where two rivals claim
one profile equally well, neither gets it. A person's judgement goes before every rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from kg.entities.context import Profile
from kg.entities.judge import Opinion, candidates, judge, judgement_of
from kg.entities.lexicons import weights
from kg.entities.model import Judgement

Judge = Callable[[Profile, Profile], Opinion]


@dataclass(slots=True)
class Docket:
    """The opinions on pairs of profiles, each formed once."""

    judge: Judge
    opinions: dict[tuple[str, str], Opinion] = field(default_factory=dict)

    def on(self, left: Profile, right: Profile) -> Opinion:
        """Give the opinion on two profiles, formed now if nobody asked before."""
        pair = (left.key, right.key) if left.key < right.key else (right.key, left.key)
        if pair not in self.opinions:
            self.opinions[pair] = self.judge(left, right)
        return self.opinions[pair]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two groups that an opinion or a person calls one."""

    left: str
    right: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """The clusters of groups and the log that explains them."""

    clusters: tuple[frozenset[str], ...]
    judgements: tuple[Judgement, ...]


def clustered(profiles: Sequence[Profile], given: Iterable[Judgement] = ()) -> Outcome:
    """Join the groups of profiles into clusters; `given` judgements by persons win over rules."""
    docket = Docket(judge)
    pairs = [(left, right) for left, right in candidates(profiles) if left.kind == right.kind]
    for left, right in pairs:
        docket.on(left, right)
    by_key = {profile.key: profile for profile in profiles}
    _settle_rivals(docket, by_key)
    said = _by_persons(given)
    forest = _Forest(profiles, docket, said)
    for pair in sorted(pair for pair, verdict in said.items() if verdict.verdict == "same"):
        forest.join(*pair, forced=True)
    for edge in _edges(profiles, docket, by_key):
        forest.join(edge.left, edge.right)
    return Outcome(forest.clusters(), _log(profiles, pairs, docket, said))


def _edges(profiles: Sequence[Profile], docket: Docket, by_key: dict[str, Profile]) -> list[Edge]:
    """Give the edges, surest first: within a profile, then between profiles."""
    edges = [
        Edge(profile.representative, group, 1.0)
        for profile in profiles
        for group in profile.groups
        if group != profile.representative
    ]
    for (left, right), opinion in docket.opinions.items():
        if opinion.verdict == "same":
            ends = sorted((by_key[left].representative, by_key[right].representative))
            edges.append(Edge(ends[0], ends[1], opinion.score))
    return sorted(edges, key=lambda edge: (-edge.score, edge.left, edge.right))


def _settle_rivals(docket: Docket, by_key: dict[str, Profile]) -> None:
    """Make unsure what would join a profile to one of two that are different from each other."""
    claims: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for (left, right), opinion in docket.opinions.items():
        if opinion.verdict == "same":
            claims[left].append((opinion.score, right))
            claims[right].append((opinion.score, left))
    doubted: set[tuple[str, str]] = set()
    for profile, others in sorted(claims.items()):
        for (score, one), (rival, other) in combinations(sorted(others), 2):
            if docket.on(by_key[one], by_key[other]).verdict != "different":
                continue
            doubted.add((profile, one))  # sorted: `one` scores no higher than its rival
            if rival - score < weights().margin:
                doubted.add((profile, other))
    for left, right in sorted({(min(pair), max(pair)) for pair in doubted}):
        old = docket.opinions[left, right]
        reasons = (*old.reasons, "another profile that is somebody else fits as well")
        docket.opinions[left, right] = Opinion("unsure", old.score, old.rule, reasons)


def _by_persons(given: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """Keep the judgements by persons, the last word on each pair; rules speak anew each time."""
    said: dict[tuple[str, str], Judgement] = {}
    for judgement in given:
        if not judgement.author.startswith("rule/"):
            low, high = sorted((judgement.left, judgement.right))
            said[low, high] = judgement
    return said


def _log(
    profiles: Sequence[Profile],
    pairs: Iterable[tuple[Profile, Profile]],
    docket: Docket,
    said: dict[tuple[str, str], Judgement],
) -> tuple[Judgement, ...]:
    found: dict[str, Judgement] = {}
    for profile in profiles:
        opinion = Opinion("same", 1.0, "rule/same-profile", ("one name, the same states",))
        for group in profile.groups - {profile.representative}:
            entry = judgement_of(profile.representative, group, opinion)
            found[entry.id] = entry
    for left, right in pairs:
        opinion = docket.on(left, right)
        if opinion.worth_noting():
            entry = judgement_of(left.representative, right.representative, opinion)
            found[entry.id] = entry
    found |= {entry.id: entry for entry in said.values()}
    return tuple(sorted(found.values(), key=lambda each: (each.left, each.right, each.id)))


class _Forest:
    """Disjoint clusters that grow by joining, unless two of their members are different."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        docket: Docket,
        said: dict[tuple[str, str], Judgement],
    ) -> None:
        self._docket = docket
        self._profile = {group: profile for profile in profiles for group in profile.groups}
        self._home = {group: group for group in self._profile}
        self._members = {group: {group} for group in self._profile}
        self._profiles = {group: {each.key: each} for group, each in self._profile.items()}
        self._same = {
            frozenset(self._profile[group].key for group in pair)
            for pair, each in said.items()
            if each.verdict == "same" and set(pair) <= self._profile.keys()
        }
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for (left, right), each in said.items():
            if each.verdict != "same":
                self._apart[left].add(right)
                self._apart[right].add(left)

    def join(self, left: str, right: str, *, forced: bool = False) -> None:
        """Join the clusters of two groups, unless something between them forbids it."""
        if left not in self._home or right not in self._home:
            return  # a judgement on groups that these claims do not have
        one, other = self._home[left], self._home[right]
        if one == other or not (forced or self._may_join(one, other)):
            return
        keep, gone = sorted((one, other), key=lambda home: (-len(self._members[home]), home))
        for group in self._members[gone]:
            self._home[group] = keep
        self._members[keep] |= self._members.pop(gone)
        self._profiles[keep] |= self._profiles.pop(gone)

    def clusters(self) -> tuple[frozenset[str], ...]:
        """Give the clusters, ordered by their least group."""
        return tuple(frozenset(each) for each in sorted(self._members.values(), key=min))

    def _may_join(self, one: str, other: str) -> bool:
        members, others = self._members[one], self._members[other]
        if any(self._apart[group] & others for group in members if group in self._apart):
            return False
        return all(
            self._docket.on(left, right).verdict != "different"
            for left in self._profiles[one].values()
            for right in self._profiles[other].values()
            if left.key != right.key and frozenset((left.key, right.key)) not in self._same
        )
