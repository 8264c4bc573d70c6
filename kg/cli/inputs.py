"""What commands take in and hand on: articles and claims in, lines of records out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Article, Rejection
    from kg.pipeline import Corpus


def read(paths: Iterable[str]) -> Corpus:
    """Read the articles of files, folders and standard input."""
    from kg.pipeline import read as read_corpus

    return read_corpus(paths, standard_input())


def claims_of(corpus: Corpus, given: Path | None, model: str | None) -> tuple[Any, tuple[str, ...]]:
    """Give the claims and the tools that read them: from a file, or by the parser."""
    from kg.pipeline import extract, load_claims

    if given:
        return load_claims(given, corpus.articles), ()
    from kg.claims.engine import load_engine

    engine = load_engine(model)
    return extract(corpus.articles, engine, watch), (str(engine.tool),)


def standard_input() -> BinaryIO:
    """Give the bytes that come in."""
    return sys.stdin.buffer


def write_records(out: Sink, records: Iterable[object]) -> None:
    """Write records, one a line."""
    from kg.records import to_line

    out.write("".join(f"{to_line(record)}\n" for record in records))


def watch(articles: Sequence[Article]) -> Iterator[Article]:
    """Show progress on standard error, only on a terminal."""
    if not sys.stderr.isatty() or len(articles) < 2:
        yield from articles
        return
    with click.progressbar(articles, label="reading", file=sys.stderr) as bar:
        yield from bar


def finish(rejections: Sequence[Rejection], failed: Sequence[str] = ()) -> None:
    """Name what was skipped or failed; the exit status says that something was."""
    for each in rejections:
        click.echo(f"skipped {each.source}: {each.reason}", err=True)
    for words in failed:
        click.echo(words, err=True)
    if rejections or failed:
        sys.exit(1)
