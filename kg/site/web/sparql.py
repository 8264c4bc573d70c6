"""SPARQL 1.1 by its Protocol, to read only: a request in, the whole result or a refusal out.

What is asked is checked by its tokens before any parser sees it: updates, SERVICE and LOAD are
refused, and so is what is longer or nests deeper than engines bear. It is answered by a process of
its own with a deadline; no first byte leaves before the last is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO, Final
from urllib.parse import parse_qsl, urlencode

from pyoxigraph import NamedNode

from kg.errors import KgError
from kg.queries.model import Question
from kg.site.model import Holding
from kg.site.web.negotiation import best
from kg.site.web.problems import Problem, problem_of

MOST: Final = 256 * 1024  # bytes of a request: 64 kB of text, percent-encoded
FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_HTML: Final = "text/html"
_FIELDS: Final = 1000
_QUERY: Final = "the query"

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_CSV, _TSV = "text/csv", "text/tab-separated-values"
ROWS: Final = {
    _JSON: _JSON, _XML: _XML, _CSV: _CSV, _TSV: _TSV,
    "application/json": _JSON, "application/xml": _XML, "text/xml": _XML, "text/plain": _TSV,
}  # fmt: skip
VERDICTS: Final = {
    _JSON: _JSON, _XML: _XML, "application/json": _JSON, "application/xml": _XML,
    "text/xml": _XML, _CSV: _CSV, _TSV: _TSV, "text/plain": _CSV,
}  # fmt: skip
GRAPHS: Final = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/rdf+xml": "application/rdf+xml",
    "application/ld+json": "application/ld+json",
    "application/trig": "application/trig",
    "application/n-quads": "application/n-quads",
    "text/plain": "application/n-triples",
    "application/xml": "application/rdf+xml",
    "application/json": "application/ld+json",
    "text/n3": "text/turtle",
}
"""What may be asked for -> what is written; the first are what a client gets that does not say."""

_NAMES: Final = {
    "json": _JSON, "srj": _JSON, "xml": _XML, "srx": _XML, "csv": _CSV, "tsv": _TSV,
    "ttl": "text/turtle", "turtle": "text/turtle", "nt": "application/n-triples",
    "ntriples": "application/n-triples", "rdf": "application/rdf+xml",
    "rdfxml": "application/rdf+xml", "jsonld": "application/ld+json",
    "trig": "application/trig", "nq": "application/n-quads", "html": _HTML,
}  # fmt: skip


class RefusedError(Exception):
    """A request that is no query that may be asked here."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks."""

    query: str | None = None  # None: what this endpoint is
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a query, whole, in a file to be read."""

    content_type: str
    file: IO[bytes] = field(repr=False)


def from_address(query: str) -> Asked:
    """Read what a GET request asks."""
    return _asked(_pairs(query.encode("latin-1")))


def from_body(query: str, content_type: str, body: bytes) -> Asked:
    """Read what a POST request asks, in a form or directly."""
    kind, _, rest = content_type.partition(";")
    kind = kind.strip().lower()
    around = _pairs(query.encode("latin-1"))
    if kind == FORM:
        return _asked([*around, *_pairs(body)])
    if kind == _UPDATE:
        raise _update()
    if kind != QUERY:
        reason = f"send a query as {FORM} or as {QUERY}"
        raise _refused(415, reason)
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(' "')
    if charset not in {"", "utf-8", "utf8"}:
        raise _refused(415, "a query is sent in UTF-8")
    if any(name == "query" for name, _ in around):
        raise _refused(400, "there is a query in the address and another in the body; send one")
    return _asked([*around, ("query", _text(body))])


def _asked(pairs: Sequence[tuple[str, str]]) -> Asked:
    def every(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in pairs if key == name)

    if any(key in {"update", "using-graph-uri", "using-named-graph-uri"} for key, _ in pairs):
        raise _update()
    queries = every("query")
    if len(queries) > 1:
        raise _refused(400, f"there are {len(queries)} queries; send one at a time")
    graphs = every("default-graph-uri"), every("named-graph-uri")
    for name in (*graphs[0], *graphs[1]):
        check_graph(name)
    told = (*every("format"), *every("output"), *every("results"))
    return Asked(queries[0] if queries else None, *graphs, told[0] if told else "")


def check_graph(name: str) -> None:
    """Refuse what is no absolute IRI."""
    try:
        NamedNode(name)
    except ValueError:
        raise _refused(400, f"{name[:200]!r} names no graph; give its whole IRI") from None


def _pairs(data: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            data.decode("ascii", "strict") if data.isascii() else data.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_FIELDS,
        )
    except (UnicodeDecodeError, ValueError):
        raise _refused(400, "this is no form in UTF-8; percent-encode its values") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise _refused(400, "the query is not in UTF-8; encode it so") from None


def media_type(form: str, asked: Asked, accept: str) -> tuple[str, str]:
    """Choose in which media type an answer of a form is sent, and what writes it."""
    known = {"select": ROWS, "ask": VERDICTS}.get(form, GRAPHS)
    if asked.format:
        name = asked.format.strip().lower()
        kind: str | None = _NAMES.get(name, name)
        if kind == _JSON and known is GRAPHS:
            kind = "application/ld+json"
        if kind == _XML and known is GRAPHS:
            kind = "application/rdf+xml"
    else:
        kind = best(accept, tuple(known))
    if kind not in known:
        reason = f"the answer to this query is to be had as {', '.join(dict.fromkeys(known))}"
        raise _refused(406, reason)
    return kind, known[kind]


def is_for_readers(asked: Asked, accept: str, form: str = "select") -> bool:
    """Say whether a page is wanted rather than data."""
    if asked.format:
        return _NAMES.get(asked.format.strip().lower()) == _HTML
    known = {"select": ROWS, "ask": VERDICTS}.get(form, GRAPHS)
    return best(accept, (*known, _HTML)) == _HTML


def editor(asked: Asked) -> str:
    """Give the address of the page for readers, from that of the endpoint."""
    pairs = [("query", asked.query or "")]
    pairs += [("default-graph-uri", each) for each in asked.default_graphs]
    pairs += [("named-graph-uri", each) for each in asked.named_graphs]
    return f"editor?{urlencode(pairs)}" if asked.query else "editor"


def ask(holding: Holding, asked: Asked, accept: str) -> Result:
    """Answer a query."""
    text = asked.query or ""
    try:
        form = holding.inspect(Question(_QUERY, "", text))
        kind, written = media_type(form, asked, accept)
        protocol = bool(asked.default_graphs or asked.named_graphs)
        file = holding.serialise(
            Question(_QUERY, "", text),
            written,
            asked.default_graphs if protocol else None,
            asked.named_graphs if protocol else None,
        )
    except KgError as error:
        raise RefusedError(problem_of(error)) from error
    return Result(f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, file)


def _refused(status: int, reason: str) -> RefusedError:
    return RefusedError(Problem(status, reason))


def _update() -> RefusedError:
    return _refused(403, "this endpoint is to be read only; nothing here changes data")
