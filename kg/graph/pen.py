"""Units written into a store, as differences from what stands there; and the count kept of all.

Units with their quads in, a changed store and its tally out. The digest of the graph is the sum of
the hashes of its lines, so that it can be kept up to date: it shows damage, whatever the order of
the lines. Nothing is held in memory beyond a batch.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from kg.graph.entities import CLASSES
from kg.graph.inference import concerned, inferred
from kg.graph.inference import standing as concluded
from kg.graph.loading import Loading
from kg.graph.minting import Mint
from kg.graph.reference import reference_quads
from kg.graph.standing import Standing
from kg.graph.tables import Tables, put
from kg.graph.terms import Triple, lines_about, term
from kg.graph.units import Composer, Family, Touched, Unit, graph_of
from kg.iris import Iris
from kg.legal import Measure
from kg.terms import EVENT_CLASSES

_BATCH: Final = 50_000  # quads that are at hand together
_ONE_LOAD: Final = 1_000_000  # quads of which the store makes one table of each sort
_MODULUS: Final = 1 << 256
_TOLD: Final = 10_000  # statements between two words on how many there are
COUNTS: Final[Mapping[str, tuple[str, ...]]] = {
    "articles": ("cmq:Article",),
    "claims": ("cmq:Claim",),
    "mentions": ("cmq:Mention",),
    "judgements": ("cmq:Judgement",),
    "entities": tuple(CLASSES.values()),
    "events": tuple(f"cmq:{each}" for each in EVENT_CLASSES.values()),
    "disagreements": ("cmq:Disagreement",),
}
"""What is counted by the classes of nodes, each in the graph that describes it."""


Tell = Callable[[str, int], None]
"""Is told which stage a build has come to, and how many statements it has written."""


def unheard(_stage: str, _statements: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Tally:
    """How much a graph holds, and its digest; it changes with every line."""

    digest: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, digest: str, counts: Mapping[str, int]) -> Tally:
        """Take up a tally where it was left."""
        return cls(int(digest or "0", 16), Counter(counts))

    def hexadecimal(self) -> str:
        """Give the digest as text."""
        return f"{self.digest:064x}"

    def move(self, quads: Collection[Quad], lines: Collection[bytes], sign: int) -> None:
        """Count quads in, or out again; `lines` is how they are written."""
        classes = (
            each.object
            for each in quads
            if each.predicate == term("rdf:type") and not _is_reference(each)
        )
        self.count(lines, classes, sign)

    def count(self, lines: Collection[bytes], classes: Iterable[object], sign: int = 1) -> None:
        """Count lines in, or out again, and the nodes that they give these classes."""
        self.digest = (self.digest + sign * lines_digest(lines)) % _MODULUS
        self.counts["quads"] += sign * len(lines)
        known = _classes()
        for each in classes:
            if each in known:
                self.counts[known[each]] += sign


def lines_digest(lines: Iterable[bytes]) -> int:
    """Sum the hashes of lines, whatever their order."""
    return sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines) % _MODULUS


def lines_of(quads: Iterable[Quad]) -> list[bytes]:
    """Write quads as the lines of N-Quads, without line ends."""
    written = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return [line for line in written.split(b"\n") if line]


class Pen:
    """Writes units into a graph that nobody reads yet: one that is all new, or the next one."""

    def __init__(
        self,
        graph: Path | Tables,
        tally: Tally,
        iris: Iris,
        record: Iterable[Measure] | None = None,
    ) -> None:
        """Write into the store in a folder, the reference graph first; or change what is there.

        The reference graph has the measures of `record`, the bundled ones if there is none.
        """
        self.tally = tally
        self.changes: defaultdict[Family, Counter[str]] = defaultdict(Counter)
        self.added = self.removed = 0
        self.gone: list[bytes] = []  # lines; of a new graph nobody asks which came
        self.come: list[bytes] = []
        self._tables = graph if isinstance(graph, Tables) else None
        self._fresh = self._tables is None
        self._store = graph.read() if isinstance(graph, Tables) else Store(str(graph))
        self._mint = Mint(iris)
        self._begun = self._fresh
        self._new: list[Quad] = []
        self._old: list[Quad] = []
        self._materials: set[NamedNode] = set()
        self._reference = [*reference_quads(iris, record=record)] if self._fresh else []
        name = term("rdfs:label")
        self._labelled = {each.subject for each in self._reference if each.predicate == name}

    def labelled(self, node: NamedNode) -> bool:
        """Tell whether the reference graph labels a node."""
        if self._fresh:
            return node in self._labelled
        return labelled_by(self._store, self._mint)(node)

    def software(self) -> dict[str, str]:
        """Name the software that read the articles, each with its versions."""
        used: defaultdict[str, set[str]] = defaultdict(set)
        graph, kind = self._mint.graph("identity"), term("rdf:type")
        agents = self._store.quads_for_pattern(None, kind, term("prov:SoftwareAgent"), graph)
        for agent in agents:
            for label in self._store.quads_for_pattern(
                agent.subject, term("rdfs:label"), None, graph
            ):
                if isinstance(label.object, Literal):
                    name, _, number = label.object.value.partition("/")
                    used[name].add(number)
        return {name: ", ".join(sorted(numbers)) for name, numbers in sorted(used.items())}

    def write(
        self, composer: Composer, touched: Touched, standing: Standing, tell: Tell = unheard
    ) -> None:
        """Have each unit that may have changed stand as it is now; one without quads is gone.

        Of a new graph, `tell` is told from time to time how many statements there are.
        """
        if self._fresh:
            self._load(composer.described(touched), standing, tell)
            return
        for unit, quads in composer.touched(touched):
            old, new, known = standing.difference(unit, quads, self._store)
            if old or new:
                verb = "changed" if known and quads else "added" if quads else "removed"
                self.changes[unit.family][verb] += 1
                self.replace(old, new)

    def _load(
        self, units: Iterable[tuple[Unit, Iterator[Triple]]], standing: Standing, tell: Tell
    ) -> None:
        """Write all there is into the empty store, while the engine sorts what it has so far.

        It is handed over as text, which takes half the time of making quads of it.
        """
        reference = lines_of(self._reference)
        self.tally.move(self._reference, reference, 1)
        self.added += len(reference)
        with Loading(self._store) as loading:
            loading.write(reference)
            for lines in self._told(units, standing):
                loading.write(lines)
                if self.added // _TOLD > (self.added - len(lines)) // _TOLD:
                    tell("graph", self.added)

    def _told(
        self, units: Iterable[tuple[Unit, Iterator[Triple]]], standing: Standing
    ) -> Iterator[list[bytes]]:
        """Yield the lines of units that are new, unit by unit, and count them."""
        kind = term("rdf:type")
        for unit, triples in units:
            written = lines_about(triples, graph_of(unit, self._mint))
            lines = [line.encode() for line in written]
            self.tally.count(lines, [value for _, name, value in written.values() if name == kind])
            self.added += len(lines)
            self.changes[unit.family]["added"] += bool(lines)
            standing.note(unit, lines)
            yield lines

    def replace(self, old: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Take quads out and put others in."""
        self._old += old
        self._new += new
        if len(self._old) + len(self._new) >= _BATCH:
            self._rule_off()

    def finish(self) -> None:
        """Write what is left, draw the conclusions, and count the graphs."""
        self._rule_off()
        nodes = None if self._fresh else self._materials
        before = set() if nodes is None else concluded(self._store, self._mint, nodes)
        after = inferred(self._store, self._mint, nodes)
        self.replace(before - after, after - before)
        self._rule_off()
        self._store.flush()
        if self._fresh:
            self.tally.counts["graphs"] = sum(1 for _ in self._store.named_graphs())

    def tidy(self) -> None:
        """Make one table of those of a large new graph.

        Otherwise the first changes would begin it, and never come to its end.
        """
        if self._fresh and self.tally.counts["quads"] > _ONE_LOAD:
            self._store.optimize()

    def close(self) -> None:
        """Let go of the store, and keep what was changed in it."""
        del self._store
        if self._tables:
            self._tables.keep(self.gone, self.come)

    def _rule_off(self) -> None:
        old, new = self._old, self._new
        self._old, self._new = [], []
        removed, added = lines_of(old), lines_of(new)
        self.tally.move(old, removed, -1)
        self.tally.move(new, added, 1)
        self.removed += len(removed)
        self.added += len(added)
        if not self._fresh:
            self.gone += removed
            self.come += added
        graphs = {quad.graph_name for quad in (*old, *new)}
        before = self._known(graphs)
        if self._tables and not self._begun:
            self._store = self._tables.change(removed, added)
            self._begun = True
        else:
            put(self._store, removed, added)
        self.tally.counts["graphs"] += self._known(graphs) - before
        if not self._fresh:
            self._materials |= concerned(old, new, self._store, self._mint)

    def _known(self, graphs: Iterable[object]) -> int:
        """Count those of some graphs that the store names."""
        named = (each for each in graphs if isinstance(each, NamedNode))
        return sum(map(self._store.contains_named_graph, named))


@cache
def _classes() -> dict[object, str]:
    return {term(each): name for name, classes in COUNTS.items() for each in classes}


def _is_reference(quad: Quad) -> bool:
    graph = quad.graph_name
    return isinstance(graph, NamedNode) and graph.value.endswith("graph/reference")


def labelled_by(store: Store, mint: Mint) -> Callable[[NamedNode], bool]:
    """Tell what the reference graph in a store labels."""
    name, graph = term("rdfs:label"), mint.graph("reference")
    return lambda node: any(store.quads_for_pattern(node, name, None, graph))


def in_order(store: Store) -> Iterator[list[Quad]]:
    """Yield all that a store holds, in batches."""
    batch: list[Quad] = []
    for quad in store:
        batch.append(quad)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    yield batch
