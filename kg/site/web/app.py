"""The application: a holding in, an ASGI application out.

Everything is looked for and written in threads, from the state of the moment; what was answered of
late is answered again without looking.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.site.model import Holding
from kg.site.web.answers import Kept
from kg.site.web.asking import Asking
from kg.site.web.guard import Guard, Rules
from kg.site.web.live import Live
from kg.site.web.pages import Wanted, answer
from kg.site.web.problems import Problem, told
from kg.site.web.replies import accepted, refusal, reply


def application(shown: Holding | Live, rules: Rules | None = None) -> Guard:
    """Serve a holding, or whatever is held at the moment."""
    live = Live(lambda: shown) if isinstance(shown, Holding) else shown
    asking = Asking(live)

    async def page(request: Request) -> Response:
        wanted = _wanted(request)
        key = (wanted.path, wanted.query, wanted.accept)
        with await live.state() as state:
            kept = state.cache.get(key)
            if kept is None:
                given = await run_in_threadpool(answer, state, wanted)
                lasting = given.status == 303 or (given.status == 200 and given.etag)
                kept = state.cache.put(key, given) if lasting else Kept(given)
        return reply(kept, request)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        live.close()

    assets = GZipMiddleware(_Assets(directory=str(files("kg") / "site" / "assets")))
    routes = [
        Mount("/assets", assets),
        Route("/sparql", asking.query, methods=["GET", "POST"]),
        Route("/sparql/", asking.query, methods=["GET", "POST"]),
        Route("/graphs", asking.graph),
        Route("/{path:path}", page),
    ]
    handlers = {HTTPException: _missing, Exception: _bug}
    return Guard(
        Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers), rules or Rules()
    )


class _Assets(StaticFiles):
    """Files of the package, to be asked for again each time, since a new version changes them."""

    def file_response(self, *given: object, **named: object) -> Response:
        sent = super().file_response(*given, **named)  # type: ignore[arg-type]  # as given
        sent.headers["Cache-Control"] = "no-cache"
        return sent


async def _missing(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    reason = "Nothing is at this address." if status == 404 else "This cannot be answered."
    return refusal(Problem(status, reason), request, None)


async def _bug(request: Request, _error: Exception) -> Response:
    """Answer for a bug; the server writes what it was where the operator sees it."""
    reason = "Something went wrong here; it is not your request that is at fault."
    return reply(Kept(told(Problem(500, reason), accepted(request), None)), request)


def _wanted(request: Request) -> Wanted:
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    path = raw.partition(b"?")[0].decode("latin-1").removeprefix("/")
    return Wanted(path, query.decode("latin-1"), accepted(request))
