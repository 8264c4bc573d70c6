"""What this stage hands on: findings, each at its place in an article, and the report of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal, get_args

import pyoxigraph

Severity = Literal["violation", "warning", "info"]
FailOn = Literal["violation", "warning", "info", "never"]
Node = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)  # gravest first


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article: line and column count from 1, in code points.

    `excerpt` is their line, cut to what a terminal shows, and `underline` marks them below it;
    without the text of the article at hand, both are made of the quote that the graph holds.
    """

    article: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    quote: str | None = None
    excerpt: str | None = None
    underline: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.article, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One constraint that one node does not meet."""

    severity: Severity
    shape: str  # IRI of the shape, or of the check
    component: str  # IRI of the kind of constraint
    focus: Node
    message: str
    path: str | None = None  # a SPARQL property path
    value: Node | None = None
    place: Place | None = None
    graphs: tuple[str, ...] = ()  # that describe the focus node
    constraint: str | None = None  # IRI of the SPARQL constraint in the shape, if one is at fault


@dataclass(frozen=True, slots=True)
class Report:
    """The findings, gravest first, and what was checked to get them."""

    findings: tuple[Finding, ...]
    shapes: tuple[str, ...]  # IRIs of all shapes and checks that took part
    statements: int  # of the data

    @property
    def conforms(self) -> bool:
        """Whether there is no finding at all, as SHACL has it."""
        return not self.findings

    def counts(self) -> dict[Severity, int]:
        """Count the findings by severity, gravest first."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in SEVERITIES}


def exit_status(report: Report, fail_on: FailOn = "violation") -> int:
    """Give 1 if a finding is at least as grave as `fail_on`, else 0.

    >>> exit_status(Report((), (), 0))
    0
    """
    if fail_on == "never":
        return 0
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return int(any(finding.severity in grave for finding in report.findings))
