"""The program: the group that commands join, how it starts, speaks and ends.

Data goes to standard output, words to standard error. Exit status: 0 done, 1 done but
something was skipped or does not conform, 2 wrong usage, 3 unreadable input, 4 a bug, 5 a limit
of time or memory.
"""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

import click

from kg import __version__
from kg.errors import KgError
from kg.options import BUILD, INTERRUPTED, Questions, Told
from kg.sinks import Sink


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn our own errors into one line and their exit status; let bugs show their traceback."""
    try:
        yield
    except KgError as error:
        raise Told(str(error), error.status) from error


def say(words: str) -> None:
    """Tell the reader something, beside the data."""
    if not click.get_current_context().find_root().params.get("quiet"):
        click.echo(words, err=True)


@click.group(cls=Questions, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors on standard error.")
def main(quiet: bool) -> None:
    """Read articles and statements; publish a knowledge graph in which every statement
    leads back to the sentence that makes it.
    """  # noqa: D205 - one sentence, too long for a line


def run() -> None:
    """Start the command line; a bug ends with its traceback and status 4."""
    sys.excepthook = _bug
    main(prog_name="kg")


def width_of(out: Sink) -> int | None:
    """Give the columns of the terminal that is written to, None for anything else."""
    on_terminal = out.path is None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if on_terminal else None


def tell_of_age(target: str | Path) -> None:
    """Say so where a build was written by another version: questions of this one may miss things.

    What is no build, or no whole one, is told of by whoever opens it.
    """
    try:
        manifest = json.loads((Path(target) / "manifest.json").read_bytes())
        form, version = str(manifest["format"]), manifest["package"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    if form.startswith("communique-build/") and version != __version__:
        lacks = f"was written by version {version}, this is {__version__}: it may lack what is new"
        say(f"{target}: {lacks}; build it again with `kg build`")


def next_steps(folder: Path) -> str:
    """Give the commands to go on with, for the build at hand."""
    if str(folder) == BUILD:
        return "kg validate, kg query, kg export -f turtle"
    name = shlex.quote(str(folder))
    return f"kg validate {name}, kg query -b {name}, kg export {name} -f turtle"


def count(number: int, noun: str) -> str:
    """Give a number of things in words."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(INTERRUPTED if issubclass(kind, KeyboardInterrupt) else 4)
