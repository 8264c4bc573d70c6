"""The line to a server of a language model: messages in, an answer or a failure out.

Any server that speaks the OpenAI chat interface will do, local ones too. Time-outs, full queues
and broken servers are failures of one piece of text; an address where nobody listens, a model
that is unknown or a key that is refused would fail for every piece, and are errors.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

import openai

from kg.claims.llm.model import Answer, Failure
from kg.claims.llm.prompt import messages, prompt_digest
from kg.claims.llm.schema import claims_schema
from kg.errors import ModelError
from kg.iris import digest

LOCAL: Final = "http://127.0.0.1:11434/v1"
LONGEST_ANSWER: Final = 8192  # tokens
HOPELESS: Final = frozenset({400, 401, 403, 404, 422})  # the next request would fare the same
UNKNOWN: Final = frozenset({400, 422})  # it may be the schema, or a setting, that is not known
BIGGEST_ANSWER: Final = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Server:
    """Where a model is served, and how patiently it is asked."""

    model: str
    base_url: str = LOCAL
    key: str | None = None
    timeout: float = 120.0  # seconds for one request
    retries: int = 4  # after time-outs, full queues and broken servers, with growing pauses


class ChatClient:
    """A model behind an OpenAI-compatible server."""

    def __init__(self, server: Server) -> None:
        self.model = server.model
        self._server = server
        self._plain = False  # the server wants no schema and no settings
        self._client = openai.OpenAI(
            base_url=server.base_url,
            api_key=server.key or "none",
            timeout=server.timeout,
            max_retries=server.retries,
        )

    def ask(self, text: str, published: str | None) -> Answer | Failure:
        """Ask the model for the claims of a piece of text."""
        began = time.monotonic()
        try:
            reply = self._client.chat.completions.create(**self._request(text, published))
        except openai.APITimeoutError:
            return Failure("timeout", f"no answer within {self._server.timeout:g} seconds")
        except openai.APIConnectionError as error:
            raise ModelError(self._server.base_url, self._unreachable(error)) from error
        except openai.APIStatusError as error:
            if error.status_code in UNKNOWN and not self._plain:
                self._plain = True
                return self.ask(text, published)
            if error.status_code in HOPELESS:
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
        401: "give a key in OPENAI_API_KEY",
        403: "the key has no right to this model",
        404: f"is there a model {model!r} at this address?",
    }
    told = advice.get(error.status_code, "the server does not understand the request")
    return f"refused with status {error.status_code}; {told}"


def _count(usage: Any, name: str) -> int:
    value = getattr(usage, name, 0)
    return value if isinstance(value, int) else 0
