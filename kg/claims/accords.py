"""What a document does to its parties: "The accord includes …", "The plan provides for …".

A verb whose subject is an agreement, plan or text in, drafts of its parties' commitments out. Who
is bound is named by the document or before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.deeds import Deed, draft_of
from kg.claims.draft import LIKELY, Draft
from kg.claims.moods import UNREAL, auxiliaries
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.voices import voice
from kg.claims.wording import wording
from kg.terms import Kind

KIND: Final[Kind] = "commitment"
HELD: Final = frozenset(("dobj", "xcomp", "ccomp", "pcomp", "prep", "attr", "conj", "advcl"))
PROVIDING: Final = frozenset(("provide", "call", "allow", "stipulate"))
PLANS: Final = frozenset(("plan", "roadmap", "strategy", "programme", "program", "policy"))


def drafts_at(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Draft]:
    """Yield what a document holds, where the verb says so."""
    word = lemma(verb)
    if word not in wording().listing or auxiliaries(verb) & UNREAL:
        return
    texts = [each for each in guises.subject(verb) if _is_text(each, word)]
    if not texts:
        return
    facts = reading.factuality(sentence, verb)
    if facts.question or facts.hypothetical:
        reading.drop(KIND, sentence, verb, "a question" if facts.question else "only supposed")
        return
    yield from _held(reading, sentence, verb, texts)


def _is_text(token: Token, word: str) -> bool:
    """Say whether a noun is a text that holds deeds; an arrangement may provide."""
    wider = wording().instruments if word in PROVIDING else wording().voices
    return lemma(token) in wording().voices | wider and token.pos_ != "VERB"


def _held(reading: Reading, sentence: Sentence, verb: Token, texts: list[Token]) -> Iterator[Draft]:
    """Read the deeds that a document includes, outlines or provides for."""
    after = [c for c in verb.children if c.i > verb.i and c.dep_ in HELD]
    deeds = [d for child in after for d in guises.conjoined(child) if _is_deed(d)]
    whole = list(guises.prepositional(verb, "for")) if lemma(verb) in PROVIDING else []
    who = voice(reading, sentence, texts)
    if not who.actors:
        reading.drop(KIND, sentence, verb, "nobody is named who acts")
        return
    planned = any(lemma(t) in PLANS for t in (*texts, *deeds))
    negative = reading.factuality(sentence, verb).polarity
    for each in deeds or [d for head in whole for d in guises.conjoined(head)]:
        value = "planned" if planned else "agreed"
        yield draft_of(reading, sentence, Deed(verb, who, (each,), value, LIKELY, negative))


def _is_deed(token: Token) -> bool:
    return token.tag_ == "VBG" or lemma(token) in wording().cooperation | wording().deeds
