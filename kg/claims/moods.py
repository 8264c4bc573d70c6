"""How a claim is meant: modality of commitments, status of controls, polarity; decided here only.

A trigger with its surroundings in, one value out. Auxiliaries and governing verbs go before the
word itself: "plans to impose" is considered, whatever "impose" says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims import guises
from kg.claims.frames import Instance
from kg.claims.guises import OBJECTS, first_conjunct
from kg.claims.reading import Reading
from kg.claims.triggers import lemma, support_of, trigger_at
from kg.claims.wording import wording

PROMISING: Final = frozenset(("will", "shall", "'ll", "wo"))
MAYBE: Final = frozenset(("may", "might"))
GOVERNED: Final = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "prep"))
UNREAL: Final = frozenset(("could", "should", "can", "must", "ought"))
THOUGHT_OF: Final = frozenset(("planned", "considering"))
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


def polarity(reading: Reading, instance: Instance) -> str | None:
    """Decide whether the text denies what a trigger says; None stands for positive."""
    token, verb = instance.token, instance.verb or instance.token
    if reading.factuality(instance.sentence, token).negative:
        return "negative"
    if reading.factuality(instance.sentence, verb).negative:
        return "negative"
    above = guises.first_conjunct(verb).head
    nothing = any(c.lower_ in NEGATIVES and c.dep_ in OBJECTS for c in verb.children)
    return "negative" if nothing or lemma(above) in UNDONE else None


def status(instance: Instance) -> str | None:
    """Decide the status of a control; None where it is only undertaken, or its end only planned."""
    verb = instance.verb
    if instance.trigger.pos == "verb":
        return scheduled(instance.token)
    fate = "considered" if is_weighed(instance.token) else _fate(instance.token)
    if fate is not None:
        return fate
    if verb is None or instance.support in (None, "faced"):
        return "in-force"
    if instance.support in ("suspended", "lifted"):
        return str(instance.support) if scheduled(verb) == "in-force" else None
    if instance.support in ("announced", "considered"):
        return str(instance.support) if scheduled(verb) is not None else None
    return scheduled(verb)


def is_weighed(noun: Token) -> bool:
    """Say whether a noun is "under study", by itself or by "is"."""
    top = guises.first_conjunct(noun)
    holders = (noun, top.head) if top.dep_ in ("nsubj", "nsubjpass") else (noun,)
    return any(
        inner.lower_ in wording().weighing
        for holder in holders if holder == noun or lemma(holder) in ("be", "come", "remain")
        for inner in guises.prepositional(holder, "under")
    )  # fmt: skip


def _fate(noun: Token) -> str | None:
    """Give the status that an intransitive verb tells of a measure: "took effect", "lapsed"."""
    verb = fate_of(noun)
    if verb is None:
        return None
    if lemma(verb) in wording().lapsing:
        return "lifted" if scheduled(verb) == "in-force" else None
    return scheduled(verb)


def fate_of(noun: Token) -> Token | None:
    """Give the intransitive verb of force or lapse whose subject a measure is."""
    top = guises.first_conjunct(noun)
    verb = top.head
    if top.dep_ != "nsubj" or verb.pos_ not in ("VERB", "AUX"):
        return None
    if lemma(verb) in wording().lapsing:
        return verb
    below = {t.lower_ for c in verb.children for t in (c, *c.children)}
    phrased = lemma(verb) in ("take", "come", "enter", "go", "be", "remain", "stay")
    held = phrased and bool(below & {"effect", "force", "place"})
    return verb if held or lemma(verb) in wording().holding else None


def scheduled(verb: Token) -> str | None:
    """Say whether a deed is done, announced or thought of; None where it is owed to others."""
    used = auxiliaries(verb)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not used:
        return "in-force"
    if used & PROMISING:
        return "announced"
    if used & MAYBE:
        return "considered"
    for governor in _governors(verb):
        above = trigger_at(governor, "commitment")
        if above is not None and above.needs not in ("cooperation", "initiative", "money"):
            return "considered" if above.value in THOUGHT_OF else None
        if governor.pos_ == "VERB" and support_of(governor, "control") == "considered":
            return "considered"
    return "announced" if "would" in used else "in-force"


def _governors(verb: Token) -> Iterator[Token]:
    """Yield the words that an infinitive or gerund depends on, from the inside out."""
    token = first_conjunct(verb)
    while token.dep_ in GOVERNED and token.head != token:
        if token.dep_ in ("acl", "advcl", "ccomp") and token.tag_ not in ("VB", "VBG"):
            return
        if token.dep_ == "acl" and token.tag_ == "VBG":
            return
        token = first_conjunct(token.head)
        yield token
