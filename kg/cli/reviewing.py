"""The command that lists what waits to be judged, and asks for judgements one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.inputs import check_log
from kg.cli.judging import (
    author_known,
    author_option,
    follow,
    record,
    time_after,
    told_entry,
)
from kg.cli.program import count, main, plain_errors, say, width_of
from kg.options import build_option, form_option, judgements_option, out_option
from kg.sinks import Sink

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.entities.log import Entry
    from kg.entities.model import Verdict
    from kg.queries.why.doubts import Doubt
    from kg.queries.why.facts import Facts

ANSWERS: Final[dict[str, Verdict]] = {"s": "same", "d": "different", "u": "unsure"}


@main.command()
@click.option("--limit", type=click.IntRange(min=0), help="Show at most so many pairs.")
@click.option("--decide", is_flag=True, help="Ask for a judgement on each pair, at a terminal.")
@author_option
@judgements_option
@build_option
@form_option("table", "csv", "json")
@out_option
def review(
    limit: int | None,
    decide: bool,
    author: str | None,
    log: Path,
    folder: Path,
    form: str,
    out: Sink,
) -> None:
    """List the pairs of names that may be one, with the evidence, most important first.

    Judge them by `kg same ID`, `kg different ID`, or all in a row with --decide. What contradicts
    itself in the log of judgements, and what in it names nothing in the build, is told as well.

    \b
    Example:
        kg review
        kg review --limit 20 -f csv -o pairs.csv
    """
    from kg.entities.log import contradictions, in_force, read_log
    from kg.queries.why.doubts import doubts
    from kg.queries.why.facts import Facts
    from kg.queries.why.reviewing import as_csv, as_json, table
    from kg.targets import open_target

    with plain_errors():
        opened = open_target(str(folder))
        facts = Facts(opened.dataset, opened.iris.base)
        entries = read_log(log)
        clashing = contradictions(entries)
        lost = [each for each in in_force(entries) if not _stands(each, facts)]
        found, more = doubts(facts, limit)
        if decide:
            _decide(found, author or author_known(), log, folder, facts)
            return
        match form:
            case "json":
                wrong = {"contradictions": _records(clashing), "nowhere": _records(lost)}
                out.write(as_json(found, facts, wrong))
            case "csv":
                out.write(as_csv(found, facts))
            case _:
                out.write(table(found, facts, width_of(out)))
    for each in clashing:
        say(f"{log}: {told_entry(each)} contradicts what joins the two; `kg undo {each.id}`?")
    for each in lost:
        say(f"{log}: {told_entry(each)} is on names that this build does not have")
    pairs = f"{count(len(found), 'pair')} unsure{f', {more:,} more left out' if more else ''}"
    say(f"{pairs}\nnext: kg why ID, kg same ID, kg different ID" if found else pairs)


def _decide(found: Iterable[Doubt], author: str, log: Path, folder: Path, facts: Facts) -> None:
    """Ask for a judgement on each pair; answers are kept at once, the build follows at the end."""
    from kg.entities.log import entry, read_log
    from kg.queries.why.reviewing import told

    if not sys.stdin.isatty():
        raise click.UsageError("--decide asks at a terminal; use `kg same ID` in a script")
    check_log(folder, log)
    decided = 0
    for doubt in found:
        click.echo(told(doubt, facts))
        answer = click.prompt(
            "same, different, unsure, skip or quit?",
            type=click.Choice([*ANSWERS, "skip", "quit"]),
            default="skip",
        )
        if answer == "quit":
            break
        if answer in ANSWERS:
            left, right = doubt.left.unit, doubt.right.unit
            reason = click.prompt("reason", default="", show_default=False) or None
            made = time_after(read_log(log))
            names = left.name, right.name
            keys = left.key, right.key
            record([entry(keys, ANSWERS[answer], author, made, names, reason)], log)
            decided += 1
    say(f"{count(decided, 'judgement')} added to {log}")
    if decided:
        follow(folder, log)


def _stands(entry: Entry, facts: Facts) -> bool:
    """Whether a build has what an entry of the log is on."""
    from kg.queries.why.choosing import stands

    return all(stands(key or "", facts) for key in (entry.left, entry.right))


def _records(entries: Iterable[Entry]) -> list[dict[str, str]]:
    fields = ("id", "made", "author", "verdict", "left", "right", "left_name", "right_name")
    return [{name: getattr(each, name) or "" for name in (*fields, "reason")} for each in entries]
