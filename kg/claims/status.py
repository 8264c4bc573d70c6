"""Whether a meeting was held, planned, called off or denied: an occasion in, a status out."""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import SUBJECTS
from kg.claims.factuality import fact_words
from kg.claims.model import Filler
from kg.claims.occasions import Occasion, meeting_words
from kg.terms import MeetingStatus

COMING_RULES: Final = frozenset({"last-weekday", "day-of-month"})  # may be the next as well


def status_of(
    occasion: Occasion,
    dates: tuple[Filler, ...] = (),
    published: str | None = None,
    *,
    pictured: bool = False,
) -> MeetingStatus:
    """Give the status of a meeting as its sentence tells it, also by a date that is to come.

    What a caption tells in the present tense is `pictured`: it has been.
    """
    chain = _verbs(occasion)
    words = meeting_words()
    if any(is_off(verb) for verb in chain) or (chain and _off_after(chain[0])):
        return "cancelled"
    if any(_was_to(verb) for verb in chain):
        return "cancelled"
    refused = any(verb.lemma_.lower() in words.denied or _ruled_out(verb) for verb in chain[:3])
    if refused or _rumoured(occasion.token):
        return "denied"
    planned = any(_ahead(verb) or _plans(verb, occasion) for verb in chain)
    return "planned" if planned or _yet(occasion, chain, dates, published, pictured) else "held"


def _yet(
    occasion: Occasion,
    chain: list[Token],
    dates: tuple[Filler, ...],
    published: str | None,
    pictured: bool,
) -> bool:
    """Tell whether it is to come by what its noun or its date says."""
    noun = occasion.noun
    if noun is not None and any(child.lower_ in meeting_words().coming for child in noun.lefts):
        return True
    above = noun.head.head if noun is not None and noun.dep_ == "pobj" else None
    if above is not None and above.pos_ == "NOUN" and above.lemma_ in meeting_words().intents:
        return True  # "an invitation to the summit"
    named = [each for each in dates if each.rule not in COMING_RULES]
    ahead = bool(named and published) and all(_after(str(f.ref), published or "") for f in named)
    return ahead or (not pictured and _to_come(chain, dates, published))


def _to_come(chain: list[Token], dates: tuple[Filler, ...], published: str | None) -> bool:
    """Tell whether the present tense speaks of a day to come: "meet in Lima in May"."""
    moving = [each for each in chain if each.lemma_ in meeting_words().motion]
    chain = moving[:1] or chain
    present = bool(chain) and chain[0].tag_ in {"VBP", "VBZ"} and chain[0].pos_ == "VERB"
    if not present or not published or any(c.dep_ == "aux" for c in chain[0].children):
        return False
    return any(_after(str(each.ref), published) or each.rule in COMING_RULES for each in dates)


def _after(edtf: str, published: str) -> bool:
    """Tell whether a date is later than the day of the article.

    >>> _after("2024-08", "2024-06-27"), _after("2024-06", "2024-06-27")
    (True, False)
    """
    first = edtf.split("/", maxsplit=1)[0]
    return first[:2].isdigit() and first > published[: len(first)]


def _verbs(occasion: Occasion) -> list[Token]:
    """Give the verbs above a meeting, the nearest first, as far as they are of one statement."""
    start = occasion.verb or occasion.token
    chain = [start] if start.pos_ in {"VERB", "AUX"} else []
    current = occasion.motion or start
    if current.i != start.i:
        chain.append(current)
    words = meeting_words()
    for _ in range(4):
        if (
            current.dep_ not in {"xcomp", "ccomp", "advcl", "acl", "relcl", "acomp"}
            or current.head.i == current.i
        ):
            break
        noun = current.head.pos_ in {"NOUN", "PROPN"}
        if current.dep_ in {"advcl", "relcl"} or (noun and current.tag_ == "VBN"):
            break
        if noun and current.dep_ == "acl" and current.head.lemma_ not in words.intents:
            break
        current = current.head
        chain.append(current)
    return chain


def is_off(verb: Token) -> bool:
    """Tell whether a verb says that something will not be: "cancel", "call off"."""
    particles = {child.lower_ for child in verb.children}
    called = verb.lemma_ in {"call", "put", "push", "break"} and bool(particles & {"off", "back"})
    return called or verb.lemma_.lower() in meeting_words().cancelled


def _was_to(verb: Token) -> bool:
    """Tell whether it never came to be: "had been due to meet", "was to have been held"."""
    lefts = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    due = verb if verb.lemma_ in {"schedule", "expect", "set", "plan", "slate"} else None
    if verb.lemma_ == "be":
        due = next((c for c in verb.children if c.lower_ in {"due", "set"}), None)
    if due is not None and {"had"} <= lefts and (verb.lemma_ == "be" or "been" in lefts):
        return any(c.dep_ == "xcomp" for c in due.children)
    above = verb.head
    past = above.lemma_ == "be" and above.lower_ in {"was", "were"} and verb.dep_ == "xcomp"
    return past and {"to", "have"} <= lefts


def _off_after(verb: Token) -> bool:
    """Tell whether it is "scheduled for May was postponed", "planned it and called it off"."""
    planned = verb.lemma_ in {"schedule", "plan", "set", "slate"}
    if planned and any(c.dep_ == "conj" and is_off(c) and is_of_same(c) for c in verb.children):
        return True
    below = [c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i]
    plain = any(any(c.dep_ in SUBJECTS for c in each.children) for each in below)
    return planned and not plain and any(map(is_off, below))


def is_of_same(verb: Token) -> bool:
    """Tell whether a second verb speaks of the meeting of the first: "called it off"."""
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"}]
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    return all(c.lower_ in {"it", "them"} for c in objects) and (bool(objects) or passive)


def _rumoured(token: Token) -> bool:
    """Tell whether it is only in reports called untrue: "reports of a meeting are false"."""
    for noun in token.ancestors:
        if noun.lemma_ not in meeting_words().rumours or noun.pos_ != "NOUN":
            continue
        verb = noun.head
        untrue = any(
            c.lower_ in fact_words().untrue or c.lemma_ in meeting_words().tales
            for c in verb.children
            if c.dep_ in {"acomp", "attr"}
        )
        unreal = verb.lemma_ == "correspond" and any(c.dep_ == "neg" for c in verb.children)
        return untrue or unreal or verb.lemma_ in meeting_words().denied | {"deny"}
    return False


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
    if verb.lemma_ == "have" and any(each.lower_ in words.diaries for each in verb.subtree):
        return True
    if verb.pos_ in {"NOUN", "ADJ"}:
        return verb.lemma_ in words.intents | {"due"}
    if verb.lemma_.lower() not in words.planned or verb.lemma_ in {"will", "shall"}:
        return False
    if verb.i != (occasion.verb or occasion.token).i:
        return verb.lemma_ not in {"call", "look"} and any(
            child.dep_ in {"xcomp", "ccomp"} and _unfinished(child) for child in verb.children
        )
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    return passive or verb.lemma_ in words.arranging


def _unfinished(verb: Token) -> bool:
    auxes = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return bool(auxes & {"to", "will", "would", "should"})
