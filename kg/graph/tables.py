"""The tables of a graph on disk, and how one change after the other is written without many.

A store keeps what it is told in tables that never change, and a change adds small ones. When they
are many it rewrites all tables as one, which for a large graph takes longer than anything else. So
changes are not written one on top of the other: what changed since some state of the graph, its
base, stays in the records, and is written into a copy of the base together with what changes now.
When it has grown long, the graph as it is then becomes the base. Copies share their tables.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kg.graph.swapping import discard, sync
from kg.shelves import Shelves

STORE: Final = "store-{}"  # with the number of the change that it came from
_BASE: Final = "base-{}"  # likewise
_LONG: Final = 20_000  # statements since the base, from which on there is to be another
_WORN: Final = 4  # layers of small tables, from which on rewriting pays
_MOST: Final = 6  # layers, before the store rewrites its tables by itself, come what may
_SMALL: Final = 32 * 2**20  # bytes that are rewritten in no time


@dataclass(frozen=True, slots=True)
class Base:
    """A state of the graph that changes are written on top of."""

    folder: str
    layers: int = 0  # of small tables on top of large ones

    @property
    def worn(self) -> bool:
        """Say whether its tables should be rewritten."""
        return self.layers >= _WORN


@dataclass(frozen=True, slots=True)
class Written:
    """What a change took out of the graph and put in, as lines of N-Quads."""

    removed: bytes
    added: bytes

    @property
    def count(self) -> int:
        """How many lines that are."""
        return len(_split(self.removed)) + len(_split(self.added))


class Tables:
    """The graphs of a build folder while it is changed: the one there is, its base, the next."""

    def __init__(self, target: Path, shelves: Shelves, current: str) -> None:
        """Take the folder as it is; `current` is the graph that readers have."""
        self._target, self._current = target, current
        self._number = int(current.rpartition("-")[2]) + 1
        self._bases = shelves.shelf("graph_base", Base)
        self._since = shelves.shelf("graph_since", Written)
        self.newer = target / STORE.format(self._number)

    @property
    def base(self) -> Base | None:
        """The base, if there is one."""
        try:
            base = self._bases.get("base")
        except sqlite3.OperationalError:  # read only, and nothing changed since it was made
            return None
        return base if base and (self._target / base.folder).is_dir() else None

    def read(self) -> Store:
        """Open the graph as it is, to read."""
        return Store.read_only(str(self._target / self._current))

    def change(self, removed: Sequence[bytes], added: Sequence[bytes]) -> Store:
        """Write the next graph, with these lines changed, and open it to be changed further."""
        base = self.base or self._lay(Base(_BASE.format(self._number - 1)), self._current)
        copy(self._target / base.folder, self.newer)
        store = Store(str(self.newer))
        now = Written(b"\n".join(removed), b"\n".join(added))
        put(store, *_sum((*(each for _, each in self._since.items()), now)))
        return store

    def keep(self, removed: Sequence[bytes], added: Sequence[bytes]) -> None:
        """Keep all that this change did to the graph, which nobody has open any more."""
        known = sum(each.count for _, each in self._since.items())
        if known + len(removed) + len(added) <= _LONG:
            written = Written(b"\n".join(removed), b"\n".join(added))
            self._since.put(f"{self._number:09d}", written)
        else:
            under = self.base.layers if self.base else 0
            self._lay(Base(_BASE.format(self._number), under + 1), self.newer.name)
        sync(self.newer)
        sync(self._target)

    @contextmanager
    def rewritten(self, base: Base) -> Iterator[Path]:
        """Give a folder beside a base with the same graph in as few tables as may be."""
        for left in self._target.glob(".base-*"):  # by one that was killed
            shutil.rmtree(left, ignore_errors=True)
        aside = self._target / f".{base.folder}"
        try:
            copy(self._target / base.folder, aside)
            rewrite(aside)
            sync(aside)
            yield aside
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def replace(self, base: Base, folder: Path) -> bool:
        """Put a rewritten folder in the place of a base, if that is the base still."""
        if self.base != base:
            return False
        other = Base(f"{base.folder}-again")
        folder.rename(self._target / other.folder)
        sync(self._target)
        return self._bases.put("base", other)

    def sweep(self, current: str) -> None:
        """Remove what is neither the current graph nor the base, unless somebody reads there."""
        base = self._bases.get("base")
        used = {current, base.folder if base else current}
        for name in (STORE, _BASE):
            for old in self._target.glob(name.format("*")):
                if old.name not in used:
                    discard(old)

    def _lay(self, base: Base, graph: str) -> Base:
        """Make a graph the base of what comes; a small one's tables are rewritten on the way."""
        folder = self._target / base.folder
        shutil.rmtree(folder, ignore_errors=True)  # of a change that was not kept
        copy(self._target / graph, folder)
        if base.layers and (base.layers > _MOST or _size(folder) < _SMALL):
            rewrite(folder)
            base = Base(base.folder)
        sync(folder)
        for key in list(self._since.keys()):
            self._since.drop(key)
        self._bases.put("base", base)
        return base


def put(store: Store, removed: Collection[bytes], added: Collection[bytes]) -> None:
    """Take lines out of a store and put others in, in as few tables as may be."""
    graphs: set[NamedNode] = set()
    for quad in parse(b"\n".join(removed), format=RdfFormat.N_QUADS, lenient=True):
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and (quad.subject == graph or _is_shared(graph)):
            graphs.add(graph)  # that of an article has something as long as it is described
        store.remove(quad)
    if added:
        store.bulk_load(b"\n".join(added), format=RdfFormat.N_QUADS, lenient=True)
    for graph in graphs:  # of which nothing may be left: the store would still name them
        if not _holds(store, graph):
            store.remove_graph(graph)


def copy(store: Path, to: Path) -> None:
    """Copy a store that nobody writes to; its tables, which never change, are shared."""
    to.mkdir()
    for part in store.iterdir():
        if part.suffix == ".sst":
            (to / part.name).hardlink_to(part)
        elif part.name not in {"LOCK", "LOG"} and not part.name.startswith("LOG.old"):
            shutil.copyfile(part, to / part.name)


def rewrite(folder: Path) -> None:
    """Rewrite the tables of a store that nobody else has open."""
    Store(str(folder)).optimize()


def _holds(store: Store, graph: NamedNode) -> bool:
    left = store.quads_for_pattern(None, None, None, graph)
    return next(left, None) is not None


def _is_shared(graph: NamedNode) -> bool:
    return graph.value.rpartition("/")[0].endswith("/graph")


def _sum(changes: Iterable[Written]) -> tuple[set[bytes], set[bytes]]:
    """Give what changes, one after the other, take out and put in together."""
    removed: set[bytes] = set()
    added: set[bytes] = set()
    for each in changes:
        gone, come = set(_split(each.removed)), set(_split(each.added))
        removed, added = (removed - come) | (gone - added), (added - gone) | (come - removed)
    return removed, added


def _split(lines: bytes) -> list[bytes]:
    return lines.split(b"\n") if lines else []


def _size(folder: Path) -> int:
    return sum(each.stat().st_size for each in folder.glob("*.sst"))
