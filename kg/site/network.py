"""Rows of tables in, the network of who met whom and who promised what out.

Nodes are entities with their kind; an edge stands for all events of its kind between two of them:
how many these are, how many independent sources they have, when the first and the last was. The
network is held in memory: it grows with entities and events, not with text.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any, Final

from kg.resources import lexicon
from kg.site.extras import needed
from kg.site.rdfxml import FORBIDDEN
from kg.site.statements import Statements
from kg.site.tables import BOUNDS, Row, rows, tables

_DAY: Final = re.compile(rb' lastmodifieddate="[^"]*"')  # of the head, before any text of ours
_NAMED: Final = 20  # events of an edge that are named
_DATES: Final = ("date", "observed_from")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Which columns of a table make edges, and of which kind."""

    kind: str
    table: str
    source: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Network:
    """The edges that are drawn."""

    edges: tuple[Drawn, ...]


@dataclass(slots=True)
class Edge:
    """What events of one kind between two entities amount to."""

    directed: bool
    sources: int = 0
    days: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def add(self, event: str, row: Row) -> None:
        """Count one event more."""
        if event in self.events[-1:]:
            return
        self.events.append(event)
        self.sources += number(row["independent_sources"])
        for name in _DATES:
            self.days += [
                str(row[f"{name}_{each}"]) for each in BOUNDS if row.get(f"{name}_{each}")
            ]

    def attributes(self, kind: str) -> dict[str, Any]:
        """Give what is written of the edge."""
        shown = {
            "kind": kind,
            "directed": self.directed,
            "weight": len(self.events),
            "sources": self.sources,
            "events": " ".join(self.events[:_NAMED]),
        }
        return shown | ({"first": min(self.days), "last": max(self.days)} if self.days else {})


def number(value: object) -> int:
    """Give a count, 0 where there is none."""
    return value if isinstance(value, int) else 0


def entities_in(value: object) -> list[str]:
    """Give the IRIs of a column that holds several."""
    return value if isinstance(value, list) else []


def graphml(statements: Statements, _: str) -> Iterator[bytes]:
    """Write the network as GraphML."""
    networkx = needed("networkx", "-f graphml", "graphs")
    out = io.BytesIO()
    networkx.write_graphml_xml(_graph(statements, networkx), out, named_key_ids=True)
    yield out.getvalue() + b"\n"


def gexf(statements: Statements, _: str) -> Iterator[bytes]:
    """Write the network as GEXF 1.2; the day of writing, which the library adds, is taken out."""
    networkx = needed("networkx", "-f gexf", "graphs")
    out = io.BytesIO()
    networkx.write_gexf(_graph(statements, networkx), out, version="1.2draft")
    yield _DAY.sub(b"", out.getvalue(), count=1) + b"\n"


def _graph(statements: Statements, networkx: Any) -> Any:
    edges = _edges(statements)
    graph = networkx.MultiDiGraph(name="Communiqué: who met whom, who promised what")
    ends = {end for _, source, target in edges for end in (source, target)}
    for row in rows(tables()["entities"], statements):
        if row["entity"] in ends:
            shown = {"label": row["label"] or row["entity"], "kind": row["kind"] or "Thing"}
            graph.add_node(row["entity"], **{name: _safe(each) for name, each in shown.items()})
    known = (each for each in sorted(edges) if each[1] in graph and each[2] in graph)
    for count, (kind, source, target) in enumerate(known):
        attributes = edges[kind, source, target].attributes(kind)
        graph.add_edge(source, target, key=f"e{count}", **attributes)
    return graph


def _edges(statements: Statements) -> dict[tuple[str, str, str], Edge]:
    drawn: defaultdict[str, list[Drawn]] = defaultdict(list)
    for each in lexicon("site", "network.yaml", Network).edges:
        drawn[each.table].append(each)
    edges: dict[tuple[str, str, str], Edge] = {}
    for name, kinds in drawn.items():
        table = tables()[name]
        for row in rows(table, statements):
            for each in kinds:
                for source, target in _pairs(each, row):
                    edge = edges.setdefault((each.kind, source, target), Edge(bool(each.target)))
                    edge.add(str(row[table.key[0]]), row)
    return edges


def _pairs(drawn: Drawn, row: Row) -> Iterator[tuple[str, str]]:
    sources = entities_in(row[drawn.source])
    if not drawn.target:
        yield from combinations(sorted(sources), 2)
        return
    for source, target in product(sources, entities_in(row[drawn.target])):
        if source != target:
            yield source, target


def _safe(value: object) -> str:
    return FORBIDDEN.sub("\ufffd", str(value))
