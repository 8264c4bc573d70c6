"""Commands of a corpus that changes: add articles, take one out, replace one; tidy up after it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import claims_of, finish, read, said_for
from kg.cli.program import count, main, next_steps, plain_errors, say
from kg.options import (
    WORDS,
    DateType,
    build_option,
    claims_option,
    jobs_option,
    judgements_option,
    model_option,
    paths_argument,
)

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Article
    from kg.living import Arrival, Moves, Update
    from kg.pipeline import Corpus


@main.command()
@paths_argument
@build_option
@claims_option
@judgements_option
@model_option
@jobs_option
def add(
    paths: tuple[str, ...],
    folder: Path,
    given: Path | None,
    log: Path,
    model: str | None,
    jobs: int | None,
) -> None:
    """Add articles to a build; only what they touch is worked out anew.

    The outcome is that of building all articles together. One that is there already changes
    nothing; one that is there with another text is refused: see `kg replace`.

    \b
    Example:
        kg add late-report.md
    """
    from kg.living import add as put_in
    from kg.living import open_build, unknown

    with plain_errors():
        opened = open_build(folder)
        corpus = read(paths)
        new = unknown(opened, corpus.articles)
        known = len(corpus.articles) - len(new)
        del opened
        if known:
            say(f"{count(known, 'article')} there already, unchanged")
        if new:
            tell_update(
                folder,
                put_in(
                    folder, _arrivals(corpus, new, given, model, jobs), said=said_for(folder, log)
                ),
            )
    finish(corpus.rejections)


@main.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--reason", required=True, type=WORDS, metavar="TEXT", help="Why; it is published.")
@click.option("--date", type=DateType(), help="When; left out if not given.")
@judgements_option
@build_option
def retract(
    articles: tuple[str, ...], reason: str, date: str | None, log: Path, folder: Path
) -> None:
    """Take articles, named by their ids, out of a build, and all that rests on them alone.

    What others say as well stays. That the article was there, with the digest of its text and the
    reason, stays in the graph of the history.

    \b
    Example:
        kg retract late-report --reason "withdrawn by its publisher" --date 2024-07-02
    """
    from kg.living import retract as take_out

    with plain_errors():
        tell_update(folder, take_out(folder, articles, reason, date, said=said_for(folder, log)))


@main.command()
@paths_argument
@build_option
@claims_option
@judgements_option
@model_option
@jobs_option
def replace(
    paths: tuple[str, ...],
    folder: Path,
    given: Path | None,
    log: Path,
    model: str | None,
    jobs: int | None,
) -> None:
    """Put articles in the place of those of the same ids in a build.

    \b
    Example:
        kg replace late-report.md
    """
    from kg.living import open_build, replace_articles

    with plain_errors():
        open_build(folder)
        corpus = read(paths)
        arrivals = _arrivals(corpus, corpus.articles, given, model, jobs)
        tell_update(folder, replace_articles(folder, arrivals, said=said_for(folder, log)))
    finish(corpus.rejections)


def _arrivals(
    corpus: Corpus,
    wanted: Sequence[Article],
    given: Path | None,
    model: str | None,
    jobs: int | None,
) -> list[Arrival]:
    """Read the claims of some articles of what came in."""
    from dataclasses import replace as with_

    from kg.pipeline import arrivals

    read_in = corpus if given else with_(corpus, articles=tuple(wanted))
    claims, tools = claims_of(read_in, given, model, jobs)
    return list(arrivals(wanted, claims, tools))


@main.command()
@build_option
def tidy(folder: Path) -> None:
    """Rewrite what many changes left of the graph on disk, so that changes and questions are quick.

    `kg add`, `kg retract` and `kg replace` begin it by themselves, in the background, where it is
    due. Nothing that can be asked is changed, and others may read and write meanwhile.

    \b
    Example:
        kg tidy
    """
    from kg.living import tidy as rewrite

    with plain_errors():
        done = rewrite(folder)
    say(f"{folder}: {'rewritten' if done else 'nothing to rewrite'}")


def _tidy_later(folder: Path) -> None:
    """Have another process do it, for which nobody waits."""
    other = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "kg", "--quiet", "tidy", "--build", str(folder.resolve())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    other.returncode = 0  # it outlives this one


def tell_update(folder: Path, update: Update) -> None:
    """Say what changed, a line for each sort of thing; have done what is due after it."""
    if update.worn:
        _tidy_later(folder)
    rows: list[tuple[str, Moves]] = [
        (name, getattr(update, name))
        for name in ("articles", "claims", "entities", "events", "disagreements", "statements")
    ]
    told = [(name, _moves(moves)) for name, moves in rows if any(_numbers(moves))]
    if not told:
        say(f"{folder}: nothing changed")
        return
    width = max(len(name) for name, _ in told)
    lines = "\n".join(f"{name:{width}}  {words}" for name, words in told)
    say(f"{folder}: changed\n{lines}\nnext: {next_steps(folder)}")


def _moves(moves: Moves) -> str:
    verbs = zip(_numbers(moves), ("added", "changed", "removed"), strict=True)
    return ", ".join(f"{number:,} {verb}" for number, verb in verbs if number)


def _numbers(moves: Moves) -> tuple[int, int, int]:
    return moves.added, moves.changed, moves.removed
