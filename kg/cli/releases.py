"""Commands on versions of a graph: release one, compare two."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.inputs import standard_input
from kg.cli.program import count, main, plain_errors, say
from kg.options import PATH, build_option, form_option, out_option
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.graph.difference import Form
    from kg.graph.releasing import Released


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


@main.command()
@click.argument("name", metavar="NAME")
@build_option
@click.option(
    "--to", "target", type=PATH, default="releases", show_default=True, help="Where releases stand."
)
@click.option("--bands", "limits", type=PATH, metavar="FILE", help="How many of what there may be.")
@click.option("--force", is_flag=True, help="Release even what is suspicious.")
def release(name: str, folder: Path, target: Path, limits: Path | None, force: bool) -> None:
    """Write the build as the release NAME: a folder that is never changed again.

    It holds the sorted graph, what changed since the release before, and a manifest with counts,
    digests and versions. Identifiers that were released before lead on to what replaced them.
    Numbers out of their bands stop it; exit status 1.

    \b
    Example:
        kg release 2025-06
        kg release 2025-07 --bands bands.yaml --to public/releases
    """
    from kg.graph.bands import Bands, read_bands
    from kg.graph.releasing import write_release
    from kg.targets import open_target

    with plain_errors():
        opened = open_target(str(folder))
        bands = read_bands(limits) if limits else Bands()
        made = write_release(
            opened.dataset, name, target, bands, opened.tools, opened.iris, force=force
        )
        say(f"{target / name}: {_told(made)}\nnext: kg diff {target / name} OTHER")


def _told(made: Released) -> str:
    told = [count(made.manifest.statements, "statement")]
    if made.changes is not None:
        told.append(f"{len(made.changes.added):,} new and {len(made.changes.removed):,} gone")
    if made.lineage is not None and made.lineage.replaced:
        told.append(f"{count(len(made.lineage.replaced), 'identifier')} led on")
    if made.manifest.previous:
        told.append(f"after {made.manifest.previous}")
    return ", ".join(told)
