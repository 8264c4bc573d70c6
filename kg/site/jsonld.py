"""Quads in, JSON-LD out: named graphs kept, nodes nested where they belong, values without noise.

The result is what compaction and framing with the published context give, written directly: a
framing processor takes a second per thousand statements. A test compares the two.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.resources import data_file, lexicon
from kg.terms import PREFIXES

_TYPE: Final = f"{PREFIXES['rdf']}type"
_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every JSON reader keeps exact
_DEEPEST: Final = 8
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """Which properties carry the nodes at their far end inside them."""

    embedded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermDefinition:
    """One term of the context that stands for a property."""

    name: str
    type: str | None = None
    language: str | None = None
    vocabulary: str | None = None

    def fits(self, value: NamedNode | Literal) -> bool:
        """Whether a value can be written under this term without saying more about it."""
        if isinstance(value, NamedNode):
            if self.vocabulary is None:
                return self.type == "@id"
            return re.fullmatch(r"[a-z-]+", value.value.removeprefix(self.vocabulary)) is not None
        if value.language:
            return self.language == value.language
        datatype = value.datatype.value
        if self.type is not None:
            return self.type == datatype
        return self.language is None and _native(value) is not None


@dataclass(frozen=True, slots=True)
class Context:
    """The published context: prefixes, classes and properties by IRI."""

    document: Mapping[str, Any]
    prefixes: Mapping[str, str]
    classes: Mapping[str, str]
    properties: Mapping[str, tuple[TermDefinition, ...]]


@cache
def context() -> Context:
    """Read the published context."""
    text = data_file("site", "context.jsonld").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)["@context"]
    named = {name: iri for name, iri in document.items() if isinstance(iri, str)}
    prefixes = {name: iri for name, iri in named.items() if iri.endswith(("/", "#"))}
    classes = {_whole(iri, prefixes): name for name, iri in named.items() if name[0].isupper()}
    properties: defaultdict[str, list[TermDefinition]] = defaultdict(list)
    for name, said in document.items():
        if (
            name.startswith("@")
            or name in prefixes
            or name[0].isupper()
            or said in ("@id", "@type")
        ):
            continue
        iri, definition = _definition(name, said, prefixes)
        properties[iri].append(definition)
    ordered = {iri: tuple(terms) for iri, terms in properties.items()}
    return Context(document, prefixes, classes, ordered)


def _definition(name: str, said: Any, prefixes: Mapping[str, str]) -> tuple[str, TermDefinition]:
    if isinstance(said, str):
        return _whole(said, prefixes), TermDefinition(name)
    coerced = said.get("@type")
    return _whole(said["@id"], prefixes), TermDefinition(
        name,
        coerced and _whole(coerced, prefixes),
        said.get("@language"),
        said.get("@context", {}).get("@vocab"),
    )


def _whole(name: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = name.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else name


def jsonld(quads: Iterable[Quad], base: str) -> bytes:
    """Write a dataset as JSON-LD; IRIs below `base` are relative to it."""
    ordered = sorted(set(quads), key=str)
    ordered.sort(key=_graph)
    writer = _Writer(context(), base)
    graphs: list[Node] = []
    for graph, group in groupby(ordered, _graph):
        nodes = list(writer.nodes(group))
        graphs += [{"@id": writer.short(graph), "@graph": nodes}] if graph else nodes
    document = {"@context": {**context().document, "@base": base}, "@graph": graphs}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _graph(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


class _Writer:
    """Writes the nodes of one graph after the other."""

    def __init__(self, known: Context, base: str) -> None:
        self._known = known
        self._base = base
        self._embedded = {
            _whole(name, known.prefixes) for name in lexicon("site", "frame.yaml", Frame).embedded
        }
        self._said: dict[str, list[Quad]] = {}
        self._written: set[str] = set()

    def nodes(self, quads: Iterable[Quad]) -> Iterator[Node]:
        """Yield the nodes of a graph: first those that nothing carries, then any left over."""
        self._said = {iri: list(group) for iri, group in groupby(quads, _subject)}
        self._written = set()
        carried = {
            quad.object.value
            for said in self._said.values()
            for quad in said
            if quad.predicate.value in self._embedded and isinstance(quad.object, NamedNode)
        }
        for iri in [*(each for each in self._said if each not in carried), *self._said]:
            if iri not in self._written:
                yield self._node(iri, 0)

    def short(self, iri: str) -> str:
        """Give an IRI relative to the base, with a prefix, or whole."""
        if iri.startswith(self._base) and ":" not in iri[len(self._base) :] and iri != self._base:
            return iri[len(self._base) :]
        return self._prefixed(iri)

    def _prefixed(self, iri: str) -> str:
        fitting = [
            (space, name)
            for name, space in self._known.prefixes.items()
            if iri.startswith(space) and iri != space
        ]
        if fitting:
            space, name = max(fitting)
            return f"{name}:{iri[len(space) :]}"
        if iri.partition(":")[0] in self._known.prefixes:
            raise GraphError(iri, "reads as a name with one of our prefixes; export as N-Quads")
        return iri

    def _node(self, iri: str, depth: int) -> Node:
        self._written.add(iri)
        types: list[str] = []
        rest: defaultdict[str, list[Any]] = defaultdict(list)
        for quad in self._said[iri]:
            if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
                types.append(self._class(quad.object.value))
            else:
                name, value = self._value(quad, depth)
                rest[name].append(value)
        start: Node = {"@id": self.short(iri)}
        if types:
            start["@type"] = _one_or_all(types)
        return start | {name: _one_or_all(rest[name]) for name in sorted(rest)}

    def _class(self, iri: str) -> str:
        return self._known.classes.get(iri) or self._prefixed(iri)

    def _value(self, quad: Quad, depth: int) -> tuple[str, Any]:
        """Give the key that says most about a value, and the value with what is left to say."""
        predicate, value = quad.predicate.value, quad.object
        if not isinstance(value, NamedNode | Literal):
            raise GraphError(str(value), "a blank node or triple term; give it an IRI first")
        for term in self._known.properties.get(predicate, ()):
            if term.fits(value):
                return term.name, self._bare(term, value, predicate, depth)
        return self._prefixed(predicate), self._in_full(value)

    def _bare(
        self, term: TermDefinition, value: NamedNode | Literal, predicate: str, depth: int
    ) -> Any:
        if isinstance(value, Literal):
            native = _native(value)
            return value.value if native is None or term.type or term.language else native
        if term.vocabulary is not None:
            return value.value.removeprefix(term.vocabulary)
        iri = value.value
        inside = predicate in self._embedded and iri in self._said and depth < _DEEPEST
        if inside and iri not in self._written:
            return self._node(iri, depth + 1)
        return self.short(iri)

    def _in_full(self, value: NamedNode | Literal) -> Any:
        if isinstance(value, NamedNode):
            return {"@id": self.short(value.value)}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        native = _native(value)
        if native is not None:
            return native
        return {"@value": value.value, "@type": self._prefixed(value.datatype.value)}


def _subject(quad: Quad) -> str:
    if isinstance(quad.subject, NamedNode):
        return quad.subject.value
    raise GraphError(str(quad.subject), "a blank node; give it an IRI first")


def _native(value: Literal) -> str | int | bool | None:
    """Give the JSON value that says the same, None if a datatype or language has to be said."""
    if value.language:
        return None
    match value.datatype.value.removeprefix(_XSD):
        case "string":
            return value.value
        case "integer" if _INTEGER.fullmatch(value.value):
            return int(value.value)
        case "boolean" if value.value in ("true", "false"):
            return value.value == "true"
    return None


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values
