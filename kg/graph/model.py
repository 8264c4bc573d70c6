"""What this stage hands on: the records of a build, and the dataset made of them.

A dataset is asked by SPARQL over the union of its graphs unless told otherwise; it is never
changed once it is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.graph.writing import nquads, trig
from kg.iris import content_hash

if TYPE_CHECKING:  # whoever only reads a dataset starts sooner without records
    from kg.articles.model import Article, Rejection
    from kg.claims.model import ArticleClaims, Claim
    from kg.entities.model import Identity, IdentityView
    from kg.events.model import EventLedger, EventView

Kept_co = TypeVar("Kept_co", covariant=True)
Term = NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
Result = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that the stages before this one yield for one corpus."""

    articles: tuple[Article, ...]
    rejections: tuple[Rejection, ...]
    claims: tuple[Claim, ...]
    identity: Identity
    ledger: EventLedger
    tools: tuple[str, ...] = ()  # "name/version" of what the extractor read with


@dataclass(frozen=True, slots=True)
class Reading:
    """What the graph needs of an article beside its text and claims."""

    software: tuple[str, ...]  # "name/version" of whatever read its claims, sorted
    published: str | None = None  # EDTF
    over: tuple[str, ...] = ()  # its claims on posts that are held no longer on its day
    unsaid: tuple[str, ...] = ()  # those on posts that it does not say are held on its day
    ended: tuple[tuple[str, str], ...] = ()  # of those over: until when, where it says so; EDTF


@dataclass(frozen=True, slots=True)
class Retraction:
    """That an article was taken out of the corpus: why, and when if anybody said so."""

    article: str
    digest: str  # of its text
    reason: str
    date: str | None = None  # EDTF

    @property
    def key(self) -> str:
        """Its name: the same retraction told twice is one."""
        return content_hash(self.article, self.digest, self.reason, self.date)


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of a corpus did to its graph, whose digest it was before and after."""

    before: str
    after: str
    statements: bytes | None  # that came or went, as N-Quads; None if they were too many to keep


def statement_key(subject: NamedNode, predicate: NamedNode, value: Term) -> str:
    """Name what tells what a statement rests on, so that it is found by the statement alone.

    Its support is `<base>support/<key>`, and what it is inferred from `<base>inference/<key>`.
    """
    return content_hash(subject, predicate, value)


class Lookup(Protocol[Kept_co]):
    """Records to be had by key: a shelf, or a mapping."""

    def get(self, key: str, /) -> Kept_co | None:
        """Give the record of a key, None if there is none."""


@dataclass(frozen=True, slots=True)
class Views:
    """What the graph is written from: the records of the stages before, to be asked by key."""

    articles: Lookup[Article]
    claims: Lookup[ArticleClaims]
    readings: Lookup[Reading]
    retractions: Lookup[Retraction]
    identity: IdentityView
    events: EventView


@dataclass(frozen=True, slots=True)
class Dataset:
    """RDF graphs under one roof: quads to read, and SPARQL over their union.

    `hold` keeps what the store reads from from being cleared away as long as the dataset lives;
    `folder` is where another process can read the same, if it is on disk.
    """

    store: pyoxigraph.Store
    hold: object = field(default=None, compare=False, repr=False)
    folder: Path | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> Dataset:
        """Hold the quads in memory.

        >>> len(Dataset.of([]))
        0
        """
        store = pyoxigraph.Store()
        store.bulk_extend(quads)
        return cls(store)

    def __len__(self) -> int:
        return len(self.store)

    def quads(
        self,
        subject: NamedNode | pyoxigraph.BlankNode | None = None,
        predicate: NamedNode | None = None,
        value: Term | None = None,
        graph: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """Yield the quads that fit, in the order of the store; None fits all."""
        return iter(self.store.quads_for_pattern(subject, predicate, value, graph))

    def graphs(self) -> tuple[str, ...]:
        """Name the graphs, sorted."""
        return tuple(sorted(str(graph.value) for graph in self.store.named_graphs()))

    def query(
        self,
        sparql: str,
        *,
        union: bool = True,
        prefixes: Mapping[str, str] | None = None,
        bound: Mapping[pyoxigraph.Variable, Term] | None = None,
    ) -> Result:
        """Ask a query, by default over the union of all graphs.

        `bound` gives variables of the SELECT clause a value; text never becomes SPARQL this way.
        """
        return self.store.query(
            sparql,
            use_default_graph_as_union=union,
            prefixes=dict(prefixes) if prefixes else None,
            substitutions=dict(bound) if bound else None,
        )

    def nquads(self) -> bytes:
        """Write all of it as sorted N-Quads."""
        return nquads(self.store)

    def trig(self, families: str | None = None) -> bytes:
        """Write all of it as sorted TriG with readable prefixes.

        Below the base IRI `families`, each family of data (`claim/`, `person/`) gets its own.
        """
        return trig(self.store, families)
