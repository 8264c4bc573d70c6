"""The report as JUnit XML, which test summaries of CI systems show.

One test case a shape that holds, one a finding; violations are failures, what is less grave
passes and is told in its output.
"""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

from kg.shapes.model import Finding, Report
from kg.shapes.names import path, rule, short

_NO_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(report: Report) -> str:
    """Write the report as one test suite."""
    offended = {shape for each in report.findings for shape in (each.shape, rule(each))}
    held = [shape for shape in report.shapes if shape not in offended]
    failures = report.counts()["violation"]
    totals = {
        "tests": str(len(held) + len(report.findings)),
        "failures": str(failures),
        "errors": "0",
        "skipped": "0",
    }
    root = ET.Element("testsuites", {"name": "kg validate", **totals})
    suite = ET.SubElement(root, "testsuite", {"name": "shapes", **totals, "time": "0"})
    for shape in held:
        ET.SubElement(suite, "testcase", {"name": "holds", "classname": short(shape), "time": "0"})
    for each in report.findings:
        _add_case(suite, each)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, "unicode") + "\n"


def _add_case(suite: ET.Element, finding: Finding) -> None:
    place = str(finding.place) if finding.place else short(finding.focus)
    case = ET.SubElement(
        suite,
        "testcase",
        {"name": _xml(place), "classname": short(rule(finding)), "time": "0"},
    )
    if finding.severity == "violation":
        told = {"message": _xml(finding.message), "type": short(finding.component)}
        ET.SubElement(case, "failure", told).text = _xml(_details(finding))
        return
    output = ET.SubElement(case, "system-out")
    output.text = _xml(f"{finding.severity}: {finding.message}\n{_details(finding)}")


def _details(finding: Finding) -> str:
    lines = [f"focus: {short(finding.focus)}"]
    if finding.path:
        lines.append(f"path: {path(finding.path)}")
    if finding.value is not None:
        lines.append(f"value: {short(finding.value)}")
    if finding.place and finding.place.excerpt:
        lines += [finding.place.excerpt, finding.place.underline or ""]
    return "\n".join(lines)


def _xml(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
