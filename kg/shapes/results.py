"""What an engine or check says of one node, before it has a place in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rdflib import SH

from kg.shapes.model import Node, Severity

_SEVERITY_OF: Final[dict[Any, Severity]] = {SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True)
class Result:
    """One constraint that one node does not meet."""

    severity: Severity
    shape: str
    component: str
    focus: Node
    path: str | None
    value: Node | None
    message: str
    constraint: str | None = None  # IRI of a SPARQL constraint that has one


def severity_of(node: object) -> Severity:
    """Give the severity for its IRI; one that SHACL does not know is as grave as can be."""
    return _SEVERITY_OF.get(node, "violation")
