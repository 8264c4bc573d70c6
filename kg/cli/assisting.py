"""The command that lets assistants ask a build."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.program import main, plain_errors
from kg.options import build_argument


@main.command()
@build_argument("[BUILD]")
@click.option("--no-quotes", is_flag=True, help="Keep quotations and titles back.")
def mcp(target: str, no_quotes: bool) -> None:
    """Answer assistants over standard input and output (Model Context Protocol).

    Its tools are the bundled questions, search, things and their evidence; every row comes with
    its source and quotation. It only reads, and reaches nothing but the build.

    \b
    Example:
        kg mcp kg-build
    """
    from kg.serving import hold
    from kg.site.extras import needed
    from kg.site.model import Settings

    with plain_errors():
        needed("mcp", "kg mcp", "mcp")
        from kg.site.assistants.server import server

        server(hold(Path(target), Settings(quotes=not no_quotes))).run("stdio")
