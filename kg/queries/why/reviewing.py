"""Pairs that wait for a judgement as a table for a terminal, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

from kg.queries.glyphs import clipped, columns, readable, wrapped
from kg.queries.why.doubts import Candidate, Doubt
from kg.queries.why.facts import Facts
from kg.queries.why.judged import articles_told
from kg.queries.why.model import counted

_HEADS: Final = ("pair", "score", "one", "other", "evidence")
_FIXED: Final = (16, 5)  # columns of an id and of a score
_USUAL: Final = 100  # columns where no terminal says how many it has
_NARROWEST: Final = 14
_GAP: Final = "  "
_FIELDS: Final = (
    "id", "score", "judgements", "one", "one_states", "one_offices", "one_articles", "one_claims",
    "one_entity", "other", "other_states", "other_offices", "other_articles", "other_claims",
    "other_entity", "reasons",
)  # fmt: skip


def table(doubts: Sequence[Doubt], facts: Facts, width: int | None = None) -> str:
    """Write pairs as a table; cells are broken into lines, only long identifiers are cut."""
    if not doubts:
        return ""
    room = (width or _USUAL) - sum(_FIXED) - len(_GAP) * (len(_HEADS) - 1)
    widths = [*_FIXED, *[max(_NARROWEST, room // 3)] * 3]
    lines = [*_row([[head] for head in _HEADS], widths), *_row([["─" * w] for w in widths], widths)]
    for doubt in doubts:
        cells = [[doubt.id], [f"{doubt.ruling.score:.2f}"], *_cells(doubt, facts)]
        wide = zip(cells, widths, strict=True)
        lines += [*_row([[*_fitted(cell, room)] for cell, room in wide], widths), ""]
    return "\n".join(lines[:-1]) + "\n"


def as_json(doubts: Iterable[Doubt], facts: Facts, log: dict[str, Any]) -> str:
    """Write pairs as JSON, with what is wrong with the log of judgements."""
    told = {"pairs": [record(each, facts) for each in doubts], **log}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def as_csv(doubts: Iterable[Doubt], facts: Facts) -> str:
    """Write pairs as CSV; several values of one cell are parted by semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_FIELDS)
    for each in doubts:
        told = record(each, facts)
        flat = {
            f"{side}_{name}" if name != "name" else side: value
            for side in ("one", "other")
            for name, value in told.pop(side).items()
        }
        values = ((told | flat)[name] for name in _FIELDS)
        writer.writerow("; ".join(v) if isinstance(v, list) else v for v in values)
    return out.getvalue()


def record(doubt: Doubt, facts: Facts) -> dict[str, Any]:
    """Give a pair as a program takes it."""
    return {
        "id": doubt.id,
        "score": doubt.ruling.score,
        "judgements": doubt.judgements,
        "reasons": list(doubt.ruling.reasons),
        "one": _side(doubt.left, facts),
        "other": _side(doubt.right, facts),
    }


def told(doubt: Doubt, facts: Facts) -> str:
    """Give a pair in lines, for a question at a terminal."""
    one, other, why = (readable(" · ".join(each)) for each in _cells(doubt, facts))
    head = f"{doubt.id}  score {doubt.ruling.score:.2f}"
    return f"{head}\n  one:   {one}\n  other: {other}\n  {why}"


def _cells(doubt: Doubt, facts: Facts) -> tuple[list[str], list[str], list[str]]:
    """Give the parts of what is told of either side, and of the evidence."""
    more = doubt.judgements - 1
    also = [f"and {counted(more, 'more judgement')} between the two"] if more else []
    why = [*doubt.ruling.reasons] or [doubt.ruling.author]
    return _shown(doubt.left, facts), _shown(doubt.right, facts), why + also


def _shown(side: Candidate, facts: Facts) -> list[str]:
    states = [f"of {', '.join(side.unit.states)}"] if side.unit.states else []
    articles = articles_told(side.unit.articles)
    known = [f"{articles}, {counted(side.claims, 'claim')}", facts.short(side.entity)]
    return [side.unit.name, *states, *side.offices, *known]


def _fitted(parts: Iterable[str], room: int) -> Iterator[str]:
    """Break parts into lines that fit; what has no place to break is cut."""
    for part in parts:
        for line in wrapped(readable(part), room):
            yield line if columns(line) <= room else clipped(line, room)


def _side(side: Candidate, facts: Facts) -> dict[str, Any]:
    return {
        "name": side.unit.name,
        "states": list(side.unit.states),
        "offices": list(side.offices),
        "articles": list(side.unit.articles),
        "claims": side.claims,
        "entity": facts.short(side.entity),
        "key": side.unit.key,
    }


def _row(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Set cells of several lines side by side."""
    lines = zip_longest(*cells, fillvalue="")
    return [_GAP.join(map(_padded, line, widths)).rstrip() for line in lines]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
