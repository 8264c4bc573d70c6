"""What goes to a language model and what comes back, before anything of it is believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

Problem = Literal["truncated", "malformed", "refused", "timeout", "unavailable"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model wrote about one piece of text; `content` is exactly as received."""

    model: str
    prompt: str  # SHA-256 of the instructions and the schema
    text: str  # SHA-256 of the piece of text
    content: str
    truncated: bool = False
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a piece of an article has no answer."""

    problem: Problem
    reason: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A part of an answer that was not taken over, and why."""

    article: str
    quote: str
    reason: str
    failed: bool = False  # a whole piece of the article stays unread


@dataclass(slots=True)
class Usage:
    """What the answers of a run cost: requests, tokens and seconds; replayed ones cost nothing."""

    asked: int = 0
    replayed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, answer: Answer, *, replayed: bool) -> None:
        """Count an answer."""
        if replayed:
            self.replayed += 1
            return
        self.asked += 1
        self.tokens_in += answer.tokens_in
        self.tokens_out += answer.tokens_out
        self.seconds += answer.seconds


@dataclass(frozen=True, slots=True)
class Said:
    """A filler as the model gives it: words of the quote, and what they stand for."""

    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as the model gives it; nothing of it has been checked."""

    kind: str
    quote: str
    roles: dict[str, tuple[Said, ...]] = field(default_factory=dict)
    modality: str | None = None
    status: str | None = None
    polarity: str | None = None
    attribution: tuple[str, ...] = ()


class Client(Protocol):
    """Whatever answers for a model."""

    model: str

    def ask(self, text: str, published: str | None) -> Answer | Failure:
        """Ask the model for the claims of a piece of text."""
        ...
