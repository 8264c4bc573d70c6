"""A query text and terms in, the query text with these terms bound out.

Values become terms first, and only what pyoxigraph serialised as a term enters the text: a
`VALUES` clause as the first thing of the outermost group. A `VALUES` line of the file that
holds the default of a bound variable gives way to it. A line `#? name: pattern` of the file is
asked too where `name` is bound: it follows from the rest, and tells engines where to begin. A line
that ends in `# unless name` is left out where `name` is bound: it says how to read everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.queries.model import Term
from kg.queries.tokens import Token, tokens
from kg.terms import PREFIXES

_VALUE: Final = "<?>"


def bind(name: str, text: str, terms: Mapping[str, Term]) -> str:
    r"""Bind variables of the outermost group of a query.

    >>> bind("q", "SELECT * WHERE { ?s ?p ?o }", {"o": Term("literal", 'a"b')})
    'SELECT * WHERE { VALUES (?o) { ("a\\"b") } ?s ?p ?o }'
    """
    if not terms:
        return text
    for variable in terms:
        text = re.sub(
            rf"^[ ]*VALUES \?{re.escape(variable)} \{{[^{{}}]*\}}\n", "", text, flags=re.MULTILINE
        )
        text = _with_lines_of(variable, term_text(name, terms[variable]), text)
        text = _without_lines_of(variable, text)
    at = _outermost_group(name, text)
    variables = " ".join(f"?{variable}" for variable in terms)
    values = " ".join(term_text(name, term) for term in terms.values())
    return f"{text[:at]} VALUES ({variables}) {{ ({values}) }}{text[at:]}"


def _with_lines_of(variable: str, value: str, text: str) -> str:
    """Ask the lines `#? variable: …` too."""

    def asked(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2].replace(_VALUE, value)}"

    only = rf"^([ ]*)#\? (?:\w+, )*{re.escape(variable)}(?:, \w+)*: (.*)$"
    return re.sub(only, asked, text, flags=re.MULTILINE)


def _without_lines_of(variable: str, text: str) -> str:
    """Leave out the lines `… # unless variable`."""
    unless = rf"^.*# unless (?:\w+, )*{re.escape(variable)}(?:, \w+)*\n"
    return re.sub(unless, "", text, flags=re.MULTILINE)


def term_text(name: str, term: Term) -> str:
    """Write an IRI or literal as SPARQL does; what is no valid term is refused."""
    try:
        return str(engine_term(term))
    except ValueError as error:
        raise QueryError(name, f"{term.value!r} is no valid {term.kind}: {error}") from error


def engine_term(term: Term) -> NamedNode | Literal:
    """Give a term in the engine's own type, which checks it."""
    if term.kind == "uri":
        return NamedNode(term.value)
    if term.kind == "bnode":
        raise ValueError("a blank node names nothing")
    if term.language:
        return Literal(term.value, language=term.language)
    datatype = NamedNode(term.datatype) if term.datatype else None
    return Literal(term.value, datatype=datatype)


def with_prefixes(text: str, base: str | None = None) -> str:
    """Declare our prefixes, and the base IRI, where the text does not."""
    declared = {
        following.text
        for token, following in _pairs(text)
        if token.is_word("PREFIX") and following.kind == "name"
    }
    has_base = any(token.is_word("BASE") for token in tokens(text))
    missing = [
        f"PREFIX {prefix}: <{namespace}>"
        for prefix, namespace in PREFIXES.items()
        if f"{prefix}:" not in declared
    ]
    start = [f"BASE {NamedNode(base)}"] if base and not has_base else []
    return "\n".join([*start, *missing, text])


def _pairs(text: str) -> Iterator[tuple[Token, Token]]:
    return pairwise(tokens(text))


def _outermost_group(name: str, text: str) -> int:
    """Give the offset behind the brace that opens the outermost WHERE group."""
    depth, first, after_where = 0, None, False
    for token in tokens(text):
        after_where = after_where or (depth == 0 and token.is_word("WHERE"))
        if token.text == "{" and depth == 0:
            first = first or token.end
            if after_where:
                return token.end
        depth += (token.kind == "open") - (token.kind == "close")
    if first:
        return first
    raise QueryError(name, "no group { … } to bind parameters in; write WHERE { … }")
