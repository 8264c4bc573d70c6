"""The command that shows a build as a site."""

from __future__ import annotations

import socket
from pathlib import Path

import click

from kg.cli.program import main, plain_errors, say
from kg.options import BUILD, PATH


@main.command()
@click.argument("folder", type=PATH, default=BUILD)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port; taken ones are passed over.",
)
@click.option("--open", "opening", is_flag=True, help="Open the site in a browser.")
def serve(folder: Path, host: str, port: int, opening: bool) -> None:
    """Show a build as pages, data and a SPARQL endpoint.

    \b
    Example:
        kg serve
        kg serve --port 0 --open
    """
    import uvicorn

    from kg.serving import hold
    from kg.site.web.app import application

    with plain_errors():
        app = application(hold(folder))
        with _listening(host, port) as listening:
            address = f"http://{host}:{listening.getsockname()[1]}/"
            say(f"the site is at {address} (Ctrl-C ends it)")
            if opening:
                click.launch(address)
            config = uvicorn.Config(app, log_level="warning", server_header=False)
            uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """Listen on the port, or on any that is free if it is taken."""
    try:
        return socket.create_server((host, port))
    except OSError:
        return socket.create_server((host, 0))
