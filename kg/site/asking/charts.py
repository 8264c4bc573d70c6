"""Which answers have a chart, and what it counts: rows in, groups with numbers out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal

from kg.queries.model import Question, Rows
from kg.resources import lexicon
from kg.site.drawing.bars import Bars, bars

_NUMBER: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Chart:
    """What the chart of a question counts."""

    question: str
    by: str
    title: str
    add: str = ""
    cut: int = 0
    sorted: Literal["size", "value"] = "size"


@dataclass(frozen=True, slots=True)
class _Charts:
    charts: tuple[Chart, ...]


def charts() -> tuple[Chart, ...]:
    """Give all charts."""
    told: _Charts = lexicon("site", "charts.yaml", _Charts)
    return told.charts


def drawn(question: Question, rows: Rows) -> Bars | None:
    """Draw the chart of an answer, None where there is none or nothing to compare."""
    chart = next((each for each in charts() if each.question == question.name), None)
    if chart is None or chart.by not in rows.columns:
        return None
    groups = _groups(chart, rows)
    return bars(chart.title, groups) if len(groups) > 1 else None


def _groups(chart: Chart, rows: Rows) -> list[tuple[str, int]]:
    by = rows.columns.index(chart.by)
    add = rows.columns.index(chart.add) if chart.add else None
    counted: Counter[str] = Counter()
    for row in rows.values():
        name = row[by][: chart.cut] if chart.cut else row[by]
        if add is None:
            counted[name or "not known"] += 1
        elif _NUMBER.fullmatch(row[add]):
            counted[name or "not known"] += int(row[add])
    if chart.sorted == "value":
        return sorted(counted.items())
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
