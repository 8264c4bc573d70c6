"""Commands of the reference facts: a table of legal measures in, Turtle out."""

from __future__ import annotations

import click

from kg.cli.inputs import refuse_faults, standard_input
from kg.cli.program import count, main, plain_errors, say
from kg.options import out_option
from kg.sinks import Sink


@main.command()
@click.argument("table", metavar="TABLE|-")
@out_option
def reference(table: str, out: Sink) -> None:
    """Turn a table of legal measures into Turtle for the reference graph.

    Every row names its official source; a row that cannot be right is refused with its line,
    its column and what to do, and then nothing is written. docs/legal-record.md has the columns.

    \b
    Example:
        kg reference measures.csv -o measures.ttl
    """
    from kg.graph.legal import concepts, turtle
    from kg.legaltable import read_file

    with plain_errors():
        found = read_file(table, standard_input(), concepts())
        refuse_faults(table, found)
        out.write(turtle(found.measures))
    say(f"{table}: {count(len(found.measures), 'measure')}")
