"""Turtle and TriG, written as their statements come: a block per graph, a paragraph per subject.

Sorted lines in, text out. One line is one statement, so that two versions differ by lines; types
come first. The prefixes in the header are those that occur, so that the body waits in a file
without a name until the header is written.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Final

from kg.site.statements import Graph, Statements, subject_groups
from kg.terms import PREFIXES

_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_FAMILY: Final = re.compile(r"[a-z][a-z-]*")
_TYPED: Final = re.compile(r'"((?:[^"\\]|\\.)*+)"\^\^(<[^<>]*>)', re.DOTALL)
_DIGITS: Final = {
    f"<{PREFIXES['xsd']}integer>": re.compile(r"[+-]?[0-9]+"),
    f"<{PREFIXES['xsd']}decimal>": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
}
_TYPE: Final = f"<{PREFIXES['rdf']}type>".encode()
_REMEMBERED: Final = 100_000  # names
_WAITING: Final = 32 * 1024 * 1024  # bytes of the body held in memory
_PART: Final = 1 << 18


def turtle(statements: Statements, base: str) -> Iterator[bytes]:
    """Write the merge of all graphs as Turtle; what lies below `base` gets prefixes by family."""
    names = Names(base)
    return _written(_paragraphs(statements.triples(), names, ""), names, statements)


def trig(statements: Statements, base: str) -> Iterator[bytes]:
    """Write all graphs as TriG."""
    names = Names(base)
    return _written(_blocks(statements, names), names, statements)


def _written(body: Iterable[str], names: Names, statements: Statements) -> Iterator[bytes]:
    folder = str(statements.beside) if statements.beside else None
    with tempfile.SpooledTemporaryFile(_WAITING, dir=folder) as waiting:
        for part in body:
            waiting.write(part.encode())
        waiting.seek(0)
        yield names.header().encode()
        yield from _parts(waiting)


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    while part := stream.read(_PART):
        yield part


def _blocks(statements: Statements, names: Names) -> Iterator[str]:
    between = ""
    for graph in statements.graphs():
        block = _block(statements, graph, names)
        for first in block:
            yield between + first
            yield from block
            between = "\n"


def _block(statements: Statements, graph: Graph, names: Names) -> Iterator[str]:
    """Write one graph, indented and between braces where it has a name; nothing if it is empty."""
    name = getattr(graph, "value", None)
    paragraphs = _paragraphs(statements.within(graph), names, "  " if name else "")
    for first in paragraphs:
        yield (f"GRAPH {names.short(str(graph))} {{\n" if name else "") + first
        yield from paragraphs
        if name:
            yield "}\n"


def _paragraphs(lines: Iterable[bytes], names: Names, indent: str) -> Iterator[str]:
    between = ""
    for subject, group in subject_groups(lines):
        yield between + _paragraph(subject, group, names, indent)
        between = "\n"


def _paragraph(subject: bytes, lines: list[bytes], names: Names, indent: str) -> str:
    said: dict[bytes, list[str]] = {}
    for line in lines:
        _, predicate, rest = line.split(b" ", 2)
        said.setdefault(predicate, []).append(names.value(rest[:-3].decode()))
    own = said.pop(_TYPE, None)
    rows = [f"a {_joined(own, indent, 'a')}"] if own else []
    for predicate, values in said.items():
        name = names.short(predicate.decode())
        rows.append(f"{name} {_joined(values, indent, name)}")
    return f"{indent}{names.short(subject.decode())} " + f" ;\n{indent}    ".join(rows) + " .\n"


def _joined(values: list[str], indent: str, name: str) -> str:
    return f" ,\n{indent}    {' ' * len(name)} ".join(values)


class Names:
    """Short names for IRIs, remembering which prefixes were used."""

    def __init__(self, base: str | None) -> None:
        self._used: dict[str, str] = {}
        self._prefix_of = {iri: name for name, iri in PREFIXES.items()}
        self._base = base
        self._known: dict[str, str] = {}

    def header(self) -> str:
        """Declare the prefixes that were used."""
        lines = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(self._used.items()))
        return f"{lines}\n" if lines else ""

    def short(self, token: str) -> str:
        """Give the prefixed name of an IRI in brackets, else what was given."""
        known = self._known.get(token)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[token] = self._short(token) if token[:1] == "<" else token
        return known

    def _short(self, token: str) -> str:
        cut = max(token.rfind("/"), token.rfind("#")) + 1
        space, local = token[1:cut], token[cut:-1]
        name = self._prefix_of.get(space) or self._family(space)
        if name is None or not _LOCAL.fullmatch(local):
            return token
        self._used[name] = space
        return f"{name}:{local}"

    def _family(self, space: str) -> str | None:
        """Name the prefix of a family of data IRIs, unless a concept scheme has that name."""
        if self._base is None or not space.startswith(self._base):
            return None
        family = space[len(self._base) : -1]
        if not _FAMILY.fullmatch(family):
            return None
        return f"{family}-id" if family in PREFIXES else family

    def value(self, token: str) -> str:
        """Give the short form of a value: a name, a number, or a literal with a short datatype."""
        if token[0] == "<":
            return self.short(token) if token[1] != "<" else token
        if token[-1] != ">" or token[0] != '"':
            return token
        found = _TYPED.fullmatch(token)
        if found is None:
            return token
        text, datatype = found.groups()
        if datatype in _DIGITS and _DIGITS[datatype].fullmatch(text):
            return text
        return f'"{text}"^^{self.short(datatype)}'
