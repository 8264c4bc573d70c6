"""Commands that read: what the first four stages yield, as JSON Lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kg.cli.inputs import claims_of, finish, read, write_records
from kg.cli.models import Asking, claims_by_model
from kg.cli.program import count, main, plain_errors, say
from kg.options import claims_option, model_option, out_option, paths_argument, reader_options
from kg.sinks import Sink


@main.command()
@paths_argument
@out_option
def articles(paths: tuple[str, ...], out: Sink) -> None:
    """Read articles: text, metadata with its origin, and the role of each line.

    \b
    Example:
        kg articles articles/ -o articles.jsonl
    """
    with plain_errors():
        corpus = read(paths)
        write_records(out, corpus.articles)
    finish(corpus.rejections)


@main.command()
@paths_argument
@out_option
@model_option
@reader_options
def claims(
    paths: tuple[str, ...], out: Sink, model: str | None, extractor: str, **asking: Any
) -> None:
    """Read the claims of articles, each with its exact sentence, one a line.

    A language model is asked only with --extractor; what it says is kept where it stands in the
    article word for word.

    \b
    Example:
        kg claims articles/ -o claims.jsonl
        kg claims articles/ --extractor both --model NAME --base-url http://127.0.0.1:8000/v1
    """
    failed: Sequence[str] = ()
    with plain_errors():
        corpus = read(paths)
        if extractor == "rules":
            found, _ = claims_of(corpus, None, model)
        else:
            found, failed = claims_by_model(corpus, model, Asking(**asking), extractor == "both")
        write_records(out, found)
        say(f"{count(len(found), 'claim')} in {count(len(corpus.articles), 'article')}")
    finish(corpus.rejections, failed)


@main.command()
@paths_argument
@out_option
@claims_option
@model_option
@click.option("--log", is_flag=True, help="Write the judgements instead, with their reasons.")
def entities(
    paths: tuple[str, ...], out: Sink, given: Path | None, model: str | None, log: bool
) -> None:
    """Say who and what the claims speak of: one entity a line, with every name form.

    \b
    Example:
        kg entities articles/ -o entities.jsonl
    """
    from kg.pipeline import resolve

    with plain_errors():
        corpus = read(paths)
        found, _ = claims_of(corpus, given, model)
        identity, _ = resolve(found, corpus.articles)
        write_records(out, identity.judgements if log else identity.entities)
    finish(corpus.rejections)


@main.command()
@paths_argument
@out_option
@claims_option
@model_option
@click.option("--disagreements", is_flag=True, help="Write what sources disagree on instead.")
def events(
    paths: tuple[str, ...], out: Sink, given: Path | None, model: str | None, disagreements: bool
) -> None:
    """Say what the claims of all articles are about: one event a line, with its support.

    \b
    Example:
        kg events articles/ --disagreements
    """
    from kg.pipeline import resolve

    with plain_errors():
        corpus = read(paths)
        found, _ = claims_of(corpus, given, model)
        _, ledger = resolve(found, corpus.articles)
        write_records(out, ledger.disagreements if disagreements else ledger.events)
    finish(corpus.rejections)
