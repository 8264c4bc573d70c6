"""Statements in, JSON-LD out: nodes nested where they belong, values without noise.

One document keeps the named graphs; as JSON Lines each line is one resource, told from all graphs.
The result is what compaction and framing with the published context give, written directly: a
framing processor takes a second per thousand statements. A test compares the two. A graph that is
too large to be held is written as it comes; what its nodes carry inside is then looked up.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import msgspec
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import GraphError
from kg.resources import data_file, lexicon
from kg.site.statements import Graph, Statements, peeked, subject_groups
from kg.terms import PREFIXES

_TYPE: Final = f"{PREFIXES['rdf']}type"
_XSD: Final = PREFIXES["xsd"]
_INTEGER: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what every JSON reader keeps exact
_DEEPEST: Final = 8
_HELD: Final = 50_000  # statements of a graph that are held at once
CONTEXT_ADDRESS: Final = "https://w3id.org/communique/context.jsonld"
Lookup = Callable[[str], list[Triple]]
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


def jsonld(statements: Statements, base: str) -> Iterator[bytes]:
    """Write a dataset as one document; IRIs below `base` are relative to it."""
    yield _head(base)
    writer, between = _Writer(context(), base), b"\n"
    for graph in statements.graphs():
        nodes = _nodes(statements, graph, writer)
        if isinstance(graph, BlankNode):
            raise GraphError(str(graph), "a blank node; give it an IRI first")
        before, after = b"", b""
        if isinstance(graph, NamedNode):
            before, after = _around(writer.short(graph.value))
        first = next(nodes, None)
        if first is None:
            continue
        yield between + before + _pretty(first)
        for node in nodes:
            yield b",\n" + _pretty(node)
        yield after
        between = b",\n"
    yield b"]}\n"


@lru_cache(8)
def _head(base: str) -> bytes:
    head = json.dumps({**context().document, "@base": base}, ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": ['.encode()


def jsonlines(statements: Statements, base: str) -> Iterator[bytes]:
    """Write each resource of the merged graphs, with what belongs to it, as a line of JSON-LD."""
    start = {"@context": [CONTEXT_ADDRESS, {"@base": base}]}
    writer = _Writer(context(), base)
    for node in _nodes(statements, None, writer):
        yield msgspec.json.encode(start | node) + b"\n"


def _around(graph: str) -> tuple[bytes, bytes]:
    return b'{"@id": ' + msgspec.json.encode(graph) + b', "@graph": [\n', b"]}"


def _pretty(node: Node) -> bytes:
    return msgspec.json.format(msgspec.json.encode(node), indent=1)


def _nodes(statements: Statements, graph: Graph | None, writer: _Writer) -> Iterator[Node]:
    """Yield the nodes of one graph, or of all graphs merged."""
    lines = statements.triples() if graph is None else statements.within(graph)
    few, lines = peeked(lines, _HELD)
    groups = (list(_triples(group)) for _, group in subject_groups(lines))
    if few is not None:
        said = {_subject(group[0]): group for group in groups}
        return writer.nodes(
            said.values(), writer.carried(said.values()), lambda iri: said.get(iri, [])
        )
    found = (
        quad.object.value
        for predicate in sorted(writer.embedded)
        for quad in statements.values(predicate, graph)
        if isinstance(quad.object, NamedNode)
    )
    return writer.nodes(groups, set(found), lambda iri: statements.about(iri, graph))


def _triples(lines: list[bytes]) -> Iterator[Triple]:
    return (quad.triple for quad in parse(b"".join(lines), RdfFormat.N_TRIPLES))


class _Writer:
    """Writes the nodes of one graph after the other."""

    def __init__(self, known: Context, base: str) -> None:
        self._known = known
        self._base = base
        self.embedded = frozenset(
            _whole(name, known.prefixes) for name in lexicon("site", "frame.yaml", Frame).embedded
        )
        self._said: Lookup = lambda _: []
        self._carried: set[str] = set()
        self._written: set[str] = set()

    def carried(self, groups: Iterable[list[Triple]]) -> set[str]:
        """Name the nodes that others carry inside them."""
        return {
            triple.object.value
            for group in groups
            for triple in group
            if triple.predicate.value in self.embedded and isinstance(triple.object, NamedNode)
        }

    def nodes(
        self, groups: Iterable[list[Triple]], carried: set[str], said: Lookup
    ) -> Iterator[Node]:
        """Yield the nodes of a graph: first those that nothing carries, then any left over."""
        self._said, self._carried, self._written = said, carried, set()
        for group in groups:
            iri = _subject(group[0])
            if iri not in carried:
                yield self._node(iri, group, 0)
        for iri in sorted(carried):
            group = [] if iri in self._written else said(iri)
            if group:
                yield self._node(iri, group, 0)

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

    def _node(self, iri: str, said: Iterable[Triple], depth: int) -> Node:
        if iri in self._carried:
            self._written.add(iri)
        types: list[str] = []
        rest: defaultdict[str, list[Any]] = defaultdict(list)
        for each in said:
            if each.predicate.value == _TYPE and isinstance(each.object, NamedNode):
                types.append(self._class(each.object.value))
            else:
                name, value = self._value(each, depth)
                rest[name].append(value)
        start: Node = {"@id": self.short(iri)}
        if types:
            start["@type"] = _one_or_all(types)
        return start | {name: _one_or_all(rest[name]) for name in sorted(rest)}

    def _class(self, iri: str) -> str:
        return self._known.classes.get(iri) or self._prefixed(iri)

    def _value(self, said: Triple, depth: int) -> tuple[str, Any]:
        """Give the key that says most about a value, and the value with what is left to say."""
        predicate, value = said.predicate.value, said.object
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
        if predicate in self.embedded and depth < _DEEPEST and iri not in self._written:
            said = self._said(iri)
            if said:
                return self._node(iri, said, depth + 1)
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


def _subject(triple: Triple) -> str:
    if isinstance(triple.subject, NamedNode):
        return triple.subject.value
    raise GraphError(str(triple.subject), "a blank node; give it an IRI first")


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
