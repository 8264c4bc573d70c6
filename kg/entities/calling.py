"""Last step of an update: clusters in, entities with their labels, forms and ids out.

An id is a path made of the label. Where several share a path, each gets a suffix: its states where
those tell it apart, else a hash of the least of its units. An id so suffixed is never that of
somebody whose own name happens to read so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.entities.bundles import Bundle, add_forms, forms_without
from kg.entities.canon import Attested, described, label_from, state_label
from kg.entities.concepts import concept_of, normal
from kg.entities.context import JUDGED, Group
from kg.entities.gathering import Course
from kg.entities.joining import Plan
from kg.entities.labels import commonplace
from kg.entities.mentions import unnamed
from kg.entities.model import Entity, EntityKind
from kg.entities.persons import Persons
from kg.entities.state import Cluster, Home, State
from kg.iris import content_hash, slug
from kg.states import blocs, states

_SHARED_NAMES: Final = ("organisation", "framework", "occasion")
_OWN: Final = 12  # hexadecimal digits that tell apart who else would have one id


@dataclass(slots=True)
class Called:
    """What naming changed: old entities by id, ids given, and units with the ids they had."""

    before: dict[str, Entity] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    units: dict[str, str | None] = field(default_factory=dict)

    def changed(self, state: State) -> frozenset[str]:
        """Give the ids of entities that came, went or are described otherwise."""
        keys = self.before.keys() | self.ids
        return frozenset(key for key in keys if self.before.get(key) != entity_of(state, key))


def entity_of(state: State, key: str) -> Entity | None:
    """Give the entity of an id."""
    for _, cluster in state.ids.rows("id", key):
        found = state.clusters.get(cluster)
        return found.entity(key) if found else None
    return None


def call(state: State, course: Course, persons: Persons, plan: Plan) -> Called:
    """Describe the clusters of a plan and those of touched bundles; give all of them ids."""
    called = Called()
    paths: set[str] = set()
    for key in sorted(plan.gone):
        paths |= _drop(state, key, called)
    for key, units in _to_describe(state, course, persons, plan):
        paths |= _describe(state, key, units, persons, called)
    for path in sorted(paths | set(_shadowed(state, paths))):
        _assign(state, path, called)
    for key in sorted(plan.gone_units):
        home = state.units.get(key)
        called.units[key] = home.entity if home else None
        state.units.drop(key)
    return called


def _to_describe(
    state: State, course: Course, persons: Persons, plan: Plan
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from sorted(plan.clusters.items())
    if course.fresh:
        return
    planned = {unit for units in plan.clusters.values() for unit in units}
    touched = {
        unit
        for key in course.bundles
        for unit in persons.units_of(key, state.bundles.get(key))
        if unit not in planned
    }
    homes = {home.cluster for home in state.units.many(touched).values()}
    for key, cluster in state.clusters.many(homes).items():
        yield key, cluster.units


def _drop(state: State, key: str, called: Called) -> set[str]:
    old = state.clusters.get(key)
    if old is None:
        return set()
    _remember(state, old, called)
    state.clusters.drop(key)
    state.paths.change([(old.path, key)], [])
    state.ids.change(state.ids.rows("cluster", key), [])
    return {old.path}


def _remember(state: State, old: Cluster, called: Called) -> None:
    home = state.units.get(old.units[0])
    if home:
        called.before.setdefault(home.entity, old.entity(home.entity))


def _describe(
    state: State, key: str, units: tuple[str, ...], persons: Persons, called: Called
) -> set[str]:
    """Keep the description of a cluster; give the paths on which ids are to be given anew."""
    new = _described(state, key, units, persons)
    old = state.clusters.get(key)
    if old == new:
        return set()
    if old:
        _remember(state, old, called)
        home = state.units.get(old.units[0])
        called.ids |= {home.entity} if home else set()
    state.clusters.put(key, new)
    if old and (old.path, old.states, old.units) == (new.path, new.states, new.units):
        return set()
    if old and old.path != new.path:
        state.paths.change([(old.path, key)], [(new.path, key)])
        return {old.path, new.path}
    state.paths.change([], [(new.path, key)])
    return {new.path}


def _described(state: State, key: str, units: tuple[str, ...], persons: Persons) -> Cluster:
    keys = sorted({persons.bundle_of.get(unit, unit) for unit in units})
    bundles = state.bundles.many(keys)
    kind = bundles[keys[0]].kind
    if kind not in JUDGED:
        return _told(bundles[keys[0]], units)
    forms: dict[str, Attested] = {}
    for unit in units:
        bundle = bundles[persons.bundle_of.get(unit, unit)]
        for form, counted in _forms(state, unit, bundle, persons).items():
            old = forms.get(form)
            forms[form] = Attested(*map(sum, zip(old, counted, strict=True))) if old else counted
    at = frozenset(code for each in bundles.values() for code in each.states)
    label = label_from(kind, forms, at)
    found = described(kind, label, forms, at)
    return Cluster(kind, units, _path(kind, label, key), label, found, tuple(sorted(at)))


def _forms(state: State, unit: str, bundle: Bundle, persons: Persons) -> dict[str, Attested]:
    if unit in persons.bundle_of:
        total: dict[str, Attested] = {}
        for group in _groups(state, (unit,)):
            add_forms(total, group)
        return total
    named = persons.named.get(unit, ())
    return forms_without(bundle, _groups(state, named)) if named else dict(bundle.forms)


def _groups(state: State, keys: Sequence[str]) -> Iterator[Group]:
    """Yield groups by their keys, from the cells of their articles."""
    for _, article, key in state.members.among("grp", keys):
        cell = state.cells.get(article)
        for member in cell.members if cell else ():
            if member.group.key == key:
                yield member.group


def _told(bundle: Bundle, units: tuple[str, ...]) -> Cluster:
    """Describe what a code or a concept tells: states, blocs, things."""
    kind, ref = bundle.kind, bundle.name
    label = state_label(ref) if kind in ("state", "bloc") else ref
    path = f"{kind}/{ref}"
    if kind in ("topic", "material"):
        concept = concept_of(ref)
        path = concept.concept if concept else f"topic/{slug(ref)}"
        label = ref if concept else _thing_label(ref, bundle)
    forms = described(kind, label, bundle.forms, frozenset())
    return Cluster(kind, units, path, label, forms, ref=ref)


def _thing_label(ref: str, bundle: Bundle) -> str:
    """Prefer the wordings that say what the thing is; where none does, its normal form."""
    told = {form: counted for form, counted in bundle.forms.items() if normal(form) == ref}
    return label_from("topic", told) if told else ref


def _path(kind: EntityKind, label: str, key: str) -> str:
    path = f"{kind}/{slug(label)}"
    vague = kind in _SHARED_NAMES and commonplace(label)
    return f"{path}-{_own(key)}" if vague or unnamed(label) else path


def _own(cluster: str) -> str:
    return content_hash(cluster)[:_OWN]


def _assign(state: State, path: str, called: Called) -> None:
    """Give the clusters on a path their ids."""
    clusters = state.clusters.many(key for _, key in state.paths.rows("path", path))
    for key, cluster in clusters.items():
        found = path if len(clusters) == 1 else _suffixed(state, path, key, clusters.values())
        first = state.units.get(cluster.units[0])
        kept = first.entity if first and first.cluster == key else None
        if kept != found:
            called.ids.add(found)
        if kept and kept != found:
            called.before.setdefault(kept, cluster.entity(kept))
        ids = state.ids.rows("cluster", key)
        if ids != [(found, key)]:
            state.ids.change(ids, [(found, key)])
        for unit in cluster.units:
            home = state.units.get(unit)
            if home is None or home.entity != found:
                called.units.setdefault(unit, home.entity if home else None)
            state.units.put(unit, Home(key, found))


def _suffixed(state: State, path: str, key: str, rivals: Iterable[Cluster]) -> str:
    """Tell namesakes apart by their states where that does it, else by content."""
    every = [each.states for each in rivals]
    cluster = state.clusters.get(key)
    own = cluster.states if cluster else ()
    named = f"{path}-{'-'.join(own).lower()}"
    if own and every.count(own) == 1 and not state.paths.rows("path", named, 1):
        return named
    return f"{path}-{_own(key)}"


def _shadowed(state: State, paths: Iterable[str]) -> Iterator[str]:
    """Yield the shared paths whose suffixed ids these paths may be."""
    for path in paths:
        shorter, _, last = path.rpartition("-")
        while shorter and last in _codes():
            if len(state.paths.rows("path", shorter, 2)) > 1:
                yield shorter
            shorter, _, last = shorter.rpartition("-")


@cache
def _codes() -> frozenset[str]:
    return frozenset(code.lower() for code in (*states(), *blocs()))
