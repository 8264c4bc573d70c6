"""What stands before the application: who may ask what, how much, and what goes with each answer.

Requests with another host than ours, other methods than reading needs, or too long an address are
refused before anything is looked for. Slow clients lose their connection; answers say what browsers
may do with them. Pages of other sites read a site on the own machine only if its operator says so.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.pool import CLIENT
from kg.site.web.problems import Problem, told

LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PATIENCE: Final = 30.0  # seconds for a client to take the next part of an answer
_LONGEST: Final = 8 * 1024  # characters of an address that is no query
_READ: Final = ("GET", "HEAD", "OPTIONS")
_ENDPOINT: Final = frozenset({"/sparql", "/sparql/"})
_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_ALWAYS: Final = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_EXPOSED: Final = "Content-Location, ETag, Link, Location, Retry-After"


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator allows."""

    hosts: frozenset[str] | None = None  # names under which the site is asked; None: any
    everywhere: bool = True  # whether pages of other sites may read the data


class Guard:
    """Stands before an application."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:  # nothing here speaks through web sockets
            await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        sending = _Sending(send, self._cors(headers.get("origin", "")))
        refused = self._refused(scope, headers)
        if refused is not None:
            await _tell(refused, headers.get("accept", ""), sending)
            return
        if scope["method"] == "OPTIONS":
            await sending(_start(204, [("Allow", ", ".join(_methods(scope)))]))
            await sending({"type": "http.response.body", "body": b""})
            return
        CLIENT.set(_client(scope))
        await self._app(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers) -> Problem | None:
        if not self._is_ours(headers.get("host", "")):
            reason = "This site has another name; its operator can allow this one (--allow-host)."
            return Problem(421, reason)
        methods = _methods(scope)
        if scope["method"] not in methods:
            allow = (("Allow", ", ".join(methods)),)
            return Problem(405, "Everything here is to be read only.", headers=allow)
        query = 0 if scope["path"] in _ENDPOINT else len(scope["query_string"])
        if len(scope["path"]) + query > _LONGEST:
            return Problem(414, f"The address is longer than {_LONGEST:,} characters.")
        return None

    def _is_ours(self, host: str) -> bool:
        hosts = self._rules.hosts
        return hosts is None or _name_of(f"//{host}") in hosts

    def _cors(self, origin: str) -> dict[str, str]:
        """Say which pages may read what is sent."""
        if self._rules.everywhere:
            allowed = {"Access-Control-Allow-Origin": "*"}
        elif origin and _name_of(origin) in LOCAL:
            allowed = {"Access-Control-Allow-Origin": origin}
        else:
            return {"Vary": "Origin"}
        return allowed | {
            "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST",
            "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
            "Access-Control-Expose-Headers": _EXPOSED,
            "Access-Control-Max-Age": "86400",
            **({} if self._rules.everywhere else {"Vary": "Origin"}),
        }


class _Sending:
    """Sends with the headers that go with everything, to clients that take it in time."""

    def __init__(self, send: Send, extra: dict[str, str]) -> None:
        self._send, self._extra = send, extra

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _ALWAYS:
                headers.setdefault(name, value)
            for name, value in self._extra.items():
                if name == "Vary":
                    headers.add_vary_header(value)
                else:
                    headers[name] = value
        async with asyncio.timeout(_PATIENCE):
            await self._send(message)


async def _tell(problem: Problem, accept: str, send: Send) -> None:
    answer = told(problem, accept, None)
    headers = [("Content-Type", answer.content_type), *answer.headers]
    headers.append(("Content-Length", str(len(answer.body))))
    await send(_start(answer.status, headers))
    await send({"type": "http.response.body", "body": answer.body})


def _start(status: int, headers: list[tuple[str, str]]) -> dict[str, Any]:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": raw}


def _methods(scope: Scope) -> tuple[str, ...]:
    return (*_READ, "POST") if scope["path"] in _ENDPOINT else _READ


def _name_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _client(scope: Scope) -> str:
    """Name who asks: an address, or the network that a household gets in IPv6."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    return str(address.ipv4_mapped or int(address) >> 64)
