"""Names that are only meant within their article: "the ministry" of one text is its own.

The groups of one article in; out, for each such name what the article names in full that it
stands for, if anything, and the judgements that say so. Nothing outside the article has a say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from kg.entities.blocking import sounds_of, words_of
from kg.entities.cluster import Component, Docket, clustered, pair_of
from kg.entities.context import Group, Profile, read_office
from kg.entities.descriptions import described
from kg.entities.judge import judge, judgement_of
from kg.entities.mentions import unnamed
from kg.entities.model import Judgement

_COMMON: Final = frozenset({"framework", "organisation"})


def hosts_of(groups: Sequence[Group]) -> tuple[dict[str, str], list[Judgement]]:
    """Give for each profile whose name is meant within the article the one that it stands with."""
    profiles, alone = _profiles(groups)
    docket = Docket(judge)
    for one, other in _pairs(profiles, alone):
        docket.on(profiles[one], profiles[other])
    asked = sorted(docket.opinions)
    if not asked:
        return {}, []
    component = Component(profiles, {key: (key,) for key in profiles})
    outcome = clustered(component, docket)
    hosts: dict[str, str] = {}
    for cluster in outcome.clusters:
        hosts |= _hosted(cluster, alone, docket)
    opinions = [(pair, docket.opinions[pair]) for pair in asked]
    return hosts, [judgement_of(*pair, each) for pair, each in opinions if each.worth_noting()]


def _hosted(cluster: frozenset[str], alone: frozenset[str], docket: Docket) -> dict[str, str]:
    """Put names of one cluster with the full name that fits best, or with the first of them."""
    own, full = sorted(cluster & alone), sorted(cluster - alone)
    if len(cluster) == 1 or not own:
        return {}
    if not full:
        return dict.fromkeys(own[1:], own[0])

    def fit(key: str) -> float:
        pairs = (pair_of(key, each) for each in own)
        known = (docket.opinions[pair].score for pair in pairs if pair in docket.opinions)
        return max(known, default=0.0)

    host = min(full, key=lambda key: (-fit(key), key))
    return dict.fromkeys(own, host)


def met_within(groups: Sequence[Group]) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give for each person's group the profiles with a name alike, and those listed beside it."""
    persons = [each for each in groups if each.kind == "person" and not each.alone]
    met: dict[str, set[str]] = {}
    beside: dict[str, set[str]] = {}
    for one, other in combinations(persons, 2):
        if one.profile == other.profile or not sounds_of(one.ref) & sounds_of(other.ref):
            continue
        for left, right in ((one, other), (other, one)):
            met.setdefault(left.key, set()).add(right.profile)
            if right.key in left.beside:
                beside.setdefault(left.key, set()).add(right.profile)
    return {
        key: (tuple(sorted(found)), tuple(sorted(beside.get(key, ()))))
        for key, found in met.items()
    }


def _profiles(groups: Sequence[Group]) -> tuple[dict[str, Profile], frozenset[str]]:
    """Gather the profiles of one article whose names are labels, and persons told by an office."""
    found: dict[str, Profile] = {}
    alone: set[str] = set()
    by_key = {group.key: group.profile for group in groups}
    for group in groups:
        if not group.profile or (unnamed(group.ref) and group.kind not in _COMMON):
            continue
        if group.kind == "person" and not group.offices:
            continue
        profile = found.setdefault(
            group.profile,
            Profile(
                group.profile,
                group.kind,
                group.ref,
                groups={group.profile},
                articles={"this"},
                states=frozenset(group.states),
            ),
        )
        profile.name = min(profile.name, group.ref)
        profile.parties |= set(group.parties)
        profile.offices |= {read_office(each) for each in group.offices}
        profile.beside |= {by_key[each] for each in group.beside if each in by_key}
        if group.alone or (group.kind == "person" and described(group.ref)):
            alone.add(group.profile)
    return found, frozenset(alone)


def _pairs(profiles: Mapping[str, Profile], alone: frozenset[str]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(sorted(profiles), 2):
        left, right = profiles[one], profiles[other]
        meant = left.kind == right.kind and bool({one, other} & alone)
        persons = left.kind == "person"
        if meant and (persons or words_of(left.name) & words_of(right.name)):
            yield one, other
