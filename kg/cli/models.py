"""Reading with a language model: the options of `kg claims` in, claims and what failed out.

The address is the user's own word or this machine; without `--offline` only that address is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import watch
from kg.cli.program import count, say
from kg.errors import ModelError

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.claims.llm.model import Client, Usage
    from kg.claims.model import Claim
    from kg.pipeline import Corpus


@dataclass(frozen=True, slots=True)
class Asking:
    """What the command line says about the model."""

    llm: str | None
    base_url: str | None
    answers: Path
    offline: bool
    timeout: float
    key: str | None


def claims_by_model(
    corpus: Corpus, pipeline: str | None, asking: Asking, both: bool
) -> tuple[tuple[Claim, ...], Sequence[str]]:
    """Give the claims of a corpus as a model tells them, and the pieces it could not read."""
    from kg.claims.engine import load_engine
    from kg.claims.llm.answers import Answers
    from kg.claims.llm.reader import ModelReader
    from kg.pipeline import extract_with_model

    if not asking.llm:
        raise click.UsageError("name the language model with --model NAME")
    client = None if asking.offline else _client(asking, asking.llm)
    reader = ModelReader(load_engine(pipeline), asking.llm, client, Answers(asking.answers))
    found = extract_with_model(corpus.articles, reader, watch, both=both)
    say(_cost(reader.usage))
    unread = [each for each in reader.usage.refusals if each.failed]
    return found, [f"{each.article}: {each.reason}" for each in unread]


def _client(asking: Asking, model: str) -> Client:
    try:
        from kg.claims.llm.client import LOCAL, ChatClient, Server
    except ImportError as error:
        advice = "install the extra: pip install 'communique[llm]'"
        raise ModelError("--extractor", f"the client library is not there; {advice}") from error
    address = asking.base_url or LOCAL
    return ChatClient(Server(model, address, asking.key, asking.timeout))


def _cost(usage: Usage) -> str:
    """Say what the answers took."""
    refused = sum(1 for each in usage.refusals if not each.failed)
    return (
        f"{count(usage.asked, 'answer')} in {usage.seconds:.1f} s,"
        f" {usage.tokens_in:,} tokens in, {usage.tokens_out:,} out;"
        f" {usage.replayed:,} replayed; {count(refused, 'told claim')} not borne out by the text"
    )
