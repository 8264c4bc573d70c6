"""A dataset in, its statements out as sorted lines: whole, graph by graph, or all graphs merged.

The lines are those of N-Quads and N-Triples, straight from the engine and never all in memory.
Without quotes, what `data/quotes.yaml` names as text of articles is left out here, once for all
formats that are written from these lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final, Literal

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from kg.graph.model import Dataset
from kg.resources import lexicon
from kg.site.sorting import MEMORY, Sorter
from kg.terms import PREFIXES

Quotes = Literal["full", "none"]
Graph = NamedNode | pyoxigraph.BlankNode | DefaultGraph
_CHUNK: Final = 1 << 21  # bytes of lines that are taken up at once


@dataclass(frozen=True, slots=True)
class Fields:
    """Statements with `property` of nodes whose `having` is `value`."""

    property: str
    having: str
    value: str


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What of a dataset is text of articles."""

    nodes: tuple[str, ...]
    properties: tuple[str, ...]
    values: tuple[Fields, ...]


@dataclass(frozen=True, slots=True)
class Silence:
    """What an export leaves out: nodes, properties, and statements by subject and property."""

    nodes: frozenset[bytes]
    properties: frozenset[bytes]
    values: frozenset[tuple[bytes, bytes]]

    @classmethod
    def on(cls, dataset: Dataset) -> Silence:
        """Find the text of articles in a dataset."""
        told = lexicon("site", "quotes.yaml", ArticleText)
        nodes = (quad for name in told.nodes for quad in dataset.quads(None, NamedNode(_iri(name))))
        return cls(
            frozenset(str(quad.subject).encode() for quad in nodes),
            frozenset(str(NamedNode(_iri(name))).encode() for name in told.properties),
            frozenset(pair for fields in told.values for pair in _pairs(dataset, fields)),
        )

    def heard(self, lines: Iterable[bytes]) -> list[bytes]:
        """Give the lines that stay."""
        return [line for line in lines if not self._silent(line)]

    def _silent(self, line: bytes) -> bool:
        subject, predicate, rest = line.split(b" ", 2)
        if predicate in self.properties or subject in self.nodes:
            return True
        if (subject, predicate) in self.values:
            return True
        return rest[:1] != b'"' and rest.split(b" ", 1)[0] in self.nodes


class Statements:
    """The statements of a dataset, to be read as sorted lines as often as wanted."""

    def __init__(
        self,
        dataset: Dataset,
        quotes: Quotes = "full",
        memory: int = MEMORY,
        beside: Path | None = None,
    ) -> None:
        """Read a dataset; what does not fit into `memory` is written into the folder `beside`."""
        self.dataset = dataset
        self._silence = Silence.on(dataset) if quotes == "none" else None
        self.memory, self.beside = memory, beside

    def quads(self) -> Iterator[bytes]:
        """Yield all statements as lines of N-Quads."""
        return self._sorted(self._dumps([None]))

    def triples(self) -> Iterator[bytes]:
        """Yield the statements of all graphs as lines of N-Triples, merged."""
        return self._sorted(self._dumps(self.graphs()))

    def within(self, graph: Graph) -> Iterator[bytes]:
        """Yield the statements of one graph as lines of N-Triples."""
        return self._sorted(self._dumps([graph]))

    def graphs(self) -> list[Graph]:
        """Name the graphs, the default graph first."""
        return [DefaultGraph(), *sorted(self.dataset.store.named_graphs(), key=_name)]

    def predicates(self) -> list[str]:
        """Name the properties of all statements, sorted."""
        found = self.dataset.query("SELECT DISTINCT ?property WHERE { ?subject ?property ?value }")
        assert isinstance(found, pyoxigraph.QuerySolutions)  # noqa: S101 - what SELECT gives
        return sorted(each["property"].value for each in found)

    def about(self, node: str, graph: Graph | None) -> list[Triple]:
        """Give what is said of a node in one graph, or in all, in order."""
        found = {
            Triple(quad.subject, quad.predicate, quad.object)
            for quad in _pattern(self.dataset, NamedNode(node), None, graph)
        }
        return sorted((each for each in found if self._stays(each)), key=str)

    def values(self, predicate: str, graph: Graph | None) -> Iterator[Quad]:
        """Yield the statements with a property in one graph, or in all."""
        return _pattern(self.dataset, None, NamedNode(predicate), graph)

    def pointing(self, predicate: str, node: NamedNode) -> list[NamedNode]:
        """Give the nodes from which a property leads to a node, in any graph, in order."""
        found = self.dataset.quads(None, NamedNode(predicate), node)
        return sorted(
            {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}, key=str
        )

    def _stays(self, triple: Triple) -> bool:
        line = f"{triple.subject} {triple.predicate} {triple.object} .\n".encode()
        return self._silence is None or bool(self._silence.heard([line]))

    def _sorted(self, dumps: Iterable[Callable[[Take], None]]) -> Iterator[bytes]:
        with Sorter(self.memory, self.beside) as sorter:
            add = sorter.add
            heard = self._silence.heard if self._silence else None
            for dump in dumps:
                taken = Take((lambda lines: add(heard(lines))) if heard else add)
                dump(taken)
                taken.finish()
            for batch in sorter.batches():
                yield from batch

    def _dumps(self, graphs: Iterable[Graph | None]) -> Iterator[Callable[[Take], None]]:
        store = self.dataset.store
        for graph in graphs:
            if graph is None:
                yield lambda taken: _dump(store, taken, RdfFormat.N_QUADS)
            else:
                yield lambda taken, graph=graph: _dump(  # type: ignore[misc]
                    store, taken, RdfFormat.N_TRIPLES, graph
                )


class Take:
    """A file to write lines into, which hands them on many at a time."""

    def __init__(self, add: Callable[[list[bytes]], None]) -> None:
        self._add = add
        self._parts: list[bytes] = []
        self._size = 0

    def write(self, part: bytes) -> int:
        """Take a part of a line, or of many."""
        self._parts.append(part)
        self._size += len(part)
        if self._size >= _CHUNK:
            whole, feed, rest = b"".join(self._parts).rpartition(b"\n")
            self._add((whole + feed).splitlines(keepends=True))
            self._parts, self._size = [rest], len(rest)
        return len(part)

    def flush(self) -> None:
        """Do nothing: lines are handed on when there are enough, or at the end."""

    def finish(self) -> None:
        """Hand on what is left."""
        self._add(b"".join(self._parts).splitlines(keepends=True))
        self._parts, self._size = [], 0


def _dump(
    store: pyoxigraph.Store, taken: Take, form: RdfFormat, graph: Graph | None = None
) -> None:
    store.dump(taken, form, from_graph=graph)  # type: ignore[arg-type]  # only write() is called


def _pattern(
    dataset: Dataset, subject: NamedNode | None, predicate: NamedNode | None, graph: Graph | None
) -> Iterator[Quad]:
    return iter(dataset.store.quads_for_pattern(subject, predicate, None, graph))


def _pairs(dataset: Dataset, fields: Fields) -> Iterator[tuple[bytes, bytes]]:
    value = (
        NamedNode(_iri(fields.value)) if ":" in fields.value else pyoxigraph.Literal(fields.value)
    )
    silent = str(NamedNode(_iri(fields.property))).encode()
    for quad in dataset.quads(None, NamedNode(_iri(fields.having)), value):
        yield str(quad.subject).encode(), silent


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _name(graph: Graph) -> str:
    return "" if isinstance(graph, DefaultGraph) else graph.value


def subject_groups(lines: Iterable[bytes]) -> Iterator[tuple[bytes, list[bytes]]]:
    """Yield the lines that share a subject, with it."""
    subject, held = b"", list[bytes]()
    for line in lines:
        name = line[: line.index(b" ")]
        if name != subject:
            if held:
                yield subject, held
            subject, held = name, []
        held.append(line)
    if held:
        yield subject, held


def peeked(lines: Iterator[bytes], at_most: int) -> tuple[list[bytes] | None, Iterator[bytes]]:
    """Give all lines if they are few, and in any case the lines."""
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) > at_most:
            return None, chain(held, lines)
    return held, iter(held)
