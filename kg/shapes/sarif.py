"""The report as SARIF 2.1.0, which code reviews show beside the lines of a file.

An article is an artifact, its id percent-encoded as address; columns count code points.
"""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from kg import __version__
from kg.iris import content_hash
from kg.shapes.model import Finding, Place, Report, Severity
from kg.shapes.names import rule, short
from kg.terms import ONTOLOGY

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVEL: Final[dict[Severity, str]] = {"violation": "error", "warning": "warning", "info": "note"}


def as_sarif(report: Report) -> str:
    """Write the report as a log of one run."""
    rules = sorted({*report.shapes, *(rule(each) for each in report.findings)})
    index = {name: number for number, name in enumerate(rules)}
    driver = {
        "name": "kg validate",
        "version": __version__,
        "informationUri": ONTOLOGY,
        "rules": [
            {"id": short(name), "helpUri": name} if ":" in name else {"id": name} for name in rules
        ],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, index[rule(each)]) for each in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, index: int) -> dict[str, Any]:
    logical = {"fullyQualifiedName": str(finding.focus.value), "kind": "resource"}
    location: dict[str, Any] = {"logicalLocations": [logical]}
    if finding.place:
        location["physicalLocation"] = _physical(finding.place)
    print_of = content_hash(rule(finding), finding.focus, finding.path, finding.value)
    return {
        "ruleId": short(rule(finding)),
        "ruleIndex": index,
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.message},
        "locations": [location],
        "partialFingerprints": {"finding/v1": print_of},
    }


def _physical(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(place.article, safe="-._~", errors="surrogatepass")}
    }
    if place.line:
        region: dict[str, Any] = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
        if place.end_column:
            region["endColumn"] = place.end_column
        if place.excerpt:
            region["snippet"] = {"text": place.excerpt}
        physical["region"] = region
    return physical
