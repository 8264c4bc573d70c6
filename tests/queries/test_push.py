"""Builds pushed to real servers and to one that wants a password: what is there afterwards."""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import EndpointError
from kg.graph.model import Dataset
from kg.queries.endpoint import ask_endpoint_text
from kg.queries.push import BATCH, BODY, Known, Pushed, push
from kg.queries.sending import Access, Sender
from kg.terms import DATA

NAME = NamedNode("https://example.org/name")
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


def graphs(*names: str, size: int = 2) -> Dataset:
    """A dataset with graphs of these names, below our base unless they say otherwise."""
    return Dataset.of(
        Quad(NamedNode(f"https://example.org/{at}"), NAME, Literal(at), _graph(name))
        for name in names
        for at in range(size)
    )


def _graph(name: str) -> NamedNode:
    return NamedNode(name if ":" in name else f"{DATA}{name}")


def standing(server: str) -> dict[str, int]:
    """The graphs of a server below our base and that of examples, and their sizes."""
    rows = ask_endpoint_text(f"{server}/query", COUNTS).values()
    return {str(graph).removeprefix(DATA): int(str(count)) for graph, count in rows}


@pytest.mark.parametrize("path", ["store", "update"])
def test_what_a_build_has_no_more_is_there_no_more(path: str, own_server: str) -> None:
    other = "https://example.org/graph/of-others"
    push(graphs(other), f"{own_server}/store")
    push(graphs("article/a", "article/b", "graph/derived", "graph/history"), f"{own_server}/{path}")
    done = push(graphs("article/b", "article/c", "graph/derived"), f"{own_server}/{path}")
    assert (done.graphs, done.removed) == (3, 2)
    kept = {"article/b": 2, "article/c": 2, "graph/derived": 2, other: 2}
    assert standing(own_server) == kept
    elsewhere = "https://press.example/kg/"
    push(graphs(f"{elsewhere}article/a"), f"{own_server}/{path}", base=elsewhere)
    assert standing(own_server) == kept | {f"{elsewhere}article/a": 2}
    push(Dataset.of([]), f"{own_server}/{path}", base=elsewhere)
    assert standing(own_server) == kept


@pytest.mark.parametrize(("path", "size"), [("store", BODY + 2), ("update", BATCH + 2)])
def test_a_graph_of_more_than_one_request_is_whole(path: str, size: int, own_server: str) -> None:
    for _ in range(2):
        done = push(graphs("graph/derived", size=size), f"{own_server}/{path}")
        assert done == Pushed("gsp" if path == "store" else "update", 1, size, done.removed)
    assert standing(own_server)["graph/derived"] == size


@pytest.mark.parametrize("path", ["store", "update"])
def test_statements_in_no_graph_are_in_none_there(path: str, own_server: str) -> None:
    unnamed = Quad(NAME, NAME, Literal("in none"))
    for _ in range(2):
        done = push(Dataset.of([*graphs("article/a").quads(), unnamed]), f"{own_server}/{path}")
        assert (done.graphs, done.statements) == (2, 3)
    assert standing(own_server) == {"article/a": 2}
    with urlopen(f"{own_server}/store?default", timeout=10) as response:  # noqa: S310 - loopback
        assert response.read().count(b"in none") == 1


def test_blank_nodes_stay_one_where_a_graph_is_cut(own_server: str) -> None:
    node = BlankNode("one")
    quads = [Quad(node, NAME, Literal(at), _graph("graph/blank")) for at in range(BATCH * 2)]
    push(Dataset.of(quads), f"{own_server}/update")
    text = "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH <graph/blank> { ?s ?p ?o } }"
    assert ask_endpoint_text(f"{own_server}/query", text).values() == [["1"]]


def test_a_store_that_does_not_tell_its_graphs_is_not_changed(own_server: str) -> None:
    push(graphs("article/a"), f"{own_server}/store")
    before = standing(own_server)
    with pytest.raises(EndpointError, match="404"):
        push(graphs("article/b"), f"{own_server}/store", asked=f"{own_server}/nowhere")
    assert standing(own_server) == before


def test_known_stores_are_asked_in_the_same_place() -> None:
    """Every ending is an address of its own, and none hides one below it."""
    told = yaml.safe_load(Path("kg/queries/data/stores.yaml").read_text("utf-8"))["stores"]
    ends = [Known(**each).ends for each in told]
    for at, ending in enumerate(ends):
        assert not any(ending.endswith(earlier) for earlier in ends[:at]), ending


# ---- servers that want a password ------------------------------------------------


@dataclass
class Guard:
    """What a server wants, and what it was asked."""

    scheme: str
    algorithm: str = "MD5"
    nonce: str = "n0"
    refused: int = 0
    let_in: list[str] = field(default_factory=list)

    def challenge(self) -> str:
        if self.scheme != "Digest":
            return f'{self.scheme} realm="SPARQL"'
        self.nonce = secrets.token_hex(8)
        return (
            f'Digest realm="SPARQL", nonce="{self.nonce}", opaque="x", stale="false", qop="auth",'
            f' algorithm="{self.algorithm}"'
        )

    def lets_in(self, method: str, told: str) -> bool:
        """Follow RFC 7616 from the other side."""
        if self.scheme == "Basic":
            return told == f"Basic {b64encode('zoë:pass wörd'.encode()).decode()}"
        if not told.startswith("Digest "):
            return False
        given = dict(re.findall(r'(\w+)="?([^",]*)"?', told[7:]))
        one = self._hash("zoë:SPARQL:pass wörd")
        two = self._hash(f"{method}:{given['uri']}")
        middle = f"{self.nonce}:{given['nc']}:{given['cnonce']}:auth"
        return bool(given["response"] == self._hash(f"{one}:{middle}:{two}"))

    def _hash(self, text: str) -> str:
        return hashlib.new(self.algorithm.replace("-", ""), text.encode()).hexdigest()


class Guarded(BaseHTTPRequestHandler):
    guard: Guard

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        told = self.headers["Authorization"] or ""
        if not self.guard.lets_in(self.command, told):
            self.guard.refused += 1
            self.send_response(401)
            self.send_header("WWW-Authenticate", self.guard.challenge())
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.guard.let_in.append(f"{self.command} {unquote(self.path)}")
        body = b'{"head": {"vars": ["graph"]}, "results": {"bindings": []}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_PUT = do_DELETE = do_POST  # noqa: N815 - as the library names them

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(params=["Basic", "Digest MD5", "Digest SHA-256", "Negotiate"])
def guarded(request: pytest.FixtureRequest) -> Iterator[tuple[str, Guard]]:
    scheme, _, algorithm = request.param.partition(" ")
    guard = Guard(scheme, algorithm or "MD5")
    handler = type("Own", (Guarded,), {"guard": guard})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}", guard
        running.shutdown()
        thread.join()


ACCESS = Access("zoë", "pass wörd")


def test_a_password_is_asked_for_once(guarded: tuple[str, Guard]) -> None:
    address, guard = guarded
    url = f"{address}/sparql-graph-crud-auth"
    dataset = graphs("article/a", "article/b", "article/c")
    if guard.scheme == "Negotiate":
        with pytest.raises(EndpointError, match="in no way known here"):
            push(dataset, url, access=ACCESS)
        return
    assert push(dataset, url, access=ACCESS).graphs == 3
    assert guard.refused == 1
    assert guard.let_in[0] == "POST /sparql"
    assert [each.partition("?")[0] for each in guard.let_in[1:]] == [
        "PUT /sparql-graph-crud-auth"
    ] * 3


@pytest.mark.parametrize("access", [None, Access("zoë", "guessed")])
def test_who_is_not_let_in_is_told_so(access: Access | None, guarded: tuple[str, Guard]) -> None:
    address, guard = guarded
    if guard.scheme == "Negotiate":
        return
    with pytest.raises(EndpointError, match="401") as told:
        push(graphs("article/a"), f"{address}/sparql-graph-crud-auth", access=access)
    assert "guessed" not in str(told.value)
    assert not guard.let_in
    assert guard.refused == (1 if access is None else 2)


def test_a_challenge_that_ran_out_is_answered_anew(guarded: tuple[str, Guard]) -> None:
    address, guard = guarded
    if not guard.scheme.startswith("Digest"):
        return
    sender = Sender(address, ACCESS)
    for _ in range(2):
        sender.form(f"{address}/x", "*/*", {"query": "ASK {}"})
        guard.challenge()  # the one that was answered is forgotten
    assert guard.refused == 2
    assert len(guard.let_in) == 2


def test_a_password_stays_with_its_host(guarded: tuple[str, Guard]) -> None:
    address, guard = guarded
    sender = Sender("http://127.0.0.1:9/store", ACCESS)
    with pytest.raises(OSError, match="401"):
        sender.form(f"{address}/x", "*/*", {"query": "ASK {}"})
    assert guard.refused == 1
    assert "pass wörd" not in repr(ACCESS)
