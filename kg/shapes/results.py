"""What an engine or check says of one node, before it has a place in an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from kg.shapes.model import Node, Severity
from kg.terms import PREFIXES

_SEVERITY_OF: Final[dict[str, Severity]] = {
    PREFIXES["sh"] + "Warning": "warning",
    PREFIXES["sh"] + "Info": "info",
}


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
    return _SEVERITY_OF.get(str(node), "violation")


def read_term(text: str) -> Node:
    """Read a term as N-Triples has it.

    >>> read_term('"a"@en')
    <Literal value=a language=en>
    """
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    (quad,) = parse(f"<urn:x> <urn:x> {text} .", format=RdfFormat.N_TRIPLES)
    found: Node | Triple = quad.object
    if isinstance(found, Triple):
        raise TypeError("statements about statements cannot be validated")
    return found
