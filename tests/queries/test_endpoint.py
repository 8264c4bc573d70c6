"""Questions and builds sent to a real server on loopback, and servers that misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import EndpointError, QueryError
from kg.graph.model import Dataset
from kg.queries.catalogue import catalogue, find_question, question_of
from kg.queries.endpoint import Endpoint, ask_endpoint, ask_endpoint_text
from kg.queries.model import Question
from kg.queries.push import BATCH, push
from kg.queries.run import run, run_text

HOSTILE = '"}} ; DROP ALL ; INSERT DATA { <a:a> <a:b> "\\u0022 \n\r\t\\ \u2028 \U0001f4a5 \x00'


@pytest.fixture(scope="module")
def every_case(case_of: Callable[[Question], Any]) -> Dataset:
    """All the small graphs of the bundled questions together."""
    cases = map(case_of, catalogue())
    return Dataset.of(quad for case in cases for quad in case.dataset().quads())


@pytest.mark.parametrize("name", ["server", "union_server"])
def test_bundled_questions_give_the_same_rows_remotely(
    name: str,
    every_case: Dataset,
    case_of: Callable[[Question], Any],
    request: pytest.FixtureRequest,
) -> None:
    address = request.getfixturevalue(name)
    push(every_case, f"{address}/store", "gsp")
    endpoint = Endpoint(f"{address}/query")
    answered = 0
    for question in catalogue():
        parameters = case_of(question).parameters()
        here = run(every_case, question, parameters)
        there = endpoint.run(question, parameters)
        assert (there.columns, there.rows) == (here.columns, here.rows), question.name
        answered += bool(here.rows)
    assert answered >= 0.9 * len(catalogue())
    assert bool(endpoint.graphs()) == (name == "server")


def hostile_dataset(graph: str) -> Dataset:
    """More statements than one batch holds, with values that would break out of a text."""
    node = [NamedNode(f"https://example.org/{n}") for n in range(BATCH + 5)]
    name = NamedNode(f"https://example.org/graph/{graph}")
    return Dataset.of(Quad(each, node[0], Literal(HOSTILE), name) for each in node)


@pytest.mark.parametrize(
    ("path", "asked", "spoken"),
    [
        ("store", "gsp", "gsp"),
        ("store", "auto", "gsp"),
        ("update", "update", "update"),
        ("update", "auto", "update"),
    ],
)
def test_push_brings_every_statement_whole(path: str, asked: str, spoken: str, server: str) -> None:
    dataset = hostile_dataset("hostile")
    for _ in range(2):  # the second time replaces the first
        done = push(dataset, f"{server}/{path}", asked)
        assert (done.protocol, done.graphs, done.statements) == (spoken, 1, len(dataset))
    text = "SELECT ?s ?p ?o { ?s <https://example.org/0> ?o ; ?p ?o } ORDER BY ?s"
    there = ask_endpoint_text(f"{server}/query", text)
    assert there.rows == run_text(dataset, text).rows
    assert len(there) == len(dataset)


def test_push_replaces_a_graph_and_leaves_others_alone(server: str) -> None:
    one, other = hostile_dataset("one"), hostile_dataset("other")
    push(one, f"{server}/store")
    push(other, f"{server}/store")
    smaller = Dataset.of(list(one.quads())[:3])
    push(smaller, f"{server}/store")
    counts = """
      SELECT ?g (COUNT(*) AS ?n) {
        GRAPH ?g { ?s ?p ?o }
        FILTER(STRSTARTS(STR(?g), "https://example.org/graph/o"))
      }
      GROUP BY ?g ORDER BY ?g
    """
    found = ask_endpoint_text(f"{server}/query", counts).values()
    assert [count for _, count in found] == ["3", str(len(other))]


def test_every_form_of_query_is_answered_alike(server: str, dataset: Dataset) -> None:
    push(dataset, f"{server}/store")
    for text in (
        "ASK { <state/NO> a cmq:State }",
        "ASK { <state/NO> a cmq:Place }",
        "# CONSTRUCT it\nSELECT ?s { ?s a cmq:State } ORDER BY ?s",
        "CONSTRUCT { ?s a cmq:Thing } WHERE { ?s cmq:alpha2 'NO' }",
        "DESCRIBE <commitment/c1>",
    ):
        here = run_text(dataset, text)
        assert ask_endpoint_text(f"{server}/query", text) == here
        assert here.rows or here.form == "ask"


def test_limit_says_that_rows_were_left_out(server: str, dataset: Dataset) -> None:
    push(dataset, f"{server}/store")
    question = find_question("commitments-of-a-state")
    found = ask_endpoint(f"{server}/query", question, {"state": "Norway"}, limit=1)
    assert (len(found), found.truncated) == (1, True)


def test_faulty_query_is_told_without_asking() -> None:
    with pytest.raises(QueryError, match=r"mine:1:11: .*did you mean FILTER"):
        ask_endpoint_text("http://127.0.0.1:9/", "SELECT * {FILTR(1)}", "mine")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        ask_endpoint_text("http://127.0.0.1:9/", "SELECT * { SERVICE <x:y> { ?s ?p ?o } }")


# ---- servers that misbehave ------------------------------------------------------


class Misbehaving(BaseHTTPRequestHandler):
    """Answers by path, with one fault each."""

    hits: ClassVar[list[str]] = []
    results: ClassVar[dict[str, tuple[int, str, bytes]]] = {
        "/page": (200, "text/html", b"<p>Welcome</p>"),
        "/broken": (200, "application/sparql-results+json", b'{"head": {"vars": ["s"]'),
        "/shapeless": (200, "application/sparql-results+json", b'{"head": {}, "results": 5}'),
        "/deep": (200, "application/sparql-results+json", b"[" * 100_000),
        "/missing": (404, "text/plain", b"nothing here"),
        "/forbidden": (403, "text/plain", b"not for you"),
        "/failing": (500, "text/plain", b"out of memory"),
        "/refusing": (400, "text/plain", b"line 1: no"),
    }

    def do_POST(self) -> None:
        self.hits.append(self.path)
        self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/slow":
            time.sleep(2.5)
        if self.path == "/elsewhere":
            self.send_response(303)
            self.send_header("Location", f"http://localhost:{self.server.server_port}/page")  # type: ignore[attr-defined]
            self.end_headers()
            return
        status, media_type, body = self.results.get(
            self.path.partition("?")[0], (200, "text/html", b"")
        )
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_POST  # noqa: N815 - likewise

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """Says nothing of callers that gave up."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[str]:
    with Quiet(("127.0.0.1", 0), Misbehaving) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


ALL = question_of("all", "SELECT ?s { ?s ?p ?o }")
TRIPLES = question_of("triples", "CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/page", "answers in text/html"),
        ("/broken", "ill-formed"),
        ("/shapeless", "ill-formed"),
        ("/deep", "ill-formed"),
        ("/missing", "nothing here"),
        ("/forbidden", "HTTP status 403"),
        ("/failing", "out of memory"),
    ],
)
@pytest.mark.parametrize("question", [ALL, TRIPLES], ids=["select", "construct"])
def test_a_misbehaving_server_is_an_error_of_the_endpoint(
    path: str, told: str, question: Question, misbehaving: str
) -> None:
    with pytest.raises(EndpointError, match=told) as error:
        ask_endpoint(misbehaving + path, question)
    assert error.value.source == misbehaving + path


def test_what_the_server_refuses_is_an_error_of_the_query(misbehaving: str) -> None:
    with pytest.raises(QueryError, match="line 1: no"):
        ask_endpoint(f"{misbehaving}/refusing", ALL)


def test_a_redirect_to_another_host_is_not_believed(misbehaving: str) -> None:
    with pytest.raises(EndpointError, match="redirects to http://localhost"):
        ask_endpoint(f"{misbehaving}/elsewhere", ALL)


def test_a_slow_server_is_given_up(misbehaving: str) -> None:
    with pytest.raises(EndpointError, match="no answer in time"):
        Endpoint(f"{misbehaving}/slow", timeout=1).run(ALL)


def test_nobody_listening_is_said_so(dataset: Dataset) -> None:
    with pytest.raises(EndpointError, match="is it running"):
        ask_endpoint("http://127.0.0.1:9/sparql", ALL)
    with pytest.raises(EndpointError, match="is it running"):
        push(dataset, "http://127.0.0.1:9/store")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.org/", "nonsense", "http://["]
)
def test_only_web_addresses_are_asked(url: str, dataset: Dataset) -> None:
    with pytest.raises(EndpointError, match="not a web address"):
        ask_endpoint(url, ALL)
    with pytest.raises(EndpointError, match="not a web address"):
        push(dataset, url)


@pytest.mark.parametrize("protocol", ["gsp", "update", "auto"])
def test_a_push_that_is_refused_is_an_error(
    protocol: str, misbehaving: str, dataset: Dataset
) -> None:
    with pytest.raises(EndpointError, match="403"):
        push(dataset, f"{misbehaving}/forbidden", protocol)


def test_an_unknown_protocol_is_told(dataset: Dataset) -> None:
    with pytest.raises(EndpointError, match="give one of auto, gsp, update"):
        push(dataset, "http://127.0.0.1:9/", "ftp")
