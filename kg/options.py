"""Parts of the command line: options that commands share, how errors look, how parameters do.

Words of the command line in, values out; nothing here reads files, prints or exits.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from datetime import date
from difflib import get_close_matches
from functools import wraps
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from kg.sinks import SinkType

Command = TypeVar("Command", bound=Callable[..., Any])

BUILD: Final = "kg-build"
JUDGEMENTS: Final = "judgements.jsonl"
INTERRUPTED: Final = 130  # as shells have it for Ctrl-C
PATH: Final = click.Path(path_type=Path)

paths_argument = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_NAMESPACE: Final = re.compile(r"(?:https?://[^\s<>\"{}|\\^`/]+/|urn:)[^\s<>\"{}|\\^`]*(?<=[/#:])")
_DATE: Final = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")
SINK: Final = SinkType()
out_option = click.option(
    "-o",
    "--out",
    type=SINK,
    default="-",
    show_default=True,
    help="Where to write; - is standard output.",
)
build_option = click.option(
    "-b",
    "--build",
    "folder",
    type=PATH,
    default=BUILD,
    show_default=True,
    help="Folder of the build to use.",
)


def build_argument(metavar: str) -> Callable[[Command], Command]:
    """Offer the build as an argument, and as `-b`/`--build` as other commands have it.

    The command gets what was named either way as `target`, else the usual folder.
    """

    def offer(command: Command) -> Command:
        @wraps(command)
        def run(*args: Any, target: str | None, named: str | None, **rest: Any) -> Any:
            return command(*args, target=_one_target(target, named), **rest)

        option = click.option(
            "-b",
            "--build",
            "named",
            metavar=metavar.strip("[]"),
            help=f"The same as the argument.  [default: {BUILD}]",
        )
        return click.argument("target", required=False, metavar=metavar)(option(run))  # type: ignore[return-value]  # click wraps what it is given

    return offer


def _one_target(target: str | None, named: str | None) -> str:
    given = {os.path.normpath(each): each for each in (target, named) if each is not None}
    if len(given) > 1:
        raise click.UsageError(
            f"two builds are named, {target!r} and by -b {named!r}; name one of them"
        )
    return next(iter(given.values()), BUILD)


claims_option = click.option(
    "--claims",
    "given",
    type=PATH,
    metavar="FILE",
    help="Take the claims from this file instead of reading them in the articles.",
)
model_option = click.option(
    "--pipeline",
    "model",
    metavar="NAME",
    help="A spaCy pipeline to parse with, instead of the usual one.",
)


jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    help="Processes that read at once; all cores if not given. It changes no output.",
)


judgements_option = click.option(
    "--judgements",
    "log",
    type=PATH,
    default=JUDGEMENTS,
    show_default=True,
    metavar="FILE",
    help="The log of what persons judged; none if there is no such file.",
)


def record_options(command: Command) -> Command:
    """Offer a legal record of one's own, beside the bundled one or in its place."""
    options = (
        click.option(
            "--legal-record",
            "records",
            multiple=True,
            metavar="TABLE|-",
            help="Legal measures of your own (docs/legal-record.md), beside the bundled ones.",
        ),
        click.option(
            "--no-bundled-record",
            "alone",
            is_flag=True,
            help="Leave the bundled legal record out.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def reader_options(command: Command) -> Command:
    """Offer what `kg claims` needs to read with a language model."""
    options = (
        click.option(
            "--extractor",
            type=click.Choice(["rules", "llm", "both"]),
            default="rules",
            show_default=True,
            help="Who reads: the rules, a language model whose every word is checked, or both.",
        ),
        click.option("--model", "llm", metavar="NAME", help="The language model to ask."),
        click.option(
            "--base-url",
            metavar="URL",
            help="An OpenAI-compatible server; without it, one on this machine (port 11434).",
        ),
        click.option(
            "--answers",
            type=PATH,
            default="kg-answers",
            show_default=True,
            help="Folder that keeps the model's answers; what is kept is not asked again.",
        ),
        click.option("--offline", is_flag=True, help="Replay kept answers only; ask nobody."),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1),
            default=120.0,
            show_default=True,
            help="Seconds to wait for one answer of the model.",
        ),
        click.option(
            "--key",
            envvar="OPENAI_API_KEY",
            help="Key for the model's server; taken from OPENAI_API_KEY if not given.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


shapes_option = click.option(
    "--shapes",
    type=PATH,
    metavar="FILE|FOLDER",
    help="Shapes to check against, instead of the bundled ones.",
)
texts_option = click.option(
    "--articles",
    "texts",
    multiple=True,
    metavar="PATH",
    help="Articles that the evidence of a file is read again in; a build has its own.",
)


def engine_options(command: Command) -> Command:
    """Offer who judges by shapes, and how much that may take."""
    options = (
        click.option(
            "--engine",
            type=click.Choice(["auto", "shacl-rust", "pyshacl"]),
            default="auto",
            show_default=True,
            help="Who judges: shacl-rust where it knows the shapes, or pySHACL, the reference.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1),
            default=600.0,
            show_default=True,
            help="Seconds after which there is no verdict.",
        ),
        click.option(
            "--memory",
            type=click.IntRange(min=256),
            default=4096,
            show_default=True,
            help="Megabytes that an engine may take.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


fail_on_option = click.option(
    "--fail-on",
    default="violation",
    show_default=True,
    type=click.Choice(["violation", "warning", "info", "never"]),
    help="The mildest finding that gives exit status 1.",
)
quotes_option = click.option(
    "--quotes",
    type=click.Choice(["full", "none"]),
    default="full",
    show_default=True,
    help="none leaves out article text; offsets and digests stay.",
)
no_quotes_option = click.option(
    "--no-quotes", "quotes", flag_value="none", help="The same as --quotes none."
)
protocol_option = click.option(
    "--protocol",
    type=click.Choice(["auto", "gsp", "update"]),
    default="auto",
    show_default=True,
    help="Graph Store Protocol, or SPARQL Update.",
)


class BaseType(click.ParamType[str]):
    """An option that names a namespace: an IRI that names can be put after."""

    name = "iri"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the namespace; refuse what would make no IRIs."""
        if not _NAMESPACE.fullmatch(value):
            self.fail(f"{value!r} is no namespace; give an IRI that ends in / or #", param, ctx)
        return value


class WordsType(click.ParamType[str]):
    """An option that has to say something."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the words; refuse none."""
        if not value.strip():
            self.fail("says nothing; give a word or more", param, ctx)
        return value


WORDS: Final = WordsType()
base_option = click.option(
    "--base",
    type=BaseType(),
    metavar="IRI",
    help="Namespace of the data, instead of the usual one; it ends in / or #.",
)


class DateType(click.ParamType[str]):
    """An option that names a day, a month or a year."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give the date; refuse what no calendar has."""
        if not _is_date(value):
            self.fail(f"{value!r} is no date; give YYYY-MM-DD, YYYY-MM or YYYY", param, ctx)
        return value


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return bool(_DATE.fullmatch(value))


class Told(click.ClickException):
    """An error of ours, told in one line, with the exit status it stands for."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.exit_code = status  # type: ignore[misc]  # click reads it from the instance


class Questions(click.Group):
    """A group that offers the nearest command for a misspelt one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name those that look like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], self.commands, cutoff=0.5)
            if near:
                raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from error
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; one that the user stops ends with a word and the usual status."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise Told("interrupted", INTERRUPTED) from stop


def form_option(*forms: str) -> Callable[[Command], Command]:
    """Offer `-f`/`--format` with these forms, the first of them by default."""
    return click.option(
        "-f",
        "--format",
        "form",
        default=forms[0],
        show_default=True,
        type=click.Choice(forms),
        help="Form of what is written.",
    )


def folder_option(meaning: str) -> Callable[[Command], Command]:
    """Offer `-o`/`--out` for a folder that is built into."""
    return click.option(
        "-o", "--out", "folder", type=PATH, default=BUILD, show_default=True, help=meaning
    )


def parameters_of(values: Sequence[str], pairs: Sequence[str]) -> dict[str, str]:
    """Read `--name value`, `--name=value` and `-p name=value`.

    >>> parameters_of(["--state", "JP"], ["modality=agreed"])
    {'state': 'JP', 'modality': 'agreed'}
    """
    found: dict[str, str] = {}
    rest = list(values)
    while rest:
        option, equals, value = rest.pop(0).partition("=")
        if not option.startswith("--") or not (equals or rest):
            raise click.UsageError(f"{option!r}: give parameters as --NAME VALUE")
        found[option[2:]] = value if equals else rest.pop(0)
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair!r}: give a parameter as NAME=VALUE")
        found[name] = value
    return {name: _text(value) for name, value in found.items()}


def _text(value: str) -> str:
    """Give an argument as the UTF-8 that it is, also in a locale that knows ASCII only."""
    return os.fsencode(value).decode("utf-8", "replace") if not value.isprintable() else value
