"""Groups that are kept and moved on: names of items that came, went or changed in, groups out.

What is kept is which keys each bundle of equal items bears, which bundles are alike enough, and
which group each is in. Only bundles that changed are weighed anew, and only groups are formed anew
that hang together with one of them; the outcome is that of `grouping.grouped` for all items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic

from kg.events.blocks import Blocks, moved_pairs
from kg.events.desk import Asked
from kg.events.grouping import (
    ASIDE,
    COARSE,
    CROWDED,
    Item,
    Linkage,
    Weights,
    joined,
    limit,
)
from kg.events.remembered import LARGE, Remembered
from kg.shelves import Shelves

_AT_ONCE: Final = 500
_AT_HAND: Final = 4096  # items


@dataclass(frozen=True, slots=True)
class Edges:
    """The bundles that one is alike enough to, and how much."""

    to: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What became of groups; each is named after the least of its bundles."""

    changed: Collection[str] = ()  # new, with other members, or with a member that changed
    gone: Collection[str] = ()
    moved: Collection[str] = ()  # bundles that are in another group than before


class Groups(Generic[Item]):
    """The groups of one kind; `load` gives the items that there are of several names.

    Where nothing has been kept so far, being told so (`fresh`) saves asking for it.
    """

    def __init__(
        self,
        shelves: Shelves,
        name: str,
        load: Callable[[Iterable[str]], Mapping[str, Item]],
        linkage: Linkage[Item],
        *,
        fresh: bool = False,
    ) -> None:
        self._load = load
        self._linkage = linkage
        self._members = shelves.index(f"events_{name}_members")  # items by bundle
        self._keys = shelves.index(f"events_{name}_keys")  # bundles by key
        self._edges = shelves.shelf(f"events_{name}_edges", Edges)
        self._home = shelves.index(f"events_{name}_groups")  # bundles by group, if not alone
        self.fresh = fresh
        self._weighed = Remembered(shelves, name, fresh=self.fresh)
        self._absent: set[str] = set()
        self._blocks = Blocks()
        self._at_hand: dict[str, Item] = {}

    def group_of(self, item: str) -> str:
        """Give the group of an item that there is."""
        bundle = item if self._linkage.same is None else self._members.marks(item)[0]
        return self._group(bundle)

    def items(self, group: str) -> list[str]:
        """Give the items of a group, sorted."""
        bundles = self._bundles(group)
        if self._linkage.same is None:
            return bundles
        return sorted(item for each in bundles for item in self._members.items(each))

    def firsts(self, key: str) -> Iterable[Item]:
        """Give of each bundle that bears a key the item that is weighed."""
        return self._firsts(self._keys.items(key)).values()

    def update(self, dirty: Collection[str]) -> Regrouped:
        """Move the groups on, now that these items have come, gone or changed."""
        self._absent.clear()
        self._blocks = Blocks()
        self._at_hand.clear()
        touched, changed = self._bundled(set(dirty))
        leading, shifted = self._keyed(changed)
        seeds = self._linked(leading) | self._shifted(shifted, leading)
        self._blocks = Blocks()
        return self._formed(seeds, touched, leading)

    def _bundled(self, dirty: set[str]) -> tuple[set[str], set[str]]:
        """Put items into bundles; give those touched, and those of which another is weighed."""
        if self._linkage.same is None:
            return dirty, dirty
        touched: set[str] = set()
        left: dict[str, str] = {}
        for part in _parts(sorted(dirty)):
            items = self._load(part)
            for name in part:
                old = [] if self.fresh else self._members.marks(name)
                new = [self._linkage.bundle(items[name])] if name in items else []
                if old != new:
                    self._members.set(name, new, new=self.fresh)
                    left |= {each: min(name, left.get(each, name)) for each in old}
                touched.update(old, new)
        return touched, {each for each in touched if self._led_anew(each, dirty, left)}

    def _led_anew(self, bundle: str, dirty: set[str], left: Mapping[str, str]) -> bool:
        first = self._members.items(bundle, 1)
        return not first or first[0] in dirty or left.get(bundle, first[0]) < first[0]

    def _keyed(self, changed: set[str]) -> tuple[dict[str, str], dict[str, set[str]]]:
        """Set the keys of bundles; give each with a key to begin by, and who came or left a key."""
        leading: dict[str, str] = {}
        stirred: set[str] = set()
        shifted: defaultdict[str, set[str]] = defaultdict(set)
        for part in _parts(sorted(changed)):
            firsts = self._firsts(part)
            self._absent.update(set(part) - firsts.keys())
            for bundle in part:
                new = set(self._linkage.keys(firsts[bundle])) if bundle in firsts else set()
                old = set() if self.fresh else set(self._keys.marks(bundle))
                leading[bundle] = min((key for key in new if key[0:1] != COARSE), default="")
                if old != new:
                    self._keys.set(bundle, new, new=self.fresh)
                if self.fresh:
                    self._blocks.take(bundle, new)
                    continue
                stirred |= old | new
                for key in old ^ new:
                    shifted[key].add(bundle)
        if self._linkage.spreads:
            spread = {each for key in stirred for each in self._keys.items(key)}
            leading |= dict.fromkeys(spread - leading.keys(), "")
        return leading, shifted

    def _linked(self, leading: Mapping[str, str]) -> set[str]:
        """Weigh pairs and keep those alike enough; give the bundles whose groups may change."""
        order = sorted(leading, key=lambda each: (leading[each], each))
        rank = {bundle: place for place, bundle in enumerate(order)}
        seeds: set[str] = set()
        found: defaultdict[str, dict[str, float]] = defaultdict(dict)  # of those not come to yet
        lost: defaultdict[str, set[str]] = defaultdict(set)
        for bundle in order:
            own = found.pop(bundle, {})
            for other, weight in self._alike(bundle, rank):
                own[other] = weight
                found[other][bundle] = weight
            old = {} if self.fresh else self._partners(bundle)
            for other in old:
                if other not in rank and other not in own:
                    lost[other].add(bundle)
            if own != old:
                self._keep(bundle, own)
            if own or old:
                seeds |= {bundle, *own, *old}
        for other in sorted({*found, *lost}):
            self._change(other, lost[other], found[other])
        return seeds

    def _shifted(self, shifted: Mapping[str, set[str]], leading: Container[str]) -> set[str]:
        """Weigh pairs that did not change, but are compared now, or no longer, in a crowd.

        Give the bundles of which partners changed.
        """
        seeds: set[str] = set()
        for key in sorted(shifted):
            old, new = moved_pairs(self._keys, key, shifted[key])
            for left, right in sorted(old ^ new):
                if left in leading or right in leading:
                    continue
                if (left, right) in new:
                    changed = self._brought_together(left, right)
                else:
                    changed = self._let_apart(left, right)
                if changed:
                    seeds |= {left, right}
        return seeds

    def _brought_together(self, left: str, right: str) -> bool:
        """Weigh two that are compared now; say whether that makes them partners."""
        if right in self._partners(left):
            return False
        items = self._firsts([left, right])
        weight = self._linkage.weigh(items[left], items[right])
        if weight is None or weight < self._linkage.enough:
            return False
        self._change(left, set(), {right: weight})
        self._change(right, set(), {left: weight})
        return True

    def _let_apart(self, left: str, right: str) -> bool:
        """Part two that may not be compared any more; say whether they were partners."""
        if right not in self._partners(left) or right in self._compared(left):
            return False
        self._change(left, {right}, {})
        self._change(right, {left}, {})
        return True

    def _change(self, bundle: str, lost: Collection[str], found: Mapping[str, float]) -> None:
        """Take partners from a bundle that is not itself asked for, and give it others."""
        old = self._partners(bundle)
        own = {key: weight for key, weight in old.items() if key not in lost}
        own.update(found)
        self._keep(bundle, own)

    def _alike(self, bundle: str, rank: Mapping[str, int]) -> Iterator[tuple[str, float]]:
        """Yield who is alike enough, leaving out what has been weighed from the other side."""
        own = rank[bundle]
        others = {each for each in self._compared(bundle) if rank.get(each, own) >= own}
        items = self._firsts({bundle, *others}) if others else {}
        for other in sorted(others):
            left, right = min(bundle, other), max(bundle, other)
            weight = self._linkage.weigh(items[left], items[right])
            if weight is not None and weight >= self._linkage.enough:
                yield other, weight

    def _compared(self, bundle: str) -> set[str]:
        """Give whom a bundle is compared with."""
        if self.fresh:
            return self._blocks.compared(bundle)
        found: set[str] = set()
        shared: list[str] = []
        for key, many in self._keys.crowds(bundle, CROWDED + 1):
            if 1 < many <= limit(key):
                shared.append(key)
            elif many > 1 and not key.startswith(COARSE):
                found.update(self._keys.around(key, bundle, ASIDE))
        for part in _parts(shared):
            found.update(self._keys.holders(part))
        return found - {bundle}

    def _formed(self, seeds: set[str], touched: set[str], leading: Container[str]) -> Regrouped:
        """Form groups anew where they hang together with what changed."""
        before: dict[str, list[str]] = {}
        after: dict[str, list[str]] = {}
        moved: set[str] = set()
        seen: set[str] = set()
        for seed in sorted(seeds):
            if seed in seen:
                continue
            part = self._hanging_together(seed)
            seen |= part.keys()
            own: dict[str, list[str]] = {}
            for bundle in part:
                group = self._group(bundle)
                before.setdefault(group, self._bundles(group))
            for bundle in self._absent & part.keys():
                self._home.set(bundle, [])
                self._weighed.drop([bundle])
            for members in self._split(part, leading):
                own[min(members)] = sorted(members)
            moved |= self._settled(own)
            after |= own
        changed = {group for group, members in after.items() if members != before.get(group)}
        changed |= {each if self.fresh and each not in seen else self._group(each)
                    for each in touched if each not in self._absent}  # fmt: skip
        gone = set() if self.fresh else (before.keys() | self._absent) - after.keys()
        return Regrouped(changed, gone, moved | self._absent)

    def _settled(self, groups: Mapping[str, Sequence[str]]) -> set[str]:
        """Keep groups; give the bundles that are in another than before."""
        moved = set()
        for group, members in groups.items():
            for bundle in members:
                if self._home.set(bundle, [group] if len(members) > 1 else [], new=self.fresh):
                    moved.add(bundle)
        return moved

    def _split(
        self, part: Mapping[str, Mapping[str, float]], leading: Container[str]
    ) -> list[list[str]]:
        """Form the groups of bundles that hang together; of those `leading` nothing is known."""
        names = sorted(part)
        if not any(part.values()):
            return [[name] for name in names if name not in self._absent]
        known = {(one, other): weight for one in names for other, weight in part[one].items()
                 if one < other}  # fmt: skip
        edges = [(-weight, one, other) for (one, other), weight in known.items()]
        weights = Weights(Asked(self._first), self._linkage.weigh, known)
        if len(names) < LARGE:
            self._weighed.drop(names)
            return joined(names, edges, weights)
        for pair, weight in self._weighed.recalled(names, leading):
            weights.known.setdefault(pair, weight)
        found = joined(names, edges, weights)
        self._weighed.keep(names, {pair: own for pair, own in weights.known.items()
                                   if pair not in known})  # fmt: skip
        return found

    def _first(self, bundle: str) -> Item | None:
        return self._firsts([bundle]).get(bundle)

    def _hanging_together(self, seed: str) -> dict[str, dict[str, float]]:
        """Give all bundles that hang together with one, each with its partners."""
        part: dict[str, dict[str, float]] = {}
        waiting = [seed]
        while waiting:
            bundle = waiting.pop()
            if bundle not in part:
                part[bundle] = self._partners(bundle)
                waiting += part[bundle]
        return part

    def _partners(self, bundle: str) -> dict[str, float]:
        return dict((self._edges.get(bundle) or Edges()).to)

    def _keep(self, bundle: str, partners: Mapping[str, float]) -> None:
        if partners:
            self._edges.put(bundle, Edges(tuple(sorted(partners.items()))), new=self.fresh)
        elif not self.fresh:
            self._edges.drop(bundle)

    def _group(self, bundle: str) -> str:
        return next(iter(self._home.marks(bundle)), bundle)

    def _bundles(self, group: str) -> list[str]:
        return self._home.items(group) or [group]

    def _firsts(self, bundles: Collection[str]) -> dict[str, Item]:
        """Give of each bundle the item that is weighed, if there is one."""
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.clear()
        missing = [each for each in bundles if each not in self._at_hand]
        if missing and self._linkage.same is None:
            self._at_hand.update(self._load(missing))
        elif missing:
            firsts = {each: self._members.items(each, 1) for each in missing}
            items = self._load([name for own in firsts.values() for name in own])
            self._at_hand |= {each: items[own[0]] for each, own in firsts.items() if own}
        return {each: self._at_hand[each] for each in bundles if each in self._at_hand}


def _parts(names: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(names)
    while part := list(islice(waiting, _AT_ONCE)):
        yield part
