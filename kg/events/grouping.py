"""Reports grouped into what they report: items and a measure of likeness in, groups out.

Best pairs join first, and two groups join only if no member of one contradicts a member of the
other, so that wrong likenesses do not chain. Where two groups that contradict each other claim an
item about equally, it stays alone. The outcome does not depend on the order of items. Items that
say exactly the same are weighed once, and keys that too many share compare nothing, so that the
work grows with what is said and not with how often.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Weigh = Callable[[Item, Item], float | None]
"""Evidence that two items are one; None where they contradict each other."""
MARGIN: Final = 0.75  # how much better the better of two rivals must fit
COARSE: Final = "~"  # begins a key that may be shared by too many to compare them all
CROWDED: Final = 50


@dataclass(frozen=True, slots=True)
class Linkage(Generic[Item]):
    """How items of one kind are linked: all functions see items only, and nothing that changes.

    Only pairs that share one of their `keys` can be what starts a group; from `enough` evidence
    on, two are one. Items for which `same` gives one value are one from the start, and the first
    of them by name is weighed for all.
    """

    name: Callable[[Item], str]
    keys: Callable[[Item], Iterable[str]]
    weigh: Weigh[Item]
    enough: float
    same: Callable[[Item], Hashable] | None = None


def grouped(items: Iterable[Item], linkage: Linkage[Item]) -> list[list[Item]]:
    """Group items, all in memory.

    >>> near = Linkage[int](name=str, keys=lambda _: "k", enough=1.0,
    ...                     weigh=lambda a, b: 1.0 if abs(a - b) < 2 else None)
    >>> grouped([1, 2, 9], near)
    [[1, 2], [9]]
    """
    name, same = linkage.name, linkage.same
    bundles: dict[Hashable, list[Item]] = {}
    for item in sorted(items, key=name):
        bundles.setdefault(same(item) if same else name(item), []).append(item)
    known = list(bundles.values())
    firsts = [bundle[0] for bundle in known]
    return [
        sorted((item for place in own for item in known[place]), key=name)
        for own in _joined(firsts, _Weights(firsts, linkage.weigh), linkage.keys, linkage.enough)
    ]


def _joined(
    items: Sequence[Item],
    weights: _Weights,
    keys: Callable[[Item], Iterable[str]],
    enough: float,
) -> list[list[int]]:
    """Give the groups as places of their items."""
    edges = _without_rivals(_edges(items, keys, weights, enough), weights)
    home = list(range(len(items)))
    members = {place: [place] for place in home}
    for _, left, right in sorted(edges):
        one, other = home[left], home[right]
        if one == other or not weights.agree(members[one], members[other]):
            continue
        keep, gone = min(one, other), max(one, other)
        for place in members[gone]:
            home[place] = keep
        members[keep] += members.pop(gone)
    return [own for _, own in sorted(members.items())]


class _Weights:
    """The likeness of pairs, each weighed once."""

    def __init__(self, items: Sequence[Item], weigh: Weigh[Item]) -> None:
        self._items = items
        self._weigh = weigh
        self._known: dict[tuple[int, int], float | None] = {}

    def of(self, left: int, right: int) -> float | None:
        """Give the likeness of two items by their places."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self._known:
            self._known[pair] = self._weigh(self._items[pair[0]], self._items[pair[1]])
        return self._known[pair]

    def agree(self, one: Iterable[int], other: Sequence[int]) -> bool:
        """Say whether no member of one group contradicts a member of the other."""
        return all(self.of(left, right) is not None for left in one for right in other)


def _edges(
    items: Sequence[Item],
    keys: Callable[[Item], Iterable[str]],
    weights: _Weights,
    enough: float,
) -> list[tuple[float, int, int]]:
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        for key in set(keys(item)):
            blocks[key].append(place)
    pairs = {
        pair
        for key, places in blocks.items()
        if len(places) <= CROWDED or not key.startswith(COARSE)
        for pair in combinations(places, 2)
    }
    weighed = ((weights.of(left, right), left, right) for left, right in pairs)
    return [
        (-weight, left, right)
        for weight, left, right in weighed
        if weight is not None and weight >= enough
    ]


def _without_rivals(
    edges: list[tuple[float, int, int]], weights: _Weights
) -> list[tuple[float, int, int]]:
    """Leave out the edges by which contradicting groups claim one item about equally."""
    near: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for weight, left, right in edges:
        near[left].append((weight, right))
        near[right].append((weight, left))
    doubted: set[tuple[int, int]] = set()
    for place, others in near.items():
        best = min(others)[0]
        first = [other for weight, other in others if weight == best]
        for weight, other in others:
            rivals = [each for each in first if each != other and weights.of(each, other) is None]
            if rivals and weight - best < MARGIN:
                doubted |= {(min(place, each), max(place, each)) for each in (other, *rivals)}
    return [edge for edge in edges if edge[1:] not in doubted]
