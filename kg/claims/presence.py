"""Sentences that only tell more of a meeting told of before: who was there, who led it, where.

"In attendance were X and Y", "X presided", "It was chaired by Y", "It took place in Lima". A
sentence in; a draft out, or nothing where no meeting was told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import dates_of, objects_of, places_of, subject_of
from kg.claims.draft import LIKELY, WEAK, Draft
from kg.claims.gathering import PUBLIC
from kg.claims.model import Filler
from kg.claims.occasions import carrying_verb, meeting_words
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence

Roles = dict[str, tuple[Filler, ...]]
POINTING: Final = frozenset({"it", "this", "these", "they", "both"})
FRONTED: Final = frozenset({"present", "attending", "participating", "taking"})
LEADING: Final = 20  # tokens before "were" in "Present at the talks in Lima were"
CHAIR: Final = frozenset({"chairmanship", "co", "chairmanships", "presidency", "chair"})


def presence(reading: Reading, sentence: Sentence, told: bool) -> Draft | None:
    """Give what a sentence without a word for a meeting adds to the one told of before."""
    fronted = _fronted(reading, sentence)
    if fronted:
        return Draft(
            "meeting", sentence, fronted, status="held", confidence=LIKELY, token=sentence.span[0]
        )
    for token in sentence.tokens:
        roles = (_pointed(reading, sentence, token) if told else {}) or _listed(
            reading, sentence, token
        )
        if not roles and told and token.lemma_ == "host" and token.dep_ in {"relcl", "ROOT"}:
            roles = _hosted(reading, sentence, token)
        if not roles and told and _takes_part(token):
            subject = subject_of(token)
            roles = _sorted(reading.parties(sentence, subject)) if subject is not None else {}
        if roles:
            sure = LIKELY if token.lemma_.lower() in meeting_words().participants else WEAK
            return Draft("meeting", sentence, roles, status="held", confidence=sure, token=token)
    return None


def _fronted(reading: Reading, sentence: Sentence) -> Roles:
    """Read "Present at the talks were X, Y and Z", by the order of words: persons behind "were"."""
    first = sentence.span[0].lower_
    if first not in FRONTED or len(sentence.span) < 4:
        return {}
    verb = next((t for t in sentence.span[1:LEADING] if t.lower_ in {"was", "were"}), None)
    if verb is None:
        return {}
    page = reading.page(sentence)
    behind = [person for person in page.people if verb.i < person.first < sentence.span.end]
    if not behind or any(t.pos_ == "VERB" for t in verb.doc[verb.i + 1 : behind[0].first]):
        return {}
    people = tuple(reading.filler_of(sentence, each) for each in page.people_with(behind[0]))
    return {"attendee": _once(people)}


def _hosted(reading: Reading, sentence: Sentence, verb: Token) -> Roles:
    """Read "said X, who hosted": who hosted what was told of before."""
    subject = subject_of(verb)
    aimed = any(c.dep_ in {"dobj", "auxpass", "aux", "neg"} for c in verb.children)
    if subject is None or aimed or verb.pos_ != "VERB":
        return {}
    head = verb.head if verb.dep_ == "relcl" else subject
    hosts = tuple(f for f in reading.parties(sentence, head) if f.type in PUBLIC | {"person"})
    return {"host": hosts[-1:]} if hosts else {}


def _listed(reading: Reading, sentence: Sentence, token: Token) -> Roles:
    """Read "In attendance were X and Y", "Attending were X", "X was a guest at the meeting"."""
    word = token.lemma_.lower()
    named = word in meeting_words().participants and token.dep_ in {"attr", "pobj", "nsubj"}
    verb = carrying_verb(token) if named else None
    if token.dep_ == "csubj" and token.tag_ == "VBG" and word in {"attend", "participate"}:
        verb = token.head
    if verb is None or verb.lemma_ != "be":
        return {}
    heads = [c for c in verb.children if c.dep_ in {"nsubj", "attr"} and c.i != token.i]
    found = _once(f for head in heads for f in reading.parties(sentence, head))
    roles = _sorted(found)
    return roles if "attendee" in roles or verb.i == token.head.i != token.i else {}


def _pointed(reading: Reading, sentence: Sentence, verb: Token) -> Roles:
    """Read "It was chaired by X", "held under the chairmanship of X", "It took place in Y"."""
    if verb.pos_ != "VERB" or verb.dep_ != "ROOT":
        return {}
    subject = subject_of(verb)
    if subject is None or subject.lower_ not in POINTING - {"they", "both"}:
        return {}
    words, passive = meeting_words(), any(c.dep_ == "auxpass" for c in verb.children)
    if not passive and verb.lemma_ != "take":
        return {}
    roles: Roles = {}
    if verb.lemma_ in words.host | words.attend | words.hold | {"conduct"}:
        by = [f for head in objects_of(verb, {"by"}) for f in reading.parties(sentence, head)]
        roles = {"host": tuple(by)} if verb.lemma_ in words.host and by else _sorted(by)
    chairs = [f for head in _chairs(verb) for f in reading.parties(sentence, head)]
    roles = {**roles, **_sorted(f for f in chairs if f.type == "person")}
    took = verb.lemma_ == "take" and any(c.lower_ == "place" for c in verb.children)
    if took or roles or verb.lemma_ in {"hold", "convene", "organise", "organize"}:
        roles |= _when_and_where(reading, sentence, verb)
    return roles if set(roles) - {"date"} else {}


def _chairs(verb: Token) -> Iterator[Token]:
    """Yield those under whose chairmanship something is held."""
    for under in verb.children:
        for noun in under.children if under.lower_ == "under" else ():
            if noun.lemma_.lower() in CHAIR:
                yield from objects_of(noun, {"of"})


def _when_and_where(reading: Reading, sentence: Sentence, verb: Token) -> Roles:
    found = {
        "date": dates_of(reading, sentence, {verb.i}),
        "place": places_of(reading, sentence, {verb.i}),
    }
    return {name: fillers for name, fillers in found.items() if fillers}


def _sorted(found: Iterable[Filler]) -> Roles:
    """Sort those who are there into persons and parties."""
    each = tuple(found)
    people = tuple(f for f in each if f.type == "person")
    parties = tuple(f for f in each if f.type in PUBLIC | {"organisation"})
    return {n: _once(fs) for n, fs in (("party", parties), ("attendee", people)) if fs}


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value, filler)
    return tuple(found.values())


def _takes_part(token: Token) -> bool:
    """Tell whether it is "presided", "took part", "attended", "was in the chair", on its own."""
    lemma, children = token.lemma_.lower(), {child.lower_: child for child in token.children}
    if token.dep_ not in {"ROOT", "conj", "relcl"} or any(
        c.dep_ in {"neg", "aux"} for c in token.children
    ):
        return False
    if lemma == "take":
        return ("part" in children and "in" not in children) or "chair" in children
    if lemma == "send":
        return (
            bool(children.keys() & {"observer", "delegation", "delegate"}) and "to" not in children
        )
    if lemma == "be" and "in" in children:
        return any(each.lower_ == "chair" for each in children["in"].children)
    if lemma not in meeting_words().attending:
        return False
    return not any(c.dep_ in {"dobj", "nsubjpass"} or c.lower_ == "in" for c in token.children)
