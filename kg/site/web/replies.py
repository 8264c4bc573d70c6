"""Answers as responses: headers, compression, and nothing to clients that hold it already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.site.forms import Writer
from kg.site.web.answers import Answer, Kept, matches, pressed
from kg.site.web.problems import Problem, told
from kg.site.web.sparql import Result

_ASCII: Final = "".join(map(chr, range(0x20, 0x7F)))
_PART: Final = 1 << 18


def accepted(request: Request) -> str:
    """Give what a client accepts."""
    return ",".join(request.headers.getlist("accept")) or "*/*"


def reply(kept: Kept, request: Request) -> Response:
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
    return _with(Response(body, given.status), headers, given)


def refusal(problem: Problem, request: Request, writer: Writer | None) -> Response:
    """Tell a problem."""
    return reply(Kept(told(problem, accepted(request), writer)), request)


def results(result: Result) -> Response:
    """Send the whole answer to a query; its length is known before its first byte."""
    size = result.file.seek(0, 2)
    result.file.seek(0)
    headers = {
        "Content-Type": result.content_type,
        "Content-Length": str(size),
        "Vary": "Accept",
        "Cache-Control": "no-cache",
    }
    if size <= _PART:
        with result.file:
            return Response(result.file.read(), headers=headers)
    return StreamingResponse(_parts(result.file), headers=headers)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_PART):
            yield part


def _also(name: str, value: str) -> str:
    return f"{value}, Accept-Encoding" if name == "Vary" else value


def _with(sent: Response, headers: list[tuple[str, str]], given: Answer | None = None) -> Response:
    if given is not None and given.body:
        sent.headers["Content-Type"] = given.content_type
    for name, value in headers:
        sent.headers.append(name, quote(value, safe=_ASCII))
    return sent
