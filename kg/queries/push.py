"""A dataset and the address of a store in, the same graphs in that store out, and no other of ours.

By Graph Store Protocol (PUT, and POST for what follows in a large graph) or by SPARQL Update (each
graph dropped, then filled in batches). What the store had below our base and the dataset does not
have is dropped; all other graphs are left alone. Statements travel as terms that pyoxigraph
serialised, never as text put together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal, get_args
from urllib.error import HTTPError
from urllib.parse import urlencode

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, serialize

from kg.errors import EndpointError
from kg.graph.model import Dataset
from kg.queries.catalogue import read_question
from kg.queries.endpoint import check_address, endpoint_errors
from kg.queries.sending import Access, Sender
from kg.resources import data_file, lexicon
from kg.terms import DATA

Protocol = Literal["auto", "gsp", "update"]
PROTOCOLS: Final[tuple[Protocol, ...]] = get_args(Protocol)
BATCH: Final = 1000  # statements of one update request
BODY: Final = 50_000  # statements of one request to a graph store
TIMEOUT: Final = 300
_NO_GRAPH_STORE: Final = {400, 404, 405, 415, 501}
_RESULTS: Final = "application/sparql-results+json"

Watch = Callable[[list[str]], Iterable[str]]
"""Passes the names of graphs on and may show how far the work is."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did."""

    protocol: Protocol
    graphs: int
    statements: int
    removed: int  # graphs of ours that were there and are in the dataset no more


@dataclass(frozen=True, slots=True)
class Known:
    """How addresses of a store end, and what ends the address at which it is asked."""

    ends: str
    asked: str
    speaks: Protocol = "auto"


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores that are known."""

    stores: tuple[Known, ...]


def push(
    dataset: Dataset,
    url: str,
    protocol: str = "auto",
    timeout: int = TIMEOUT,
    *,
    base: str = DATA,
    asked: str | None = None,
    access: Access | None = None,
    watch: Watch = iter,
) -> Pushed:
    """Load a build into a store; `auto` speaks Graph Store Protocol, else SPARQL Update.

    The store is asked at the address `asked` for the graphs that it has; for stores that are known
    that follows from `url`. Graphs of ours are those below `base`.
    """
    check_address(url)
    if protocol not in PROTOCOLS:
        raise EndpointError(url, f"no protocol {protocol}; give one of {', '.join(PROTOCOLS)}")
    sender = Sender(url, access, timeout)
    speaks = _spoken(sender, url) if protocol == "auto" else protocol
    store: _GraphStore | _Updates
    store = _GraphStore(sender, url) if speaks == "gsp" else _Updates(sender, url)
    there = {each for each in _standing(sender, url, asked) if _is_ours(each, base)}
    names, statements = [*dataset.graphs()], 0
    with endpoint_errors(url, "push"):
        for name in watch(names):
            statements += store.fill(NamedNode(name), dataset.quads(graph=NamedNode(name)))
        unnamed = _unnamed(dataset)
        if unnamed:
            statements += store.fill(None, iter(unnamed))
        stale = sorted(there.difference(names))
        for name in stale:
            store.drop(NamedNode(name))
    return Pushed(store.protocol, len(names) + bool(unnamed), statements, len(stale))


class _GraphStore:
    """Speaks Graph Store Protocol."""

    protocol: Final = "gsp"

    def __init__(self, sender: Sender, url: str) -> None:
        self._sender, self._url = sender, url

    def fill(self, graph: NamedNode | None, quads: Iterator[Quad]) -> int:
        """Let a graph hold these statements and no other; say how many they are."""
        method, sent = "PUT", 0
        for part in _parts(quads, BODY):
            body = serialize((each.triple for each in part), format=RdfFormat.N_TRIPLES)
            told = {"Content-Type": "application/n-triples"}
            self._sender.send(method, graph_address(self._url, graph), body, told)
            method, sent = "POST", sent + len(part)
        return sent

    def drop(self, graph: NamedNode) -> None:
        """Take a graph out."""
        self._sender.send("DELETE", graph_address(self._url, graph))


class _Updates:
    """Speaks SPARQL Update; what is sent is fixed words and serialised terms."""

    protocol: Final = "update"

    def __init__(self, sender: Sender, url: str) -> None:
        self._sender, self._url = sender, url

    def fill(self, graph: NamedNode | None, quads: Iterator[Quad]) -> int:
        """Let a graph hold these statements and no other; say how many they are."""
        opened, closed = ([], []) if graph is None else (["GRAPH", str(graph), "{"], ["}"])
        self.drop(graph)
        sent = 0
        for part in _parts(quads, BATCH):
            lines = [f"{quad.triple} ." for quad in part]
            self._update(["INSERT DATA {", *opened, *lines, *closed, "}"])
            sent += len(part)
        return sent

    def drop(self, graph: NamedNode | None) -> None:
        """Take a graph out."""
        self._update(["DROP SILENT", *(["DEFAULT"] if graph is None else ["GRAPH", str(graph)])])

    def _update(self, pieces: list[str]) -> None:
        self._sender.form(self._url, "*/*", {"update": "\n".join(pieces)})


def graph_address(url: str, graph: NamedNode | None) -> str:
    """Give the address of a graph in a graph store; None names the default graph."""
    query = "default" if graph is None else urlencode({"graph": graph.value})
    return f"{url}{'&' if '?' in url else '?'}{query}"


def _parts(quads: Iterator[Quad], size: int) -> Iterator[list[Quad]]:
    """Cut statements into parts; those of a graph with blank nodes stay together."""
    while part := [*islice(quads, size)]:
        if len(part) == size and any(map(_has_blank, part)):
            part += quads
        yield part


def _unnamed(dataset: Dataset) -> list[Quad]:
    return [*dataset.store.quads_for_pattern(None, None, None, DefaultGraph())]


def _has_blank(quad: Quad) -> bool:
    return isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode)


def _is_ours(graph: str, base: str) -> bool:
    return graph.startswith((f"{base}article/", f"{base}graph/"))


def _known(url: str) -> Known | None:
    return next((each for each in _stores() if url.endswith(each.ends)), None)


def _stores() -> tuple[Known, ...]:
    known: Stores = lexicon("queries", "stores.yaml", Stores)
    return known.stores


def _spoken(sender: Sender, url: str) -> str:
    """Ask for a graph: what answers at all, if only that it has no such graph, is a graph store."""
    known = _known(url)
    if known and known.speaks != "auto":
        return known.speaks
    with endpoint_errors(url, "push"):
        try:
            sender.send("HEAD", graph_address(url, None))
        except HTTPError as error:
            if error.code not in _NO_GRAPH_STORE:
                raise
            error.close()
            return "update"
        return "gsp"


def _standing(sender: Sender, url: str, asked: str | None) -> list[str]:
    """Ask which graphs a store has; one that does not tell is not changed."""
    known = _known(url)
    place = asked or (url.removesuffix(known.ends) + known.asked if known else url)
    check_address(place)
    with endpoint_errors(place, "push"):
        text = read_question(data_file("queries", "named-graphs.rq")).text
        body = sender.form(place, _RESULTS, {"query": text})
    try:
        rows = json.loads(body)["results"]["bindings"]
        return [row["graph"]["value"] for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        advice = "give the address of its queries (--query URL)"
        raise EndpointError(place, f"does not say which graphs it has; {advice}") from error
