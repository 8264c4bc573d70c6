"""SPARQL text in, its tokens out: enough of the grammar to look at a query without running it.

Strings, IRIs and comments are recognised as the specification does, so that a word inside one
of them is never taken for a keyword. A text whose string never ends gives a token `broken`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_PATTERNS: Final = {
    "comment": r"\#[^\n\r]*",
    "iri": r"<[^\x00-\x20<>\"{}|^`]*>",
    "string": r"\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r"|\"(?:[^\"\\\n\r]|\\.)*\"|'(?:[^'\\\n\r]|\\.)*'",
    "broken": r"[\"']",
    "variable": r"[?$]\w+",
    "name": r"(?:_|[^\W\d_][\w.-]*)?:(?:\w|[:.\-·]|%[0-9A-Fa-f]{2}|\\.)*",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "number": r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+",
    "word": r"[^\W\d]\w*",
    "open": r"[{(\[]",
    "close": r"[})\]]",
    "operator": r"[!+*/|&=<>^-]",
    "other": r"[^\s]",
}
_TOKEN: Final = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL
)


class Token(NamedTuple):
    """One piece of a query and where it starts; of a long query there are thousands."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these keywords, in whatever case."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, without comments.

    >>> [each.text for each in tokens('SELECT * { ?s <#> "SERVICE" } # LOAD')]
    ['SELECT', '*', '{', '?s', '<#>', '"SERVICE"', '}']
    """
    for found in _TOKEN.finditer(text):
        if found.lastgroup and found.lastgroup != "comment":
            yield Token(found.lastgroup, found.group(), found.start())


def position(text: str, offset: int) -> tuple[int, int]:
    """Give line and column of an offset, both counted from 1."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
