"""A SPARQL endpoint and a question in, rows out: the same rows as from a build of one's own.

Our questions are asked over the union of all graphs. Where the default graph of an endpoint is
not that union, the named graphs are listed once and sent along by the means that the protocol
has for it (`default-graph-uri`), so that any conforming store will do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from pyoxigraph import RdfFormat, parse
from SPARQLWrapper import CONSTRUCT, JSON, POST, SELECT, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from kg.errors import AddressError, EndpointError, QueryError
from kg.queries.binding import bind, with_prefixes
from kg.queries.catalogue import question_of, read_question
from kg.queries.gate import check, names_graphs
from kg.queries.model import TRIPLE, Question, Rows, Term
from kg.queries.parameters import Look, terms_of
from kg.queries.run import form_of, to_term
from kg.resources import data_file
from kg.terms import DATA

TIMEOUT: Final = 60
LARGEST: Final = 256 * 1024 * 1024  # bytes of one answer
_TRIPLES: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
}
_ANSWER: Final = re.compile(r"\nResponse:\nb(?P<mark>['\"])(?P<said>.*)(?P=mark)\Z", re.DOTALL)
_KINDS: Final = {"uri": "uri", "bnode": "bnode", "literal": "literal", "typed-literal": "literal"}


@dataclass(slots=True)
class Endpoint:
    """A SPARQL endpoint; which graphs it has to be asked over is found out once."""

    url: str
    timeout: int = TIMEOUT
    base: str = DATA
    _graphs: tuple[str, ...] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        check_address(self.url)

    def run(
        self,
        question: Question,
        parameters: Mapping[str, str] | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Answer a question; values of parameters are as a user types them."""
        check(question.name, question.text)
        form_of(question.name, question.text, self.base)  # a faulty query troubles no server
        terms = terms_of(question, parameters or {}, Look(self._ask, self.base))
        return cut(self._ask(question, terms), limit)

    def _ask(self, question: Question, terms: Mapping[str, Term]) -> Rows:
        text = bind(question.name, question.text, terms)
        graphs = () if names_graphs(text) else self.graphs()
        return self._send(question.name, text, graphs)

    def graphs(self) -> tuple[str, ...]:
        """Name the graphs to send along; none where the default graph is their union."""
        if self._graphs is None:
            union = _bundled("default-graph-is-union.rq")
            listing = _bundled("named-graphs.rq")
            if self._send(union.name, union.text, ()).verdict:
                self._graphs = ()
            else:
                rows = self._send(listing.name, listing.text, ()).values()
                self._graphs = tuple(graph for (graph,) in rows)
        return self._graphs

    def _send(self, name: str, text: str, graphs: tuple[str, ...]) -> Rows:
        triples = form_of(name, text, self.base) == "graph"
        request = wrapper(self.url, self.timeout)
        request.setQuery(with_prefixes(text, self.base))
        request.queryType = CONSTRUCT if triples else SELECT  # its own guess reads comments too
        for graph in graphs:
            request.addParameter("default-graph-uri", graph)
            request.addParameter("named-graph-uri", graph)
        request.setReturnFormat(TURTLE if triples else JSON)
        with endpoint_errors(self.url, name):
            media_type, body = received(self.url, request)
        if triples:
            return _triples(self.url, media_type, body)
        return _bindings(self.url, media_type, body)


def ask_endpoint(
    url: str,
    question: Question,
    parameters: Mapping[str, str] | None = None,
    limit: int | None = None,
    base: str = DATA,
) -> Rows:
    """Answer a question from an endpoint, as `run` does from a dataset."""
    return Endpoint(url, base=base).run(question, parameters, limit)


def ask_endpoint_text(
    url: str, text: str, source: str = "query", limit: int | None = None, base: str = DATA
) -> Rows:
    """Answer one's own query from an endpoint; `source` names it in errors."""
    return ask_endpoint(url, question_of(source, text), limit=limit, base=base)


def wrapper(url: str, timeout: int) -> Any:
    """Give a request by POST to an address."""
    request = SPARQLWrapper(url, agent="communique")
    request.setMethod(POST)
    request.setOnlyConneg(True)
    request.setTimeout(timeout)
    return request


def check_address(url: str) -> None:
    """Refuse what is no web address: no file is read, no other protocol is spoken."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        usable = False
    if not usable:
        raise AddressError(url, "not a web address; give http://… or https://…")


def received(url: str, request: Any) -> tuple[str, bytes]:
    """Send a request; give the media type and body of the answer."""
    response = request.query().response
    with response:
        if urlsplit(response.geturl()).netloc != urlsplit(url).netloc:
            raise EndpointError(url, f"redirects to {response.geturl()}; give that address itself")
        body = response.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise EndpointError(url, f"answers with more than {LARGEST:,} bytes; add a LIMIT")
    return response.headers.get_content_type(), body


@contextmanager
def endpoint_errors(url: str, name: str) -> Iterator[None]:
    """Say what an endpoint did instead of answering."""
    try:
        yield
    except QueryBadFormed as error:
        raise QueryError(name, f"refused by {url}: {_brief(error)}") from error
    except SPARQLWrapperException as error:
        raise EndpointError(url, f"{_brief(error)}; check the address") from error
    except HTTPError as error:
        with error:
            told = error.read(500).decode("utf-8", "replace")
        reason = f"HTTP status {error.code} ({error.reason}) {told}".strip()
        raise EndpointError(url, f"{reason}; check address and rights") from error
    except TimeoutError as error:
        raise EndpointError(url, "no answer in time; simplify the query or try later") from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise EndpointError(url, "no answer in time; is the address right?") from error
        raise EndpointError(url, f"cannot be reached ({error.reason}); is it running?") from error
    except (OSError, HTTPException) as error:
        raise EndpointError(url, f"broke off ({error!r}); try again") from error


def cut(rows: Rows, limit: int | None) -> Rows:
    """Keep the first rows; say whether there were more."""
    if limit is None or len(rows) <= limit:
        return rows
    return Rows(rows.columns, rows.rows[:limit], rows.form, truncated=True)


def _brief(error: SPARQLWrapperException) -> str:
    r"""Give what the server said, else what the library makes of it, on one line.

    >>> _brief(SPARQLWrapperException(b"no such service\nhere"))
    'no such service here'
    """
    told = _ANSWER.search(str(error))
    said = told["said"].replace("\\n", " ") if told else error.msg
    return " ".join(said.split())[:300]


def _bundled(name: str) -> Question:
    return read_question(data_file("queries", name))


def _bindings(url: str, media_type: str, body: bytes) -> Rows:
    if media_type not in {"application/sparql-results+json", "application/json"}:
        reason = f"answers in {media_type}, not in SPARQL results JSON"
        raise EndpointError(url, f"{reason}; is this the address of the SPARQL service?")
    try:
        found = json.loads(body)
        if "boolean" in found:
            return Rows((), (), "ask", bool(found["boolean"]))
        columns = tuple(found["head"]["vars"])
        bindings = found["results"]["bindings"]
        rows = tuple(tuple(map(_term, map(row.get, columns))) for row in bindings)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EndpointError(url, f"its SPARQL results are ill-formed ({error!r})") from error
    return Rows(columns, rows)


def _term(found: dict[str, str] | None) -> Term | None:
    if found is None:
        return None
    kind: Any = _KINDS[found["type"]]
    return Term(kind, found["value"], found.get("datatype"), found.get("xml:lang"))


def _triples(url: str, media_type: str, body: bytes) -> Rows:
    rdf_format = _TRIPLES.get(media_type)
    if rdf_format is None:
        reason = (
            f"answers in {media_type}, not in Turtle; is this the address of the SPARQL service?"
        )
        raise EndpointError(url, reason)
    try:
        triples = {tuple(map(str, each.triple)): each for each in parse(body, rdf_format)}
    except SyntaxError as error:
        raise EndpointError(url, f"its triples are ill-formed ({error})") from error
    rows = (tuple(map(to_term, quad.triple)) for _, quad in sorted(triples.items()))
    return Rows(TRIPLE, tuple(rows), "graph")
