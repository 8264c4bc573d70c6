"""What is kept of the groups of one kind, and the items that are weighed, at hand for a while.

Shelves and indexes in; bundles, keys, partners, groups and what was weighed under one roof out, so
that a first build and an update write the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic

from kg.events.grouping import Item
from kg.events.keyed import Keyed
from kg.events.remembered import Remembered
from kg.shelves import Index, Shelf, Shelves


@dataclass(frozen=True, slots=True)
class Edges:
    """The bundles that one is alike enough to, and how much."""

    to: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class Founded:
    """Groups as they were formed; bundles and items are told where there are several."""

    groups: list[str] = field(default_factory=list)
    of_group: dict[str, list[str]] = field(default_factory=dict)  # bundles
    of_bundle: dict[str, list[str]] = field(default_factory=dict)  # items
    home: dict[str, str] = field(default_factory=dict)  # group by bundle, if it is not alone
    first: dict[str, str] = field(default_factory=dict)  # item by bundle, if it is not its name


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the groups of one kind stand."""

    members: Index  # items by bundle
    keyed: Keyed  # bundles by key
    edges: Shelf[Edges]
    home: Index  # bundles by group, if not alone
    weighed: Remembered


def kept_of(shelves: Shelves, name: str, *, fresh: bool) -> Kept:
    """Give where the groups of one kind stand; `fresh` says that nothing was kept of them."""
    return Kept(
        members=shelves.index(f"events_{name}_members"),
        keyed=Keyed(shelves, f"events_{name}_keys"),
        edges=shelves.shelf(f"events_{name}_edges", Edges, keep=0 if fresh else 4096),
        home=shelves.index(f"events_{name}_groups"),
        weighed=Remembered(shelves, name, fresh=fresh),
    )


class AtHand(Mapping[str, Item], Generic[Item]):
    """Items by bundle, loaded when they are asked for; of those not asked for of late some go."""

    def __init__(self, load: Callable[[Collection[str]], Mapping[str, Item]], at_hand: int) -> None:
        self._load = load
        self._at_hand = at_hand
        self._now: dict[str, Item] = {}
        self._before: dict[str, Item] = {}

    def many(self, bundles: Iterable[str]) -> dict[str, Item]:
        """Give the items that there are of several bundles."""
        wanted = set(bundles)
        found = {each: self._now[each] for each in wanted & self._now.keys()}
        if len(found) == len(wanted):
            return found
        rest = wanted - found.keys()
        came = {each: self._before[each] for each in rest & self._before.keys()}
        came.update(self._load(rest - came.keys()) if len(came) < len(rest) else ())
        if 2 * len(self._now) > self._at_hand:
            self._before, self._now = self._now, {}
        self._now |= came
        return found | came

    def __getitem__(self, bundle: str) -> Item:
        known = self._now.get(bundle)
        return known if known is not None else self.many([bundle])[bundle]

    def __iter__(self) -> Iterator[str]:
        """Yield what is at hand; nobody knows what else there is."""
        return iter(self._now | self._before)

    def __len__(self) -> int:
        return len(self._now | self._before)
