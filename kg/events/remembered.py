"""What was weighed among many that hang together, kept: so that one more weighs little anew.

Pairs of bundles with their likeness in, the same out when they hang together again. Nothing is
kept of small numbers, which are soon weighed, nor of pairs that no longer hang together.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.shelves import Shelves

LARGE: Final = 12  # bundles that hang together, from which on what was weighed is kept
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Weighed:
    """How alike a bundle is to others, later by name, that hang together with it."""

    by: tuple[tuple[str, float | None], ...] = ()


class Remembered:
    """The likeness of pairs within the large numbers of one kind that hang together."""

    def __init__(self, shelves: Shelves, name: str, *, fresh: bool) -> None:
        self._shelf = shelves.shelf(f"events_{name}_weighed", Weighed, keep=0)
        self._fresh = fresh

    def recalled(
        self, names: Iterable[str], changed: Container[str]
    ) -> Iterator[tuple[Pair, float | None]]:
        """Yield what is known of pairs among some, but of those that changed."""
        there = set(names)
        for name, weighed in ({} if self._fresh else self._shelf.many(there)).items():
            for other, weight in weighed.by if name not in changed else ():
                if other in there and other not in changed:
                    yield (name, other), weight

    def keep(self, names: Iterable[str], known: Mapping[Pair, float | None]) -> None:
        """Keep what is known of pairs among some, and nothing else of them."""
        rows: dict[str, list[tuple[str, float | None]]] = {name: [] for name in names}
        for (one, other), weight in known.items():
            rows[one].append((other, weight))
        for name, own in rows.items():
            self._shelf.put(name, Weighed(tuple(sorted(own, key=_other))), new=self._fresh)

    def drop(self, names: Iterable[str]) -> None:
        """Keep nothing of some."""
        for name in () if self._fresh else names:
            self._shelf.drop(name)


def _other(pair: tuple[str, float | None]) -> str:
    return pair[0]
