"""A query text in; nothing out, or a QueryError that says why no parser gets to see it.

Engines fetch what SERVICE and LOAD name and overflow their stack on deep nesting: both are
refused here, by their tokens, however the text hides them. Data is never changed by a query.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.errors import QueryError
from kg.queries.model import Form
from kg.queries.tokens import Token, position, tokens

MAX_LENGTH: Final = 64 * 1024
MAX_DEPTH: Final = 128
MAX_BRACKETS: Final = 64  # round and square ones; parsers take seconds for a hundred
MAX_OPERATORS: Final = 1000  # engines recurse once per operator; 20 thousand kill the process

_FORMS: Final[dict[str, Form]] = {
    "SELECT": "select",
    "ASK": "ask",
    "CONSTRUCT": "graph",
    "DESCRIBE": "graph",
}
_FROM: Final = re.compile(r"\bfrom\b", re.IGNORECASE)
_LOOKED_AT: Final = frozenset({"word", "open", "close", "operator", "broken"})
_UPDATES: Final = ("INSERT", "DELETE", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD")


@lru_cache(maxsize=128)  # a question is asked again and again, and most of them are long
def check(source: str, text: str) -> None:
    """Refuse a text that reaches out, changes data, or nests deeper than engines bear."""
    if len(text) > MAX_LENGTH:
        raise QueryError(source, f"longer than {MAX_LENGTH:,} characters; split the query")
    depth = operators = brackets = 0
    for token in tokens(text):
        if token.kind not in _LOOKED_AT:
            continue
        _check_word(source, text, token)
        step = (token.kind == "open") - (token.kind == "close")
        depth += step
        brackets += step if token.text in "()[]" else 0
        operators += token.kind == "operator" or token.is_word("UNION")
        if depth > MAX_DEPTH or brackets > MAX_BRACKETS:
            most = MAX_DEPTH if depth > MAX_DEPTH else MAX_BRACKETS
            raise _refused(source, text, token, f"nested deeper than {most} levels; flatten it")
        if operators > MAX_OPERATORS:
            reason = f"more than {MAX_OPERATORS} operators; use VALUES for long lists"
            raise _refused(source, text, token, reason)


def inspect(source: str, text: str) -> Form:
    """Tell what a text that may be asked gives, by its first keyword; refuse any other."""
    check(source, text)
    for token in tokens(text):
        form = _FORMS.get(token.text.upper()) if token.kind == "word" else None
        if form:
            return form
    reason = "asks nothing; write SELECT, ASK, CONSTRUCT or DESCRIBE"
    raise QueryError(source, reason)


def names_graphs(text: str) -> bool:
    """Say whether a query names the graphs that it is about, instead of asking all at once."""
    return bool(_FROM.search(text)) and any(token.is_word("FROM") for token in tokens(text))


def _check_word(source: str, text: str, token: Token) -> None:
    if token.is_word("SERVICE"):
        reason = "SERVICE is refused: queries read this dataset only; ask the other endpoint itself"
        raise _refused(source, text, token, reason)
    if token.is_word("LOAD", *_UPDATES):
        reason = f"{token.text.upper()} is refused: queries never change data; change the articles"
        raise _refused(source, text, token, reason)
    if token.kind == "broken":
        raise _refused(source, text, token, "a string starts here and never ends; close its quote")


def _refused(source: str, text: str, token: Token, reason: str) -> QueryError:
    line, column = position(text, token.start)
    return QueryError(f"{source}:{line}:{column}", reason)
