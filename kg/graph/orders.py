"""Every order in which a store keeps its statements, read to the end: a store in, counts out.

The engine keeps each statement six times, once for each way to look it up, and guards every block
by a checksum that it looks at only when it reads the block. Whoever lists a store reads one order
and the words; a question may read any. So each is walked here as questions walk it, inside the
engine, where no statement is made. A damaged block is an error of the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from pyoxigraph import QuerySolutions, Store

_WALKS: Final = {
    "subjects": """SELECT ?n {
        { SELECT DISTINCT ?s { GRAPH ?g { ?s ?p ?o } } }
        LATERAL { GRAPH ?h { ?s ?x ?y } } BIND(1 AS ?n) }""",
    "properties": """SELECT ?n {
        { SELECT DISTINCT ?p { GRAPH ?g { ?s ?p ?o } } }
        LATERAL { GRAPH ?h { ?x ?p ?y } } BIND(1 AS ?n) }""",
    "values": """SELECT ?n {
        { SELECT DISTINCT ?o { GRAPH ?g { ?s ?p ?o } } }
        LATERAL { GRAPH ?h { ?x ?y ?o } } BIND(1 AS ?n) }""",
    "properties of each graph": """SELECT ?n {
        GRAPH ?g {} LATERAL { SELECT ?g ?x {
            { SELECT DISTINCT ?g ?p { GRAPH ?g { ?s ?p ?o } } }
            LATERAL { GRAPH ?g { ?x ?p ?y } } } } BIND(1 AS ?n) }""",
    "values of each graph": """SELECT ?n {
        GRAPH ?g {} LATERAL { SELECT ?g ?x {
            { SELECT DISTINCT ?g ?o { GRAPH ?g { ?s ?p ?o } } }
            LATERAL { GRAPH ?g { ?x ?y ?o } } } } BIND(1 AS ?n) }""",
}
"""Each looks up one or two parts of a statement, so that the engine takes the order they begin; the
last two go graph by graph, which holds little at once.

Nothing is counted there: an error inside of a count would be met again and again.
"""


def walked(store: Store) -> Iterator[tuple[str, int]]:
    """Yield the orders by name, each with the statements of named graphs that it holds.

    The order by graphs and subjects is the one that listing the store reads.
    """
    for name, walk in _WALKS.items():
        rows = cast("QuerySolutions", store.query(walk))
        yield name, sum(1 for _ in rows)
