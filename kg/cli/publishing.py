"""The command that writes a build as a site of files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.program import count, main, plain_errors, say, tell_of_age
from kg.options import PATH, build_option

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.site.publish.site import Published

_FORMS = ("html", "ttl", "jsonld", "nt", "rdf", "trig", "json", "csv")


@main.command()
@click.argument("target", metavar="DIR", type=PATH)
@build_option
@click.option("--title", default="Communiqué", show_default=True, help="What the site is called.")
@click.option("--publisher", default="", help="Who publishes it.")
@click.option("--licence", default="", metavar="IRI", help="The licence of the data.")
@click.option("--address", default="", metavar="URL", help="Where the public will find it.")
@click.option("--endpoint", default="", metavar="URL", help="A SPARQL endpoint on the same data.")
@click.option("--no-quotes", is_flag=True, help="Leave out all text of articles.")
@click.option("--no-texts", is_flag=True, help="Show articles by their quotations only.")
@click.option("--again", is_flag=True, help="Write it anew even where nothing changed.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Processes that write pages; as many as there are cores, up to 8, unless told.",
)
@click.option(
    "--formats",
    default=",".join(_FORMS),
    show_default=True,
    metavar="LIST",
    help="Documents to write for each resource.",
)
def publish(
    target: Path,
    folder: Path,
    title: str,
    publisher: str,
    licence: str,
    address: str,
    endpoint: str,
    no_quotes: bool,
    no_texts: bool,
    formats: str,
    again: bool,
    workers: int | None,
) -> None:
    """Write a build, or a release, as a site of files into DIR.

    Pages, documents for every resource, dumps with checksums, and an .htaccess. Identifiers stay
    what they are. Any web server sends it; searching and asking need `kg serve`.

    \b
    Example:
        kg publish public
        kg publish public --address https://data.example.org/kg/ --publisher "Example Institute"
        kg publish public --no-quotes --formats html,ttl,jsonld
    """
    from kg.publishing import processes
    from kg.publishing import publish as write_site
    from kg.site.forms import FORMS
    from kg.site.model import Settings

    wanted = [each.strip() for each in formats.split(",")]
    if unknown := sorted({*wanted} - {*_FORMS}):
        known = ", ".join(_FORMS)
        raise click.BadParameter(
            f"{', '.join(unknown)}: give some of {known}", param_hint="formats"
        )
    if "html" not in wanted:
        raise click.BadParameter("html cannot be left out", param_hint="formats")
    settings = Settings(
        title=title,
        publisher=publisher,
        licence=licence,
        address=_slashed(address),
        endpoint=endpoint,
        quotes=not no_quotes,
        texts=not (no_texts or no_quotes),
    )
    forms = [form for form in FORMS if form.extension in wanted]
    tell_of_age(folder)
    with plain_errors(), _interrupted(target):
        made = write_site(
            folder,
            target,
            settings,
            forms,
            _Progress(),
            again=again,
            workers=workers or processes(),
        )
    sys.exit(finished(target, made))


def finished(target: Path, made: Published) -> int:
    """Say what was written and name the pages that lack their answer; give the exit status."""
    told = f"{count(made.pages, 'page')}, {count(made.files, 'file')}, {made.bytes:,} bytes"
    say(f"{target}: {told}\nnext: python -m http.server -d {target}")
    for path, reason in made.lacking:
        click.echo(f"{path}: without its answer, which {reason}", err=True)
    return 1 if made.lacking else 0


@contextmanager
def _interrupted(target: Path) -> Iterator[None]:
    """Tell whoever stops it what is left."""
    try:
        yield
    except KeyboardInterrupt:
        from kg.site.folders import aside

        left = aside(target.resolve())
        if left.exists():
            say(f"\nstopped; {target} is as it was. The same command goes on; or remove {left}")
        raise


def _slashed(address: str) -> str:
    """Let an address end with a slash; it has to be one of the web."""
    if not address:
        return ""
    if not address.startswith(("http://", "https://")):
        raise click.BadParameter("give an address of the web, http or https", param_hint="address")
    return address if address.endswith("/") else f"{address}/"


class _Progress:
    """Show on a terminal how far it is."""

    def __init__(self) -> None:
        root = click.get_current_context().find_root()
        self._shown = sys.stderr.isatty() and not root.params.get("quiet")
        self._last = -1

    def __call__(self, done: int, everything: int) -> None:
        percent = 100 * done // max(everything, 1)
        if self._shown and percent != self._last:
            self._last = percent
            click.echo(f"\r{percent:3d} % of {everything:,} pages", err=True, nl=done == everything)
