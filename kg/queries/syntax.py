"""An engine's complaint about a query in, a QueryError with line, column and a hint out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kg.errors import QueryError
from kg.queries.catalogue import did_you_mean
from kg.queries.tokens import Token, position, tokens
from kg.resources import lexicon
from kg.terms import PREFIXES

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_PLAIN: Final = re.compile(r"[A-Z][A-Z ]+|\"[^\"\\]+\"")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words that may stand bare in a query, separated by white space."""

    keywords: str


def keywords() -> frozenset[str]:
    """Give the keywords and built-in functions of SPARQL 1.1, in capitals."""
    return frozenset(lexicon("queries", "grammar.yaml", Grammar).keywords.split())


def syntax_error(source: str, text: str, complaint: str) -> QueryError:
    """Say where a query breaks the grammar, and what would probably mend it."""
    place = _PLACE.match(complaint)
    if place is None:
        return QueryError(source, f"not SPARQL: {complaint}")
    found = list(tokens(text))
    offset, hint = _hint(text, found)
    if offset is not None:
        line, column = position(text, offset)
    else:
        line, column = int(place[1]), int(place[2])
    return QueryError(f"{source}:{line}:{column}", f"not SPARQL: {hint or _expected(place[3])}")


def _hint(text: str, found: list[Token]) -> tuple[int | None, str]:
    """Give the place of a fault that tokens alone show, and how to mend it."""
    for finder in (_no_form, _unknown_prefix, _unknown_word, _unbalanced):
        offset, hint = finder(text, found)
        if offset is not None:
            return offset, hint
    return None, ""


def _no_form(_: str, found: list[Token]) -> tuple[int | None, str]:
    if any(token.is_word("SELECT", "ASK", "CONSTRUCT", "DESCRIBE") for token in found):
        return None, ""
    if any(token.kind == "word" and token.text.upper() not in keywords() for token in found):
        return None, ""  # a misspelt word is the better hint
    return 0, "it asks nothing; write SELECT, ASK, CONSTRUCT or DESCRIBE"


def _unknown_prefix(_: str, found: list[Token]) -> tuple[int | None, str]:
    declared = set(PREFIXES)
    for before, token in zip([None, *found], found, strict=False):
        prefix = token.text.partition(":")[0]
        if token.kind != "name" or prefix == "_":
            continue
        if before is not None and before.is_word("PREFIX"):
            declared.add(prefix)
        elif prefix not in declared:
            close = did_you_mean(prefix, PREFIXES) or f"; declare it, or use {', '.join(PREFIXES)}"
            return token.start, f"prefix {prefix}: is not declared{close}"
    return None, ""


def _unknown_word(_: str, found: list[Token]) -> tuple[int | None, str]:
    known = keywords()
    for token in found:
        if token.kind == "word" and token.text.upper() not in known:
            close = did_you_mean(token.text, known) or "; names need a prefix, texts need quotes"
            return token.start, f"{token.text} is no word of SPARQL{close}"
    return None, ""


def _unbalanced(text: str, found: list[Token]) -> tuple[int | None, str]:
    closing = {"{": "}", "(": ")", "[": "]"}
    opened: list[Token] = []
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened or closing[opened[-1].text] != token.text:
                return token.start, f"{token.text} closes nothing that is open; remove it"
            opened.pop()
    if opened:
        line, column = position(text, opened[-1].start)
        reason = f"{opened[-1].text} of {line}:{column} is never closed"
        return len(text.rstrip()), f"{reason}; add {closing[opened[-1].text]}"
    return None, ""


def _expected(wanted: str) -> str:
    if "STRSTARTS" in wanted:  # the engine lists every function there is
        return "an expression is missing or incomplete before this"
    words = list(dict.fromkeys(_PLAIN.findall(wanted)))[:8]
    return f"expected {', '.join(words)} here" if words else "this does not fit here"
