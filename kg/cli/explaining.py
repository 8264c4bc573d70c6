"""Commands that explain: what is behind anything that stands in a graph."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.inputs import standard_input
from kg.cli.program import main, plain_errors, width_of
from kg.options import build_option, form_option, out_option
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.queries.why.facts import Facts
    from kg.queries.why.model import Branch, Extent

LOOKS: Final[dict[str, dict[str, bool | str]]] = {
    "aside": {"dim": True},
    "more": {"dim": True},
    "entity": {"bold": True},
    "event": {"bold": True},
    "pair": {"bold": True},
    "verdict same": {"fg": "green"},
    "verdict different": {"fg": "red"},
    "verdict unsure": {"fg": "yellow"},
    "disagreement": {"fg": "yellow"},
    "retraction": {"fg": "red"},
}
"""How kinds of lines look on a terminal."""


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME [NAME | ROLE VALUE]")
@click.option("--all", "everything", is_flag=True, help="Show lists whole, however long.")
@form_option("text", "json")
@build_option
@out_option
def why(names: tuple[str, ...], everything: bool, form: str, folder: Path, out: Sink) -> None:
    """Show what is behind anything in the graph: claims, quotations, judgements, rules.

    One NAME is an entity, event, claim, judgement, disagreement or article: an IRI, a path
    such as state/JP, person:ann-lee, or any name. Two ask whether they are one, and why;
    NAME@ARTICLE is what one article calls so. An event with a ROLE and a VALUE asks for one
    statement. Works on a build, a release or an RDF file (-b).

    \b
    Example:
        kg why Japan
        kg why "Ken Saito" "Saito Gen@after-camp-david"
        kg why material:gallium -b graph.ttl -f json
    """
    from kg.queries.why.drawing import as_json, drawn
    from kg.queries.why.facts import Facts
    from kg.queries.why.model import SHOWN, Extent
    from kg.targets import open_target

    if len(names) > 3:
        raise click.UsageError("give one name, two names, or an event with a role and a value")
    with plain_errors():
        opened = open_target(str(folder), standard_input())
        facts = Facts(opened.dataset, opened.iris.base)
        account = _account(names, facts, Extent(None if everything else SHOWN))
        if form == "json":
            out.write(as_json(account))
        else:
            out.write(drawn(account, width_of(out), painter(out), facts.base))


def painter(out: Sink) -> Callable[[str, str], str]:
    """Give what paints lines: on a terminal that wants colours, nothing elsewhere."""

    def paint(kind: str, text: str) -> str:
        return click.style(text, **LOOKS[kind]) if kind in LOOKS else text  # type: ignore[arg-type]  # looks are click's

    plain = width_of(out) is None or bool(os.environ.get("NO_COLOR"))
    return (lambda _, text: text) if plain else paint


def _account(names: tuple[str, ...], facts: Facts, extent: Extent) -> Branch:
    from kg.queries.why.explain import why, why_stated
    from kg.queries.why.pairs import why_both

    match names:
        case [name]:
            return why(name, facts, extent)
        case [one, other]:
            return why_both(one, other, facts, extent)
        case _:
            event, role, value = names
            return why_stated(event, role, value, facts, extent)
