"""Commands of the graph: build it, check it, confirm what was written, load it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import (
    claims_of,
    finish,
    read,
    record_of,
    said_in,
    standard_input,
    watch,
    watch_graphs,
    watch_stages,
)
from kg.cli.program import count, main, next_steps, plain_errors, say, tell_of_age
from kg.options import (
    SINK,
    base_option,
    build_argument,
    build_option,
    claims_option,
    engine_options,
    fail_on_option,
    folder_option,
    form_option,
    jobs_option,
    judgements_option,
    model_option,
    out_option,
    paths_argument,
    protocol_option,
    record_options,
    shapes_option,
    texts_option,
)
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.articles.model import Rejection
    from kg.graph.store import Build
    from kg.shapes.judging import Engine
    from kg.shapes.kept import Built
    from kg.shapes.model import FailOn
    from kg.shapes.writing import Format


@main.command()
@paths_argument
@folder_option("Folder to build into; an earlier build is replaced.")
@claims_option
@click.option("--trig", type=SINK, metavar="FILE", help="Write TriG as well.")
@base_option
@judgements_option
@record_options
@model_option
@jobs_option
def build(
    paths: tuple[str, ...],
    folder: Path,
    given: Path | None,
    trig: Sink | None,
    base: str | None,
    log: Path,
    records: tuple[str, ...],
    alone: bool,
    model: str | None,
    jobs: int | None,
) -> None:
    """Build the graph of articles: claims, entities, events, RDF and store, whole or not at all.

    Inputs that cannot be read are named and skipped; the exit status is then 1. What persons judged
    (`kg same`, `kg different`) is taken from the log of judgements. A legal record with a fault
    builds nothing; one that was given stays that of the build whatever is added to it.

    \b
    Example:
        kg build articles/ -o kg-build
        kg build articles/ --trig graph.trig
        kg build articles/ --legal-record decrees.csv
    """
    from kg.iris import Iris
    from kg.living import build as build_graph
    from kg.pipeline import arrivals, arriving

    refused: list[Rejection] = []
    with plain_errors():
        record = record_of(records, alone=alone)
        said = said_in(log) or ()
        if given:
            corpus = read(paths)
            refused += corpus.rejections
            found = arrivals(corpus.articles, *claims_of(corpus, given, model))
        else:
            found = arriving(paths, standard_input(), refused.append, model, jobs, watch)
        own = Iris(base) if base else Iris()
        with watch_stages() as tell:
            made = build_graph(folder, found, own, refused, said, record, tell)
        if trig:
            trig.write(made.dataset.trig(made.iris.base))
        counts = made.manifest.counts
        numbers = ", ".join(
            count(counts[name], name[:-1])
            for name in ("articles", "claims", "events", "disagreements", "quads")
        )
        say(f"{folder}: {numbers}\nnext: {next_steps(folder)}")
    finish(refused)


@main.command()
@build_argument("[BUILD|FILE|-]")
@shapes_option
@texts_option
@engine_options
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Judge also what has not changed since the last report.",
)
@form_option("text", "json", "turtle", "junit", "sarif")
@fail_on_option
@out_option
def validate(
    target: str,
    shapes: Path | None,
    texts: tuple[str, ...],
    engine: Engine,
    timeout: float,
    memory: int,
    everything: bool,
    form: Format,
    fail_on: FailOn,
    out: Sink,
) -> None:
    """Check a build, an RDF file or standard input against shapes; show the sentence at fault.

    Engines run in a process of their own. One that gives up, crashes or takes longer or more memory
    than it may has found nothing valid: that is an error. Of a build that was checked before, only
    what changes since then touch is judged again; the report is that of the whole.

    Exit status: 0 conforms, 1 findings, 2 wrong usage, 3 no verdict, 4 internal.

    \b
    Example:
        kg validate
        kg validate graph.ttl --shapes my-shapes.ttl -f sarif -o report.sarif
    """
    from kg.shapes.guarded import Limits
    from kg.shapes.kept import validate_build
    from kg.shapes.model import exit_status
    from kg.shapes.validate import validate as judge
    from kg.shapes.writing import write_report
    from kg.targets import lacking, open_target

    tell_of_age(target)
    with plain_errors():
        opened = open_target(target, standard_input())
        given = {each.id: each for each in read(texts).articles} if texts else opened.articles
        limits = Limits(timeout, memory)
        if opened.build and not texts:
            built = _built(opened.build)
            report, judged = validate_build(built, shapes, engine, limits, everything=everything)
            if judged is not None:
                say(f"{count(judged, 'node')} that changes touch judged since the last report")
        else:
            report = judge(
                opened.dataset,
                shapes,
                articles=given,
                ontology=lacking(opened),
                engine=engine,
                limits=limits,
            )
        out.write(write_report(report, form))
    sys.exit(exit_status(report, fail_on))


@main.command()
@click.argument("exported", metavar="BUILD|EXPORT|-")
@click.argument("paths", nargs=-1, metavar="[PATH]…")
def verify(exported: str, paths: tuple[str, ...]) -> None:
    """Confirm that every piece of evidence in an export stands in the articles.

    Works without quotations: offsets and digests are enough for whoever holds the articles.
    A build is also read whole first, so that any damage to its records or its graph is found;
    where no articles are given, its evidence is compared with those that it keeps.

    \b
    Example:
        kg verify shareable.trig articles/
        kg verify kg-build
    """
    from kg.targets import compare

    with plain_errors():
        articles = read(paths).articles if paths else None
        found = compare(exported, articles, standard_input())
    for mismatch in found.mismatches:
        click.echo(mismatch)
    for kind, names in (("not given", found.missing), ("changed since the export", found.changed)):
        for name in names:
            click.echo(f"{name}: article {kind}")
    say(f"{found.confirmed:,} of {count(found.checked, 'quotation')} confirmed")
    sys.exit(0 if found.ok else 1)


@main.command()
@click.argument("url")
@protocol_option
@build_option
@click.option(
    "--query", "asked", metavar="URL", help="Where the store is asked; known of common stores."
)
@click.option(
    "--user",
    metavar="NAME",
    help="Whom the store lets in; the password is asked for unless KG_PASSWORD holds it.",
)
def push(url: str, protocol: str, folder: Path, asked: str | None, user: str | None) -> None:
    """Load a build into the SPARQL store at URL, graph by graph.

    Graphs of articles that the build does not have any more are dropped there; graphs of others are
    left alone.

    \b
    Example:
        kg push http://127.0.0.1:7878/store
        kg push http://127.0.0.1:8890/sparql-graph-crud-auth --user dba    # Virtuoso
    """
    from kg.queries.push import push as load
    from kg.queries.sending import Access
    from kg.targets import open_target

    tell_of_age(folder)
    access = Access(user, _password(user)) if user else None
    with plain_errors():
        target = open_target(str(folder))
        base = target.iris.base
        pushed = load(
            target.dataset, url, protocol, base=base, asked=asked, access=access, watch=watch_graphs
        )
    told = f"{count(pushed.statements, 'statement')} in {count(pushed.graphs, 'graph')}"
    gone = f"; {count(pushed.removed, 'graph')} dropped" if pushed.removed else ""
    say(f"{url}: {told} by {pushed.protocol}{gone}\nnext: kg query NAME --endpoint URL")


def _password(user: str) -> str:
    told = os.environ.get("KG_PASSWORD")
    return told or str(click.prompt(f"Password of {user}", hide_input=True, err=True))


def _built(opened: Build) -> Built:
    from kg.shapes.kept import Built

    return Built(opened.path, opened.manifest.digest, opened.dataset, opened.texts(), opened.since)
