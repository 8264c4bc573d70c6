"""Commands on versions of a graph: what differs between two."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import standard_input
from kg.cli.program import main, plain_errors
from kg.options import form_option, out_option
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.graph.difference import Form


@main.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--reference", is_flag=True, help="Compare the reference graph as well.")
@form_option("text", "json", "patch")
@out_option
def diff(old: str, new: str, reference: bool, form: Form, out: Sink) -> None:
    """List the statements that differ between two builds, releases or RDF files.

    RDF Patch (-f patch) brings a store that holds OLD to hold NEW. Exit status: 0 nothing
    differs, 1 something does.

    \b
    Example:
        kg diff kg-build other-build
        kg diff old.nq new.nq -f patch -o changes.rdfp
    """
    from kg.graph.difference import difference, write_difference
    from kg.targets import open_target

    with plain_errors():
        before, after = (open_target(each, standard_input()).dataset for each in (old, new))
        found = difference(before, after, reference=reference)
        out.write(write_difference(found, form))
    sys.exit(1 if found else 0)
