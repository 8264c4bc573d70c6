"""Verbs that by themselves mean a meeting: a verb in, whether it does and whom it names out.

"Met with X", "sat down", "was received by Y", "spoke by telephone", "flew to Z to see X".
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import subject_of
from kg.claims.meeting_words import meeting_words
from kg.claims.pages import Page
from kg.claims.reference import is_plural, nouns

REACH: Final = 14  # tokens from a verb of meeting to its "with"


def is_meeting_verb(token: Token, page: Page) -> bool:
    """Tell whether a verb, with what is about it, tells of a meeting."""
    if token.lemma_ == "meet" and _several_before(token, page):
        return True
    words, lemma = meeting_words(), token.lemma_.lower()
    tests = (
        (lemma == "join", _joins_people),
        (lemma in words.phrasal, _phrasal),
        (lemma == "sit", _is_of_a_body),
        (lemma in {"meet", "meeting"}, _has_partner),
        (lemma in words.meet and lemma != "meet", _gathers),
        (lemma in words.receive | words.phone, _receives),
        (lemma == "see", _sees_somebody),
        (lemma in words.call | words.bargaining, _talks),
    )
    return any(applies and test(token) for applies, test in tests)


def _several_before(verb: Token, page: Page) -> bool:
    """Tell whether a list of persons with their offices runs up to "met", nobody behind it."""
    last = page.person_before(verb.i)
    bare = not any(child.dep_ in {"dobj", "neg", "aux", "auxpass"} for child in verb.children)
    return last is not None and bare and len(page.people_with(last)) > 1


def _is_of_a_body(token: Token) -> bool:
    """Tell whether it is a committee, a council or ministers that sit."""
    subject = _who(token)
    if subject is None:
        return False
    word: str = subject.lemma_.lower()
    return word in meeting_words().series or (subject.tag_ == "NNS" and word in nouns().persons)


def _who(verb: Token) -> Token | None:
    """Give the subject of a verb; for "the ministers, who meet" the noun that is spoken of."""
    subject = subject_of(verb)
    above = next((t for t in (verb, *verb.ancestors) if t.dep_ == "relcl"), None)
    if subject is not None and subject.lower_ in {"who", "which"} and above is not None:
        return above.head
    return subject


def _talks(token: Token) -> bool:
    """Tell whether people talk with each other: "with X", "by telephone", "on the sidelines"."""
    if _sides_talk(token):
        return True
    if token.lemma_ in meeting_words().bargaining - meeting_words().meet:
        return False
    if any(child.dep_ == "oprd" for child in token.children):  # "called the hours with him useful"
        return False
    return bool(partners(token)) or _by_phone(token) or _among_themselves(token)


def _sides_talk(token: Token) -> bool:
    """Tell whether people of several sides talk: "envoys of A and B talked about cod"."""
    subject = _who(token)
    aux = {child.lower_ for child in token.children if child.dep_ == "aux"}
    if subject is None or token.tag_ not in {"VBD", "VBN"} or aux - {"have", "has", "had"}:
        return False
    if token.lemma_ in meeting_words().bargaining:
        counted = subject.lower_ in {"two", "both", "three"} or any(
            c.lower_ in {"two", "both", "three"} for c in subject.lefts
        )
        through = any(c.lower_ in {"through", "until", "for", "in", "at"} for c in token.children)
        return counted and through and not any(c.dep_ == "dobj" for c in token.children)
    if subject.tag_ != "NNS" or not _personal(subject):
        return False
    whose = [p for of in subject.children if of.lower_ in {"of", "from"} for p in of.children]
    return any(
        each.dep_ == "pobj" and any(c.dep_ == "conj" for c in each.children) for each in whose
    )


def _among_themselves(token: Token) -> bool:
    """Tell whether several speak and nobody else is spoken to: "A and B spoke on Monday"."""
    subject = subject_of(token)
    if subject is None or token.tag_ != "VBD":
        return False
    pair = any(c.dep_ == "conj" and c.ent_type_ == "PERSON" for c in subject.children)
    two = any(c.lower_ in {"two", "both", "three"} for c in subject.lefts)
    table = token.lemma_ in {"dine", "lunch", "breakfast"}
    heard = not table and any(
        c.lower_ in {"to", "at", "in", "of", "out", "up", "for"}
        or c.dep_ in {"dobj", "ccomp", "xcomp"}
        for c in token.children
    )
    return (pair or (two and _personal(subject))) and not heard


def _phrasal(token: Token) -> bool:
    """Tell whether it is "sat down", "came together", "called on the minister"."""
    wanted = meeting_words().phrasal[token.lemma_.lower()]
    for child in token.children:
        if child.lower_ not in wanted or child.i - token.i > 3:
            continue
        whom = [each for each in child.children if each.dep_ == "pobj"]
        if child.lower_ != "on" or any(
            each.pos_ == "PROPN" and each.ent_type_ != "GPE" for each in whom
        ):
            return not any(c.dep_ in {"xcomp", "dobj"} for c in token.children)
    return False


def _receives(token: Token) -> bool:
    """Tell whether somebody receives people: "hosted leaders", "received her counterpart"."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if any(child.dep_ == "agent" for child in token.children):  # "was received by the premier"
        dobj = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
        named = dobj is not None and (dobj.pos_ == "PROPN" or dobj.lower_ in {"he", "she"})
        return named or (dobj is not None and _personal(dobj))
    if dobj is None:
        return False
    staff = dobj.lemma_.lower() in meeting_words().staff and dobj.tag_ == "NNS"
    return dobj.ent_type_ == "PERSON" or (_personal(dobj) and not staff)


def _by_phone(token: Token) -> bool:
    """Tell whether several spoke by telephone or video, with nobody named behind."""
    phone = {"telephone", "phone", "video", "videolink", "videoconference", "call"}
    return any(
        each.lower_ in phone
        for child in token.children
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "via", "over", "on"}
        for each in child.subtree
    )


def _sees_somebody(token: Token) -> bool:
    """Tell whether it is "see each other", or somebody who travels to see somebody."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if dobj is None:
        return False
    each_other = dobj.lower_ == "other" and token.doc[dobj.i - 1].lower_ == "each"
    above = token.head
    due = any(c.dep_ == "acomp" and c.lower_ == "due" for c in above.children)
    journey = above.lemma_ in meeting_words().motion or token.dep_ == "xcomp" or due
    travels = journey and (dobj.pos_ == "PROPN" or dobj.lower_ in {"him", "her", "them"})
    ahead = any(child.lower_ in {"will", "shall"} for child in token.children)
    return each_other or travels or (ahead and _personal(dobj))


def partners(verb: Token) -> tuple[Token, ...]:
    """Give whom a verb of meeting or talking has by "with", also over "by telephone with"."""
    found: list[Token] = []
    for token in verb.subtree:
        if (
            token.i <= verb.i
            or token.i > verb.i + REACH
            or token.lower_ != "with"
            or token.dep_ != "prep"
        ):
            continue
        above = token.head
        if (
            above.i == verb.i
            or above.lower_
            in {"telephone", "phone", "together", "separately", "video", "videolink"}
            or (above.head.i == verb.i and above.dep_ in {"npadvmod", "advmod"})
        ) or (above.dep_ == "pobj" and above.head.head.i == verb.i):
            found += [child for child in token.children if child.dep_ == "pobj"]
    return tuple(found)


def _joins_people(token: Token) -> bool:
    """Tell whether it is "were joined by": those already met."""
    passive = any(child.dep_ == "auxpass" for child in token.children)
    return passive and any(child.dep_ == "agent" for child in token.children)


def _gathers(token: Token) -> bool:
    """Tell whether "gathered", "convened" and the like have nothing else as their object."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if token.lemma_ in {"convene", "reconvene", "co-host", "cohost"}:
        return dobj is None or not _meetinglike(dobj)
    return (dobj is None and token.lemma_ != "consult") or bool(partners(token))


def _meetinglike(token: Token) -> bool:
    return token.lemma_.lower() in meeting_words().nouns


def _has_partner(token: Token) -> bool:
    """Tell whether "met" means people: "with X", or X as its object, or several as subject."""
    dobj = next((child for child in token.children if child.dep_ == "dobj"), None)
    if dobj is not None:
        return (
            dobj.pos_ == "PROPN" or dobj.ent_type_ in {"PERSON", "GPE", "NORP"} or _personal(dobj)
        )
    subject = _who(token)
    plural = subject is not None and (
        is_plural(subject)
        or any(c.dep_ == "conj" for c in subject.children)
        or subject.lower_ in {"they", "we", "both", "two", "three", "four", "pair", "trio"}
        or subject.lemma_.lower() in meeting_words().series
    )
    return bool(partners(token)) or plural


def _personal(token: Token) -> bool:
    return token.lemma_.lower() in meeting_words().personal
