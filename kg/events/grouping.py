"""Reports grouped into what they report: items and a measure of likeness in, groups out.

Best pairs join first, and two groups join only if no member of one contradicts a member of the
other, so that wrong likenesses do not chain. Where two groups that contradict each other claim an
item about equally, it stays alone. The outcome does not depend on the order of items. Items that
say exactly the same are weighed once, keys that too many share compare nothing, and where many
share a key that means something each is compared with some: work grows with what is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:  # arrays take long to import, and most updates need none
    import numpy as np
    from numpy.typing import NDArray

Rows: TypeAlias = "NDArray[np.int64]"
Answers: TypeAlias = "NDArray[np.bool_]"
Item = TypeVar("Item")
Load = Callable[[Iterable[str]], Mapping[str, Item]]
"""Gives the items that there are of several names."""
Weigh = Callable[[Item, Item], float | None]
"""Evidence that two items are one; None where they contradict each other."""
MARGIN: Final = 0.75  # how much better the better of two rivals must fit
COARSE: Final = "~"  # begins a key that may be shared by too many to compare them all
CROWDED: Final = 50  # bundles that share a coarse key and are all compared
MANY: Final = 30  # bundles that share any other key and are all compared
ASIDE: Final = 6  # beyond that, unless the key is coarse: so many before and after each are
_HEARD: Final = 16  # members of each of two groups that are asked for contradictions
_RIVALS: Final = 4  # best partners that are asked whether they contradict another
_CLAIMS: Final = 16  # partners, the best first, of which each may be a rival
_NAMED: Final = msgspec.msgpack.Encoder(order="deterministic")


@dataclass(frozen=True)  # without slots, which a generic class cannot have when called as one
class Glance(Generic[Item]):
    """What is seen of items at a glance: so many numbers of each, and what they tell apart.

    `apart` says for rows of two sides which pairs `weigh` would not find to be one.
    """

    row: Callable[[Item], Sequence[int]]
    width: int
    apart: Callable[[Rows, Rows], Answers]


@dataclass(frozen=True)  # without slots, which a generic class cannot have when called as one
class Linkage(Generic[Item]):
    """How items of one kind are linked: all functions see items only, and nothing that changes.

    Only pairs that share one of their `keys` can be what starts a group; from `enough` evidence
    on, two are one. Items for which `same` gives one value are one from the start, and the first
    of them by name is weighed for all. Where one `spreads`, what is said under a key bears on how
    all items of that key are weighed. `when` says what may be weighed at about one time, a
    `glance` which pairs need not be, where there are many, and `at_hand` how many items may be
    held since they may be weighed again soon.
    """

    name: Callable[[Item], str]
    keys: Callable[[Item], Iterable[str]]
    weigh: Weigh[Item]
    enough: float
    same: Callable[[Item], Hashable] | None = None
    spreads: bool = False
    when: Callable[[Item], str | None] | None = None
    glance: Glance[Item] | None = None
    at_hand: int = 8192

    def bundle(self, item: Item) -> str:
        """Name what holds the items that are one from the start."""
        if self.same is None:
            return self.name(item)
        return blake2b(_NAMED.encode(self.same(item)), digest_size=12).hexdigest()


def grouped(items: Iterable[Item], linkage: Linkage[Item]) -> list[list[Item]]:
    """Group items, all in memory.

    >>> near = Linkage[int](name=str, keys=lambda _: "k", enough=1.0,
    ...                     weigh=lambda a, b: 1.0 if abs(a - b) < 2 else None)
    >>> grouped([1, 2, 9], near)
    [[1, 2], [9]]
    """
    bundles: defaultdict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=linkage.name):
        bundles[linkage.bundle(item)].append(item)
    firsts = {key: bundles[key][0] for key in sorted(bundles)}
    weights = Weights(firsts, linkage.weigh)
    found = joined(list(firsts), _edges(firsts, linkage, weights), weights)
    groups = [sorted((item for key in own for item in bundles[key]), key=linkage.name)
              for own in found]  # fmt: skip
    return sorted(groups, key=lambda own: linkage.name(own[0]))


class Weights(Generic[Item]):
    """The likeness of pairs, each weighed once."""

    def __init__(
        self,
        items: Mapping[str, Item],
        weigh: Weigh[Item],
        known: Mapping[tuple[str, str], float] | None = None,
    ) -> None:
        self._items = items
        self._weigh = weigh
        self.known: dict[tuple[str, str], float | None] = dict(known or {})

    def of(self, left: str, right: str) -> float | None:
        """Give the likeness of two items by their names."""
        pair = (left, right) if left < right else (right, left)
        if pair not in self.known:
            self.known[pair] = self._weigh(self._items[pair[0]], self._items[pair[1]])
        return self.known[pair]

    def agree(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """Say whether no member of one group contradicts a member of the other.

        Of large groups those are asked that joined first.
        """
        return all(
            self.of(left, right) is not None
            for left in islice(one, _HEARD)
            for right in islice(other, _HEARD)
        )


def joined(
    names: Sequence[str], edges: Iterable[tuple[float, str, str]], weights: Weights[Item]
) -> list[list[str]]:
    """Give the groups that items make: `edges` hold minus the likeness, the less, the greater."""
    home = {name: name for name in names}
    members = {name: [name] for name in names}
    foes: defaultdict[str, set[str]] = defaultdict(set)  # groups that contradict each other
    for _, left, right in sorted(_without_rivals(list(edges), weights)):
        one, other = home[left], home[right]
        if one == other or other in foes[one]:
            continue
        if not weights.agree(members[one], members[other]):
            foes[one].add(other)
            foes[other].add(one)
            continue
        keep, gone = min(one, other), max(one, other)
        for name in members[gone]:
            home[name] = keep
        members[keep] += members.pop(gone)
        for foe in foes.pop(gone, ()):
            foes[foe].discard(gone)
            foes[foe].add(keep)
            foes[keep].add(foe)
    return [own for _, own in sorted(members.items())]


def code_of(key: str) -> int:
    """Give the number that stands for a key: an even one for a coarse key.

    >>> code_of("~states:A|B") % 2, code_of("states:A|B:2024-05") % 2
    (0, 1)
    """
    plain = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    number = int.from_bytes(plain, "big") >> 1
    return number & ~1 if key[:1] == COARSE else number | 1


def codes_of(keys: Iterable[str]) -> set[int]:
    """Give the numbers that stand for keys."""
    return set(map(code_of, keys))


def coarse(code: int) -> bool:
    """Say whether the key that a number stands for may be shared by too many to compare them."""
    return code % 2 == 0


def limit(code: int) -> int:
    """Say up to how many that share a key are all compared."""
    return MANY if code % 2 else CROWDED


def pairs_in(code: int, block: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a block, sorted, that are compared since they share a key."""
    if coarse(code) and len(block) > CROWDED:
        return
    reach = len(block) if len(block) <= limit(code) else ASIDE
    for place, name in enumerate(block):
        for other in block[place + 1 : place + 1 + reach]:
            yield name, other


def _edges(
    firsts: Mapping[str, Item], linkage: Linkage[Item], weights: Weights[Item]
) -> Iterator[tuple[float, str, str]]:
    blocks: defaultdict[int, list[str]] = defaultdict(list)
    for name, item in firsts.items():
        for code in codes_of(linkage.keys(item)):
            blocks[code].append(name)
    pairs = {pair for code, block in blocks.items() for pair in pairs_in(code, block)}
    for left, right in sorted(pairs):
        weight = weights.of(left, right)
        if weight is not None and weight >= linkage.enough:
            yield -weight, left, right


def _without_rivals(
    edges: Sequence[tuple[float, str, str]], weights: Weights[Item]
) -> list[tuple[float, str, str]]:
    """Leave out the edges by which contradicting groups claim one item about equally."""
    near: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for weight, left, right in edges:
        near[left].append((weight, right))
        near[right].append((weight, left))
    doubted: set[tuple[str, str]] = set()
    for name, others in near.items():
        others.sort()
        best = others[0][0]
        first = [other for weight, other in others[:_RIVALS] if weight == best]
        for weight, other in others[:_CLAIMS]:
            if weight - best >= MARGIN:
                break
            rivals = [each for each in first if each != other and weights.of(each, other) is None]
            doubted |= {_pair(name, each) for each in ((other, *rivals) if rivals else ())}
    return [edge for edge in edges if edge[1:] not in doubted]


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left < right else (right, left)
