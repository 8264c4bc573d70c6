"""Sayings without a verb of saying: a sentence in, who says it and the word that tells so out.

"Not negotiable, was Soto's answer"; "“never again” was all that she would say"; and a name before
a colon and quotation marks ("To which General Soto: “…”").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.reading import Reading
from kg.claims.saying import saying_words
from kg.claims.sentences import Sentence

QUOTES: Final = frozenset({'"', "``", "''", "“", "”"})
FARTHEST: Final = 14  # tokens before the colon


def answers(reading: Reading, sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Yield each word that tells of a saying with the word for who says it."""
    for token in sentence.span:
        if token.pos_ == "NOUN" and token.lemma_.lower() in saying_words().answers:
            speaker = _owner(token)
            if speaker is not None and _is_told(token):
                yield token, speaker
    yield from _before_colon(reading, sentence)


def _owner(noun: Token) -> Token | None:
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None:
        return owner
    named = (*guises.prepositional(noun, "of"), *guises.prepositional(noun, "from"))
    return next((each for each in named if each.pos_ in {"PROPN", "PRON"}), None)


def _is_told(noun: Token) -> bool:
    """Say whether the answer is one with what stands on the other side of "was"."""
    verb = noun.head
    joined = noun.dep_ in {"attr", "nsubj", "acomp"} and verb.lemma_ == "be"
    if not joined or any(c.dep_ == "neg" for c in verb.children):
        return False
    others = [c for c in verb.children if c.i != noun.i and c.dep_ not in {"punct", "aux", "prep"}]
    quoted = any(t.text in QUOTES for t in verb.sent)
    clause = any(c.dep_ in {"ccomp", "csubj", "acomp"} or c.tag_ == "JJ" for c in others)
    return quoted or clause


def _before_colon(reading: Reading, sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Yield a person named before a colon and quotation marks, without a verb between."""
    span = sentence.span
    for colon in span[:FARTHEST]:
        if colon.text != ":" or colon.i + 1 >= len(span.doc):
            continue
        before = span.doc[span.start : colon.i]
        named = [p for p in reading.people(sentence) if p.end == colon.i]
        verbs = any(t.pos_ in {"VERB", "AUX"} for t in before)
        if named and not verbs and span.doc[colon.i + 1].text in QUOTES:
            yield colon, span.doc[named[0].end - 1]
        return
