"""The application: a holding in, an ASGI application out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kg.site.model import Holding
from kg.site.web.answers import Answer, Kept, matches, pressed
from kg.site.web.live import Live
from kg.site.web.pages import Wanted, answer

_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))


def application(shown: Holding | Live) -> Starlette:
    """Serve a holding, or whatever is held at the moment."""
    live = Live(lambda: shown) if isinstance(shown, Holding) else shown

    async def page(request: Request) -> Response:
        wanted = _wanted(request)
        key = (wanted.path, wanted.query, wanted.accept)
        with await live.state() as state:
            kept = state.cache.get(key)
            if kept is None:
                given = await run_in_threadpool(answer, state, wanted)
                kept = state.cache.put(key, given) if given.status in {200, 303} else Kept(given)
        return response(kept, request)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        live.close()

    assets = StaticFiles(directory=str(files("kg") / "site" / "assets"))
    routes = [Mount("/assets", assets), Route("/{path:path}", page)]
    return Starlette(routes=routes, lifespan=lifespan)


def response(kept: Kept, request: Request) -> Response:
    """Send an answer; nothing but its ETag to a client that has it already."""
    given = kept.answer
    headers = list(given.headers)
    if given.etag:
        headers.append(("ETag", given.etag))
        if matches(given.etag, request.headers.get("if-none-match", "")):
            return _with(Response(status_code=304), headers)
    body = given.body
    if given.pressable:
        headers = [(name, _also(name, value)) for name, value in headers]
        if "gzip" in request.headers.get("accept-encoding", ""):
            body = kept.press()
            headers = [each for each in headers if each[0] != "ETag"]
            headers.append(("Content-Encoding", "gzip"))
            if given.etag:
                headers.append(("ETag", pressed(given.etag)))
    return _with(Response(body, given.status, media_type=None), headers, given)


def _also(name: str, value: str) -> str:
    return f"{value}, Accept-Encoding" if name == "Vary" else value


def _with(sent: Response, headers: list[tuple[str, str]], given: Answer | None = None) -> Response:
    if given is not None and given.body:
        sent.headers["Content-Type"] = given.content_type
    for name, value in headers:
        sent.headers.append(name, quote(value, safe=_ASCII))
    return sent


def _wanted(request: Request) -> Wanted:
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    path = raw.partition(b"?")[0].decode("latin-1").removeprefix("/")
    return Wanted(path, query.decode("latin-1"), request.headers.get("accept", "*/*"))
