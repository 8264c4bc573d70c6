"""Groups that are kept and moved on: names of items that came, went or changed in, groups out.

What is kept is which keys each bundle of equal items bears, which bundles are alike enough, and
which group each is in. Only bundles that changed are weighed anew, and only groups are formed anew
that hang together with one of them; the outcome is that of `grouping.grouped` for all items.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic

from kg.events.blocks import moved_pairs
from kg.events.grouping import (
    ASIDE,
    COARSE,
    CROWDED,
    Item,
    Linkage,
    Load,
    Weights,
    coarse,
    code_of,
    codes_of,
    joined,
    limit,
)
from kg.events.kept import AtHand, Edges, Founded, kept_of
from kg.events.remembered import LARGE
from kg.shelves import Shelves

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What became of groups; each is named after the least of its bundles."""

    changed: Collection[str] = ()  # new, with other members, or with a member that changed
    gone: Collection[str] = ()
    moved: Collection[str] = ()  # bundles that are in another group than before


class Groups(Generic[Item]):
    """The groups of one kind; `load` gives the items that there are of several names.

    Where nothing has been kept so far (`fresh`), all groups are formed at once.
    """

    def __init__(
        self,
        shelves: Shelves,
        name: str,
        load: Load[Item],
        linkage: Linkage[Item],
        *,
        fresh: bool = False,
    ) -> None:
        self._load = load
        self._linkage = linkage
        self._kept = kept_of(shelves, name, fresh=fresh)
        self.fresh = fresh
        self._founded = Founded()
        self._absent: set[str] = set()
        self._hand = AtHand(self._firsts, self._linkage.at_hand)

    def group_of(self, item: str) -> str:
        """Give the group of an item that there is."""
        bundle = item if self._linkage.same is None else self._kept.members.marks(item)[0]
        return self._group(bundle)

    def items(self, group: str) -> list[str]:
        """Give the items of a group, sorted."""
        bundles = self._bundles(group)
        if self._linkage.same is None:
            return bundles
        return sorted(item for each in bundles for item in self._members(each))

    def firsts(self, key: str) -> Iterable[Item]:
        """Give of each bundle that bears a key the item that is weighed."""
        return self._hand.many(self._kept.keyed.bundles(code_of(key))).values()

    def update(self, dirty: Collection[str]) -> Regrouped:
        """Move the groups on, now that these items have come, gone or changed."""
        self._absent.clear()
        self._hand = AtHand(self._firsts, self._linkage.at_hand)
        if self.fresh:
            from kg.events.founding import Founding  # its arrays take long to import

            self._founded = Founding(self._kept, self._load, self._linkage).of(dirty)
            return Regrouped(self._founded.groups)
        touched, changed = self._bundled(set(dirty))
        leading, shifted = self._keyed(changed)
        seeds = self._linked(leading) | self._shifted(shifted, leading)
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
                old = self._kept.members.marks(name)
                new = [self._linkage.bundle(items[name])] if name in items else []
                if old != new:
                    self._kept.members.set(name, new)
                    left |= {each: min(name, left.get(each, name)) for each in old}
                touched.update(old, new)
        return touched, {each for each in touched if self._led_anew(each, dirty, left)}

    def _led_anew(self, bundle: str, dirty: set[str], left: Mapping[str, str]) -> bool:
        first = self._kept.members.items(bundle, 1)
        return not first or first[0] in dirty or left.get(bundle, first[0]) < first[0]

    def _keyed(self, changed: set[str]) -> tuple[dict[str, str], dict[int, set[str]]]:
        """Set the keys of bundles; give each with a key to begin by, and who came or left a key."""
        leading: dict[str, str] = {}
        stirred: set[int] = set()
        shifted: defaultdict[int, set[str]] = defaultdict(set)
        for part in _parts(sorted(changed)):
            firsts = self._hand.many(part)
            self._absent.update(set(part) - firsts.keys())
            for bundle in part:
                keys = list(self._linkage.keys(firsts[bundle])) if bundle in firsts else []
                leading[bundle] = min((key for key in keys if key[:1] != COARSE), default="")
                new = frozenset(codes_of(keys))
                old = self._kept.keyed.move(bundle, new)
                stirred |= old | new
                for code in old ^ new:
                    shifted[code].add(bundle)
        if self._linkage.spreads:
            spread = {each for code in stirred for each in self._kept.keyed.bundles(code)}
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
            old = self._partners(bundle)
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

    def _shifted(self, shifted: Mapping[int, set[str]], leading: Container[str]) -> set[str]:
        """Weigh pairs that did not change, but are compared now, or no longer, in a crowd.

        Give the bundles of which partners changed.
        """
        seeds: set[str] = set()
        for code in sorted(shifted):
            old, new = moved_pairs(self._kept.keyed, code, shifted[code])
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
        items = self._hand.many([left, right])
        weight = self._linkage.weigh(items[left], items[right])
        if weight is None or weight < self._linkage.enough:
            return False
        self._change(left, set(), {right: weight})
        self._change(right, set(), {left: weight})
        return True

    def _let_apart(self, left: str, right: str) -> bool:
        """Part two that may not be compared any more; say whether they were partners."""
        if right not in self._partners(left) or self._meet(left, right):
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
        items = self._hand.many({bundle, *others}) if others else {}
        for other in sorted(others):
            left, right = min(bundle, other), max(bundle, other)
            weight = self._linkage.weigh(items[left], items[right])
            if weight is not None and weight >= self._linkage.enough:
                yield other, weight

    def _compared(self, bundle: str) -> set[str]:
        """Give whom a bundle is compared with."""
        found: set[str] = set()
        shared: list[int] = []
        keyed = self._kept.keyed
        for code, many in keyed.crowds(keyed.of(bundle), CROWDED + 1):
            if 1 < many <= limit(code):
                shared.append(code)
            elif many > 1 and not coarse(code):
                found.update(keyed.around(code, bundle, ASIDE))
        return (found | keyed.holders(shared)) - {bundle}

    def _meet(self, left: str, right: str) -> bool:
        """Say whether two are compared, as `_compared` would."""
        keyed = self._kept.keyed
        for code, many in keyed.crowds(keyed.of(left) & keyed.of(right), CROWDED + 1):
            if many <= limit(code):
                return True
            if not coarse(code) and right in keyed.around(code, left, ASIDE):
                return True
        return False

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
            homes = self._kept.home.first_marks(part)
            for group in sorted({homes.get(bundle, bundle) for bundle in part} - before.keys()):
                before[group] = self._bundles(group)
            for bundle in self._absent & part.keys():
                self._kept.home.set(bundle, [])
                self._kept.weighed.drop([bundle])
            for members in self._split(part, leading):
                own[min(members)] = sorted(members)
            moved |= self._settled(own, homes)
            after |= own
        changed = {group for group, members in after.items() if members != before.get(group)}
        changed |= {self._group(each) for each in touched if each not in self._absent}
        gone = (before.keys() | self._absent) - after.keys()
        return Regrouped(changed, gone, moved | self._absent)

    def _settled(self, groups: Mapping[str, Sequence[str]], homes: Mapping[str, str]) -> set[str]:
        """Keep groups; give the bundles that are in another than before, as `homes` has it."""
        moved = set()
        for group, members in groups.items():
            home = group if len(members) > 1 else None
            for bundle in members:
                if homes.get(bundle) != home:
                    self._kept.home.set(bundle, [home] if home else [])
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
        weights = Weights(self._hand, self._linkage.weigh, known)
        if len(names) < LARGE:
            self._kept.weighed.drop(names)
            return joined(names, edges, weights)
        for pair, weight in self._kept.weighed.recalled(names, leading):
            weights.known.setdefault(pair, weight)
        found = joined(names, edges, weights)
        self._kept.weighed.keep(names, {pair: own for pair, own in weights.known.items()
                                   if pair not in known})  # fmt: skip
        return found

    def _hanging_together(self, seed: str) -> dict[str, dict[str, float]]:
        """Give all bundles that hang together with one, each with its partners."""
        part: dict[str, dict[str, float]] = {}
        waiting = {seed}
        while waiting:
            found = self._kept.edges.many(waiting)
            near = {each: dict(found[each].to) if each in found else {} for each in sorted(waiting)}
            part |= near
            waiting = {other for own in near.values() for other in own} - part.keys()
        return part

    def _partners(self, bundle: str) -> dict[str, float]:
        return dict((self._kept.edges.get(bundle) or Edges()).to)

    def _keep(self, bundle: str, partners: Mapping[str, float]) -> None:
        if partners:
            self._kept.edges.put(bundle, Edges(tuple(sorted(partners.items()))))
        else:
            self._kept.edges.drop(bundle)

    def _group(self, bundle: str) -> str:
        if self.fresh:
            return self._founded.home.get(bundle, bundle)
        return next(iter(self._kept.home.marks(bundle)), bundle)

    def _bundles(self, group: str) -> list[str]:
        if self.fresh:
            return self._founded.of_group.get(group, [group])
        return self._kept.home.items(group) or [group]

    def _members(self, bundle: str) -> list[str]:
        if self.fresh:
            return self._founded.of_bundle.get(bundle) or [self._founded.first[bundle]]
        return self._kept.members.items(bundle)

    def _firsts(self, bundles: Collection[str]) -> Mapping[str, Item]:
        """Load of each bundle the item that is weighed, if there is one."""
        if self._linkage.same is None:
            return self._load(bundles)
        first = {own[0]: each for each in bundles if (own := self._kept.members.items(each, 1))}
        return {first[name]: item for name, item in self._load(first).items()}


def _parts(names: Sequence[str]) -> Iterator[list[str]]:
    waiting = iter(names)
    while part := list(islice(waiting, _AT_ONCE)):
        yield part
