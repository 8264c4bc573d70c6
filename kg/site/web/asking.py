"""`/sparql` and `/graphs`: requests in, responses out.

Errors count too: who sends many that cost work is asked to wait.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.errors import KgError
from kg.pool import CLIENT, Meter, Share
from kg.queries.model import Question
from kg.site.forms import GRAPHS as FORMS
from kg.site.forms import HTML, TURTLE, Form, graph_bytes
from kg.site.web.answers import Answer
from kg.site.web.live import Live
from kg.site.web.negotiation import chosen, named
from kg.site.web.problems import Problem, problem_of
from kg.site.web.replies import accepted, refusal, reply, results
from kg.site.web.service import description, graph
from kg.site.web.sparql import (
    MOST,
    Asked,
    RefusedError,
    Result,
    ask,
    editor,
    from_address,
    from_body,
    is_for_readers,
)
from kg.site.web.state import State

_ERRORS: Final = Share(30, 60)  # as the Wikidata Query Service allows
_PATIENCE: Final = 10.0  # seconds for a client to send its query


class Asking:
    """Answers queries about the state of the moment."""

    def __init__(self, live: Live) -> None:
        self._live, self._errors = live, Meter(_ERRORS)

    async def query(self, request: Request) -> Response:
        """Answer by the SPARQL 1.1 Protocol."""
        with await self._live.state() as state:
            try:
                self._admit()
                asked = await self._asked(request)
                if asked.query is None:
                    return await self._described(state, asked, request)
                accept = accepted(request)
                if request.method != "POST" and await run_in_threadpool(
                    _is_read, state, asked, accept
                ):
                    return RedirectResponse(editor(asked), 303)
                return results(await run_in_threadpool(ask, state.holding, asked, accept))
            except RefusedError as error:
                return self._refused(error.problem, request, state)

    async def graph(self, request: Request) -> Response:
        """Answer by the SPARQL 1.1 Graph Store Protocol, to read."""
        pairs = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)

        def found(state: State) -> Result:
            try:
                return graph(state.holding, pairs, accepted(request))
            except KgError as error:
                raise RefusedError(problem_of(error)) from error

        with await self._live.state() as state:
            try:
                self._admit()
                return results(await run_in_threadpool(found, state))
            except RefusedError as error:
                return self._refused(error.problem, request, state)

    def _admit(self) -> None:
        wait = self._errors.wait(CLIENT.get())
        if wait:
            reason = "Too many of your requests were errors; wait, and look at what they said."
            raise RefusedError(Problem(429, reason, headers=(("Retry-After", str(wait)),)))

    def _refused(self, problem: Problem, request: Request, state: State) -> Response:
        if problem.status not in {429, 503}:
            self._errors.take(CLIENT.get(), 1)
        return refusal(problem, request, state.writer)

    async def _asked(self, request: Request) -> Asked:
        query = request.scope["query_string"].decode("latin-1")
        if request.method != "POST":
            return from_address(query)
        asked = from_body(query, request.headers.get("content-type", ""), await _body(request))
        if asked.query is None:
            raise RefusedError(Problem(400, "There is no query in this request."))
        return asked

    async def _described(self, state: State, asked: Asked, request: Request) -> Response:
        """Say what this endpoint is, to readers by the page on which they can ask it."""
        form = named(asked.format) if asked.format else chosen(accepted(request), (*FORMS, HTML))
        if form == HTML:
            return RedirectResponse("editor", 303)
        if form not in FORMS:
            form = TURTLE
        site = state.holding.settings.address or str(request.base_url)
        key = ("sparql", site, form.extension)
        kept = state.cache.get(key)
        if kept is None:
            body = await run_in_threadpool(_description, state, f"{site}sparql", form)
            headers = (("Vary", "Accept"), ("Cache-Control", "no-cache"))
            etag = state.etag("sparql", form.extension, site)
            kept = state.cache.put(key, Answer(200, body, form.content_type, headers, etag))
        return reply(kept, request)


def _description(state: State, endpoint: str, form: Form) -> bytes:
    return graph_bytes(description(state.holding, endpoint), form, "")


def _is_read(state: State, asked: Asked, accept: str) -> bool:
    if "html" not in accept and "html" not in asked.format:
        return False
    inspect: Callable[[Question], str] = state.holding.inspect
    try:
        form = inspect(Question("the query", "", asked.query or ""))
    except KgError as error:
        raise RefusedError(problem_of(error)) from error
    return is_for_readers(asked, accept, form)


async def _body(request: Request) -> bytes:
    """Read a body that is neither too large nor too slow."""
    parts, size = list[bytes](), 0
    try:
        async with asyncio.timeout(_PATIENCE):
            async for part in request.stream():
                size += len(part)
                if size > MOST:
                    raise RefusedError(Problem(413, f"A request has {MOST:,} bytes at most."))
                parts.append(part)
    except TimeoutError:
        raise RefusedError(Problem(408, "The query did not come in time.")) from None
    return b"".join(parts)
