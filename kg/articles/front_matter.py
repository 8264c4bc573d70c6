"""A text in, the YAML between its first lines out, and where the body begins.

The text is never cut: offsets count into the file as received, front matter included. All
scalars are read as texts, so that `no` stays Norwegian and a date stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import yaml

from kg.errors import ArticleError

LONGEST: Final = 64 * 1024  # characters; metadata of one article are far shorter
OPENING: Final = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
CLOSING: Final = re.compile(r"(?<=[\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
KEY: Final = re.compile(r"\s*[\w-]+\s*:(?:\s|$)")


def has_front_matter(text: str) -> bool:
    """Tell whether the text opens with a line of three dashes and a key below it."""
    opening = OPENING.match(text)
    if not opening:
        return False
    start = opening.end()
    if KEY.match(text, start):
        return True
    closed = CLOSING.search(text, start, start + LONGEST) is not None
    return closed and not text[start].isspace()


def front_matter(text: str, source: str) -> tuple[Mapping[str, object], int]:
    r"""Give the metadata of a text and the offset of its body; nothing and 0 if it has none.

    >>> front_matter("---\ntitle: Ores\n---\nBody.", "a.md")
    ({'title': 'Ores'}, 20)
    """
    opening = OPENING.match(text)
    if not opening or not has_front_matter(text):
        return {}, 0
    closing = CLOSING.search(text, opening.end(), opening.end() + LONGEST)
    if not closing:
        raise ArticleError(f"{source}:1", "front matter is not closed; end it with a line `---`")
    values = _loaded(text[opening.end() : closing.start()], source)
    return values, closing.end()


def _loaded(block: str, source: str) -> Mapping[str, object]:
    try:
        # Texts only; the parser in Python, because the one in C is not safe against deep nesting.
        values = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - builds no objects
    except yaml.YAMLError as error:
        raise ArticleError(f"{source}:{_line_of(error, block)}", _advice(error)) from error
    except RecursionError as error:
        raise ArticleError(
            f"{source}:2", "front matter is nested too deeply; flatten it"
        ) from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise ArticleError(f"{source}:2", "front matter is no list of `key: value` lines")
    return {key: value for key, value in values.items() if isinstance(key, str)}


def _line_of(error: yaml.YAMLError, block: str) -> int:
    """Give the line of the file at fault: the block begins on its second line."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return int(error.problem_mark.line) + 2
    at = getattr(error, "position", 0)
    return block.count("\n", 0, at) + 2


def _advice(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
    hint = "put a value that holds `: ` or begins with a sign into quotes"
    return f"front matter does not parse ({problem}); {hint}"
