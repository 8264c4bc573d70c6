"""Where something was said: a verb of saying in, the venue as a filler out.

A venue is an event ("told a news briefing"), a chamber ("told the Senate"), a paper or
broadcaster ("told Le Monde", "on television") or what it was written in ("in a letter"). Those
to whom somebody speaks ("told reporters") are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.saying import saying_words
from kg.claims.sentences import Sentence

ASIDE: Final = frozenset({"sideline", "margin", "fringe"})
PLACED: Final = frozenset({"in", "at", "during", "on", "to", "before", "via"})


def venue_of(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Token, Filler] | None:
    """Find where something was said, and the word that names it."""
    for above in (verb, *speaking_with(verb), *criticised_with(verb), *_gone(verb)):
        said = sorted(above.children, key=lambda c: c.dep_ != "prep")
        if above.i < verb.i:
            said += [c for whom in said if whom.dep_ == "dobj" for c in whom.children]
        for event in (each for child in said for each in _events(child)):
            found = _venue(reading, sentence, event)
            if found is not None:
                return event, found
    return None


def criticised_with(verb: Token) -> tuple[Token, ...]:
    """Give the verb whose when and where hold for a participle: "hit out on Monday, saying"."""
    above = verb.head
    joined = verb.dep_ in {"advcl", "conj"} and verb.tag_ == "VBG" and above.pos_ == "VERB"
    own = any(child.dep_ == "nsubj" for child in verb.children)
    called = verb.dep_ == "conj" and above.lemma_ in saying_words().calling
    return (above,) if called or (joined and not own) else ()


def _gone(verb: Token) -> tuple[Token, ...]:
    """Give the verb of "went on television to say", which tells where."""
    to = any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)
    purpose = verb.dep_ in {"advcl", "xcomp"} and verb.tag_ == "VB" and to
    return (verb.head,) if purpose and verb.head.lemma_ in saying_words().leading else ()


def speaking_with(verb: Token) -> tuple[Token, ...]:
    """Give the participles that tell where it was said: "speaking on television, she said"."""
    found = []
    for token in verb.sent:
        speaks = token.tag_ == "VBG" and token.lemma_.lower() in saying_words().speaking
        if speaks and token.i != verb.i:
            opens = token.is_sent_start or token.nbor(-1).text == ","
            opens = opens or token.nbor(-1).lower_ in {"when", "while"}
            if opens and not any(c.dep_ in {"nsubj", "aux"} for c in token.children):
                found.append(token)
    return tuple(found)


def _events(child: Token) -> Iterator[Token]:
    """Yield what is told or addressed, or where it is said: "on the sidelines of a forum"."""
    if child.dep_ in {"dobj", "dative"} and child.head.lemma_ in {"tell", "address"}:
        yield child
    if child.dep_ != "prep" or child.lower_ not in PLACED:
        return
    noun = next((each for each in child.children if each.dep_ == "pobj"), None)
    if noun is None:
        return
    inner = next((p for of in noun.children for p in of.children if p.dep_ == "pobj"), None)
    told = inner is not None and inner.head.lower_ in {"to", "before"}
    aside = noun.lemma_ in ASIDE
    if inner is not None and (aside or (told and noun.lemma_.lower() in saying_words().general)):
        yield inner
    if not aside:
        yield noun


def _venue(reading: Reading, sentence: Sentence, noun: Token) -> Filler | None:
    words, told = saying_words(), noun.dep_ in {"dobj", "dative"}
    chambered = told or noun.head.lower_ in {"to", "before", "in", "at"}
    if noun.tag_ == "NNS" and noun.lemma_.lower() in words.general:
        return None
    if (noun.lemma_.lower() in words.settings and (told or noun.lemma_ != "week")) or (
        noun.lemma_.lower() in words.chambers and chambered
    ):
        return _filler(sentence, noun)
    aired = told or noun.head.lower_ in {"on", "to", "in", "via"}
    if aired and (noun.lower_ in words.channels or noun.text in {"X", "TV"}):
        return _filler(sentence, noun)
    return _outlet(reading, sentence, noun, told) if aired else None


def _outlet(reading: Reading, sentence: Sentence, noun: Token, told: bool) -> Filler | None:
    """Give a paper, broadcaster or chamber by its name, also one that nothing else knows."""
    page = reading.page(sentence)
    body = page.body(noun.i)
    if body is None:
        named = told and noun.pos_ == "PROPN" and noun.head.lemma_ == "tell"
        known = page.hit(noun.i) or page.person(noun.i) or page.title(noun.i)
        return _filler(sentence, noun) if named and not known else None
    words = saying_words()
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
