"""Statements in, RDF/XML out: one element per subject and statement, sorted, a line each.

XML has no way to write most control characters: they become U+FFFD here and nowhere else, which
is the one thing that this format cannot bring back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import GraphError
from kg.site.statements import Statements, subject_groups
from kg.terms import PREFIXES

FORBIDDEN: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*$", re.ASCII)
_STRING: Final = f"{PREFIXES['xsd']}string"


def rdfxml(statements: Statements) -> Iterator[bytes]:
    """Write the merge of all graphs as RDF/XML."""
    spaces = {_split(each)[0] for each in statements.predicates()} | {PREFIXES["rdf"]}
    names = _prefixes(spaces)
    head = "".join(f"\n    xmlns:{names[space]}={quoteattr(space)}" for space in sorted(spaces))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{head}>\n'.encode()
    for _, lines in subject_groups(statements.triples()):
        triples = [each.triple for each in parse(b"".join(lines), RdfFormat.N_TRIPLES)]
        yield _description(str_of(triples[0].subject), triples, names).encode()
    yield b"</rdf:RDF>\n"


def str_of(node: object) -> str:
    """Give the attribute that names a subject or object."""
    match node:
        case NamedNode(value=iri):
            return quoteattr(iri)
        case BlankNode():
            raise GraphError(str(node), "a blank node; give it an IRI first")
        case _:
            raise GraphError(str(node), "a triple term, which RDF/XML 1.1 lacks; export as N-Quads")


def _prefixes(spaces: Iterable[str]) -> dict[str, str]:
    known = {space: name for name, space in PREFIXES.items()}
    foreign = (space for space in sorted(spaces) if space not in known)
    return {**known, **{space: f"ns{number}" for number, space in enumerate(foreign, start=1)}}


def _split(iri: str) -> tuple[str, str]:
    """Cut a property into namespace and XML name."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    name = _NAME.search(iri, cut)
    if name is None:
        raise GraphError(iri, "this property is no XML name; export as Turtle or N-Quads")
    return iri[: name.start()], name.group()


def _description(subject: str, triples: list[Triple], names: dict[str, str]) -> str:
    lines = "".join(f"    {line}\n" for line in _elements(triples, names))
    return f"  <rdf:Description rdf:about={subject}>\n{lines}  </rdf:Description>\n"


def _elements(triples: list[Triple], names: dict[str, str]) -> Iterator[str]:
    for triple in triples:
        space, local = _split(triple.predicate.value)
        tag = f"{names[space]}:{local}"
        if not isinstance(triple.object, Literal):
            yield f"<{tag} rdf:resource={str_of(triple.object)}/>"
            continue
        text = escape(FORBIDDEN.sub("\ufffd", triple.object.value), {"\r": "&#13;"})
        yield f"<{tag}{_kind(triple.object)}>{text}</{tag}>"


def _kind(value: Literal) -> str:
    if value.language:
        return f" xml:lang={quoteattr(value.language)}"
    datatype = value.datatype.value
    return "" if datatype == _STRING else f" rdf:datatype={quoteattr(datatype)}"
