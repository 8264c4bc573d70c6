"""Descriptions as bytes: Turtle with readable prefixes, JSON-LD with types and short names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.site.machines.naming import SPACES
from kg.terms import PREFIXES

TURTLE: Final = "text/turtle; charset=utf-8"
JSON_LD: Final = "application/ld+json"
_TYPE: Final = f"{PREFIXES['rdf']}type"
_STRING: Final = f"{PREFIXES['xsd']}string"


def turtle(quads: Iterable[Quad]) -> bytes:
    """Write statements as Turtle, sorted, with the prefixes that occur."""
    ordered = sorted({quad.triple for quad in quads}, key=_order)
    text = " ".join(map(str, ordered))
    used = {name: space for name, space in sorted(SPACES.items()) if f"<{space}" in text}
    return serialize(ordered, format=RdfFormat.TURTLE, prefixes=used) or b""


def jsonld(quads: Iterable[Quad]) -> bytes:
    """Write statements as JSON-LD, one node after the other."""
    nodes: dict[str, dict[str, Any]] = {}
    used: set[str] = set()
    for triple in sorted({quad.triple for quad in quads}, key=_order):
        subject, value = triple.subject, triple.object
        assert isinstance(subject, NamedNode)  # noqa: S101 - descriptions have no blank nodes
        said = nodes.setdefault(subject.value, {"@id": subject.value})
        if triple.predicate.value == _TYPE and isinstance(value, NamedNode):
            _add(said, "@type", _short(value.value, used))
        else:
            _add(said, _short(triple.predicate.value, used), _value(value, used))
    context = {name: SPACES[name] for name in sorted(used)}
    document = {"@context": context, "@graph": [nodes[name] for name in sorted(nodes)]}
    return pretty(document)


def pretty(document: Mapping[str, Any]) -> bytes:
    """Write a JSON document for people to read as well."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _order(triple: Any) -> tuple[str, bool, str, str]:
    """Sort by subject, types first."""
    predicate = triple.predicate.value
    return str(triple.subject), predicate != _TYPE, predicate, str(triple.object)


def _add(said: dict[str, Any], name: str, value: Any) -> None:
    before = said.get(name)
    if before is None:
        said[name] = value
    elif isinstance(before, list):
        before.append(value)
    else:
        said[name] = [before, value]


def _short(iri: str, used: set[str]) -> str:
    for name, space in SPACES.items():
        local = iri.removeprefix(space)
        if local != iri and local and "/" not in local:
            used.add(name)
            return f"{name}:{local}"
    return iri


def _value(value: Any, used: set[str]) -> Any:
    if isinstance(value, NamedNode):
        return {"@id": value.value}
    assert isinstance(value, Literal)  # noqa: S101 - descriptions hold nothing else
    if value.language:
        return {"@value": value.value, "@language": value.language}
    kind = value.datatype.value
    if kind == _STRING:
        return value.value
    if kind == f"{PREFIXES['xsd']}integer":
        return int(value.value)
    return {"@value": value.value, "@type": _short(kind, used)}
