"""The command that prints the ledger of disagreements."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.explaining import painter
from kg.cli.inputs import standard_input
from kg.cli.program import main, plain_errors, say, width_of
from kg.options import build_option, form_option, out_option
from kg.sinks import Sink


@main.command()
@click.argument("on", required=False, metavar="[NAME]")
@click.option("--rule", metavar="RULE", help="Only what this rule found.")
@click.option("--role", metavar="ROLE", help="Only on this role, such as date or attendee.")
@click.option(
    "--independent",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Only where each side has at least so many independent sources.",
)
@click.option("--all", "everything", is_flag=True, help="Show lists whole, however long.")
@form_option("text", "json", "table", "csv", "markdown")
@build_option
@out_option
def disagreements(
    on: str | None,
    rule: str | None,
    role: str | None,
    independent: int,
    everything: bool,
    form: str,
    folder: Path,
    out: Sink,
) -> None:
    """Print where sources cannot all be right: each side with its sentences, and what to take.

    With NAME only what concerns that event, entity or article. Nothing is settled: all sides
    stay in the graph. Works on a build, a release or an RDF file (-b).

    \b
    Example:
        kg disagreements
        kg disagreements Japan --role attendee
        kg disagreements --rule closed-list -f csv -o lists.csv
    """
    from kg.queries.why.drawing import as_json, drawn
    from kg.queries.why.facts import Facts
    from kg.queries.why.ledger import Wanted, account_of, rows_of
    from kg.queries.why.ledger import disagreements as find_disagreements
    from kg.queries.why.model import SHOWN, Extent
    from kg.queries.writers import write
    from kg.targets import open_target

    with plain_errors():
        opened = open_target(str(folder), standard_input())
        facts = Facts(opened.dataset, opened.iris.base)
        found = find_disagreements(facts, Wanted(on, rule, role, independent))
        if form in ("text", "json"):
            account = account_of(found, facts, Extent(None if everything else SHOWN))
            drawing = drawn(account, width_of(out), painter(out), facts.base)
            out.write(as_json(account) if form == "json" else drawing)
        else:
            out.write(write(rows_of(found, facts), form, width_of(out)))
    if not found:
        say("no disagreement; sources agree, or only one of them speaks")
