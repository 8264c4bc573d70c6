"""The report for a terminal.

One paragraph a finding: `article:line:col`, severity, message and shape on the first line, then
the quoted line with the words in question underlined, then the node; a summary at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.shapes.excerpts import shown_as
from kg.shapes.model import Finding, Report
from kg.shapes.names import path, rule, short


def as_text(report: Report) -> str:
    """Write the report for a reader."""
    paragraphs = ["\n".join(_lines(each)) for each in report.findings]
    return "\n\n".join([*paragraphs, _summary(report)]) + "\n"


def _lines(finding: Finding) -> Iterator[str]:
    place = finding.place
    where = shown_as(str(place)) if place else short(finding.focus)
    yield f"{where}: {finding.severity}: {shown_as(finding.message)} [{short(rule(finding))}]"
    if place and place.excerpt is not None:
        yield f"    {place.excerpt}"
        yield f"    {place.underline}"
    said = [short(finding.focus)]
    if finding.path:
        said.append(path(finding.path))
    if finding.value is not None and finding.value != finding.focus:
        said.append(short(finding.value))
    yield "    " + " ".join(said)
    if place is None and finding.graphs:
        yield "    in " + ", ".join(short(graph) for graph in finding.graphs)


def _summary(report: Report) -> str:
    checked = f"{report.statements:,} statements, {len(report.shapes):,} shapes"
    if report.conforms:
        return f"Conforms: {checked}, no finding."
    counted = ", ".join(
        f"{count:,} {severity}{'' if count == 1 or severity == 'info' else 's'}"
        for severity, count in report.counts().items()
        if count
    )
    return f"{counted} ({checked})."
