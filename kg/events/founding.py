"""Groups of all there is, formed at once where nothing was kept: names of items in, groups out.

What `groups` keeps of bundles, keys and partners is written here in the order in which it lies in
the database, and pairs are found by sorting all keys: a first build gives what updates give, at a
fraction of their cost. Keys and pairs are numbers meanwhile, of which millions take little room.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Generic

import numpy as np

from kg.events.grouping import Item, Linkage, Load, Weights, codes_of, joined
from kg.events.kept import AtHand, Edges, Founded, Kept
from kg.events.pairing import Numbers, Places, all_pairs, in_turn, seen_alike
from kg.events.remembered import LARGE

_AT_ONCE: Final = 500  # items that are loaded together
_PAIRS: Final = 8192  # pairs that are weighed together


@dataclass(slots=True)
class _Told:
    """What bundles tell, as they are come to: their keys as numbers."""

    bundles: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)  # of the bundles
    codes: array[int] = field(default_factory=lambda: array("q"))
    owners: array[int] = field(default_factory=lambda: array("i"))  # whose: in order of `bundles`
    rows: array[int] = field(default_factory=lambda: array("q"))  # of what a glance sees of them


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Pairs that are alike enough, by the places of their names, and how much."""

    left: Numbers
    right: Numbers
    weights: Numbers


class Founding(Generic[Item]):
    """Forms the groups of one kind of which nothing is kept yet."""

    def __init__(self, kept: Kept, load: Load[Item], linkage: Linkage[Item]) -> None:
        self._kept = kept
        self._load = load
        self._linkage = linkage
        self._done = Founded()
        self._hand = AtHand(self._firsts, linkage.at_hand)
        self._names: list[str] = []  # of all bundles, sorted; their places are told instead

    def of(self, items: Collection[str]) -> Founded:
        """Form the groups of items and keep what an update needs to know of them."""
        told = self._bundled(items)
        self._names = sorted(told.bundles)
        alike = self._weighed(*self._paired(told))
        del told
        self._partnered(alike)
        self._formed(alike)
        return self._done

    def _bundled(self, items: Collection[str]) -> _Told:
        """Put items into bundles, and gather the keys of those that are weighed for a bundle."""
        told, glance = _Told(), self._linkage.glance
        waiting = iter(sorted(items))
        while part := list(islice(waiting, _AT_ONCE)):
            for name, item in sorted(self._load(part).items(), key=_name):
                bundle = self._linkage.bundle(item)
                if self._linkage.same is not None:
                    self._kept.members.set(name, [bundle], new=True)
                    first = self._done.first.setdefault(bundle, name)
                    if first != name:
                        self._done.of_bundle.setdefault(bundle, [first]).append(name)
                        continue
                codes = codes_of(self._linkage.keys(item))
                self._kept.keyed.begin(bundle, codes)
                told.owners.extend([len(told.bundles)] * len(codes))
                told.codes.extend(codes)
                told.bundles.append(bundle)
                told.rows.extend(glance.row(item) if glance else ())
                told.times.append((self._linkage.when(item) if self._linkage.when else "") or "")
        return told

    def _paired(self, told: _Told) -> tuple[Places, Places]:
        """Keep who bears which key; give the pairs of those that share one, in turn."""
        codes, places = self._sorted(told)
        names = self._names
        for part in _parts(len(codes)):
            whose = map(names.__getitem__, places[part].tolist())
            self._kept.keyed.fill(zip(codes[part].tolist(), whose, strict=True))
        found = self._seen_alike(all_pairs(codes, places, len(names)), told)
        time = dict(zip(told.bundles, told.times, strict=True))
        order = sorted(range(len(names)), key=lambda place: (time[names[place]], place))
        return in_turn(found, np.array(order, np.int64))

    def _seen_alike(self, pairs: Numbers, told: _Told) -> Numbers:
        """Leave out the pairs that a glance tells apart."""
        glance = self._linkage.glance
        if glance is None:
            return pairs
        place = {name: number for number, name in enumerate(told.bundles)}
        order = np.fromiter((place[name] for name in self._names), np.int64, len(place))
        rows = np.array(told.rows, np.int64).reshape(len(place), glance.width)[order]
        told.rows = array("q")  # which takes much room
        return seen_alike(pairs, rows, glance.apart)

    def _sorted(self, told: _Told) -> tuple[Numbers, Places]:
        """Give all keys, sorted, and the places of who bears them."""
        place = {name: number for number, name in enumerate(self._names)}
        of_owner = np.fromiter((place[name] for name in told.bundles), np.int32, len(place))
        codes, places = np.array(told.codes), of_owner[np.array(told.owners)]
        told.codes, told.owners = array("q"), array("i")  # which take much room
        order = np.lexsort((places, codes))
        return codes[order], places[order]

    def _weighed(self, lefts: Places, rights: Places) -> _Pairs:
        """Weigh pairs in turn, and keep those that are alike enough."""
        left, right, weights = array("q"), array("q"), array("d")
        weigh, enough, names = self._linkage.weigh, self._linkage.enough, self._names
        for part in _parts(len(lefts)):
            ones, others = lefts[part].tolist(), rights[part].tolist()
            wanted = {*ones, *others}
            items = self._hand.many(names[place] for place in wanted)
            at = {place: items[names[place]] for place in wanted}
            for one_place, other_place in zip(ones, others, strict=True):
                weight = weigh(at[one_place], at[other_place])
                if weight is not None and weight >= enough:
                    left.append(one_place)
                    right.append(other_place)
                    weights.append(weight)
        return _Pairs(np.array(left, np.int64), np.array(right, np.int64), np.array(weights))

    def _partnered(self, alike: _Pairs) -> None:
        """Keep of each bundle who is alike enough."""
        ones = np.concatenate([alike.left, alike.right])
        others = np.concatenate([alike.right, alike.left])
        order = np.lexsort((others, ones))
        ones, others = ones[order], others[order]
        weights = np.concatenate([alike.weights, alike.weights])[order]
        names = self._names
        for run in _runs(ones):
            partners = (names[place] for place in others[run].tolist())
            to = tuple(zip(partners, weights[run].tolist(), strict=True))
            self._kept.edges.put(names[ones[run.start]], Edges(to), new=True)

    def _formed(self, alike: _Pairs) -> None:
        """Form groups part by part, a part being what hangs together."""
        tops = _tops(alike, len(self._names))
        of_pair = tops[alike.left] if len(tops) else tops
        order = np.lexsort((alike.right, alike.left, of_pair))
        left, right, weights = alike.left[order], alike.right[order], alike.weights[order]
        names = self._names
        for run in _runs(of_pair[order]):
            ones, others = left[run].tolist(), right[run].tolist()
            own = [names[place] for place in sorted({*ones, *others})]
            pairs = [(names[one], names[other]) for one, other in zip(ones, others, strict=True)]
            known = dict(zip(pairs, weights[run].tolist(), strict=True))
            self._settled(self._split(own, known))
        together = {*alike.left.tolist(), *alike.right.tolist()}
        self._done.groups += [name for place, name in enumerate(names) if place not in together]

    def _split(
        self, names: Sequence[str], known: Mapping[tuple[str, str], float]
    ) -> list[list[str]]:
        """Form the groups of bundles that hang together."""
        edges = [(-weight, one, other) for (one, other), weight in known.items()]
        if 2 * len(edges) < len(names) * (len(names) - 1) <= self._linkage.at_hand**2:
            self._hand.many(names)  # which may all be weighed against one another
        weights = Weights(self._hand, self._linkage.weigh, known)
        found = joined(names, edges, weights)
        if len(names) >= LARGE:
            anew = {pair: own for pair, own in weights.known.items() if pair not in known}
            self._kept.weighed.keep(names, anew)
        return found

    def _settled(self, groups: Sequence[list[str]]) -> None:
        """Keep which bundles make a group."""
        for members in groups:
            group = min(members)
            self._done.groups.append(group)
            if len(members) > 1:
                self._done.of_group[group] = sorted(members)
                for bundle in members:
                    self._kept.home.set(bundle, [group], new=True)
                    self._done.home[bundle] = group

    def _firsts(self, bundles: Collection[str]) -> Mapping[str, Item]:
        """Load of bundles the items that are weighed."""
        if self._linkage.same is None:
            return self._load(bundles)
        first = {self._done.first[bundle]: bundle for bundle in bundles}
        return {first[name]: item for name, item in self._load(first).items()}


def _tops(alike: _Pairs, count: int) -> Numbers:
    """Give for each place one that all have in common that hang together with it."""
    top = list(range(count))
    for pair in zip(alike.left.tolist(), alike.right.tolist(), strict=True):
        low, high = sorted(_top(top, place) for place in pair)
        top[high] = low
    for place, above in enumerate(top):
        top[place] = top[above]  # which comes before it, and is told already
    return np.array(top, np.int64)


def _top(top: list[int], place: int) -> int:
    """Give the first of what a place has been joined to so far, and shorten the way there."""
    while top[place] != place:
        top[place] = place = top[top[place]]
    return place


def _parts(count: int) -> Iterator[slice]:
    return (slice(start, start + _PAIRS) for start in range(0, count, _PAIRS))


def _runs(numbers: Numbers) -> Iterator[slice]:
    """Yield where equal numbers stand among sorted ones."""
    starts = np.flatnonzero(np.diff(numbers, prepend=numbers[:1] - 1)).tolist()
    ends = [*starts[1:], len(numbers)] if starts else []
    return (slice(*run) for run in zip(starts, ends, strict=True))


def _name(pair: tuple[str, object]) -> str:
    return pair[0]
