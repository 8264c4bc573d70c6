"""Whether a meeting was held, planned, called off or denied: an occasion in, a status out."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims.occasions import Occasion, meeting_words
from kg.terms import MeetingStatus

COMING: Final = frozenset(
    {"upcoming", "planned", "scheduled", "next", "forthcoming", "future", "proposed"}
)


def status_of(occasion: Occasion) -> MeetingStatus:
    """Give the status of a meeting as its sentence tells it."""
    chain = _verbs(occasion)
    words = meeting_words()
    if any(_off(verb) for verb in chain):
        return "cancelled"
    if any(verb.lemma_.lower() in words.denied or _ruled_out(verb) for verb in chain[:3]):
        return "denied"
    if any(_ahead(verb) for verb in chain) or any(_plans(verb, occasion) for verb in chain):
        return "planned"
    noun = occasion.noun
    if noun is not None and any(child.lower_ in COMING for child in noun.lefts):
        return "planned"
    return "held"


def _verbs(occasion: Occasion) -> list[Token]:
    """Give the verbs above a meeting, the nearest first, as far as they are of one statement."""
    start = occasion.verb or occasion.token
    chain = [start] if start.pos_ in {"VERB", "AUX"} else []
    current = occasion.motion or start
    if current.i != start.i:
        chain.append(current)
    for _ in range(4):
        if (
            current.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "relcl"}
            or current.head.i == current.i
        ):
            break
        if current.dep_ in {"advcl", "relcl"} or (
            current.head.pos_ in {"NOUN", "PROPN"} and current.tag_ == "VBN"
        ):
            break
        current = current.head
        chain.append(current)
    return chain


def _off(verb: Token) -> bool:
    called = verb.lemma_ in {"call", "put"} and any(
        child.lower_ == "off" for child in verb.children
    )
    return called or verb.lemma_.lower() in meeting_words().cancelled


def _ruled_out(verb: Token) -> bool:
    return verb.lemma_ == "rule" and any(child.lower_ == "out" for child in verb.children)


def _ahead(verb: Token) -> bool:
    """Tell whether a verb is in the future: "will meet", "is to meet", "are due to meet"."""
    aux = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.lower_ in {"will", "shall", "'ll"} for child in aux):
        return True
    return verb.head.lemma_ == "be" and verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in aux)


def _plans(verb: Token, occasion: Occasion) -> bool:
    """Tell whether a verb only plans the meeting: "agreed to hold", "is scheduled for May"."""
    words = meeting_words()
    if verb.lemma_.lower() not in words.planned or verb.lemma_ in {"will", "shall"}:
        return False
    if verb.i != (occasion.verb or occasion.token).i:
        return verb.lemma_ not in {"call", "look"} and any(
            child.dep_ in {"xcomp", "ccomp"} and _unfinished(child) for child in verb.children
        )
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return passive or verb.lemma_ in {
        "plan",
        "schedule",
        "propose",
        "arrange",
        "request",
        "prepare",
        "invite",
    }


def _unfinished(verb: Token) -> bool:
    auxes = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(auxes & {"to", "will", "would", "should"})
