"""What stands in a graph for a unit, and in what it differs from what the unit has come to be.

A unit and its quads as they are now in, the quads that go and come out. Of a unit with many quads,
such as a meeting with hundreds of reports, the records know the hashes: only where some are gone
is it looked up which quads these were. The hashes follow from the unit alone.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg.graph.minting import Mint
from kg.graph.terms import term
from kg.graph.units import Family, Unit, graph_of
from kg.iris import Iris
from kg.shelves import Shelves

_LARGE: Final = 200  # quads of a unit, from which on they are known by their hashes
_HASH: Final = 8  # bytes
_N_QUADS: Final = RdfFormat.N_QUADS
_PRINTED: Final = frozenset({"event", "disagreement"})  # nobody else says anything of their nodes
_PATHS: Final = frozenset({"entity", "event"})  # keys are paths below the base
_PARTS: Final[Mapping[Family, tuple[str, ...]]] = {
    "entity": ("cmq:name",),
    "event": ("cmq:reportedWording",),
    "disagreement": ("cmq:option",),
}


@dataclass(frozen=True, slots=True)
class Print:
    """What a unit says, as hashes of its lines, in order, by subject and property."""

    said: Mapping[str, bytes]

    def hashes(self, key: str) -> frozenset[bytes]:
        """Give the hashes of what is said with one subject and property."""
        joined = self.said.get(key, b"")
        return frozenset(joined[at : at + _HASH] for at in range(0, len(joined), _HASH))


class Standing:
    """Tells what a unit's new state changes in a graph."""

    def __init__(self, shelves: Shelves, iris: Iris) -> None:
        """Keep hashes on shelves."""
        self._mint = Mint(iris)
        self._prints = shelves.shelf("graph_prints", Print)

    def difference(
        self, unit: Unit, quads: frozenset[Quad], store: Store
    ) -> tuple[frozenset[Quad], frozenset[Quad], bool]:
        """Give the quads that go, those that come, and whether the unit was there before."""
        known = self._prints.get(_key(unit)) if unit.family in _PRINTED else None
        lines = _lines(quads) if unit.family in _PRINTED else []
        now = self.note(unit, lines)
        if known is None:
            before = standing(unit, store, self._mint)
            return before - quads, quads - before, bool(before)
        if now is None:
            self._prints.drop(_key(unit))
            now = print_of(lines)
        changed = {key for key, _ in set(known.said.items()) ^ set(now.said.items())}
        lessened = [key for key in changed if known.hashes(key) - now.hashes(key)]
        before = _said(lessened, graph_of(unit, self._mint), store)
        come = {hashed for key in changed for hashed in now.hashes(key) - known.hashes(key)}
        coming = b"\n".join(line for line in lines if _hash(line) in come)
        new = parse(coming, format=_N_QUADS, lenient=True)  # as the store reads its lines
        return before - quads, frozenset(new), True

    def note(self, unit: Unit, lines: Collection[bytes]) -> Print | None:
        """Keep the hashes of a unit that is large, by the lines of its quads."""
        if len(lines) < _LARGE or unit.family not in _PRINTED:
            return None
        found = print_of(lines)
        self._prints.put(_key(unit), found)
        return found


def print_of(lines: Iterable[bytes]) -> Print:
    """Give the hashes of lines of N-Quads, whatever their order."""
    said: defaultdict[bytes, list[bytes]] = defaultdict(list)
    for line in lines:
        said[b" ".join(line.split(b" ", 2)[:2])].append(_hash(line))
    return Print({key.decode(): b"".join(sorted(own)) for key, own in sorted(said.items())})


def standing(unit: Unit, store: Store, mint: Mint) -> frozenset[Quad]:
    """Find the quads of a unit in a store, as they were written last."""
    graph = graph_of(unit, mint)
    if unit.family == "about":
        return frozenset(store.quads_for_pattern(None, term("cmq:about"), None, graph))
    if unit.family == "article":
        said = store.quads_for_pattern(None, None, None, graph)
        return frozenset(quad for quad in said if quad.predicate != term("cmq:about"))
    root = mint.path(unit.key) if unit.family in _PATHS else mint.node(unit.family, unit.key)
    if unit.family == "bound":
        root = mint.article(unit.key)
    if unit.family == "software":
        root = mint.software(unit.key)
    found = set(store.quads_for_pattern(root, None, None, graph))
    parts = {quad.object for quad in found if quad.predicate in _parts(unit.family)}
    if unit.family == "event":
        said = store.quads_for_pattern(None, term("rdf:subject"), root, graph)
        parts |= {quad.subject for quad in said}
    if unit.family == "bound":
        dated = store.quads_for_pattern(None, term("prov:hadPrimarySource"), root, graph)
        parts |= {quad.subject for quad in dated}
    if unit.family == "retraction":
        found |= set(store.quads_for_pattern(None, None, root, graph))
    for part in parts:
        if isinstance(part, NamedNode):
            found |= set(store.quads_for_pattern(part, None, None, graph))
    return frozenset(found)


def _parts(family: Family) -> tuple[NamedNode, ...]:
    """Give the properties that lead to nodes of the same unit."""
    return tuple(map(term, _PARTS.get(family, ())))


def _key(unit: Unit) -> str:
    return f"{unit.family}:{unit.key}"


def _said(keys: Iterable[str], graph: NamedNode, store: Store) -> frozenset[Quad]:
    """Look up what is said with these subjects and properties."""
    pairs = (key.split(" ") for key in keys)
    found = (
        store.quads_for_pattern(NamedNode(one[1:-1]), NamedNode(name[1:-1]), None, graph)
        for one, name in pairs
    )
    return frozenset(chain.from_iterable(found))


def _lines(quads: Iterable[Quad]) -> list[bytes]:
    written = serialize(quads, format=_N_QUADS) or b""
    return written.splitlines()


def _hash(line: bytes) -> bytes:
    return hashlib.blake2b(line, digest_size=_HASH).digest()
