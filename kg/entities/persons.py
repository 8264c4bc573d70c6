"""What persons judged, brought to where its groups and profiles stand now.

A group that a person has judged is a unit of its own within its bundle, so that it can be parted
from the other groups of its name. What is said of groups that no article has waits for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.entities.bundles import Bundle
from kg.entities.cluster import Pair, Said, pair_of
from kg.entities.context import JUDGED
from kg.entities.gathering import Course, is_compared
from kg.entities.model import Judgement
from kg.entities.state import End, Ends, State


class Persons:
    """The judgements of persons with where their ends stand."""

    def __init__(self, said: Mapping[str, Judgement], ends: Mapping[str, Ends]) -> None:
        self.said = said
        self.ends = ends
        named: defaultdict[str, set[str]] = defaultdict(set)
        self._links: defaultdict[str, set[str]] = defaultdict(set)
        self._on: defaultdict[str, list[str]] = defaultdict(list)
        self.bundle_of: dict[str, str] = {}
        for pair, both in sorted(ends.items()):
            for end in (both.left, both.right):
                if end:
                    named[end.bundle].update(end.groups)
                    self.bundle_of |= dict.fromkeys(end.groups, end.bundle)
                    self._on[end.bundle].append(pair)
            if both.left and both.right and said[pair].verdict == "same":
                self._links[both.left.bundle].add(both.right.bundle)
                self._links[both.right.bundle].add(both.left.bundle)
        self.named = {bundle: tuple(sorted(groups)) for bundle, groups in named.items()}

    def links(self, bundle: str) -> Collection[str]:
        """Give the bundles that persons join with one."""
        return self._links.get(bundle, ())

    def units_of(self, key: str, bundle: Bundle | None) -> tuple[str, ...]:
        """Give the units of a bundle; the first stands for all in opinions on its profile."""
        named = self.named.get(key, ())
        if bundle is None:
            return ()
        return (key, *named) if bundle.groups > len(named) else named

    def said_of(self, units: Mapping[str, tuple[str, ...]]) -> Said:
        """Give what persons say of the units of some bundles."""
        same: set[Pair] = set()
        apart: defaultdict[str, set[str]] = defaultdict(set)
        for pair in sorted({pair for bundle in units for pair in self._on.get(bundle, ())}):
            both = self.ends[pair]
            if not both.left or not both.right:
                continue
            if both.left.bundle not in units or both.right.bundle not in units:
                continue
            joined = self.said[pair].verdict == "same"
            for one in _units(both.left, units, first=joined):
                for other in _units(both.right, units, first=joined):
                    if one == other:
                        continue
                    if joined:
                        same.add(pair_of(one, other))
                    else:
                        apart[one].add(other)
                        apart[other].add(one)
        return Said(frozenset(same), {unit: frozenset(each) for unit, each in apart.items()})


def _units(end: End, units: Mapping[str, tuple[str, ...]], *, first: bool) -> tuple[str, ...]:
    """Give the units that an end names; a whole profile is joined by its first unit."""
    own = units[end.bundle]
    return end.groups or (own[:1] if first else own)


@dataclass(frozen=True, slots=True)
class Heard:
    """The judgements of persons before and after an update, and the bundles that they touch."""

    before: Persons
    now: Persons
    touched: frozenset[str]
    judgements: frozenset[str]  # ids of those that came, went or changed


def persons_of(state: State) -> Persons:
    """Give what is kept."""
    return Persons(dict(state.said.items()), dict(state.ends.items()))


def hear(state: State, given: Iterable[Judgement], course: Course) -> Heard:
    """Keep what persons say, the last word on each pair, with where its ends stand."""
    before = persons_of(state)
    said = {f"{each.left} {each.right}": each for each in _in_order(given)}
    ends = {
        pair: Ends(_end(state, each.left), _end(state, each.right)) for pair, each in said.items()
    }
    for pair in before.said.keys() - said.keys():
        state.said.drop(pair)
        state.ends.drop(pair)
    for pair, each in said.items():
        state.said.put(pair, each)
        state.ends.put(pair, ends[pair])
    now = Persons(said, ends)
    touched = {
        end.bundle
        for pair in before.said.keys() | said.keys()
        if (before.said.get(pair), before.ends.get(pair)) != (said.get(pair), ends.get(pair))
        for both in (before.ends.get(pair), ends.get(pair))
        if both
        for end in (both.left, both.right)
        if end
    }
    judged = (before.named.keys() | now.named.keys()) & course.bundles.keys()
    return Heard(before, now, frozenset(touched | judged), _changed(before.said, said))


def _changed(old: Mapping[str, Judgement], new: Mapping[str, Judgement]) -> frozenset[str]:
    before, after = ({each.id: each for each in said.values()} for said in (old, new))
    ids = before.keys() | after.keys()
    return frozenset(key for key in ids if before.get(key) != after.get(key))


def _in_order(given: Iterable[Judgement]) -> Iterator[Judgement]:
    """Yield the judgements by persons with the smaller key first; rules speak anew each time."""
    for each in given:
        if each.author.startswith("rule/"):
            continue
        left, right = pair_of(each.left, each.right)
        yield Judgement(each.id, left, right, each.verdict, each.author, each.score, each.reasons)


def _end(state: State, key: str) -> End | None:
    """Say where a group or profile stands; None if no article has it, or a code tells who it is."""
    alone = state.alone.get(key)
    groups = alone.groups if alone else (key,)
    rows = list(state.members.among("grp", groups))
    bundle = state.bundles.get(rows[0][0] if rows else key)
    if not bundle or bundle.kind not in JUDGED:
        return None
    if rows:
        return End(rows[0][0], groups)
    return End(key) if is_compared(bundle) else None
