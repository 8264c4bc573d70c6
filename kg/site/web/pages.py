"""Pages and documents by address: what a client asks for in, an answer out.

The address of a resource leads to a document about it (303), whose extension says its form. Lists
and other pages are sent from their own address in the form that the client likes best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.errors import GraphError, KgError
from kg.site.addresses import relative
from kg.site.forms import HTML, Form, forms_of
from kg.site.model import Asked, Document, Page
from kg.site.web.answers import Answer, Headers
from kg.site.web.negotiation import chosen, named, split
from kg.site.web.problems import Problem, problem_of, told
from kg.site.web.state import State, spellings

_FRESH: Final = ("Cache-Control", "no-cache")
_LATER: Final = "5"  # seconds until it is worth asking again
_MOST: Final = 100  # values behind the question mark


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client asks for: the address as it came, without a slash at the beginning."""

    path: str
    query: str = ""
    accept: str = "*/*"


def answer(state: State, wanted: Wanted) -> Answer:
    """Answer a request for a page or a document."""
    try:
        asked = _together(parse_qsl(wanted.query, keep_blank_values=True, max_num_fields=_MOST))
    except ValueError:
        reason = f"More than {_MOST} values stand in this address."
        return told(Problem(400, reason, wanted.path), wanted.accept, state.writer)
    document = state.document(wanted.path)
    if document is not None:
        return _document(state, wanted, document, asked)
    form_name = asked.pop("format", "")
    told_form = named(form_name) if form_name else None
    if form_name and told_form is None:
        reason = f"{form_name[:40]!r} is no form of a page; ask for html, ttl, jsonld, json, csv …"
        return told(Problem(406, reason, wanted.path), wanted.accept, state.writer)
    try:
        return _Finding(state, wanted, asked, told_form).answer()
    except KgError as error:
        problem = replace(problem_of(error), path=wanted.path)
        return told(problem, wanted.accept, state.writer, split(wanted.path)[1])


def _document(state: State, wanted: Wanted, document: Document, asked: Asked) -> Answer:
    try:
        body = document.make(asked)
    except KgError as error:
        return told(replace(problem_of(error), path=wanted.path), wanted.accept, state.writer)
    etag = state.etag(wanted.path, "", wanted.query)
    return Answer(200, body, document.media_type, (_FRESH,), etag)


class _Finding:
    """Looks for the page at an address."""

    def __init__(
        self, state: State, wanted: Wanted, asked: dict[str, str], form: Form | None
    ) -> None:
        self._state, self._wanted, self._asked, self._form = state, wanted, asked, form

    def answer(self) -> Answer:
        """Send the page, or where to find it, or why there is none."""
        path = self._wanted.path or "index"
        for spelling in spellings(path):
            page = self._state.page(spelling, self._asked)
            if page is not None:
                return self._found(page)
        stem, extension = split(path)
        if extension is not None:
            for spelling in spellings(stem):
                page = self._state.page(spelling, self._asked)
                if page is not None:
                    self._form = extension
                    return self._sent(page)
        return self._problem(404, "Nothing is at this address.", form=extension)

    def _found(self, page: Page) -> Answer:
        """Send a page from its own address, or lead from a resource to its document."""
        is_resource = page.about and self._state.addresses.path(page.about) == page.path
        if not is_resource or page.moved or page.gone:
            return self._sent(page)
        forms = forms_of(page)
        form = self._form or chosen(self._wanted.accept, forms)
        if form not in forms:
            return self._none_acceptable(page, forms)
        headers = (("Location", self._with_query(self._document(page, form))), *_links(page, forms))
        return Answer(303, b"", headers=(("Vary", "Accept"), _FRESH, *headers))

    def _sent(self, page: Page) -> Answer:
        if page.moved or page.gone:
            return self._retired(page)
        forms = forms_of(page)
        form = self._form or chosen(self._wanted.accept, forms)
        if form is None or form not in forms:
            return self._none_acceptable(page, forms)
        if page.see and form == HTML:
            at = ("Location", relative(page.see, self._wanted.path or "index"))
            return Answer(303, headers=(("Vary", "Accept"), _FRESH, at))
        try:
            body = self._state.writer.write(page, form)
        except GraphError as error:
            return self._problem(406, error.reason, form=HTML)
        fresh = ("Cache-Control", "no-store") if page.passing else _FRESH
        headers = (("Vary", "Accept"), fresh, *_links(page, forms))
        if page.status == 503:
            headers += (("Retry-After", _LATER),)
        if page.status != 200 or page.passing:  # a form that was filled in wrongly, and the like
            return Answer(page.status, body, form.content_type, headers)
        etag = self._state.etag(page.path, form.extension, self._wanted.query)
        return Answer(200, body, form.content_type, headers, etag)

    def _retired(self, page: Page) -> Answer:
        """Lead on from what was published and is there no more, or say what became of it."""
        quads = tuple(page.statements()) if page.statements else ()
        heir = self._state.addresses.path(page.moved) if page.moved else None
        at = f"{heir}.{self._form.extension}" if heir and self._form else heir
        links = tuple(
            ("Link", f'<{each.object.value}>; rel="http://purl.org/dc/terms/isReplacedBy"')
            for each in quads
            if isinstance(each.object, NamedNode) and each.predicate.value.endswith("isReplacedBy")
        )
        if page.moved:
            location = relative(at, self._wanted.path) if at else page.moved
            reason = f"Its place was taken by {page.moved}."
            return self._problem(301, reason, page, quads, (("Location", location), *links))
        return self._problem(410, page.gone or "It is gone.", page, quads, links)

    def _none_acceptable(self, page: Page, forms: Sequence[Form]) -> Answer:
        links = {self._document(page, form): f"{form.title} ({form.media_type})" for form in forms}
        reason = "This is not to be had in the form that was asked for, but in these:"
        problem = Problem(
            406, reason, page.path, page.about, alternatives=links, headers=_links(page, forms)
        )
        return told(problem, self._wanted.accept, self._state.writer)

    def _problem(
        self,
        status: int,
        reason: str,
        page: Page | None = None,
        quads: tuple = (),  # type: ignore[type-arg]  # of quads
        headers: Headers = (),
        form: Form | None = None,
    ) -> Answer:
        about = page.about if page else None
        problem = Problem(status, reason, self._wanted.path, about, quads, headers=headers)
        return told(problem, self._wanted.accept, self._state.writer, self._form or form)

    def _document(self, page: Page, form: Form) -> str:
        return relative(f"{page.path}.{form.extension}", self._wanted.path or "index")

    def _with_query(self, link: str) -> str:
        kept = "&".join(
            part for part in self._wanted.query.split("&") if not part.startswith("format=")
        )
        return f"{link}?{kept}" if kept else link


def _together(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Join the values of a name that is said several times.

    >>> _together([("state", "JP"), ("state", "KR"), ("page", "2")])
    {'state': 'JP,KR', 'page': '2'}
    """
    asked: dict[str, str] = {}
    for name, value in pairs:
        asked[name] = f"{asked[name]},{value}" if asked.get(name) else value
    return asked


def _links(page: Page, forms: Sequence[Form]) -> Headers:
    """Name every form of a page, what describes its subject, and which address is the true one."""
    name = page.path.rpartition("/")[2]
    safe = f"./{name}" if ":" in name else name
    links = [
        f'<{safe}.{form.extension}>; rel="alternate"; type="{form.media_type}"' for form in forms
    ]
    if page.about and page.statements:
        links.append(f'<{safe}.ttl>; rel="describedby"; type="text/turtle"')
    if forms:
        links.append(f'<{safe}.{forms[0].extension}>; rel="canonical"')
    return (("Link", ", ".join(links)),)
