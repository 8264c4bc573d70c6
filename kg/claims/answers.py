"""Sayings without a verb of saying: a sentence in, who says it and the word that tells so out.

"Not negotiable, was Soto's answer"; who acts or is named before a colon and quotation marks
("To which General Soto: “…”", "Soto shrugged: “…”"), or behind them after a dash; and "in the
words of Soto".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.attachment import subject_of
from kg.claims.reading import Reading
from kg.claims.saying import QUOTES, saying_words
from kg.claims.sentences import Sentence

FARTHEST: Final = 24  # tokens before the colon
BELOW: Final = frozenset({"relcl", "acl", "aux", "auxpass", "amod", "compound", "advcl"})
DASHES: Final = frozenset({"-", "–", "—", "("})


def answers(reading: Reading, sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Yield each word that tells of a saying with the word for who says it."""
    for token in sentence.span:
        if token.lower_ == "words" and (owner := _owner(token)) is not None and _in_words(token):
            yield token, owner
        elif token.pos_ == "NOUN" and token.lemma_.lower() in saying_words().answers:
            speaker = _owner(token)
            if speaker is not None and _is_told(token):
                yield token, speaker
    yield from _before_colon(reading, sentence)
    yield from _behind_dash(reading, sentence)


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


def _in_words(noun: Token) -> bool:
    """Say whether it is "in the words of Soto", "in Soto's words"."""
    return noun.dep_ == "pobj" and noun.head.lower_ == "in"


def _before_colon(reading: Reading, sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Yield who is named, or who acts, before a colon and quotation marks."""
    span = sentence.span
    for colon in span[:FARTHEST]:
        if colon.text != ":" or colon.i + 1 >= len(span.doc):
            continue
        if span.doc[colon.i + 1].text not in QUOTES or any(
            t.text in QUOTES for t in span.doc[span.start : colon.i]
        ):
            return
        before = span.doc[span.start : colon.i]
        verbs = [t for t in before if t.pos_ in {"VERB", "AUX"} and t.dep_ not in BELOW]
        if not verbs:
            named = [p for p in reading.people(sentence) if p.end <= colon.i]
            near = named and (named[-1].end == colon.i or span.doc[named[-1].end].text in ",(")
            if near:
                yield colon, span.doc[named[-1].end - 1]
            return
        subject = subject_of(verbs[0])
        if subject is not None and subject.i < verbs[0].i and not _passive(verbs[0]):
            yield colon, subject
        return


def _passive(verb: Token) -> bool:
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)


def _behind_dash(reading: Reading, sentence: Sentence) -> Iterator[tuple[Token, Token]]:
    """Yield who is named at the end, behind quoted words and a dash."""
    doc, span = sentence.span.doc, sentence.span
    for person in reading.people(sentence):
        if person.first < span.start + 2 or doc[person.first - 1].text not in DASHES:
            continue
        rest = doc[person.end : span.end]
        ends = not any(t.pos_ in {"VERB", "AUX"} for t in rest)
        if ends and doc[person.first - 2].text in QUOTES:
            yield doc[person.first - 1], doc[person.end - 1]
