"""Heads of noun phrases: which token is one, what is coordinated with it, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.sentences import Sentence


def of_main_clause(head: Token) -> bool:
    """Tell whether a subject is that of its sentence, or of what somebody says in it."""
    verb = head.head
    while verb.dep_ in {"conj", "ccomp", "parataxis"} and verb.head.i != verb.i:
        verb = verb.head
    return verb.dep_ == "ROOT" and verb.head.i == verb.i


def factual_quote(sentence: Sentence, token: Token) -> bool:
    """Tell whether a token stands inside quotation marks of its sentence."""
    marks = sum(
        1 for each in sentence.tokens if each.i < token.i and each.text in {'"', "``", "''"}
    )
    return marks % 2 == 1


def whole(head: Token) -> Token:
    """Give the noun of a compound whose first part the parser took for the head: "co-chairs"."""
    doc, i = head.doc, head.i
    if head.lower_ in {"co", "vice"} and i + 2 < len(doc) and doc[i + 1].text == "-":
        return doc[i + 2]
    return doc[i + 1] if head.text == "-" and i + 1 < len(doc) else head


def heads(token: Token) -> Iterator[Token]:
    """Yield a head and the heads coordinated with it."""
    yield token
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"}:
            yield from heads(child)


def once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    """Keep the first of fillers that say the same."""
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value, filler)
    return tuple(found.values())
