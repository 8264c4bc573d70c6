"""What this stage hands on: the records of a build, and the dataset made of them.

A dataset is asked by SPARQL over the union of its graphs unless told otherwise; it is never
changed once it is handed on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.articles.model import Article, Rejection
from kg.claims.model import Claim
from kg.entities.model import Identity
from kg.events.model import EventLedger
from kg.graph.writing import nquads, trig

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
class Dataset:
    """RDF graphs under one roof: quads to read, and SPARQL over their union."""

    store: pyoxigraph.Store

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
