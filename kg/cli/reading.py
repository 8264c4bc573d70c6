"""Commands that read: what the first four stages yield, as JSON Lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.inputs import (
    Counter,
    claims_of,
    each_claim,
    finish,
    read,
    said_in,
    standard_input,
    watch,
    write_records,
)
from kg.cli.models import Asking, claims_by_model
from kg.cli.program import count, main, plain_errors, say
from kg.options import (
    claims_option,
    form_option,
    jobs_option,
    judgements_option,
    model_option,
    out_option,
    paths_argument,
    reader_options,
)
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Rejection


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
@click.option(
    "--explain",
    is_flag=True,
    help="Tell for each sentence which trigger fired, how roles were found, what was left out.",
)
@jobs_option
@reader_options
def claims(
    paths: tuple[str, ...],
    out: Sink,
    model: str | None,
    explain: bool,
    jobs: int | None,
    extractor: str,
    **asking: Any,
) -> None:
    """Read the claims of articles, each with its exact sentence, one a line.

    A language model is asked only with --extractor; what it says is kept where it stands in the
    article word for word.

    \b
    Example:
        kg claims articles/ -o claims.jsonl
        kg claims articles/ --explain
        kg claims articles/ --extractor both --model NAME --base-url http://127.0.0.1:8000/v1
    """
    failed: Sequence[str] = ()
    refused: list[Rejection] = []
    with plain_errors():
        if explain:
            _explain(paths, out, model, extractor, refused)
        elif extractor == "rules":
            _by_rules(paths, out, model, jobs, refused)
        else:
            corpus = read(paths)
            refused += corpus.rejections
            found, failed = claims_by_model(corpus, model, Asking(**asking), extractor == "both")
            write_records(out, found)
            say(f"{count(len(found), 'claim')} in {count(len(corpus.articles), 'article')}")
    finish(refused, failed)


def _by_rules(
    paths: tuple[str, ...],
    out: Sink,
    model: str | None,
    jobs: int | None,
    refused: list[Rejection],
) -> None:
    """Write claims as they are read: what is held in memory does not grow with the articles."""
    from kg.pipeline import incoming
    from kg.records import to_line

    articles, claims = Counter(), Counter()
    coming = articles.of(incoming(paths, standard_input(), refused.append))
    found = claims.of(each_claim(coming, model, jobs, refused.append))
    out.stream(f"{to_line(claim)}\n" for claim in found)
    say(f"{count(claims.number, 'claim')} in {count(articles.number, 'article')}")


def _explain(
    paths: tuple[str, ...],
    out: Sink,
    model: str | None,
    extractor: str,
    refused: list[Rejection],
) -> None:
    from kg.claims.engine import load_engine
    from kg.claims.explain import explain, told
    from kg.pipeline import incoming

    if extractor != "rules":
        raise click.UsageError("--explain tells how the rules read; leave out --extractor")
    engine = load_engine(model)
    coming = watch(incoming(paths, standard_input(), refused.append))
    accounts = (each for article in coming for each in explain(article, engine))
    out.stream(f"{line}\n" for account in accounts for line in told(account))


@main.command()
@paths_argument
@out_option
@model_option
@form_option("text", "jsonl")
@click.option("--limit", type=click.IntRange(min=1), help="Show at most so many sentences.")
def coverage(
    paths: tuple[str, ...], out: Sink, model: str | None, form: str, limit: int | None
) -> None:
    """List sentences that speak of the field but gave no claim, most promising first.

    What follows them are the verbs that actors do there and no trigger knows: what to look at next.

    \b
    Example:
        kg coverage articles/ --limit 20
    """
    from kg.claims.coverage import coverage as uncovered
    from kg.claims.coverage import told
    from kg.claims.engine import load_engine

    with plain_errors():
        corpus = read(paths)
        found = uncovered(watch(corpus.articles), load_engine(model))
        if form == "jsonl":
            write_records(out, found[:limit])
        else:
            out.write("".join(f"{line}\n" for line in told(found, limit)))
        say(f"{count(len(found), 'sentence')} without a claim")
    finish(corpus.rejections)


@main.command()
@paths_argument
@out_option
@claims_option
@model_option
@jobs_option
@judgements_option
@click.option(
    "--log", "judged", is_flag=True, help="Write the judgements instead, with their reasons."
)
def entities(
    paths: tuple[str, ...],
    out: Sink,
    given: Path | None,
    model: str | None,
    jobs: int | None,
    log: Path,
    judged: bool,
) -> None:
    """Say who and what the claims speak of: one entity a line, with every name form.

    \b
    Example:
        kg entities articles/ -o entities.jsonl
    """
    from kg.pipeline import resolve

    with plain_errors():
        corpus = read(paths)
        found, _ = claims_of(corpus, given, model, jobs)
        identity, _ = resolve(found, corpus.articles, said_in(log) or ())
        write_records(out, identity.judgements if judged else identity.entities)
    finish(corpus.rejections)


@main.command()
@paths_argument
@out_option
@claims_option
@model_option
@jobs_option
@judgements_option
@click.option("--disagreements", is_flag=True, help="Write what sources disagree on instead.")
def events(
    paths: tuple[str, ...],
    out: Sink,
    given: Path | None,
    model: str | None,
    jobs: int | None,
    log: Path,
    disagreements: bool,
) -> None:
    """Say what the claims of all articles are about: one event a line, with its support.

    \b
    Example:
        kg events articles/ --disagreements
    """
    from kg.pipeline import resolve

    with plain_errors():
        corpus = read(paths)
        found, _ = claims_of(corpus, given, model, jobs)
        _, ledger = resolve(found, corpus.articles, said_in(log) or ())
        write_records(out, ledger.disagreements if disagreements else ledger.events)
    finish(corpus.rejections)
