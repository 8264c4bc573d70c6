"""The command that searches names, labels, titles and quotations by their words."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.program import main, plain_errors, say, width_of
from kg.options import build_option, form_option, out_option
from kg.sinks import Sink

COLUMNS = ("kind", "label", "matched", "where", "text", "iri")


@main.command()
@click.argument("text", nargs=-1, required=True, metavar="TEXT")
@click.option(
    "--kind",
    default="",
    metavar="KIND",
    help="Only these: person, organisation, state, meeting, commitment, claim, article …",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="Show at most so many hits.",
)
@form_option("table", "csv", "json", "tsv", "markdown")
@build_option
@out_option
def search(
    text: tuple[str, ...], kind: str, limit: int, form: str, folder: Path, out: Sink
) -> None:
    """Search a build for words: names in any spelling, labels, titles and quotations.

    All words must be there, the last may be a beginning; accents and case do not matter. Names of
    persons are also found where they sound alike. The best hits come first.

    \b
    Example:
        kg search Saitoh
        kg search export licence --kind claim
    """
    from kg.queries.model import Rows, Term
    from kg.queries.writers import write
    from kg.words import search as find

    with plain_errors():
        hits = find(folder, " ".join(text), kind, limit)
        rows = tuple(
            (
                *(Term("literal", each) for each in (row.kind, row.label, row.field)),
                Term("literal", row.place),
                Term("literal", row.text),
                Term("uri", row.iri),
            )
            for row in (hit.row for hit in hits)
        )
        out.write(write(Rows(COLUMNS, rows), form, width_of(out)))
    if not hits:
        say("nothing bears these words; try fewer, or only the beginning of one")
