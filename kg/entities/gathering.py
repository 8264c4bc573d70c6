"""First step of an update: touched articles in, their cells and the bundles that they count in.

A cell is computed from the claims of its article alone. What differs between the old cell and the
new is taken out of, and counted into, the bundles; a course notes what the later steps must look
at again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.claims.model import Claim
from kg.entities.bundles import Bundle, Membership, counted, name_profile
from kg.entities.context import JUDGED, Group, groups_of
from kg.entities.labels import is_ministry
from kg.entities.model import NameProfile
from kg.entities.opinions import within
from kg.entities.state import Alone, Cell, State
from kg.entities.within import hosts_of, met_within
from kg.iris import content_hash

AT_ONCE: Final = 1000  # articles that are counted together


@dataclass(slots=True)
class Course:
    """What an update has come across: old records of all that it changed, by key."""

    fresh: bool  # nothing was kept before
    cells: dict[str, Cell | None] = field(default_factory=dict)
    bundles: dict[str, Bundle | None] = field(default_factory=dict)
    alone: dict[str, NameProfile | None] = field(default_factory=dict)


def cell_of(claims: Iterable[Claim]) -> Cell | None:
    """Give the cell of an article; None if its claims name nothing."""
    groups = groups_of(claims)
    if not groups:
        return None
    hosts, judgements = hosts_of(groups)
    met = met_within(groups)
    members = []
    for group in groups:
        bundle = group.profile or content_hash(group.kind, group.ref)
        host = hosts.get(bundle)
        own = group._replace(beside=(), alone=bool(host) or (group.alone and not is_placed(group)))
        members.append(Membership(host or bundle, own, bool(host), *met.get(group.key, ((), ()))))
    beyond = {member.bundle for member in members if not member.group.alone}
    own_rows = (each for each in judgements if not {each.left, each.right} <= beyond)
    rows = tuple(sorted(map(within, own_rows)))
    return Cell(tuple(members), rows)


def is_placed(group: Group) -> bool:
    """Say whether an article tells enough around a common name to look for it beyond."""
    if group.kind == "organisation":
        return is_ministry(group.ref) and bool(group.story)
    return group.kind == "framework" and bool(group.story or len(group.parties) > 1)


def gather(state: State, touched: Collection[str], course: Course) -> None:
    """Bring cells and bundles up to date with the claims of the touched articles."""
    for some in _in_parts(sorted(touched)):
        _gather(state, some, course)


def _in_parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _gather(state: State, articles: Sequence[str], course: Course) -> None:
    come: defaultdict[str, list[Membership]] = defaultdict(list)
    gone: defaultdict[str, list[Membership]] = defaultdict(list)
    rows: tuple[list[tuple[str, ...]], list[tuple[str, ...]]] = ([], [])
    olds = state.cells.many(articles)
    claims = state.claims.many(articles)
    for article in articles:
        old = olds.get(article)
        new = cell_of(claims[article].claims) if article in claims else None
        if old == new:
            continue
        course.cells[article] = old
        before, after = (frozenset(cell.members if cell else ()) for cell in (old, new))
        for members, kept, row in (
            (before - after, gone, rows[0]),
            (after - before, come, rows[1]),
        ):
            for member in members:
                kept[member.bundle].append(member)
                row.append((member.bundle, article, member.group.key))
        _within(state, article, old, new, course)
    state.members.change(*rows)
    _count(state, gone, come, course)


def _within(state: State, article: str, old: Cell | None, new: Cell | None, course: Course) -> None:
    """Keep the cell, what it says within itself, and the profiles that are its own."""
    before, after = (
        {(row.low, row.high): row for row in (cell.within if cell else ())} for cell in (old, new)
    )
    state.opinions.move(before, after)
    profiles = _alone(new)
    for key in _alone(old).keys() | profiles.keys():
        kept = state.alone.get(key) if not course.fresh else None
        course.alone.setdefault(key, kept.profile if kept else None)
        if key in profiles:
            state.alone.put(key, profiles[key])
        else:
            state.alone.drop(key)
    if new:
        state.cells.put(article, new)
    else:
        state.cells.drop(article)


def _alone(cell: Cell | None) -> dict[str, Alone]:
    found: dict[str, Alone] = {}
    for member in sorted(cell.members if cell else (), key=lambda each: each.group.ref):
        group = member.group
        if group.alone:
            first = found.get(group.profile)
            profile = NameProfile(group.profile, group.kind, group.ref, group.states)
            groups = (*first.groups, group.key) if first else (group.key,)
            found[group.profile] = Alone(first.profile if first else profile, groups)
    return found


def _count(
    state: State,
    gone: defaultdict[str, list[Membership]],
    come: defaultdict[str, list[Membership]],
    course: Course,
) -> None:
    keys = gone.keys() | come.keys()
    olds = state.bundles.many(keys)
    for key in sorted(keys):
        old = olds.get(key)
        course.bundles.setdefault(key, old if not course.fresh else None)
        new = counted(old, gone.get(key, ()), come.get(key, ()))
        if new:
            state.bundles.put(key, new)
        else:
            state.bundles.drop(key)


def changed_profiles(state: State, course: Course) -> frozenset[str]:
    """Give the keys of profiles that came, went or are named otherwise."""
    found = set()
    for key in course.alone.keys() | course.bundles.keys():
        own = state.alone.get(key)
        alone, bundle = own.profile if own else None, state.bundles.get(key)
        was = course.alone.get(key, alone), course.bundles.get(key, bundle)
        if (alone or _seen(key, bundle)) != (was[0] or _seen(key, was[1])):
            found.add(key)
    return frozenset(found)


def _seen(key: str, bundle: Bundle | None) -> NameProfile | None:
    """Give the profile that a bundle is, unless it is kept with its article."""
    return name_profile(key, bundle) if bundle and is_compared(bundle) else None


def is_compared(bundle: Bundle) -> bool:
    """Say whether a bundle is a profile whose name is meant beyond one article."""
    return bundle.kind in JUDGED and not bundle.alone
