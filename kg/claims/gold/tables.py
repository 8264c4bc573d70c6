"""Tables for readers: columns and rows of words in, aligned text or Markdown out.

Words of articles are hostile: control characters show as �, nothing is read as Markdown or HTML.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_MARKUP: Final = re.compile(r"[\\`*\[\]<>|#&_~]")
_NUMBER: Final = re.compile(r"[-+]?[0-9][0-9.,/–% -]*|–|")


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of words; columns of numbers are set to the right."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def as_text(tables: Sequence[Table]) -> str:
    """Write tables aligned, for a terminal."""
    return "\n".join(_text(each) for each in tables)


def as_markdown(tables: Sequence[Table]) -> str:
    """Write tables as Markdown."""
    return "\n".join(_markdown(each) for each in tables)


def visible(text: str) -> str:
    r"""Give text on one line, what would steer a terminal as �.

    >>> visible("a\nb\x1b[1m")
    'a b�[1m'
    """
    shown = (_character(char) for char in text)
    return " ".join("".join(shown).split())


def escaped(text: str) -> str:
    """Keep text from being read as Markdown or HTML."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))


def _character(char: str) -> str:
    if char.isspace():
        return " "
    return "\ufffd" if unicodedata.category(char) in {"Cc", "Cf", "Cs"} else char


def _text(table: Table) -> str:
    rows = [tuple(map(visible, row)) for row in (table.columns, *table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = _numeric(table)
    lines = [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    head, foot = [table.title] * bool(table.title), [table.note] * bool(table.note)
    return "\n".join([*head, *lines, *foot]) + "\n"


def _markdown(table: Table) -> str:
    right = _numeric(table)
    rule = tuple("--:" if at in right else "---" for at in range(len(table.columns)))
    body = [tuple(map(escaped, row)) for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in (table.columns, rule, *body)]
    head = [f"**{escaped(table.title)}**", ""] if table.title else []
    foot = ["", escaped(table.note)] if table.note else []
    return "\n".join([*head, *lines, *foot]) + "\n"


def _numeric(table: Table) -> frozenset[int]:
    """Give the columns, the first left out, that hold nothing but numbers."""
    columns = enumerate(zip(*table.rows, strict=True)) if table.rows else ()
    return frozenset(at for at, cells in columns if at and _are_numbers(cells))


def _are_numbers(cells: Sequence[str]) -> bool:
    """Say whether cells are numbers, dashes or empty, one number at least among them."""
    return any(map(str.strip, cells)) and all(map(_NUMBER.fullmatch, cells)) and {*cells} != {"–"}
