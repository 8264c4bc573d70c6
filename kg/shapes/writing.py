"""A report in the form that a person or a program wants.

A report in, text out: for a terminal, as JSON, as a SHACL report in Turtle, as JUnit XML for test
summaries, or as SARIF for code reviews. The same report gives the same text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final, Literal, get_args

from kg.shapes.junit import as_junit
from kg.shapes.model import Finding, Report
from kg.shapes.names import short
from kg.shapes.sarif import as_sarif
from kg.shapes.text import as_text
from kg.shapes.turtle import as_turtle

Format = Literal["text", "json", "turtle", "junit", "sarif"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def write_report(report: Report, form: Format = "text") -> str:
    """Write a report; the text ends with a line end."""
    return _SURROGATE.sub("\ufffd", _WRITERS[form](report))


_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
"""What a name of a file may hold and no encoding can write."""


def as_json(report: Report) -> str:
    """Write the report as one JSON object."""
    found = {
        "conforms": report.conforms,
        "counts": report.counts(),
        "statements": report.statements,
        "shapes": len(report.shapes),
        "findings": [_finding(each) for each in report.findings],
    }
    return json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    values = {
        "severity": finding.severity,
        "shape": finding.shape,
        "constraint": finding.constraint,
        "component": finding.component,
        "message": finding.message,
        "focus": str(finding.focus.value),
        "path": finding.path,
        "value": None if finding.value is None else short(finding.value),
        "graphs": list(finding.graphs),
        "article": place and place.article,
        "line": place and place.line,
        "column": place and place.column,
        "endColumn": place and place.end_column,
        "quote": place and place.quote,
        "excerpt": place and place.excerpt,
        "underline": place and place.underline,
    }
    return {name: value for name, value in values.items() if value not in (None, [])}


_WRITERS: Final[dict[Format, Callable[[Report], str]]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "junit": as_junit,
    "sarif": as_sarif,
}
