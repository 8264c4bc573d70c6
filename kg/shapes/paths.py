"""SHACL property paths: from RDF to the notation of SPARQL, and back to RDF.

The notation is what readers see; the RDF of a report is made of it again. There a path of more than
one property is a blank node, because SHACL takes an IRI for a property; its label is derived from
its content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode, Quad

from kg.iris import content_hash
from kg.terms import PREFIXES

if TYPE_CHECKING:
    import rdflib

_TOKEN: Final = re.compile(r"<[^<>]*>|[()|/^*+?]")
_INVERSE, _ALTERNATIVES, _ANY_TIMES, _SOME_TIMES, _ONCE_AT_MOST = (
    f"{PREFIXES['sh']}{name}Path"
    for name in ("inverse", "alternative", "zeroOrMore", "oneOrMore", "zeroOrOne")
)
_AFTER: Final = {"*": _ANY_TIMES, "+": _SOME_TIMES, "?": _ONCE_AT_MOST}
_Node = NamedNode | BlankNode
_FIRST, _REST, _NIL = (NamedNode(PREFIXES["rdf"] + name) for name in ("first", "rest", "nil"))


def path_text(graph: rdflib.Graph, path: rdflib.term.Node) -> str:
    """Write a path of the graph as a SPARQL property path."""
    import rdflib  # heavy, and not needed by who has the text

    if isinstance(path, rdflib.URIRef):
        return path.n3()
    for mark, term in _AFTER.items():
        inner = graph.value(path, rdflib.URIRef(term))
        if inner is not None:
            return _grouped(path_text(graph, inner)) + mark
    inverse = graph.value(path, rdflib.URIRef(_INVERSE))
    if inverse is not None:
        return "^" + _grouped(path_text(graph, inverse))
    several = graph.value(path, rdflib.URIRef(_ALTERNATIVES))
    parts = [_grouped(path_text(graph, each)) for each in graph.items(several or path)]
    return ("/" if several is None else "|").join(parts)


def path_quads(text: str) -> tuple[_Node, list[Quad]]:
    """Give the node of a path, and the statements that say what it is.

    >>> path_quads("<http://x.example/a>")
    (<NamedNode value=http://x.example/a>, [])
    """
    quads: list[Quad] = []
    return _Reader(_TOKEN.findall(text)).alternatives().node(quads), quads


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"<[^<>]*>", text) else f"({text})"


@dataclass(frozen=True, slots=True)
class _Path:
    """A step, or what is made of steps: `kind` is the IRI of a step, else how parts combine."""

    kind: str
    parts: tuple[_Path, ...] = ()

    def node(self, quads: list[Quad]) -> _Node:
        """Give the node of this path; append what says what it is."""
        if not self.parts:
            return NamedNode(self.kind)
        nodes = [part.node(quads) for part in self.parts]
        key = content_hash(self.kind, *(node.value for node in nodes))
        if self.kind == "/":
            return _listed(nodes, key, quads)
        own = BlankNode(f"path-{key}")
        value: _Node = nodes[0]
        if self.kind == _ALTERNATIVES:
            value = _listed(nodes, f"{key}-list", quads)
        quads.append(Quad(own, NamedNode(self.kind), value))
        return own


def _listed(nodes: list[_Node], key: str, quads: list[Quad]) -> BlankNode:
    names = [BlankNode(f"path-{key}-{number}") for number in range(len(nodes))]
    rests: list[_Node] = [*names[1:], _NIL]
    for name, node, rest in zip(names, nodes, rests, strict=True):
        quads += (Quad(name, _FIRST, node), Quad(name, _REST, rest))
    return names[0]


class _Reader:
    """Reads the notation, loosest binding first."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens: Iterator[str] = iter([*tokens, ""])
        self._next = next(self._tokens)

    def alternatives(self) -> _Path:
        """Read paths between bars."""
        parts = [self._sequence()]
        while self._taken("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else _Path(_ALTERNATIVES, tuple(parts))

    def _sequence(self) -> _Path:
        parts = [self._step()]
        while self._taken("/"):
            parts.append(self._step())
        return parts[0] if len(parts) == 1 else _Path("/", tuple(parts))

    def _step(self) -> _Path:
        if self._taken("^"):
            return _Path(_INVERSE, (self._step(),))
        if self._taken("("):
            found = self.alternatives()
            self._taken(")")
        else:
            found = _Path(self._next.strip("<>"))
            self._next = next(self._tokens)
        while self._next in _AFTER:
            found = _Path(_AFTER[self._next], (found,))
            self._next = next(self._tokens)
        return found

    def _taken(self, token: str) -> bool:
        if self._next != token:
            return False
        self._next = next(self._tokens)
        return True
