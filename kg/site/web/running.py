"""A site on a socket: what is shown and who may ask in; it runs until it is interrupted.

Connections that do not say what they want in time are closed, and there are only so many of them.
"""

from __future__ import annotations

import asyncio
import socket
from types import FrameType
from typing import Any, Final, cast
from urllib.parse import urlsplit

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.site.web.app import application
from kg.site.web.guard import LOCAL, Rules
from kg.site.web.live import Live

_PATIENCE: Final = 10.0  # seconds for the head of a request
_TAKING: Final = 30.0  # seconds for a client to take what was sent last
_IDLE: Final = 5  # seconds between two requests of a connection
_CONNECTIONS: Final = 500
_HEAD: Final = 64 * 1024  # bytes of the head of a request
_ENDING: Final = 3  # seconds for answers under way when the site ends


def rules_of(
    address: str, names: tuple[str, ...], *, private: bool, everywhere: bool = False
) -> Rules:
    """Give the rules for a site: one on the own machine is known by local names only.

    A page elsewhere could otherwise read it through the browser of whoever works here.
    """
    public = urlsplit(address).hostname or ""
    hosts = frozenset({*LOCAL, *names, *([public] if public else [])})
    return Rules(hosts if private or names else None, everywhere or bool(public) or not private)


def run(
    live: Live, rules: Rules, listening: socket.socket, *, proxy: bool = False, log: bool = False
) -> None:
    """Answer requests until an interrupt."""
    config = uvicorn.Config(
        application(live, rules),
        http=Patient,
        ws="none",
        loop="asyncio",
        log_level="info" if log else "warning",
        access_log=log,
        server_header=False,
        proxy_headers=proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        timeout_keep_alive=_IDLE,
        timeout_graceful_shutdown=_ENDING,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEAD,
        backlog=1024,
    )
    try:
        _Server(config, live).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        live.close()


class _Server(uvicorn.Server):
    """Ends what is looked for as soon as it is told to end."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        self._live.close()
        super().handle_exit(sig, frame)


class Together:
    """A transport that sends what is written at once, as head and body are, by one call."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send data before anything else happens."""
        if not self._waiting:
            self._loop.call_soon(self._send)
        self._waiting.append(data)

    def close(self) -> None:
        """End the connection when all is sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._waiting:
            self._transport.write(b"".join(self._waiting))
            self._waiting.clear()


class Patient(H11Protocol):
    """A connection that is closed when the head of a request takes too long to come."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as there
        """Begin to wait for the first request."""
        super().connection_made(cast("asyncio.Transport", Together(transport, self.loop)))
        sock = transport.get_extra_info("socket")
        if sock is not None:  # what is written must not wait for what was written before
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._deadline = self.loop.call_later(_PATIENCE, self._late)

    def data_received(self, data: bytes) -> None:
        """Take bytes; a head that begins has to end in time."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._settle()
        elif self._deadline is None:
            self._deadline = self.loop.call_later(_PATIENCE, self._late)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._settle()
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        """End an idle connection, also one whose client does not take what was sent."""
        super().timeout_keep_alive_handler()
        self.loop.call_later(_TAKING, self.transport.abort)

    def _settle(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self.cycle is None or self.cycle.response_complete:
            self.transport.close()
