"""Turns of phrase in which worry and blame are told: an instance in, judgements about it out.

"…, complained Peru" has its speaker behind and its topic before; "anger in Lima" is that of the
state; "called the tariff unfair" blames by its predicate, "was not amused" by its negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.frames import Instance
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.triggers import lemma
from kg.claims.voices import Voice, circles, named_bodies, states_at, voice
from kg.claims.wording import wording

QUOTES: Final = frozenset((",", '"', "”", "’", "''", "'"))
BAD: Final = frozenset(("badly", "ill", "poorly", "uneasily"))
NOT: Final = frozenset(
    ("not", "n't", "never", "no", "hardly", "scarcely", "barely", "far", "less", "nor", "neither")
)
PREDICATES: Final = frozenset(("oprd", "acomp", "ccomp", "xcomp", "attr", "advcl"))
PLACES: Final = ("in", "from", "at", "within", "among")


def inverted(reading: Reading, instance: Instance) -> tuple[Voice, tuple[Token, ...]] | None:
    """Read "The tariff is unfair, complained Peru": the topic is said first, the speaker last."""
    verb = instance.token
    if instance.trigger.pos != "verb" or verb.tag_ not in ("VBD", "VBZ", "VBN"):
        return None
    said = _said(verb)
    if said is None:
        return None
    speakers = [c for c in verb.children if c.dep_ in ("nsubj", "dobj", "oprd") and c != said]
    who = voice(reading, instance.sentence, speakers)
    if not who.actors:
        who = Voice(circles(instance.sentence, speakers), apart=True)
    return (who, _gist(said)) if who.actors else None


def _said(verb: Token) -> Token | None:
    """Give the clause that stands before a verb of complaint, or around it."""
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i < verb.i and guises.is_clause(child):
            return child
    if verb.dep_ in ("parataxis", "conj") and before is not None and before.text in QUOTES:
        own = any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children)
        return verb.head if not own and guises.is_clause(verb.head) else None
    return verb.head if verb.dep_ == "parataxis" and guises.is_clause(verb.head) else None


def _gist(clause: Token) -> tuple[Token, ...]:
    """Give what a clause is about: its subject where that is a noun, else all of it."""
    named = [c for c in clause.children if c.dep_ in guises.SUBJECTS + guises.PASSIVES]
    nouns = tuple(c for c in named if c.pos_ in ("NOUN", "PROPN"))
    return nouns or (clause,)


def beside(reading: Reading, instance: Instance) -> tuple[Voice, tuple[Token, ...]] | None:
    """Read "to the alarm of Peru": who feels it stands behind, what stirs it is the clause."""
    noun = instance.token
    if instance.trigger.pos != "noun" or noun.dep_ != "pobj" or noun.head.lower_ != "to":
        return None
    behind = list(guises.prepositional(noun, "of"))
    behind += [c for c in noun.children if c.dep_ == "poss"]  # "to Peru's alarm"
    who = voice(reading, instance.sentence, behind)
    if not who.actors:
        named = circles(instance.sentence, behind) or named_bodies(
            reading, instance.sentence, behind
        )
        who = Voice(named, apart=True)
    clause = noun.head.head
    doers = guises.subject(clause) if guises.is_clause(clause) else ()
    return (who, (clause, *doers)) if who.actors else None


def located(reading: Reading, instance: Instance) -> tuple[Filler, ...]:
    """Give the states where a worry is felt: "anger in Lima", "In Lima fears were voiced"."""
    noun, verb = instance.token, instance.verb or instance.token.head
    holders = [noun, verb] if verb != noun and verb.pos_ in ("VERB", "AUX") else [noun]
    found = [t for h in holders for name in PLACES for t in guises.prepositional(h, name)]
    bodies = (f for t in found for f in reading.parties(instance.sentence, t))
    return states_at(reading, instance.sentence, found) or tuple(
        f for f in bodies if f.type == "organisation"
    )


def is_denied(instance: Instance) -> bool:
    """Say whether a word of pleasure is denied: "was not amused", "did not go down well"."""
    words = {t.lower_ for t in instance.token.subtree}
    if instance.trigger.pos == "verb":
        return bool(words & (NOT | BAD))
    verb = instance.verb or instance.token
    return bool({c.lower_ for c in (*verb.children, *instance.token.children)} & NOT)


def is_damned(instance: Instance) -> bool:
    """Say whether a verb calls something wrong: "called the tariff unfair", "as a mistake"."""
    return any(
        lemma(token) in wording().damning or token.lower_ in wording().damning
        for token in _predicates(instance.token)
    )


def _predicates(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in PREDICATES and child.i > verb.i:
            yield from _with_next(child)
            yield from (c for c in child.children if c.dep_ in PREDICATES)
        elif child.dep_ == "dobj":
            for prep in (c for c in child.children if c.lower_ == "as"):
                for below in prep.children:
                    yield from _with_next(below)


def _with_next(token: Token) -> Iterator[Token]:
    for each in guises.conjoined(token):
        yield each
        yield from (c for c in each.children if c.dep_ in ("amod", "acomp", "compound", "attr"))


def is_of_things(reading: Reading, sentence: Sentence, token: Token) -> bool:
    """Say whether "them" are things: the last plural named before is nobody who acts.

    "China raised its tariffs; Peru is worried about them" speaks of the tariffs.
    """
    if token.lower_ not in ("them", "these", "those") or token.pos_ not in ("PRON", "DET"):
        return False
    verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token)
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), token)
    own = [t for t in sentence.tokens if t.i < subject.left_edge.i]
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    parts = [(sentence, own), (before, list(before.tokens) if before is not sentence else [])]
    for where, tokens in parts:
        for noun in reversed(tokens):
            if _is_several(noun):
                return not reading.parties(where, noun)
    return False


def _is_several(noun: Token) -> bool:
    """Say whether a noun is a plural, or the first of several: "gold and tin"."""
    dated = noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT")
    if dated or noun.dep_ in ("compound", "npadvmod"):
        return False
    listed = noun.pos_ in ("NOUN", "PROPN") and any(c.dep_ == "conj" for c in noun.children)
    return listed or noun.tag_ in ("NNS", "NNPS")
