"""How a claim is meant: modality of commitments, status of controls, polarity; decided here only.

A trigger with its surroundings in, one value out. Auxiliaries and governing verbs go before the
word itself: "plans to impose" is considered, whatever "impose" says.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.frames import Instance
from kg.claims.guises import first_conjunct
from kg.claims.triggers import lemma, support_of, trigger_at

PROMISING: Final = frozenset(("will", "shall", "'ll", "wo"))
MAYBE: Final = frozenset(("may", "might"))
COULD: Final = frozenset(("could", "should", "can", "must", "ought", "would"))
GOVERNED: Final = frozenset(("xcomp", "ccomp", "pcomp", "acl", "advcl", "prep"))
WEAKER: Final = {"agreed": "announced", "pledged": "announced", "reaffirmed": "announced",
                 "planned": "considered", "considering": "considered"}  # fmt: skip


def auxiliaries(verb: Token) -> frozenset[str]:
    """Give the modal and other auxiliaries of a verb, also those shared in a coordination."""
    own = frozenset(child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass"))
    if own or verb.dep_ != "conj" or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return own
    return auxiliaries(verb.head) if verb.tag_ == "VB" or verb.tag_ == verb.head.tag_ else own


def modality(instance: Instance) -> str:
    """Decide the modality of a commitment."""
    value = instance.trigger.value or "pledged"
    verb = instance.verb
    if instance.support in ("reaffirmed", "planned", "agreed") and value == "pledged":
        return str(instance.support)
    if verb is not None and instance.trigger.pos == "verb" and auxiliaries(verb) & MAYBE:
        return "considering"
    return value


def status(instance: Instance) -> str:
    """Decide the status of a control."""
    verb = instance.verb
    if instance.trigger.pos == "verb":
        return _scheduled(instance.token) or "in-force"
    if verb is None or instance.support is None:
        return "in-force"
    if instance.support == "suspended" or instance.support == "lifted":
        return "considered" if _scheduled(verb) == "considered" else str(instance.support)
    later = _scheduled(verb)
    if instance.support in ("announced", "considered"):
        return str(instance.support)
    return later or "in-force"


def _scheduled(verb: Token) -> str | None:
    """Say whether a deed lies ahead: announced where promised, considered where only thought of."""
    used = auxiliaries(verb)
    if used & PROMISING:
        return "announced"
    if used & MAYBE:
        return "considered"
    for governor in _governors(verb):
        above = trigger_at(governor, "commitment")
        if above is not None and above.value in WEAKER and above.needs not in ("cooperation", "initiative", "money"):
            return WEAKER[above.value]
        if support_of(governor, "control") == "considered" and governor.pos_ == "VERB":
            return "considered"
        if lemma(governor) == "threaten":
            return "considered"
        if auxiliaries(governor) & PROMISING:
            return "announced"
    return "announced" if "would" in used else None


def _governors(verb: Token) -> Iterator[Token]:
    """Yield the words that an infinitive or gerund depends on, from the inside out."""
    token = first_conjunct(verb)
    while token.dep_ in GOVERNED and token.head is not token:
        if token.dep_ in ("acl", "advcl", "ccomp") and token.tag_ not in ("VB", "VBG"):
            return
        if token.dep_ == "acl" and token.tag_ == "VBG":
            return
        token = first_conjunct(token.head)
        yield token
