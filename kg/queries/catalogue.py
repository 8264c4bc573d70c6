"""Query files in, questions out: each `.rq` file with its `#+` header is one question.

The header is YAML in grlc's form (summary, description, tags, defaults) plus typed
`parameters`. What a header says is checked against its query; a bundled file that breaks the
form is an error, never skipped.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import BinaryIO

import msgspec
import yaml

from kg.errors import QueryError
from kg.queries.model import Parameter, Question
from kg.queries.tokens import tokens
from kg.resources import folder

FOLDERS = ("competency", "reports")
_WHERE_GIVEN = re.compile(r"^ *#\? (\w+(?:, \w+)*): |# unless (\w+(?:, \w+)*)$", re.MULTILINE)
_WORDS = re.compile(r"[\s_-]+")
_TELLING = 3  # letters from which on a word says something


@dataclass(frozen=True, slots=True)
class Header:
    """What stands after `#+` at the top of a query file."""

    summary: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    defaults: tuple[dict[str, str], ...] = ()
    parameters: tuple[Parameter, ...] = ()


@cache
def catalogue() -> tuple[Question, ...]:
    """Give the bundled questions: competency first, then reports, each in order of name."""
    root = folder("queries")
    return tuple(
        read_question(path, name) for name in FOLDERS for path in sorted((root / name).glob("*.rq"))
    )


def find_question(name: str, questions: Iterable[Question] | None = None) -> Question:
    """Give the question of a name; an unknown one is answered with those that come close."""
    known = {each.name: each for each in (catalogue() if questions is None else questions)}
    if name in known:
        return known[name]
    raise QueryError(name, f"no such query{did_you_mean(name, known)}; `kg query` lists them")


def question(name: str, stdin: BinaryIO | None = None) -> Question:
    """Find a bundled question by name, or read one from a file or standard input."""
    if name == "-":
        return question_of("<stdin>", stdin.read().decode("utf-8", "replace") if stdin else "")
    path = Path(name)
    if path.suffix in {".rq", ".sparql"} or path.is_file():
        try:
            return question_of(name, path.read_text("utf-8"))
        except OSError as error:
            raise QueryError(name, f"cannot be read ({error.strerror}); check the path") from error
        except UnicodeDecodeError as error:
            raise QueryError(name, f"not UTF-8 ({error.reason}); convert the file") from error
    return find_question(name)


def read_question(path: Path, family: str = "") -> Question:
    """Read one query file."""
    return replace(question_of(path.stem, path.read_text("utf-8")), folder=family)


def question_of(name: str, text: str) -> Question:
    r"""Read the header of a query text; one's own query needs none.

    >>> question_of("mine", "#+ summary: Who?\nSELECT * { ?s ?p ?o }").summary
    'Who?'
    """
    header = _header(name, text)
    defaults = {key: value for pair in header.defaults for key, value in pair.items()}
    parameters = tuple(
        replace(each, default=defaults.get(each.name, each.default)) for each in header.parameters
    )
    _check_names(name, text, [each.name for each in parameters], defaults)
    return Question(name, header.summary, text, header.description.strip(), header.tags, parameters)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Give "; did you mean …?" for the known names that come close, "" if none does.

    >>> did_you_mean("atendees", ["attendees-of-a-meeting", "criticisms-with-quotes"])
    '; did you mean attendees-of-a-meeting?'
    """
    by_fold = {each.casefold(): each for each in known}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.6)
    close = close or _with_a_close_word(name.casefold(), by_fold)
    return f"; did you mean {' or '.join(by_fold[each] for each in close)}?" if close else ""


def _with_a_close_word(name: str, known: Iterable[str]) -> list[str]:
    """Give up to three names that share a word with the name, or nearly so."""
    wanted = [word for word in _WORDS.split(name) if len(word) >= _TELLING]
    found = [
        each
        for each in known
        if any(difflib.get_close_matches(word, _WORDS.split(each), cutoff=0.8) for word in wanted)
    ]
    return sorted(found)[:3]


def _header(name: str, text: str) -> Header:
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        values = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506 - strings only
        return msgspec.convert(values or {}, Header, strict=False)
    except yaml.YAMLError as error:
        raise QueryError(name, f"the #+ header is not YAML: {error}; see queries/") from error
    except msgspec.ValidationError as error:
        raise QueryError(name, f"the #+ header breaks its form: {error}; see queries/") from error


def _check_names(name: str, text: str, names: list[str], defaults: Iterable[str]) -> None:
    variables = {token.text[1:] for token in tokens(text) if token.kind == "variable"}
    marked = {each for found in _WHERE_GIVEN.findall(text) for each in "".join(found).split(", ")}
    for each in sorted({*names, *defaults} - variables - marked):
        raise QueryError(name, f"parameter {each} is no variable of the query; rename it")
    for each in sorted(set(defaults) - set(names)):
        raise QueryError(name, f"default {each} is no parameter of the query; declare its type")
    for each in sorted(marked - set(names)):
        raise QueryError(name, f"a line is for {each}, which is no parameter; declare its type")
