"""How a claim is meant: modality of commitments and polarity; decided here only.

A trigger with its surroundings in, one value out. Auxiliaries and governing verbs go before the
word itself: "plans to impose" is considered, whatever "impose" says.
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.frames import Instance
from kg.claims.guises import OBJECTS
from kg.claims.reading import Reading
from kg.claims.triggers import lemma, trigger_at
from kg.claims.wording import wording

RULING_OUT: Final = frozenset(("rule", "exclude", "discard", "preclude"))
PROMISING: Final = frozenset(("will", "shall", "'ll", "wo"))
MAYBE: Final = frozenset(("may", "might"))
UNREAL: Final = frozenset(("could", "should", "can", "must", "ought"))
NEGATIVES: Final = frozenset(("nothing", "nobody", "none", "neither"))
UNDONE: Final = frozenset(("unable", "unwilling", "reluctant", "far", "loath"))


def auxiliaries(verb: Token) -> frozenset[str]:
    """Give the modal and other auxiliaries of a verb, also those shared in a coordination."""
    own = frozenset(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass"))
    if own or verb.dep_ != "conj" or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return own
    return auxiliaries(verb.head) if verb.tag_ in ("VB", verb.head.tag_) else own


def modality(instance: Instance) -> str:
    """Decide the modality of a commitment."""
    value = instance.trigger.value or "pledged"
    verb = instance.verb
    if instance.trigger.pos == "verb" and lemma(instance.token) in RULING_OUT:
        return "considering"
    if instance.trigger.pos == "adjective":
        named = [trigger_at(token, "commitment") for token in instance.function("subject")]
        nouns = [each.value for each in named if each is not None and each.pos == "noun"]
        value = next((str(each) for each in nouns if each), value)  # "the pledge is aimed at"
    if instance.support in ("reaffirmed", "planned", "agreed") and value == "pledged":
        return str(instance.support)
    if verb is not None and instance.trigger.pos == "verb":
        used = auxiliaries(verb)
        if used & MAYBE:
            return "considering"
        if value in ("planned", "agreed") and used & (PROMISING | {"would"}):
            return "pledged"
    return value


def is_kept_open(instance: Instance) -> bool:
    """Say whether somebody "has not ruled out" what a word of renouncing names."""
    verb = instance.token
    out = lemma(verb) in RULING_OUT and instance.trigger.pos == "verb"
    return out and any(c.dep_ == "neg" for c in verb.children)


def polarity(reading: Reading, instance: Instance) -> str | None:
    """Decide whether the text denies what a trigger says; None stands for positive."""
    token, verb = instance.token, instance.verb or instance.token
    if is_kept_open(instance):
        return None
    ruled = instance.trigger.pos == "verb" and lemma(token) in RULING_OUT
    if ruled or (instance.trigger.pos == "verb" and lemma(token) in wording().refusing):
        return None if any(c.dep_ == "neg" for c in token.children) else "negative"
    if reading.factuality(instance.sentence, token).negative:
        return "negative"
    if reading.factuality(instance.sentence, verb).negative:
        return "negative"
    for subject in guises.subject(verb):
        if any(t.lower_ in NEGATIVES for t in (subject, *subject.children)):
            return "negative"  # "neither side gave a pledge"
    above = guises.first_conjunct(verb).head
    nothing = any(c.lower_ in NEGATIVES and c.dep_ in OBJECTS for c in verb.children)
    return "negative" if nothing or lemma(above) in UNDONE else None
