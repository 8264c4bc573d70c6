"""Terms of the vocabulary as RDF nodes, and descriptions made of them.

A prefixed name in, a node out: `term("cmq:Claim")`. Prefixes are those of `kg.terms`, so that a
name that nobody declared is an error where it stands, not a silent new term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.graph.literals import plain
from kg.terms import CONCEPTS, PREFIXES

Object = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Object]
"""Subject, property and value; not the engine's type, since each becomes a quad at once."""
Said = Object | str | int | None
"""What may stand after a property: a node, a literal, or a plain value; None says nothing."""

_OBJECTS: Final = (NamedNode, Literal)
_SINGLE: Final = (NamedNode, Literal, str, int)
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\u200b-\u206f\ufeff]+")


@cache
def term(name: str) -> NamedNode:
    """Give the node of a prefixed name; `a` is short for rdf:type, as in Turtle.

    >>> term("cmq:Claim").value
    'https://w3id.org/communique/def#Claim'
    """
    prefix, _, local = ("rdf:type" if name == "a" else name).partition(":")
    return NamedNode(PREFIXES[prefix] + local)


@cache
def concept(scheme: str, name: str) -> NamedNode:
    """Give the node of a concept; a name that no scheme holds is left for validation to report.

    >>> concept("modality", "agreed").value
    'https://w3id.org/communique/concept/modality/agreed'
    """
    safe = quote(name, safe="-._~", errors="surrogatepass")
    return NamedNode(CONCEPTS + scheme + "/" + safe)


def address(text: str | None) -> Object | None:
    """Give a web address as a node; whatever else claims to be one stays text.

    >>> address("javascript:alert(1)")
    <Literal value=javascript:alert(1) datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>
    """
    if not text:
        return None
    if _WEB_ADDRESS.fullmatch(text):
        try:
            return NamedNode(text)
        except ValueError:  # an address that no IRI may be, such as one with a stray percent sign
            return plain(text)
    return plain(text)


def describe(
    subject: NamedNode, *said: tuple[NamedNode | str, Said | Iterable[Said]]
) -> Iterator[Triple]:
    """Yield what is said of the subject: pairs of a property and its value or values."""
    for name, values in said:
        if values is None:
            continue
        predicate = term(name) if isinstance(name, str) else name
        for value in (values,) if isinstance(values, _SINGLE) else values:
            if isinstance(value, _OBJECTS):
                yield subject, predicate, value
            elif isinstance(value, str):
                yield subject, predicate, plain(value)
            elif value is not None:
                yield subject, predicate, Literal(value)


def lines_about(triples: Iterable[Triple], graph: NamedNode) -> dict[str, Triple]:
    """Write triples as lines of N-Quads in a graph, without line ends, each line once."""
    ending = f" <{graph.value}> ."
    names: dict[NamedNode, str] = {}
    last, lead = None, ""
    found: dict[str, Triple] = {}
    for triple in triples:
        subject, predicate, value = triple
        if subject is not last:  # a node is mostly described in one go
            last, lead = subject, f"<{subject.value}> "
        name = names.get(predicate) or names.setdefault(predicate, f"<{predicate.value}> ")
        written = f"<{value.value}>" if isinstance(value, NamedNode) else str(value)
        found[f"{lead}{name}{written}{ending}"] = triple
    return found
