"""The command line: read options, call one function, say what happened.

Data goes to standard output, words to standard error. Exit status: 0 done, 1 done but
something was skipped or does not conform, 2 wrong usage, 3 unreadable input, 4 a bug.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from kg import __version__
from kg.errors import KgError
from kg.options import (
    BUILD,
    INTERRUPTED,
    SINK,
    Questions,
    Told,
    base_option,
    build_option,
    claims_option,
    fail_on_option,
    folder_option,
    form_option,
    model_option,
    out_option,
    parameters_of,
    paths_argument,
    protocol_option,
    quotes_option,
    shapes_option,
    texts_option,
)
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Article, Rejection
    from kg.pipeline import Corpus
    from kg.shapes.model import FailOn
    from kg.shapes.writing import Format


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn our own errors into one line and their exit status; let bugs show their traceback."""
    try:
        yield
    except KgError as error:
        raise Told(str(error), error.status) from error


def say(words: str) -> None:
    """Tell the reader something, beside the data."""
    if not click.get_current_context().find_root().params.get("quiet"):
        click.echo(words, err=True)


@click.group(cls=Questions, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error.")
def main(quiet: bool) -> None:
    """Read articles and statements; publish a knowledge graph in which every statement
    leads back to the sentence that makes it.
    """  # noqa: D205 - one sentence, too long for a line


# ---- what the stages yield --------------------------------------------------


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
        corpus = _read(paths)
        _write(out, corpus.articles)
    _finish(corpus.rejections)


@main.command()
@paths_argument
@out_option
@model_option
def claims(paths: tuple[str, ...], out: Sink, model: str | None) -> None:
    """Read the claims of articles, each with its exact sentence, one a line.

    \b
    Example:
        kg claims articles/ -o claims.jsonl
    """
    with plain_errors():
        corpus = _read(paths)
        found, _ = _claims(corpus, None, model)
        _write(out, found)
        say(f"{_count(len(found), 'claim')} in {_count(len(corpus.articles), 'article')}")
    _finish(corpus.rejections)


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
        corpus = _read(paths)
        found, _ = _claims(corpus, given, model)
        identity, _ = resolve(found, corpus.articles)
        _write(out, identity.judgements if log else identity.entities)
    _finish(corpus.rejections)


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
        corpus = _read(paths)
        found, _ = _claims(corpus, given, model)
        _, ledger = resolve(found, corpus.articles)
        _write(out, ledger.disagreements if disagreements else ledger.events)
    _finish(corpus.rejections)


# ---- the graph ----------------------------------------------------------------


@main.command()
@paths_argument
@folder_option("Folder to build into; an earlier build is replaced.")
@claims_option
@click.option("--trig", type=SINK, metavar="FILE", help="Write TriG as well.")
@base_option
@model_option
def build(
    paths: tuple[str, ...],
    folder: Path,
    given: Path | None,
    trig: Sink | None,
    base: str | None,
    model: str | None,
) -> None:
    """Build the graph of articles: claims, entities, events, RDF and store, whole or not at all.

    Inputs that cannot be read are named and skipped; the exit status is then 1.

    \b
    Example:
        kg build articles/ -o kg-build
        kg build articles/ --trig graph.trig
    """
    from kg.iris import Iris
    from kg.pipeline import build as build_graph

    with plain_errors():
        corpus = _read(paths)
        found, tools = _claims(corpus, given, model)
        made = build_graph(corpus, found, folder, Iris(base) if base else Iris(), tools)
        if trig:
            trig.write(made.dataset.trig(made.iris.base))
        counts = made.manifest.counts
        numbers = ", ".join(
            _count(counts[name], name[:-1])
            for name in ("articles", "claims", "events", "disagreements", "quads")
        )
        say(f"{folder}: {numbers}\nnext: {_next(folder)}")
    _finish(corpus.rejections)


@main.command()
@click.argument("target", default=BUILD, metavar="[BUILD|FILE|-]")
@shapes_option
@texts_option
@form_option("text", "json", "turtle", "junit", "sarif")
@fail_on_option
@out_option
def validate(
    target: str,
    shapes: Path | None,
    texts: tuple[str, ...],
    form: Format,
    fail_on: FailOn,
    out: Sink,
) -> None:
    """Check a build, an RDF file or standard input against shapes; show the sentence at fault.

    Exit status: 0 conforms, 1 findings, 2 wrong usage, 3 unreadable input, 4 internal.

    \b
    Example:
        kg validate
        kg validate graph.ttl --shapes my-shapes.ttl -f sarif -o report.sarif
    """
    from kg.shapes.model import exit_status
    from kg.shapes.validate import validate as judge
    from kg.shapes.writing import write_report
    from kg.targets import lacking, open_target

    with plain_errors():
        opened = open_target(target, _input())
        given = {each.id: each for each in _read(texts).articles} if texts else opened.articles
        report = judge(opened.dataset, shapes, articles=given, ontology=lacking(opened))
        out.write(write_report(report, form))
    sys.exit(exit_status(report, fail_on))


@main.command()
@click.argument("target", default=BUILD, metavar="[BUILD|FILE|-]")
@form_option("turtle", "trig", "nquads", "ntriples", "jsonld", "rdfxml", "csv")
@quotes_option
@out_option
def export(target: str, form: str, quotes: str, out: Sink) -> None:
    """Write a build, or an RDF file, in a format of the web of data.

    \b
    Example:
        kg export -f turtle -o graph.ttl
        kg export -f trig --quotes none -o shareable.trig
    """
    from kg.site.exports import export as exported
    from kg.targets import open_target

    with plain_errors():
        opened = open_target(target, _input())
        kept: Literal["full", "none"] = "none" if quotes == "none" else "full"
        out.write(exported(opened.dataset, form, quotes=kept, base=opened.iris.base))


@main.command()
@click.argument("exported", metavar="EXPORT")
@paths_argument
def verify(exported: str, paths: tuple[str, ...]) -> None:
    """Confirm that every piece of evidence in an export stands in the articles.

    Works without quotations: offsets and digests are enough for whoever holds the articles.

    \b
    Example:
        kg verify shareable.trig articles/
    """
    from kg.targets import compare

    with plain_errors():
        found = compare(exported, _read(paths).articles, _input())
    for mismatch in found.mismatches:
        click.echo(mismatch)
    for kind, names in (("not given", found.missing), ("changed since the export", found.changed)):
        for name in names:
            click.echo(f"{name}: article {kind}")
    say(f"{found.confirmed:,} of {_count(found.checked, 'quotation')} confirmed")
    sys.exit(0 if found.ok else 1)


# ---- questions ------------------------------------------------------------------


@main.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": True})
@click.argument("name", required=False, metavar="[NAME|FILE|-]")
@click.argument("values", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]…")
@click.option(
    "-p",
    "--param",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the question; --NAME VALUE is the same.",
)
@form_option("table", "csv", "json", "tsv", "markdown")
@click.option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint instead of a build.")
@click.option("--limit", type=click.IntRange(min=0), help="Show at most so many rows.")
@build_option
@out_option
def query(
    name: str | None,
    values: tuple[str, ...],
    pairs: tuple[str, ...],
    form: str,
    endpoint: str | None,
    limit: int | None,
    folder: Path,
    out: Sink,
) -> None:
    """Ask a bundled question by name, or a SPARQL query of one's own; without NAME, list them.

    Prefixes of the project need not be declared in one's own query.

    \b
    Example:
        kg query
        kg query commitments-of-a-state --state Japan
        kg query my-question.rq -f csv -o rows.csv
    """
    from kg.queries.writers import write
    from kg.targets import ask, open_target, question

    with plain_errors():
        if name is None:
            _list_questions(out)
            return
        asked = question(name, _input())
        target = endpoint or open_target(str(folder))
        rows = ask(asked, parameters_of(values, pairs), target, limit)
        shown = write(rows, form, _width(out))
        out.write(shown)
    if form == "table" and _width(out) and shown != write(rows, form):
        say("cells are cut to fit; -f csv or -f markdown gives them whole")
    if rows.truncated:
        say(f"only the first {limit} rows; give a higher --limit for more")


@main.command()
@click.argument("url")
@protocol_option
@build_option
def push(url: str, protocol: str, folder: Path) -> None:
    """Load a build into the SPARQL store at URL, graph by graph.

    \b
    Example:
        kg push http://127.0.0.1:7878/store
    """
    from kg.queries.push import push as load
    from kg.targets import open_target

    with plain_errors():
        pushed = load(open_target(str(folder)).dataset, url, protocol)
    told = f"{_count(pushed.statements, 'statement')} in {_count(pushed.graphs, 'graph')}"
    say(f"{url}: {told} by {pushed.protocol}\nnext: kg query NAME --endpoint URL")


# ---- the first minute -------------------------------------------------------------

SHOWN = ("attendees-of-a-meeting", "disagreements-between-sources", "materials-under-control")


@main.command()
@folder_option("Folder to build into.")
@click.pass_context
def demo(context: click.Context, folder: Path) -> None:
    """Build, validate and question the graph of the bundled sample articles.

    \b
    Example:
        kg demo
    """
    from kg.queries.writers import write
    from kg.resources import folder as bundled
    from kg.shapes.model import exit_status
    from kg.shapes.validate import validate as judge
    from kg.shapes.writing import write_report
    from kg.targets import ask, open_target, question

    context.invoke(build, paths=(str(bundled("articles")),), folder=folder)
    with plain_errors():
        opened = open_target(str(folder))
        report = judge(opened.dataset, articles=opened.articles)
        click.echo(f"\nDoes it conform to the shapes?\n\n{write_report(report, 'text')}", nl=False)
        for name in SHOWN:
            asked = question(name)
            given = [f"{each.name} {each.default}" for each in asked.parameters if each.default]
            click.echo(" ".join([f"\n{asked.summary}", *(f"({each})" for each in given)]) + "\n")
            click.echo(write(ask(asked, {}, opened), "table", 120), nl=False)
    say(f"\nnext: {_next(folder)}")
    sys.exit(exit_status(report))


def _list_questions(out: Sink) -> None:
    """Name each question, what it asks and its parameters, those it can do without in brackets."""
    from kg.queries.catalogue import catalogue

    lines: list[str] = []
    width = max(len(each.name) for each in catalogue())
    for each in catalogue():
        usage = [parameter.usage for parameter in each.parameters]
        lines.append("  ".join([f"{each.name:{width}}", each.summary, *usage]))
    out.write("\n".join(lines) + "\n")


# ---- how the program starts and ends --------------------------------------------------


def run() -> None:
    """Start the command line; a bug ends with its traceback and status 4."""
    sys.excepthook = _bug
    main(prog_name="kg")


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(INTERRUPTED if issubclass(kind, KeyboardInterrupt) else 4)


# ---- what the commands share --------------------------------------------------------


def _read(paths: Iterable[str]) -> Corpus:
    from kg.pipeline import read

    return read(paths, _input())


def _claims(corpus: Corpus, given: Path | None, model: str | None) -> tuple[Any, tuple[str, ...]]:
    """Give the claims and the tools that read them: from a file, or by the parser."""
    from kg.pipeline import extract, load_claims

    if given:
        return load_claims(given, corpus.articles), ()
    from kg.claims.engine import load_engine

    engine = load_engine(model)
    return extract(corpus.articles, engine, _watch), (str(engine.tool),)


def _input() -> BinaryIO:
    return sys.stdin.buffer


def _write(out: Sink, records: Iterable[object]) -> None:
    from kg.records import to_line

    out.write("".join(f"{to_line(record)}\n" for record in records))


def _watch(articles: Sequence[Article]) -> Iterator[Article]:
    """Show progress on standard error, only on a terminal."""
    if not sys.stderr.isatty() or len(articles) < 2:
        yield from articles
        return
    with click.progressbar(articles, label="reading", file=sys.stderr) as bar:
        yield from bar


def _finish(rejections: Sequence[Rejection]) -> None:
    """Name what was skipped; the exit status says that something was."""
    for each in rejections:
        click.echo(f"skipped {each.source}: {each.reason}", err=True)
    if rejections:
        sys.exit(1)


def _width(out: Sink) -> int | None:
    """Give the columns of the terminal that is written to, None for anything else."""
    on_terminal = out.path is None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if on_terminal else None


def _next(folder: Path) -> str:
    """Give the commands to go on with, for the build at hand."""
    if str(folder) == BUILD:
        return "kg validate, kg query, kg export -f turtle"
    name = shlex.quote(str(folder))
    return f"kg validate {name}, kg query -b {name}, kg export {name} -f turtle"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
