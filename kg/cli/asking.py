"""Commands that ask: bundled questions, SPARQL of one's own, and the first minute."""

from __future__ import annotations

import sys
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.graph import build
from kg.cli.inputs import standard_input
from kg.cli.program import count, main, next_steps, plain_errors, say, tell_of_age, width_of
from kg.options import build_option, folder_option, form_option, out_option, parameters_of
from kg.sinks import Sink

if TYPE_CHECKING:  # the command line is quick to start
    from kg.queries.model import Rows
    from kg.queries.reader import Coming

SHOWN: dict[str, dict[str, str]] = {
    "attendees-of-a-meeting": {},
    "disagreements-between-sources": {},
    "materials-under-control": {"date": "2025-01-31", "material": "gallium"},
}


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
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0.1),
    default=60.0,
    show_default=True,
    help="Seconds after which to give up.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    default=2048,
    show_default=True,
    metavar="MB",
    help="Memory that looking for the answer may take.",
)
@build_option
@out_option
def query(
    name: str | None,
    values: tuple[str, ...],
    pairs: tuple[str, ...],
    form: str,
    endpoint: str | None,
    limit: int | None,
    seconds: float,
    memory: int,
    folder: Path,
    out: Sink,
) -> None:
    """Ask a bundled question by name, or a SPARQL query of one's own; without NAME, list them.

    Prefixes of the project need not be declared in one's own query. The answer is looked for in a
    process of its own; where that takes too long or too much memory there is no answer, and the
    exit status is 5.

    \b
    Example:
        kg query
        kg query commitments-of-a-state --state Japan
        kg query my-question.rq -f csv -o rows.csv
    """
    with plain_errors():
        if name is None:
            _list_questions(out)
            return
        from kg.queries.catalogue import question

        asked, given = question(name, standard_input()), parameters_of(values, pairs)
        if endpoint:
            from kg.queries.endpoint import Endpoint

            truncated = _show(Endpoint(endpoint, ceil(seconds)).run(asked, given, limit), form, out)
        else:
            from kg.queries.reader import Reader, reading

            tell_of_age(folder)
            with reading(folder, memory * 2**20) as worker:
                coming = Reader(worker, seconds).stream(asked, given, limit, near=True)
                for note in coming.head.notes:
                    say(note)
                truncated = _show_coming(coming, form, out)
    if truncated:
        say(f"only the first {count(limit or 0, 'row')}; give a higher --limit for more")


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
        for name, values in SHOWN.items():
            asked = question(name)
            defaults = {each.name: each.default for each in asked.parameters if each.default}
            given = [f"{each} {value}" for each, value in {**defaults, **values}.items()]
            click.echo(" ".join([f"\n{asked.summary}", *(f"({each})" for each in given)]) + "\n")
            click.echo(write(ask(asked, values, opened), "table", 120), nl=False)
    say(f"\nnext: {next_steps(folder)}")
    sys.exit(exit_status(report))


def _show_coming(coming: Coming, form: str, out: Sink) -> bool:
    """Write rows as they come where the form allows it; say whether a limit left some out."""
    from kg.queries.writers import STREAMED, stream

    if form not in STREAMED or coming.head.form == "ask":
        return _show(coming.whole(), form, out)
    out.stream(stream(coming.head.columns, coming.rows, form))
    return coming.truncated


def _show(rows: Rows, form: str, out: Sink) -> bool:
    """Write rows; say whether a limit left some out."""
    from kg.queries.writers import write

    width = width_of(out)
    shown = write(rows, form, width)
    out.write(shown)
    if form == "table" and width and shown != write(rows, form):
        say("cells are cut to fit; -f csv or -f markdown gives them whole")
    return rows.truncated


def _list_questions(out: Sink) -> None:
    """Name each question, what it asks and its parameters, those it can do without in brackets."""
    from kg.queries.catalogue import catalogue

    lines: list[str] = []
    width = max(len(each.name) for each in catalogue())
    for each in catalogue():
        usage = [parameter.usage for parameter in each.parameters]
        lines.append("  ".join([f"{each.name:{width}}", each.summary, *usage]))
    out.write("\n".join(lines) + "\n")
