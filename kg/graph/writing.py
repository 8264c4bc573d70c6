"""RDF written so that the same dataset always gives the same bytes.

Quads in, bytes out: N-Quads sorted by line, TriG sorted by graph, subject, property and value
with the prefixes that occur. One line is one statement, so that two versions differ by lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    serialize,
)

from kg.terms import PREFIXES

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_INTEGER: Final = PREFIXES["xsd"] + "integer"
_DECIMAL: Final = PREFIXES["xsd"] + "decimal"
_STRING: Final = PREFIXES["xsd"] + "string"
_DIGITS: Final = {
    _INTEGER: re.compile(r"[+-]?[0-9]+"),
    _DECIMAL: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")


def nquads(quads: Iterable[Quad]) -> bytes:
    """Write canonical N-Quads, each once, sorted by line."""
    written = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted(set(written.split(b"\n")) - {b""}))


def trig(quads: Iterable[Quad], families: str | None = None) -> bytes:
    """Write TriG: a block per graph, a paragraph per subject, a line per statement.

    `families` is a base IRI: what lies below it gets a prefix per family (`claim:`, `person:`).
    """
    ordered = sorted(set(quads), key=_order)
    names = _Names(families)
    body = "\n".join(
        block for graph, group in groupby(ordered, _graph) for block in _blocks(graph, group, names)
    )
    header = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(names.used.items()))
    return f"{header}\n{body}".encode() if header else body.encode()


class _Names:
    """Short names for IRIs, remembering which prefixes were used."""

    def __init__(self, families: str | None) -> None:
        self.used: dict[str, str] = {}
        self._prefix_of = {iri: name for name, iri in PREFIXES.items()}
        self._families = families

    def iri(self, node: NamedNode) -> str:
        """Give the prefixed name of a node, or its IRI in brackets."""
        cut = max(node.value.rfind("/"), node.value.rfind("#")) + 1
        space, local = node.value[:cut], node.value[cut:]
        name = self._prefix_of.get(space) or self._family(space)
        if name is None or not _LOCAL.fullmatch(local):
            return str(node)
        self.used[name] = space
        return f"{name}:{local}"

    def _family(self, space: str) -> str | None:
        """Name the prefix of a family of data IRIs, unless a concept scheme has that name."""
        if self._families is None or not space.startswith(self._families):
            return None
        family = space[len(self._families) : -1]
        if not re.fullmatch(r"[a-z][a-z-]*", family):
            return None
        return f"{family}-id" if family in PREFIXES else family

    def value(self, node: NamedNode | BlankNode | Literal | Triple) -> str:
        """Give the short form of a value."""
        if isinstance(node, NamedNode):
            return self.iri(node)
        if not isinstance(node, Literal) or node.language:
            return str(node)
        kind = node.datatype.value
        if kind == _STRING:
            return str(node)
        if kind in _DIGITS and _DIGITS[kind].fullmatch(node.value):
            return node.value
        return f"{Literal(node.value)}^^{self.iri(node.datatype)}"


def _blocks(graph: str, quads: Iterable[Quad], names: _Names) -> Iterator[str]:
    """Write the paragraphs of one graph, indented where the graph has a name."""
    paragraphs = [
        _paragraph(list(group), names, "  " if graph else "")
        for _, group in groupby(quads, lambda quad: quad.subject)
    ]
    text = "\n".join(paragraphs)
    yield f"GRAPH {names.iri(NamedNode(graph))} {{\n{text}}}\n" if graph else text


def _paragraph(quads: list[Quad], names: _Names, indent: str) -> str:
    subject = quads[0].subject
    head = names.iri(subject) if isinstance(subject, NamedNode) else str(subject)
    said = []
    for predicate, group in groupby(quads, lambda quad: quad.predicate):
        name = "a" if predicate == _TYPE else names.iri(predicate)
        under = f" ,\n{indent}    {' ' * len(name)} "
        said.append(f"{name} " + under.join(names.value(quad.object) for quad in group))
    return f"{indent}{head} " + f" ;\n{indent}    ".join(said) + " .\n"


def _graph(quad: Quad) -> str:
    name = quad.graph_name
    if isinstance(name, DefaultGraph):
        return ""
    return name.value if isinstance(name, NamedNode) else str(name)


def _order(quad: Quad) -> tuple[str, str, bool, str, str]:
    return (
        _graph(quad),
        str(quad.subject),
        quad.predicate != _TYPE,
        str(quad.predicate),
        str(quad.object),
    )
