"""What the endpoint is and which graphs it holds: the service description, and graphs to be read.

An address and a holding in, statements out, by the vocabulary of SPARQL 1.1 Service Description.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import content_hash
from kg.queries.model import Question
from kg.site.looking import node
from kg.site.model import Holding
from kg.site.web.negotiation import best
from kg.site.web.problems import Problem
from kg.site.web.sparql import GRAPHS, RefusedError, Result, check_graph

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
_GRAPHS: Final = 1000  # graphs that are named; more are found by asking
_UNION: Final = 300_000  # statements that are read at once
_DUMPS: Final = "those of `kg publish`, or `kg export`"
_WHOLE: Final = "CONSTRUCT { ?subject ?property ?value } WHERE { ?subject ?property ?value }"


def description(holding: Holding, endpoint: str) -> Iterator[Quad]:
    """Yield what the endpoint at an address says of itself."""

    def said(subject: str, name: str, value: NamedNode | Literal) -> Quad:
        return Quad(NamedNode(subject), NamedNode(name), value)

    dataset, default, kind = f"{endpoint}#dataset", f"{endpoint}#default", node("rdf:type").value
    yield said(endpoint, kind, NamedNode(f"{_SD}Service"))
    yield said(endpoint, f"{_SD}endpoint", NamedNode(endpoint))
    yield said(endpoint, f"{_SD}supportedLanguage", NamedNode(f"{_SD}SPARQL11Query"))
    yield said(endpoint, f"{_SD}feature", NamedNode(f"{_SD}UnionDefaultGraph"))
    yield said(endpoint, f"{_SD}defaultDataset", NamedNode(dataset))
    yield said(endpoint, node("dcterms:title").value, Literal(holding.settings.title))
    for name in _RESULTS:
        yield said(endpoint, f"{_SD}resultFormat", NamedNode(_FORMATS + name))
    yield said(dataset, kind, NamedNode(f"{_SD}Dataset"))
    yield said(dataset, f"{_SD}defaultGraph", NamedNode(default))
    yield said(default, kind, NamedNode(f"{_SD}Graph"))
    told = holding.counts.get("quads")
    number = len(holding.dataset) if told is None else told
    size = Literal(str(number), datatype=node("xsd:integer"))
    yield said(dataset, f"{_VOID}triples", size)
    for graph in islice(holding.dataset.graphs(), _GRAPHS):
        named = f"{endpoint}#graph-{content_hash(graph)}"
        yield said(dataset, f"{_SD}namedGraph", NamedNode(named))
        yield said(named, kind, NamedNode(f"{_SD}NamedGraph"))
        yield said(named, f"{_SD}name", NamedNode(graph))


def graph(holding: Holding, pairs: list[tuple[str, str]], accept: str) -> Result:
    """Give a graph by the Graph Store Protocol: one by its IRI, or the default, which is all."""
    asked = [pair for pair in pairs if pair[0] in {"graph", "default"}]
    if len(asked) != 1:
        reason = "name one graph: ?graph=IRI, or ?default for the union of all"
        raise RefusedError(Problem(400, reason))
    [(key, name)] = asked
    kind = best(accept, tuple(GRAPHS))
    if kind is None:
        reason = f"a graph is to be had as {', '.join(GRAPHS)}"
        raise RefusedError(Problem(406, reason))
    graphs: tuple[str, ...] | None = None
    size = holding.counts.get("quads", holding.counts.get("statements", 0))
    if key == "default" and size > _UNION:
        reason = (
            f"all graphs together have {size:,} statements, more than an answer holds; "
            f"read one of them (?graph=IRI), ask /sparql with a LIMIT, or take a dump: {_DUMPS}"
        )
        raise RefusedError(Problem(413, reason))
    if key == "graph":
        check_graph(name)
        if next(holding.dataset.quads(graph=NamedNode(name)), None) is None:
            raise RefusedError(Problem(404, "There is no such graph here."))
        graphs = (name,)
    file = holding.serialise(Question("the graph", "", _WHOLE), GRAPHS[kind], graphs)
    return Result(f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, file)
