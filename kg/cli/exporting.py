"""The command that writes a build for others: RDF, tables, and what graph programs import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import standard_input
from kg.cli.program import main, plain_errors, say, tell_of_age
from kg.options import PATH, SINK, build_argument, form_option, no_quotes_option, quotes_option

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.site.statements import Quotes

FILES = ("turtle", "trig", "nquads", "ntriples", "jsonld", "jsonl", "rdfxml", "sheet")
FOLDERS = ("csv", "parquet", "neo4j")
NETWORKS = ("graphml", "gexf", "ftm")


@main.command()
@build_argument("[BUILD|FILE|-]")
@form_option(*FILES, *NETWORKS, *FOLDERS)
@quotes_option
@no_quotes_option
@click.option(
    "--memory",
    type=click.IntRange(min=1),
    default=320,
    show_default=True,
    metavar="MB",
    help="What is sorted in memory; more waits in files without a name beside the output.",
)
@click.option(
    "-o",
    "--out",
    type=PATH,
    default="-",
    show_default=True,
    help="File, or folder for csv, parquet and neo4j; - is standard output.",
)
@click.pass_context
def export(
    ctx: click.Context, target: str, form: str, quotes: Quotes, memory: int, out: Path
) -> None:
    """Write a build, or an RDF file, for the web of data, for tables or for graph programs.

    \b
    Example:
        kg export -f turtle -o graph.ttl
        kg export -f trig --quotes none -o shareable.trig
        kg export -f parquet -o tables
        kg export -f gexf -o network.gexf
    """
    from kg.site.exports import export_folder, stream
    from kg.targets import open_target

    held = memory << 20
    tell_of_age(target)
    with plain_errors(), _damage_told(target):
        if form in FOLDERS:
            if str(out) == "-":
                raise click.UsageError(f"-f {form} writes a folder; name it with -o", ctx)
            opened = open_target(target, standard_input())
            base = opened.iris.base
            export_folder(opened.dataset, form, out, quotes=quotes, base=base, memory=held)
            say(f"{out}: start with {out / 'README.md'}")
            return
        sink = SINK.convert(str(out), None, ctx)
        opened = open_target(target, standard_input())
        parts = stream(
            opened.dataset,
            form,
            quotes=quotes,
            base=opened.iris.base,
            memory=held,
            beside=sink.folder,
        )
        sink.stream(parts)


@contextmanager
def _damage_told(target: str) -> Iterator[None]:
    """Tell of a store whose tables are damaged in one line, as the engine found it."""
    from kg.errors import BuildError

    try:
        yield
    except RuntimeError as error:
        if "Corruption" not in str(error):
            raise
        raise BuildError(target, f"is damaged ({error}); build it again with `kg build`") from error
