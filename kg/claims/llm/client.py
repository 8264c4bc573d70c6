"""The line to a server of a language model: messages in, an answer or a failure out.

Any server that speaks the OpenAI chat interface will do, local ones too. Time-outs, full queues
and broken servers are failures of one piece of text; an address where nobody listens, a model
that is unknown or a key that is refused would fail for every piece, and are errors. No message
holds the key; nobody but the address is asked, also where it answers with another one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import TimeoutError as TooLong
from multiprocessing.pool import ThreadPool
from typing import Any, Final
from urllib.parse import urlsplit

import openai

from kg.claims.llm.model import Answer, Failure
from kg.claims.llm.prompt import messages, prompt_digest
from kg.claims.llm.schema import claims_schema
from kg.errors import ModelError
from kg.iris import digest

LOCAL: Final = "http://127.0.0.1:11434/v1"
LONGEST_ANSWER: Final = 8192  # tokens
HOPELESS: Final = frozenset({400, 401, 403, 404, 422})  # the next request would fare the same
MOVED: Final = range(300, 400)
PAUSE: Final = 8.0  # seconds that the library waits at most before it asks again
UNKNOWN: Final = frozenset({400, 422})  # it may be the schema, or a setting, that is not known
BIGGEST_ANSWER: Final = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is served, and how patiently it is asked."""

    model: str
    base_url: str = LOCAL
    key: str | None = field(default=None, repr=False)
    timeout: float = 120.0  # seconds for one request
    retries: int = 4  # after time-outs, full queues and broken servers, with growing pauses

    @property
    def patience(self) -> float:
        """Give the seconds after which a server that still sends a little is given up, too."""
        return self.timeout * (self.retries + 1) + PAUSE * self.retries


class ChatClient:
    """A model behind an OpenAI-compatible server."""

    def __init__(self, server: Server) -> None:
        self.model = server.model
        self._server = server
        self._plain = False  # the server wants no schema and no settings
        self._client = openai.OpenAI(
            base_url=_address(server.base_url),
            api_key=_key(server.key),
            http_client=openai.DefaultHttpxClient(follow_redirects=False),
            timeout=server.timeout,
            max_retries=server.retries,
        )

    def ask(self, text: str, published: str | None) -> Answer | Failure:
        """Ask the model for the claims of a piece of text."""
        began = time.monotonic()
        try:
            request = self._request(text, published)
            reply = _within(
                self._server.patience, lambda: self._client.chat.completions.create(**request)
            )
        except (openai.APITimeoutError, TooLong):
            return Failure("timeout", f"no answer within {self._server.timeout:g} seconds")
        except openai.APIConnectionError as error:
            raise ModelError(self._server.base_url, self._unreachable(error)) from error
        except openai.APIStatusError as error:
            if error.status_code in UNKNOWN and not self._plain:
                self._plain = True
                return self.ask(text, published)
            if error.status_code in HOPELESS or error.status_code in MOVED:
                raise ModelError(self._server.base_url, _refused(error, self.model)) from error
            return Failure("unavailable", f"the server answered with status {error.status_code}")
        except (openai.APIError, ValueError) as error:
            return Failure("malformed", f"the server's answer could not be read ({error})")
        return self._answer(reply, text, time.monotonic() - began)

    def _request(self, text: str, published: str | None) -> dict[str, Any]:
        request: dict[str, Any] = {"model": self.model, "messages": messages(text, published)}
        if self._plain:
            return request
        schema = {"name": "claims", "strict": True, "schema": claims_schema()}
        return request | {
            "temperature": 0,
            "seed": 0,
            "max_tokens": LONGEST_ANSWER,
            "response_format": {"type": "json_schema", "json_schema": schema},
        }

    def _answer(self, reply: Any, text: str, seconds: float) -> Answer | Failure:
        choices = getattr(reply, "choices", None)
        if not choices or getattr(choices[0], "message", None) is None:
            return Failure("malformed", "the server's answer holds no message")
        message, usage = choices[0].message, getattr(reply, "usage", None)
        if getattr(message, "refusal", None):
            return Failure("refused", "the model refused to answer")
        content = message.content or ""
        return Answer(
            model=self.model,
            prompt=prompt_digest(),
            text=digest(text),
            content=content[:BIGGEST_ANSWER],
            truncated=choices[0].finish_reason == "length" or len(content) > BIGGEST_ANSWER,
            tokens_in=_count(usage, "prompt_tokens"),
            tokens_out=_count(usage, "completion_tokens"),
            seconds=round(seconds, 3),
        )

    def _unreachable(self, error: openai.APIConnectionError) -> str:
        told = error.__cause__ or error
        return f"no model server answers ({told}); start one, or name another with --base-url"


def _refused(error: openai.APIStatusError, model: str) -> str:
    advice = {
        **dict.fromkeys(MOVED, "it names another address; give that one with --base-url"),
        401: "give a key in OPENAI_API_KEY",
        403: "the key has no right to this model",
        404: f"is there a model {model!r} at this address?",
    }
    told = advice.get(error.status_code, "the server does not understand the request")
    return f"refused with status {error.status_code}; {told}"


def _key(key: str | None) -> str:
    """Give the key as a header can hold it; a bad one is not repeated in the message."""
    stripped = (key or "").strip()
    if not (stripped.isascii() and stripped.isprintable()):
        raise ModelError("--key", "the key has characters that no key has; copy it again")
    return stripped or "none"


def _address(url: str) -> str:
    """Give the address of a server if it is one; a password in it is not repeated."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        named = None
    if not named or not url.isprintable() or " " in url:
        raise ModelError("--base-url", "no web address; give one such as http://127.0.0.1:8000/v1")
    if parts.username is not None or parts.password is not None:
        raise ModelError("--base-url", "it holds a password; give that as --key or OPENAI_API_KEY")
    return url


def _within(seconds: float, call: Callable[[], Any]) -> Any:
    """Give what a call gives; raise `TooLong` if it takes too long altogether."""
    with ThreadPool(1) as pool:  # what still waits then is left behind, in a daemon thread
        return pool.apply_async(call).get(seconds)


def _count(usage: Any, name: str) -> int:
    value = getattr(usage, name, 0)
    return value if isinstance(value, int) else 0
