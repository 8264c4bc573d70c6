"""What commands take in and hand on: articles and claims in, lines of records out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

import click

from kg.cli.program import count, say
from kg.errors import RecordError
from kg.options import JUDGEMENTS
from kg.sinks import Sink

Passing = TypeVar("Passing")

_STAGES: Final = {
    "entities": "finding who is who",
    "events": "finding what is one event",
    "graph": "writing the graph",
    "words": "writing the index of words",
}

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Article, Rejection
    from kg.claims.model import Claim
    from kg.entities.model import Judgement
    from kg.graph.pen import Tell
    from kg.legal import Measure
    from kg.legaltable import Table
    from kg.pipeline import Corpus


class Counter:
    """Counts what passes."""

    def __init__(self) -> None:
        self.number = 0

    def of(self, passing: Iterable[Passing]) -> Iterator[Passing]:
        """Pass things on, counting them."""
        for each in passing:
            self.number += 1
            yield each


def read(paths: Iterable[str]) -> Corpus:
    """Read the articles of files, folders and standard input."""
    from kg.pipeline import read as read_corpus

    return read_corpus(paths, standard_input())


def claims_of(
    corpus: Corpus, given: Path | None, model: str | None, jobs: int | None = None
) -> tuple[tuple[Claim, ...], tuple[str, ...]]:
    """Give the claims and the tools that read them: from a file, or by the parser."""
    from kg.claims.engine import tool_of
    from kg.pipeline import load_claims

    if given:
        return load_claims(given, corpus.articles), ()
    refused: list[Rejection] = []
    found = tuple(each_claim(corpus.articles, model, jobs, refused.append))
    tell(refused)
    return found, (str(tool_of(model)),)


def record_of(tables: Sequence[str], *, alone: bool) -> tuple[Measure, ...] | None:
    """Give the legal record of tables, beside the bundled one or alone; None for that one only."""
    from kg.graph.legal import concepts
    from kg.legaltable import legal_record, read_file

    if not tables and not alone:
        return None
    measures = [] if alone else list(legal_record())
    for name in tables:
        found = read_file(name, standard_input(), concepts(), measures)
        refuse_faults(name, found)
        measures += found.measures
    return tuple(measures)


def refuse_faults(name: str, table: Table) -> None:
    """Name every fault of a table of legal measures; one with a fault ends the command."""
    for fault in table.faults:
        click.echo(f"{name}:{fault}", err=True)
    if table.faults:
        say(f"{count(len(table.faults), 'fault')}; nothing is written")
        sys.exit(3)


def said_in(log: Path) -> tuple[Judgement, ...] | None:
    """Give what persons judge by a log; None where there is none and none was asked for."""
    from kg.entities.log import judgements_of, read_log

    if not log.exists() and str(log) != JUDGEMENTS:
        raise RecordError(str(log), "no such log of judgements; check the path")
    return judgements_of(read_log(log)) if log.exists() else None


def said_for(folder: Path, log: Path) -> tuple[Judgement, ...] | None:
    """Give what persons judge by a log that has all that a build was judged by."""
    said = said_in(log)
    if said is not None:
        check_log(folder, log)
    return said


def check_log(folder: Path, log: Path) -> None:
    """Refuse a log that lacks what a build was judged by: it would be forgotten."""
    from kg.entities.log import read_log
    from kg.living import judged

    known = {each.id for each in read_log(log)}
    lacking = sum(each.id not in known for each in judged(folder))
    if lacking:
        raise RecordError(
            str(log),
            f"lacks {count(lacking, 'judgement')} that {folder} was built with; name the right log"
            " by --judgements, or `kg build` anew with this one",
        )


def each_claim(
    articles: Iterable[Article],
    model: str | None,
    jobs: int | None,
    refuse: Callable[[Rejection], object],
) -> Iterator[Claim]:
    """Yield the claims of articles as they are read, by all cores if `jobs` is None."""
    from kg.articles.model import Rejection
    from kg.pipeline import extract_each

    for _, told in extract_each(articles, model, jobs, watch):
        if isinstance(told, Rejection):
            refuse(told)
        else:
            yield from told


def standard_input() -> BinaryIO:
    """Give the bytes that come in."""
    return sys.stdin.buffer


def write_records(out: Sink, records: Iterable[object]) -> None:
    """Write records, one a line."""
    from kg.records import to_line

    out.write("".join(f"{to_line(record)}\n" for record in records))


def watch(articles: Iterable[Article]) -> Iterator[Article]:
    """Show progress on standard error, only on a terminal."""
    if not sys.stderr.isatty():
        yield from articles
        return
    with click.progressbar(articles, label="reading", file=sys.stderr, show_pos=True) as bar:
        yield from bar


@contextmanager
def watch_stages() -> Iterator[Tell]:
    """Show what a build is at after it has read, only on a terminal; nothing of it stays there."""
    shown = sys.stderr.isatty()

    def tell(stage: str, statements: int) -> None:
        many = f": {statements:,} statements" if statements else ""
        click.echo(f"\r\x1b[K{_STAGES[stage]}{many}", err=True, nl=False)

    try:
        yield tell if shown else lambda _stage, _statements: None
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def watch_graphs(names: Sequence[str]) -> Iterator[str]:
    """Show how many graphs are sent, only on a terminal."""
    if not sys.stderr.isatty():
        yield from names
        return
    with click.progressbar(names, label="sending", file=sys.stderr, show_pos=True) as bar:
        yield from bar


def tell(rejections: Iterable[Rejection]) -> None:
    """Name what was skipped."""
    for each in rejections:
        click.echo(f"skipped {each.source}: {each.reason}", err=True)


def finish(rejections: Sequence[Rejection], failed: Sequence[str] = ()) -> None:
    """Name what was skipped or failed; the exit status says that something was."""
    tell(rejections)
    for words in failed:
        click.echo(words, err=True)
    if rejections or failed:
        sys.exit(1)
