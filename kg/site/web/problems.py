"""What went wrong, told in the form that was asked for: a status and a reason in, an answer out.

Reasons are written for clients; nothing of this process, its files or its errors is told. A
problem is told even to a client that accepts none of its forms.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import BusyError, KgError, LimitError, QueryError, SizeError, WorkerError
from kg.queries.model import Rows, Term
from kg.site.forms import CSV, GRAPHS, HTML, Form, Writer, csv_bytes, graph_bytes
from kg.site.looking import node
from kg.site.model import Page
from kg.site.web.answers import Answer, Headers
from kg.site.web.negotiation import best
from kg.terms import PREFIXES

_HTTP: Final = "http://www.w3.org/2011/http#"
_PLAIN: Final = "text/plain"
_PROBLEM: Final = "application/problem+json"
_JSONS: Final = (_PROBLEM, "application/json", "application/sparql-results+json")
_GRAPHS: Final = {form.media_type: form for form in GRAPHS}
_ORDER: Final = (_PLAIN, HTML.media_type, *_JSONS, *_GRAPHS, CSV.media_type)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    status: int
    reason: str
    path: str = "problem"  # the address that was asked for, so that links lead home
    about: str | None = None
    quads: tuple[Quad, ...] = ()  # what is said of it all the same
    alternatives: Mapping[str, str] = field(default_factory=dict)  # link -> what it is
    headers: Headers = ()

    @property
    def title(self) -> str:
        """Its status in words."""
        return HTTPStatus(self.status).phrase


def problem_of(error: KgError) -> Problem:
    """Tell an error of ours to a client."""
    match error:
        case BusyError():
            wait = (("Retry-After", str(error.wait)),)
            return Problem(429 if error.client else 503, str(error), headers=wait)
        case SizeError():
            return Problem(413, str(error))
        case LimitError():
            return Problem(504, str(error))
        case WorkerError():
            reason = "the answer is lost: it needs more memory than a query may take; ask for less"
            return Problem(503, reason, headers=(("Retry-After", "10"),))
        case QueryError():
            return Problem(400, str(error))
    return Problem(500, "This cannot be answered.")


def told(problem: Problem, accept: str, writer: Writer | None, form: Form | None = None) -> Answer:
    """Tell a problem in the form of the address, else in the one that the client likes best."""
    if form is not None:
        kind = _PROBLEM if form.extension == "json" else form.media_type
    else:
        kind = best(accept, _ORDER) or _PLAIN
    body = _body(problem, kind, writer)
    if kind in {_PLAIN, HTML.media_type, "text/turtle", CSV.media_type}:
        kind += "; charset=utf-8"
    return Answer(problem.status, body, kind, (("Vary", "Accept"), *problem.headers))


def _body(problem: Problem, kind: str, writer: Writer | None) -> bytes:
    if kind in _JSONS:
        return _json(problem)
    if kind == CSV.media_type:
        row = (Term("literal", str(problem.status)), *map(_text, (problem.title, problem.reason)))
        return csv_bytes(Rows(("status", "title", "detail"), (row,)))
    if kind in _GRAPHS:
        return graph_bytes(_quads(problem), _GRAPHS[kind], "")
    if kind == HTML.media_type and writer is not None:
        context = {"reason": problem.reason, "alternatives": dict(problem.alternatives)}
        page = Page(problem.path, problem.title, "error.html", context)
        return writer.write(page, HTML)
    if kind == HTML.media_type:
        return b"<!doctype html><title>Error</title><p>" + problem.title.encode() + b"\n"
    lines = [f"{problem.status} {problem.title}", problem.reason]
    lines += [f"  {link}  {title}" for link, title in problem.alternatives.items()]
    return "\n".join(lines).encode("utf-8", "replace") + b"\n"


def _json(problem: Problem) -> bytes:
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.reason,
    }
    if problem.about:
        said["about"] = problem.about
    if problem.alternatives:
        said["alternatives"] = [
            {"href": link, "title": title} for link, title in problem.alternatives.items()
        ]
    return json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _quads(problem: Problem) -> list[Quad]:
    at = BlankNode("problem")
    code = Literal(str(problem.status), datatype=NamedNode(f"{PREFIXES['xsd']}integer"))
    said = [
        Quad(at, node("rdf:type"), NamedNode(f"{_HTTP}Response")),
        Quad(at, NamedNode(f"{_HTTP}statusCodeValue"), code),
        Quad(at, NamedNode(f"{_HTTP}reasonPhrase"), Literal(problem.title)),
        Quad(at, node("rdfs:comment"), Literal(problem.reason)),
    ]
    return [*said, *problem.quads]


def _text(text: str) -> Term:
    return Term("literal", text)
