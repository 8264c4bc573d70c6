"""A request to a store over HTTP, with a user's name and password if it wants them.

Bytes in, bytes out. Basic and digest authentication: what the store once asked for is brought along
from then on, so that no body is sent twice. A password goes to the host that it was given for and
to no other; redirects are errors.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    Request,
    build_opener,
    parse_http_list,
    parse_keqv_list,
)

from kg.errors import EndpointError

AGENT: Final = "communique"
_UNAUTHORISED: Final = 401
_HASHES: Final = {"MD5": "md5", "SHA-256": "sha256"}
_AUTHORIZATION: Final = "Authorization"


@dataclass(frozen=True, slots=True)
class Access:
    """Whom a store lets in."""

    user: str
    password: str = field(repr=False)


class Sender:
    """Sends requests to a store."""

    def __init__(self, url: str, access: Access | None = None, timeout: float = 60) -> None:
        """Have access to the host of an address."""
        self._url, self._access, self._timeout = url, access, timeout
        self._opener = build_opener(_Still)
        self._prove: Callable[[Request], str] | None = None

    def send(
        self, method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] = {}
    ) -> tuple[str, bytes]:
        """Send a request; give the media type and the body of the answer."""
        request = Request(  # noqa: S310 - http(s), checked by who asks
            url, data=body, headers={"User-Agent": AGENT, **headers}, method=method
        )
        known = self._access is not None and _host(url) == _host(self._url)
        if known and self._prove:
            request.add_unredirected_header(_AUTHORIZATION, self._prove(request))
        try:
            return self._opened(request)
        except HTTPError as error:
            if error.code != _UNAUTHORISED or not known:
                raise
            with error:
                self._prove = self._asked_for(error.headers.get_all("WWW-Authenticate") or [])
        request.add_unredirected_header(_AUTHORIZATION, self._prove(request))
        return self._opened(request)

    def form(self, url: str, accept: str, fields: Mapping[str, str]) -> bytes:
        """Post the fields of a form, as the SPARQL protocol has it."""
        return self.send("POST", url, urlencode(fields).encode(), {"Accept": accept})[1]

    def _opened(self, request: Request) -> tuple[str, bytes]:
        with self._opener.open(request, timeout=self._timeout) as response:
            return response.headers.get_content_type(), response.read()

    def _asked_for(self, challenges: list[str]) -> Callable[[Request], str]:
        """Give what proves who asks, in the first way that a store offers and we know."""
        if self._access is None:
            raise EndpointError(self._url, "wants a user's name and password")
        for scheme, _, rest in (each.partition(" ") for each in challenges):
            if scheme.lower() == "digest":
                told = parse_keqv_list([*filter(None, parse_http_list(rest))])
                return _Digest(self._url, self._access).proving(told)
            if scheme.lower() == "basic":
                pair = f"{self._access.user}:{self._access.password}"
                proof = f"Basic {b64encode(pair.encode()).decode()}"
                return lambda _: proof
        raise EndpointError(self._url, f"asks who you are in no way known here: {challenges}")


class _Digest(AbstractDigestAuthHandler):
    """Answers challenges; names and passwords may hold any letter."""

    def __init__(self, url: str, access: Access) -> None:
        known = HTTPPasswordMgrWithDefaultRealm()
        whole = urlsplit(url)._replace(path="/", query="", fragment="").geturl()
        known.add_password(None, whole, access.user, access.password)
        super().__init__(known)
        self._url = url

    def proving(self, challenge: dict[str, str]) -> Callable[[Request], str]:
        """Give what answers a challenge for one request after the other."""
        if challenge.get("algorithm", "MD5") not in _HASHES:
            raise EndpointError(self._url, f"wants a digest by {challenge['algorithm']}")
        return lambda request: f"Digest {self.get_authorization(request, challenge)}"

    def get_algorithm_impls(self, algorithm: str) -> Any:
        """Give the two functions that the protocol calls H and KD."""

        def hashed(text: str) -> str:
            return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()

        return hashed, lambda secret, data: hashed(f"{secret}:{data}")


class _Still(HTTPRedirectHandler):
    """Follows nobody elsewhere: a redirect is an error of its status."""

    def redirect_request(self, *_: Any) -> None:
        """Go nowhere."""


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc
