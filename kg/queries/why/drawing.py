"""An account in, the text of a tree out, fitted to the columns of a terminal.

Words of articles come here as data: what a terminal would take for an order is shown as �.
Lines are broken between words, never cut, so that every quotation can be read whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Final

from kg.queries.glyphs import columns, readable, wrapped
from kg.queries.why.model import Branch, plain_data
from kg.queries.writers import shortened
from kg.terms import DATA

Paint = Callable[[str, str], str]
"""Gives a text the look of a kind of branch ("verdict same"), or of "aside" and "more"."""

_NARROWEST: Final = 24  # columns that a text gets however deep it hangs


def unpainted(_: str, text: str) -> str:
    """Leave a text as it is."""
    return text


def drawn(
    account: Branch, width: int | None = None, paint: Paint = unpainted, base: str = DATA
) -> str:
    r"""Draw an account as a tree.

    >>> drawn(Branch("why", branches=(Branch("one"), Branch("two", more=3))))
    'why\n├─ one\n└─ two\n   └─ … 3 more; --all shows them\n'
    """
    return "".join(f"{line}\n" for line in _lines(account, "", "", width, paint, base))


def as_json(account: Branch) -> str:
    """Write an account as JSON."""
    return json.dumps(plain_data(account), ensure_ascii=False, indent=2) + "\n"


def _lines(
    branch: Branch, first: str, rest: str, width: int | None, paint: Paint, base: str
) -> Iterator[str]:
    """Yield the lines of a branch: `first` stands before its first line, `rest` before others."""
    last = len(branch.branches) - (0 if branch.more else 1)
    trunk = rest + ("│  " if last >= 0 else "   ") if width is not None else rest
    yield from _own_lines(branch, (first, trunk), width, paint, base)
    for number, each in enumerate(branch.branches):
        turn, onward = ("└─ ", "   ") if number == last else ("├─ ", "│  ")
        yield from _lines(each, rest + turn, rest + onward, width, paint, base)
    if branch.more:
        yield f"{rest}└─ {paint('more', f'… {branch.more:,} more; --all shows them')}"


def _own_lines(
    branch: Branch, before: tuple[str, str], width: int | None, paint: Paint, base: str
) -> Iterator[str]:
    aside = shortened(branch.iri, base) if branch.iri else ""
    text = readable(branch.text)
    room = None if width is None else max(_NARROWEST, width - columns(before[1]))
    lines = [text] if room is None else wrapped(text, room)
    beside = room is None or columns(lines[-1]) + 2 + columns(aside) <= room
    for number, line in enumerate(lines):
        end = f"  {paint('aside', aside)}" if aside and beside and number == len(lines) - 1 else ""
        yield before[number > 0] + paint(branch.kind, line) + end
    if aside and not beside:
        yield before[1] + paint("aside", aside)
