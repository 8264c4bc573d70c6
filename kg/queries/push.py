"""A dataset and the address of a store in, the same graphs in that store out.

By Graph Store Protocol (one PUT per graph) or by SPARQL Update (each graph dropped, then filled
in batches); either replaces the graphs of this build and leaves all others alone. Statements
travel as terms that pyoxigraph serialised, never as text put together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from kg.errors import EndpointError
from kg.graph.model import Dataset
from kg.queries.endpoint import check_address, endpoint_errors, received, wrapper

Protocol = Literal["auto", "gsp", "update"]
PROTOCOLS: Final[tuple[Protocol, ...]] = get_args(Protocol)
BATCH: Final = 1000  # statements of one update request
TIMEOUT: Final = 300
_NO_GRAPH_STORE: Final = {400, 404, 405, 415, 501}


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    protocol: Protocol
    graphs: int
    statements: int


def push(dataset: Dataset, url: str, protocol: str = "auto", timeout: int = TIMEOUT) -> Pushed:
    """Load a build into a store; `auto` speaks Graph Store Protocol, else SPARQL Update."""
    check_address(url)
    if protocol not in PROTOCOLS:
        raise EndpointError(url, f"no protocol {protocol}; give one of {', '.join(PROTOCOLS)}")
    if protocol == "auto":
        protocol = "gsp" if _is_graph_store(url, timeout) else "update"
    chosen: Protocol = "gsp" if protocol == "gsp" else "update"
    send = _put if chosen == "gsp" else _insert
    graphs = list(_graphs(dataset))
    for graph, quads in graphs:
        with endpoint_errors(url, "push"):
            send(url, graph, quads, timeout)
    return Pushed(chosen, len(graphs), sum(len(quads) for _, quads in graphs))


def _graphs(dataset: Dataset) -> Iterator[tuple[NamedNode | None, list[Quad]]]:
    """Yield each graph with its statements in a fixed order; None names the default graph."""
    for name in dataset.graphs():
        graph = NamedNode(name)
        yield graph, sorted(dataset.quads(graph=graph), key=str)
    rest = [quad for quad in dataset.quads() if isinstance(quad.graph_name, DefaultGraph)]
    if rest:
        yield None, sorted(rest, key=str)


def _is_graph_store(url: str, timeout: int) -> bool:
    """Ask for a graph: what answers at all, if only that it has no such graph, is a graph store."""
    request = Request(_address(url, None), method="HEAD")  # noqa: S310 - http(s), checked
    with endpoint_errors(url, "push"):
        try:
            with urlopen(request, timeout=timeout):  # noqa: S310 - http(s), checked
                return True
        except HTTPError as error:
            if error.code not in _NO_GRAPH_STORE:
                raise
            error.close()
            return False


def _put(url: str, graph: NamedNode | None, quads: list[Quad], timeout: int) -> None:
    body = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    request = Request(  # noqa: S310 - http(s), checked
        _address(url, graph),
        data=body,
        headers={"Content-Type": "application/n-triples"},
        method="PUT",
    )
    with urlopen(request, timeout=timeout):  # noqa: S310 - http(s), checked
        return


def _address(url: str, graph: NamedNode | None) -> str:
    query = "default" if graph is None else urlencode({"graph": graph.value})
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _insert(url: str, graph: NamedNode | None, quads: list[Quad], timeout: int) -> None:
    """Drop the graph and fill it again; what is sent is fixed words and serialised terms."""
    target = ["DEFAULT"] if graph is None else ["GRAPH", str(graph)]
    opened, closed = ([], []) if graph is None else ([*target, "{"], ["}"])
    _update(url, ["DROP SILENT", *target], timeout)
    for start in range(0, len(quads), BATCH):
        lines = [f"{quad.triple} ." for quad in quads[start : start + BATCH]]
        _update(url, ["INSERT DATA {", *opened, *lines, *closed, "}"], timeout)


def _update(url: str, pieces: list[str], timeout: int) -> None:
    request = wrapper(url, timeout)
    request.setQuery("\n".join(pieces))
    received(url, request)
