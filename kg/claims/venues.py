"""Where something was said: a verb of saying in, the venue as a filler out.

A venue is an event ("told a news briefing"), a chamber ("told the Senate"), a paper or
broadcaster ("told Le Monde", "on television") or what it was written in ("in a letter"). Those
to whom somebody speaks ("told reporters") are none.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.saying import SPEAKING, saying_words
from kg.claims.sentences import Sentence

ASIDE: Final = frozenset({"sideline", "margin", "fringe"})
PLACED: Final = frozenset({"in", "at", "during", "on", "to", "before", "via"})


def venue_of(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Token, Filler] | None:
    """Find where something was said, and the word that names it."""
    clauses = [c for c in verb.children if c.dep_ == "advcl" and c.lemma_ in SPEAKING]
    for child in (*verb.children, *(each for clause in clauses for each in clause.children)):
        event = _event(child)
        if event is not None and (found := _venue(reading, sentence, event)) is not None:
            return event, found
    return None


def _event(child: Token) -> Token | None:
    """Give what is told or addressed, or where it is said: "on the sidelines of a forum"."""
    if child.dep_ in {"dobj", "dative"}:
        return child if child.head.lemma_ in {"tell", "address"} else None
    if child.dep_ != "prep" or child.lower_ not in PLACED:
        return None
    noun = next((each for each in child.children if each.dep_ == "pobj"), None)
    if noun is None or noun.lemma_ not in ASIDE:
        return noun
    return next((p for of in noun.children for p in of.children if p.dep_ == "pobj"), None)


def _venue(reading: Reading, sentence: Sentence, noun: Token) -> Filler | None:
    words, told = saying_words(), noun.dep_ in {"dobj", "dative"}
    chambered = told or noun.head.lower_ in {"to", "before", "in", "at"}
    if noun.lemma_.lower() in words.settings or (
        noun.lemma_.lower() in words.chambers and chambered
    ):
        return _filler(sentence, noun)
    aired = told or noun.head.lower_ in {"on", "to", "in", "via"}
    if aired and (noun.lower_ in words.channels or noun.text in {"X", "TV"}):
        return _filler(sentence, noun)
    body = reading.page(sentence).body(noun.i)
    if body is None or not aired:
        return None
    heads = {word.lower() for word in body.name.split()}
    if body.media or heads & (words.channels | words.chambers):
        start, end = sentence.place(body.start, body.end)
        text = sentence.words(body.start, body.end)
        return Filler(text=text, type="thing", start=start, end=end)
    return None


def _filler(sentence: Sentence, noun: Token) -> Filler:
    first = noun.i
    for child in noun.lefts:
        if child.dep_ in {"compound", "amod", "nmod"} and child.i < first:
            first = child.i
    start, end = sentence.place(first, noun.i + 1)
    return Filler(text=sentence.words(first, noun.i + 1), type="thing", start=start, end=end)
