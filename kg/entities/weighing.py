"""Second step of an update: profiles that look otherwise than before in, new opinions out.

A profile is compared with those that share a mark with it, unless the block of the mark is
crowded. Where a block becomes crowded, or is no longer, all its members are compared anew.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from kg.entities.blocking import Mark, compared, limit_of, marks_of
from kg.entities.bundles import profile_of
from kg.entities.cluster import Pair, pair_of
from kg.entities.context import Profile
from kg.entities.gathering import Course, is_compared
from kg.entities.judge import judge
from kg.entities.opinions import Kept, kept
from kg.entities.state import State

_KEPT: Final = 12000  # profiles and blocks at hand while opinions are formed
_AT_ONCE: Final = 5000
Members = tuple[tuple[str, str], ...]


class Look(NamedTuple):
    """How a profile looked before, and how it looks now."""

    key: str
    before: Profile | None
    after: Profile | None


class Bench:
    """Profiles and blocks as they stand after the articles were gathered, looked up once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._profiles: OrderedDict[str, Profile] = OrderedDict()
        self._blocks: OrderedDict[str, Members | None] = OrderedDict()

    def profile(self, key: str) -> Profile | None:
        """Give a profile that can be compared."""
        found = self._profiles.get(key)
        if found is None:
            bundle = self._state.bundles.get(key)
            if bundle is None:
                return None
            found = self._profiles[key] = profile_of(key, bundle)
            _shorten(self._profiles)
        return found

    def block(self, mark: str) -> Members | None:
        """Give the members of a block with their manners; None if it is crowded."""
        if mark not in self._blocks:
            limit = limit_of(mark)
            rows = self._state.blocks.rows("mark", mark, limit + 1)
            members = tuple((manner, key) for _, manner, key in rows)
            self._blocks[mark] = members if len(rows) <= limit else None
            _shorten(self._blocks)
        return self._blocks[mark]

    def neighbours(self, profile: Profile) -> set[str]:
        """Give the profiles that one is to be compared with."""
        found: set[str] = set()
        for mark in marks_of(profile):
            found.update(compared(mark.seeks, self.block(mark.text) or ()))
        return found - {profile.key}


def weigh(state: State, course: Course, bench: Bench) -> set[str]:
    """Bring blocks and opinions up to date; give the profiles whose clusters may be others now."""
    anew: dict[str, str] = {}  # names of the profiles to compare
    dirty: set[str] = set()
    grown: Counter[str] = Counter()
    for looks in _in_parts(_changed(state, course, bench)):
        _block(state, looks, grown, fresh=course.fresh)
        anew |= {key: new.name for key, _, new in looks if new}
        dirty.update(key for key, _, _ in looks)
    for key in dirty - anew.keys():
        dirty |= _forget(state, key)
    for key in _crossing(state, grown):
        found = bench.profile(key)
        anew |= {key: found.name} if found else {}
    done: set[str] = set()
    for key in sorted(anew, key=lambda each: (anew[each], each)):  # names alike share blocks
        dirty |= _compare(state, bench, key, done, fresh=course.fresh)
        done.add(key)
    return dirty


def _changed(state: State, course: Course, bench: Bench) -> Iterator[Look]:
    """Yield the profiles that look otherwise than before."""
    for key, bundle in course.bundles.items():
        new = state.bundles.get(key)
        before = profile_of(key, bundle) if bundle and is_compared(bundle) else None
        after = bench.profile(key) if new and is_compared(new) else None
        if before != after:
            yield Look(key, before, after)


def _in_parts(looks: Iterator[Look]) -> Iterator[list[Look]]:
    while some := list(islice(looks, _AT_ONCE)):
        yield some


def _block(state: State, looks: Iterable[Look], grown: Counter[str], *, fresh: bool) -> None:
    """Keep the marks of changed profiles; count by how much blocks have grown."""
    gone: list[tuple[str, ...]] = []
    come: list[tuple[str, ...]] = []
    for key, old, new in looks:
        before, after = (marks_of(each) if each else frozenset[Mark]() for each in (old, new))
        gone += ((*mark, key) for mark in before - after)
        come += ((*mark, key) for mark in after - before)
    state.blocks.change(gone, come)
    if not fresh:
        grown.update(mark for mark, *_ in come)
        grown.subtract(mark for mark, *_ in gone)


def _crossing(state: State, grown: Mapping[str, int]) -> set[str]:
    """Give all members of blocks that became crowded, or are no longer."""
    crossed: set[str] = set()
    for mark, growth in grown.items():
        count = state.blocks.count("mark", mark) if growth else 0
        if (count > limit_of(mark)) != (count - growth > limit_of(mark)):
            crossed.update(key for _, _, key in state.blocks.rows("mark", mark))
    return crossed


def _forget(state: State, key: str) -> set[str]:
    """Drop the opinions on a profile that is gone; give those it was compared with."""
    old = _plain(state.opinions.of(key))
    state.opinions.move(old, {})
    return {row.other(key) for row in old.values()}


def _plain(rows: Mapping[Pair, Kept]) -> dict[Pair, Kept]:
    return {pair: row for pair, row in rows.items() if row.standing != "within"}


def _compare(state: State, bench: Bench, key: str, done: set[str], *, fresh: bool) -> set[str]:
    """Form the opinions on a profile anew, save those on `done` ones, which have been formed."""
    profile = bench.profile(key)
    if profile is None:
        return set()
    known = {} if fresh else _plain(state.opinions.of(key))
    old = {pair: row for pair, row in known.items() if row.other(key) not in done}
    new = dict(_opinions(bench, profile, sorted(bench.neighbours(profile) - done), old))
    moved = state.opinions.move(old, new)
    return {end for pair in moved for end in pair if _joins(old.get(pair), new.get(pair))}


def _joins(*rows: Kept | None) -> bool:
    return any(row and row.verdict == "same" for row in rows)


def _opinions(
    bench: Bench, profile: Profile, others: Iterable[str], old: Mapping[Pair, Kept]
) -> Iterator[tuple[Pair, Kept]]:
    for key in others:
        other = bench.profile(key)
        opinion = judge(profile, other) if other else None
        if opinion and opinion.worth_noting():
            pair = pair_of(profile.key, key)
            row = kept(pair, opinion)
            was = old.get(pair)
            if was and was.opinion == row.opinion:
                row = was  # also as to whether a rival makes it doubtful
            yield pair, row


def _shorten(kept_at_hand: OrderedDict[str, Profile] | OrderedDict[str, Members | None]) -> None:
    while len(kept_at_hand) > _KEPT:
        kept_at_hand.popitem(last=False)
