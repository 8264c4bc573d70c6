"""Titles of documents: the noun that names a document in, its title as a filler out.

A proper title beside the noun ("the report "Minerals of the North"") goes before the noun phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from spacy.tokens import Doc, Token

from kg.claims.model import Filler
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.wording import wording

PARTS: Final = frozenset(["compound", "amod", "nmod", "punct", "nummod", "cc", "conj"])
LINKING: Final = frozenset(["on", "of", "for", "and", "the", "concerning"])
ABOUT: Final = frozenset(["on", "about", "for", "concerning", "regarding", "of"])
LONGEST: Final = 14  # tokens of a title in quotation marks
NEAR: Final = 5


def title_of(sentence: Sentence, noun: Token) -> Filler:
    """Give the proper title that stands beside a document, else its noun phrase."""
    first, last = _quoted(sentence, noun) or (_start(noun), _end(noun))
    start, end = sentence.place(first, last)
    return Filler(text=sentence.words(first, last), type="thing", start=start, end=end)


def _start(noun: Token) -> int:
    doc, first = noun.doc, noun.i
    while first > noun.left_edge.i and _in_title(doc[first - 1]):
        first -= 1
    while first < noun.i and (doc[first].is_punct or doc[first].dep_ == "cc"):
        first += 1
    return int(first)


def _in_title(token: Token) -> bool:
    plain = not token.is_quote and token.lower_ != ","
    return plain and token.dep_ in PARTS and token.lower_ not in wording().untitled


def _end(noun: Token) -> int:
    """Take in "of understanding" and, behind a capital, what capitals carry on ("on Trade")."""
    doc, last = noun.doc, noun.i + 1
    if lemma(noun) in ("memorandum", "letter") and last + 1 < len(doc) and doc[last].lower_ == "of":
        return int(last + 2)
    if not noun.text[:1].isupper():
        return int(last)
    at = last
    while at < len(doc) and (_is_capital(doc, at) or _links_on(doc, at)):
        at += 1
        if _is_capital(doc, at - 1):
            last = at
    return int(last) if last > noun.i + 1 else _about(noun)


def _about(noun: Token) -> int:
    """Take in what a capitalised document is about: "Protocol on geological cooperation"."""
    behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    edge = behind.right_edge.i + 1
    about = behind.dep_ == "prep" and behind.head == noun and behind.lower_ in ABOUT
    whole = (
        about and edge - noun.i <= NEAR + 2 and not any(t.pos_ == "VERB" for t in behind.subtree)
    )
    return int(edge) if whole else int(noun.i + 1)


def _is_capital(doc: Doc, at: int) -> bool:
    return doc[at].text[:1].isupper()


def _links_on(doc: Doc, at: int) -> bool:
    after = at + 1 < len(doc) and (_is_capital(doc, at + 1) or doc[at + 1].lower_ == "the")
    return after and doc[at].lower_ in LINKING


def _quoted(sentence: Sentence, noun: Token) -> tuple[int, int] | None:
    """Find a title in quotation marks right before or after the noun."""
    before = range(noun.i - 1, noun.left_edge.i - 1, -1)
    after = range(noun.i + 1, min(noun.i + NEAR, sentence.span.end))
    return _between_marks(noun.doc, before, -1) or _between_marks(noun.doc, after, 1)


def _between_marks(doc: Doc, way: Iterable[int], step: int) -> tuple[int, int] | None:
    one = next((i for i in way if doc[i].text == '"'), None)
    if one is None:
        return None
    reach = range(one + step, one + LONGEST * step, step)
    other = next((i for i in reach if 0 <= i < len(doc) and doc[i].text == '"'), None)
    if other is None:
        return None
    first, last = sorted((one, other))
    if last - first < 3 or not doc[first + 1].text[:1].isupper():
        return None
    return first + 1, last - 1 if doc[last - 1].lower_ == "," else last
