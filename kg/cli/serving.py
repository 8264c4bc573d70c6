"""The command that shows a build, a release or an RDF file as a site."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path

import click

from kg.cli.program import main, plain_errors, say, tell_of_age
from kg.options import PATH, build_argument


@main.command()
@build_argument("[BUILD|RELEASE|FILE]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port; a taken one is passed over, 0 takes any.",
)
@click.option("--open", "opening", is_flag=True, help="Open the site in a browser.")
@click.option("--title", default="Communiqué", show_default=True, help="Name of the site.")
@click.option("--publisher", default="", help="Who publishes it.")
@click.option("--licence", default="", help="IRI of the licence of its data.")
@click.option("--address", default="", help="Where the public finds it, behind a proxy.")
@click.option("--no-quotes", is_flag=True, help="Leave out all text of articles.")
@click.option("--no-texts", is_flag=True, help="Show articles by their quotations only.")
@click.option(
    "--timeout", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True,
    help="Seconds that one answer may take.",
)  # fmt: skip
@click.option(
    "--memory", type=click.IntRange(128), default=1536, show_default=True,
    help="Megabytes that one process may take to find an answer.",
)  # fmt: skip
@click.option(
    "--workers", type=click.IntRange(1, 64), default=3, show_default=True,
    help="Processes that find answers.",
)  # fmt: skip
@click.option(
    "--max-bytes", type=click.IntRange(1000), default=64 * 2**20, show_default=True,
    help="Bytes of the largest answer.",
)  # fmt: skip
@click.option(
    "--seconds-a-minute", "share", type=click.FloatRange(1), default=60.0, show_default=True,
    help="Seconds of looking for answers that one client gets in a minute.",
)  # fmt: skip
@click.option("--allow-host", "names", multiple=True, help="Another name of this site.")
@click.option("--releases", type=PATH, help="Releases of the build: what they published leads on.")
@click.option("--cors", is_flag=True, help="Let pages of any site read a site on this machine.")
@click.option("--proxy", is_flag=True, help="A proxy here names clients in X-Forwarded-For.")
@click.option("--log", "logging", is_flag=True, help="Tell every request on standard error.")
def serve(
    target: str,
    host: str,
    port: int,
    opening: bool,
    title: str,
    publisher: str,
    licence: str,
    address: str,
    no_quotes: bool,
    no_texts: bool,
    timeout: float,
    memory: int,
    workers: int,
    max_bytes: int,
    share: float,
    names: tuple[str, ...],
    releases: Path | None,
    cors: bool,
    proxy: bool,
    logging: bool,
) -> None:
    """Show a build as pages, data and a SPARQL endpoint; also a release or an RDF file.

    What changes in the build while it is shown is seen a second later.

    \b
    Example:
        kg serve
        kg serve --port 0 --open
        kg serve releases/2026-11 --address https://data.example.org/
    """
    from kg.pool import Share
    from kg.serving import Limits, hold, mark
    from kg.site.model import Settings
    from kg.site.web.live import Live
    from kg.site.web.running import rules_of, run

    tell_of_age(target)
    with plain_errors(), _listening(host, port) as listening:
        here = f"http://{_written(host)}:{listening.getsockname()[1]}/"
        there = f"{address.rstrip('/')}/" if address else here
        settings = Settings(title, publisher, licence, there, not no_quotes, not no_texts)
        limits = Limits(timeout, memory * 2**20, workers, max_bytes, Share(share, 2 * share))
        live = Live(
            lambda: hold(Path(target), settings, limits, releases), lambda: mark(Path(target))
        )
        private = _is_private(host)
        rules = rules_of(address, names, private=private, everywhere=cors)
        say(f"the site is at {here} (Ctrl-C ends it)")
        if live.older:
            say("it was made by another version: make it again where questions find nothing")
        if opening:
            click.launch(here)
        run(live, rules, listening, proxy=proxy, log=logging)


def _listening(host: str, port: int) -> socket.socket:
    """Listen on the port, or on any that is free if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError:
        return socket.create_server((host, 0), family=family)


def _is_private(host: str) -> bool:
    """Say whether only this machine can ask."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
