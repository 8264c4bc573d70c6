"""Commands of judgement: say whether two are one, and take it back.

A judgement goes into the log, a file of its own; then the build follows the log.
"""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.cli.inputs import check_log, said_in
from kg.cli.living import tell_update
from kg.cli.program import main, plain_errors, say
from kg.errors import RecordError
from kg.options import build_option, judgements_option

if TYPE_CHECKING:  # heavy to import, and named in annotations only
    from kg.entities.log import Entry
    from kg.entities.model import Verdict
    from kg.queries.why.choosing import Pair

TIME: Final = "%Y-%m-%dT%H:%M:%SZ"

names_argument = click.argument("names", nargs=-1, required=True, metavar="A B | ID")
reason_option = click.option("--reason", metavar="TEXT", help="Why; it is kept and published.")


def _a_person(_: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and (not value.strip() or value.startswith("rule/")):
        raise click.BadParameter("name a person; rules do not judge here", param=param)
    return value


author_option = click.option(
    "--author",
    metavar="NAME",
    callback=_a_person,
    help="Who judges; without it, the name that git knows, else that of the login.",
)


@main.command()
@names_argument
@reason_option
@author_option
@judgements_option
@build_option
def same(
    names: tuple[str, ...], reason: str | None, author: str | None, log: Path, folder: Path
) -> None:
    """Judge that A and B are one; the build follows at once.

    A and B are names, IRIs or paths such as person/ann-lee; NAME@ARTICLE means what one article
    calls so. ID is that of a pair that `kg review` shows. The judgement is added to the log of
    judgements, a file to keep under version control.

    \b
    Example:
        kg same "Ken Saito" "Saito Gen" --reason "the ministry names one minister"
        kg same "Saito Gen@after-camp-david" "Ken Saito"
    """
    _judge(names, "same", reason, author, log, folder)


@main.command()
@names_argument
@reason_option
@author_option
@judgements_option
@build_option
def different(
    names: tuple[str, ...], reason: str | None, author: str | None, log: Path, folder: Path
) -> None:
    """Judge that A and B are two; the build follows at once.

    A and B are given as for `kg same`. Of one entity, A and B are the spellings to be parted.

    \b
    Example:
        kg different "Ken Saito" "Saito Gen" --reason "father and son"
    """
    _judge(names, "different", reason, author, log, folder)


@main.command()
@click.argument("entry", metavar="ID|last")
@reason_option
@author_option
@judgements_option
@build_option
def undo(entry: str, reason: str | None, author: str | None, log: Path, folder: Path) -> None:
    """Take a judgement back by its id, or the last one; the build follows at once.

    The log keeps both, so that the taking back can be undone as well.

    \b
    Example:
        kg undo last
    """
    from kg.entities.log import find_entry, read_log, undoing

    with plain_errors():
        known = read_log(log)
        check_log(folder, log)
        found = find_entry(known, entry, str(log))
        record([undoing(found, author or author_known(), time_after(known), reason)], log)
        say(f"{log}: {told_entry(found)} is taken back")
        follow(folder, log)


def _judge(
    names: tuple[str, ...],
    verdict: Verdict,
    reason: str | None,
    author: str | None,
    log: Path,
    folder: Path,
) -> None:
    """Record a judgement, have the build follow, and say what came of it."""
    from kg.entities.log import entry, read_log
    from kg.living import open_build
    from kg.queries.why.choosing import chosen, of_judgement
    from kg.queries.why.facts import Facts

    if len(names) > 2:
        raise click.UsageError("give two names, or the id of a pair that `kg review` shows")
    with plain_errors():
        opened = open_build(folder)
        facts = Facts(opened.dataset, opened.iris.base)
        pair = chosen(*names, facts) if len(names) == 2 else of_judgement(names[0], facts)
        del opened, facts
        check_log(folder, log)
        made = time_after(read_log(log))
        new = entry(pair.keys, verdict, author or author_known(), made, pair.names, reason)
        record([new], log)
        say(f"{log}: {told_entry(new)}")
        follow(folder, log)
        _tell_outcome(pair, folder)
        say(f"to take it back: kg undo {new.id}")


def record(entries: Iterable[Entry], log: Path) -> None:
    """Add entries to a log."""
    from kg.entities.log import add_to_log

    try:
        add_to_log(log, entries)
    except OSError as error:
        advice = "check room and permissions; nothing was recorded"
        raise RecordError(str(log), f"cannot be written ({error.strerror}); {advice}") from error


def follow(folder: Path, log: Path) -> None:
    """Bring the build up to date with the log."""
    from kg.living import judge

    tell_update(folder, judge(folder, said_in(log) or ()))


def _tell_outcome(pair: Pair, folder: Path) -> None:
    """Say whether the two are one now."""
    from kg.living import open_build
    from kg.queries.why.facts import Facts
    from kg.queries.why.identity import entities_of

    opened = open_build(folder)
    facts = Facts(opened.dataset, opened.iris.base)
    homes = [entities_of(each.node, facts) for each in (pair.left, pair.right)]
    if not all(homes):
        return
    shown = dict.fromkeys(f"{facts.title(own[0])} ({facts.short(own[0])})" for own in homes)
    verb = "are one" if len(shown) == 1 else "are two"
    say(f"“{pair.left.name}” and “{pair.right.name}” {verb}: {' and '.join(shown)}")


def told_entry(entry: Entry) -> str:
    """Give an entry of the log in one line."""
    if entry.undoes:
        return f"the undoing {entry.id} by {entry.author}"
    names = f"“{entry.left_name or entry.left}” and “{entry.right_name or entry.right}”"
    return f"{entry.verdict}: {names} ({entry.id}, by {entry.author})"


def author_known() -> str:
    """Give the name of who judges, as the environment has it."""
    for name in _known_names():
        if name and not name.startswith("rule/"):
            return name
    raise click.UsageError("nobody knows who you are; give --author NAME")


def _known_names() -> Iterator[str]:
    yield os.environ.get("GIT_AUTHOR_NAME", "")
    git = shutil.which("git")
    if git:
        asked = [git, "config", "user.name"]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 - no word of it comes from outside
        yield told.stdout.strip()
    try:
        yield getpass.getuser()
    except (KeyError, OSError):  # a login that no system knows, as in a container
        yield ""


def time_after(entries: Iterable[Entry]) -> str:
    """Give the time, to the second and in UTC, but later than all that the log has."""
    made = datetime.now(UTC).strftime(TIME)
    last = max((each.made for each in entries), default="")
    if last < made:
        return made
    return (datetime.strptime(last, TIME).replace(tzinfo=UTC) + timedelta(seconds=1)).strftime(TIME)
