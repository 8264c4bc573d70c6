"""Third step of an update: profiles whose clusters may be others now in, the clusters out.

What likeness or persons connect is one component. A component is clustered as a whole, and from
nothing but its profiles: so the outcome is the same however they came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from kg.entities.cluster import Component, Docket, Pair, clustered
from kg.entities.context import Profile
from kg.entities.gathering import Course, is_compared
from kg.entities.judge import judge
from kg.entities.opinions import Kept, kept
from kg.entities.persons import Heard, Persons
from kg.entities.state import State
from kg.entities.weighing import Bench


@dataclass(slots=True)
class Plan:
    """The clusters to write, each under its least unit; the clusters and units to take away."""

    clusters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    gone_units: set[str] = field(default_factory=set)


def join(state: State, course: Course, bench: Bench, heard: Heard, dirty: Collection[str]) -> Plan:
    """Cluster the components of the dirty profiles, and what came that needs no judging."""
    plan = Plan()
    seen: set[str] = set()
    told = (
        key for key, old in course.bundles.items() if key not in dirty and _came(state, key, old)
    )
    for start in sorted({*dirty, *told, *heard.touched}):
        if start not in seen:
            found, rows = _component(state, heard.now, start)
            seen |= found
            _cluster(state, bench, heard.now, found, rows, plan)
    if not course.fresh:
        _clear(state, heard.before, seen, plan)
    return plan


def _came(state: State, key: str, old: object) -> bool:
    """Say whether a bundle is new or gone."""
    return (old is None) != (key not in state.bundles)


def _component(state: State, persons: Persons, start: str) -> tuple[set[str], dict[Pair, Kept]]:
    """Give the bundles that are connected with one, and the opinions that connect them."""
    found = {start}
    waiting = [start]
    rows: dict[Pair, Kept] = {}
    while waiting:
        key = waiting.pop()
        bundle = state.bundles.get(key)
        beside = set(persons.links(key))
        if bundle and is_compared(bundle):
            own = state.opinions.same(key)
            rows |= {(row.low, row.high): row for row in own}
            beside.update(row.other(key) for row in own)
        waiting += beside - found
        found |= beside
    return found, rows


def _cluster(
    state: State,
    bench: Bench,
    persons: Persons,
    keys: Iterable[str],
    rows: dict[Pair, Kept],
    plan: Plan,
) -> None:
    bundles = {key: state.bundles.get(key) for key in keys}
    units = {key: persons.units_of(key, bundle) for key, bundle in bundles.items() if bundle}
    if sum(map(len, units.values())) == 1:
        plan.clusters |= {unit: (unit,) for own in units.values() for unit in own}
        return
    profiles: dict[str, Profile] = {
        key: profile for key in units if (profile := bench.profile(key)) is not None
    }
    docket = Docket(judge, {pair: row.opinion for pair, row in rows.items()})
    outcome = clustered(Component(profiles, units, persons.said_of(units)), docket)
    for cluster in outcome.clusters:
        plan.clusters[min(cluster)] = tuple(sorted(cluster))
    state.opinions.move(
        rows,
        {
            pair: kept(pair, row.opinion, "doubted" if pair in outcome.doubted else "plain")
            for pair, row in rows.items()
        },
    )


def _clear(state: State, before: Persons, bundles: Iterable[str], plan: Plan) -> None:
    """Note the clusters and units that these bundles had and have no longer."""
    units = {unit for key in bundles for unit in (key, *before.named.get(key, ()))}
    homes = state.units.many(units)
    now = {unit for own in plan.clusters.values() for unit in own}
    plan.gone = {home.cluster for home in homes.values()} - plan.clusters.keys()
    plan.gone_units = homes.keys() - now
