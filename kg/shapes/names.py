"""Names of terms as a reader knows them: with prefixes, and without what could drive a terminal."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.shapes.excerpts import shown_as
from kg.shapes.model import Finding, Node
from kg.terms import PREFIXES

_LONGEST: Final = 80
_LOCAL: Final = re.compile(r"[\w-]+")


def short(node: Node | str) -> str:
    """Give a term with its prefix, else in full; long text is cut.

    >>> short("https://w3id.org/communique/shapes#Claim-kind")
    'cmqsh:Claim-kind'
    """
    if isinstance(node, str):
        return _iri(node)
    if isinstance(node, NamedNode):
        return _iri(node.value)
    if isinstance(node, Literal):
        return shown_as(f'"{_cut(node.value)}"') + _kind(node)
    return str(node)


def path(text: str) -> str:
    """Give a property path with prefixes instead of whole IRIs."""
    return re.sub(r"<([^<>]*)>", lambda found: _iri(found[1]), text)


def rule(finding: Finding) -> str:
    """Name the narrowest thing that a finding offends: a constraint that has a name, or a shape."""
    return finding.constraint or finding.shape


def _iri(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        local = iri.removeprefix(space)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{prefix}:{local}"
    return shown_as(f"<{iri}>") if ":" in iri else iri


def _kind(literal: Literal) -> str:
    if literal.language:
        return f"@{literal.language}"
    kind = _iri(literal.datatype.value)
    return "" if kind == "xsd:string" else f"^^{kind}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
