"""Whom an office is held for, as the words beside its title tell: a person in, a body out.

What the reading of names finds goes first; here the wordings that name no known body are read:
"spokeswoman for the trade ministry", "the regulator's director", "its permanent secretary".
"""

from __future__ import annotations

from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import SUBJECTS
from kg.claims.model import Filler
from kg.claims.offices import offices, singular
from kg.claims.organisations import bodies
from kg.claims.people import Person
from kg.claims.reading import Reading
from kg.claims.reference import nouns
from kg.claims.sentences import Sentence

LINKS: Final = frozenset({"of", "for", "at", "from", "with", "in"})
OWN: Final = frozenset({"its", "their", "'s", "’s", "'"})
SKIPPED: Final = frozenset({"the", "a", "an", "its", "their", "his", "her", "our", "this"})
UNSAID: Final = frozenset({"minister", "ministers", "premier"})  # of whom a release says of whom
PUBLIC: Final = frozenset({"state", "bloc", "organisation"})
NAMING: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
SEATS: Final = frozenset({"embassy", "consulate"})  # named by the state whose they are
LONGEST: Final = 6


def employer_of(reading: Reading, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
    """Give the state or body whose office a person holds, as the sentence says it."""
    title = person.title
    if title is None:
        return ()
    own = sentence.span.doc[title.start - 1] if title.start > sentence.span.start else None
    if own is not None and own.lower_ in {"our", "my"} and reading.releasing_state:
        return reading.office_of(sentence, person)
    if own is not None and own.lower_ == "its" and _subject_before(sentence, own) is not None:
        return _owning(reading, sentence, title.start)
    if own is not None and own.lower_ == "its" and (one := _one_state(reading, sentence, own)):
        return one
    told = reading.office_of(sentence, person)
    home = bool(told) and told[0].start is None  # not told: the state that puts the release out
    unsaid = sentence.span.doc[title.head].lower_ in UNSAID
    if home and (unsaid or told[0].type != "state"):
        told = ()
    told = told or employer_at(reading, sentence, title.start, title.end)
    return told or _possessor(reading, sentence, person)


def _possessor(reading: Reading, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
    """Read "Peru's NAME, the oil minister", "for Peru, NAME, its oil minister, signed"."""
    doc, at = sentence.span.doc, person.first - 1
    if at <= sentence.span.start:
        return ()
    if doc[at].lower_ not in {"'s", "’s"}:
        return _on_behalf(reading, sentence, at)
    hit = reading.page(sentence).hit(at - 1)
    found = reading.parties(sentence, doc[at - 1]) if hit is not None else ()
    return tuple(each for each in found if hit is not None and each.ref == hit.ref)


def _on_behalf(reading: Reading, sentence: Sentence, at: int) -> tuple[Filler, ...]:
    """Read "for Peru, NAME" and "For Lima it was Minister NAME who signed"."""
    doc, page = sentence.span.doc, reading.page(sentence)
    while at > sentence.span.start and doc[at].lower_ in {",", "it", "was", "is", "the", "by"}:
        at -= 1
    hit = page.hit(at)
    before = doc[hit.start - 1 - (doc[hit.start - 1].lower_ == "the")] if hit else None
    if hit is None or before is None or before.lower_ != "for" or hit.form == "adjective":
        return ()
    start, end = sentence.place(hit.start, hit.end)
    text = sentence.words(hit.start, hit.end)
    return (Filler(ref=hit.ref, text=text, type=hit.type, start=start, end=end),)


def employer_at(reading: Reading, sentence: Sentence, start: int, end: int) -> tuple[Filler, ...]:
    """Give the body named before or behind a title that is in tokens `start` to `end`."""
    return _owning(reading, sentence, start) or _behind(reading, sentence, end)


def body_phrase(reading: Reading, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
    """Give the body that a noun phrase stands for: one that has a name, or "the grain board"."""
    found = [f for f in reading.parties(sentence, head) if f.type == "organisation"]
    return tuple(found[:1]) or _common(sentence, head)


def _owning(reading: Reading, sentence: Sentence, start: int) -> tuple[Filler, ...]:
    """Read "the regulator's director", "its chairman", "ABCD chief"."""
    doc, at = sentence.span.doc, start - 1
    while at >= sentence.span.start and doc[at].lower_ in offices().outside - {"and"}:
        at -= 1
    if at < sentence.span.start:
        return ()
    owner = doc[at]
    acronym = owner.is_upper and owner.is_alpha and len(owner) > 2
    ruling = owner.pos_ == "NOUN" and owner.is_lower and owner.lemma_ in offices().ruling
    if acronym or ruling or (owner.ent_type_ == "GPE" and owner.pos_ == "PROPN"):
        return (_filler(sentence, _begun(owner, sentence.span.start), at + 1),)
    if owner.lower_ not in OWN or (at == sentence.span.start and owner.lower_ not in SKIPPED):
        return ()
    head = owner if owner.lower_ in SKIPPED else doc[at - 1]
    named = _subject_before(sentence, owner) if head is owner else None
    if named is not None:
        return body_phrase(reading, sentence, named)
    found = [f for f in reading.parties(sentence, head) if f.type in PUBLIC]
    if len(found) == 1:
        return (found[0],)
    return _common(sentence, head) if head is not owner else ()


def _begun(owner: Token, floor: int) -> int:
    """Give where the region begins that an office is of: "New South Wales Premier NAME"."""
    at = owner.i
    while at > floor and owner.doc[at].ent_iob_ == "I":
        at -= 1
    return at


def _subject_before(sentence: Sentence, owner: Token) -> Token | None:
    """Give the body that "its" stands for where the sentence has just spoken of it."""
    for token in reversed(sentence.span.doc[sentence.span.start : owner.i]):
        if token.dep_ in SUBJECTS and token.pos_ in {"NOUN", "PROPN"}:
            return token if _is_body(token) and token.i < owner.i - 1 else None
    return None


def _one_state(reading: Reading, sentence: Sentence, owner: Token) -> tuple[Filler, ...]:
    """Give the state that "its" is: the only one named before it in the sentence, by its name."""
    hits = [h for h in reading.page(sentence).hits if sentence.span.start <= h.start < owner.i]
    if len(hits) != 1 or hits[0].form == "adjective":
        return ()
    found = reading.parties(sentence, owner.doc[hits[0].end - 1])
    return found if len(found) == 1 and found[0].ref == hits[0].ref else ()


def _behind(reading: Reading, sentence: Sentence, end: int) -> tuple[Filler, ...]:
    """Read "spokeswoman for China's trade ministry", "an official at the state oil firm"."""
    doc = sentence.span.doc
    if end + 1 >= sentence.span.end or doc[end].lower_ not in LINKS:
        return ()
    end = _over_realm(sentence, end)
    head = _phrase_head(doc[end + 1], sentence.span.end)
    if head is None:
        return ()
    if singular(head.lower_) and head.i + 1 < sentence.span.end and head.is_lower:
        return _behind(reading, sentence, head.i + 1)  # "envoy of the president of Peru"
    hit, body = reading.page(sentence).hit(head.i), reading.page(sentence).body(head.i)
    if doc[end].lower_ == "in" and body is None:
        return ()
    if hit is not None and body is None:
        found = [f for f in reading.parties(sentence, head) if f.type in PUBLIC]
        return tuple(found[:1])
    return body_phrase(reading, sentence, head)


def _over_realm(sentence: Sentence, end: int) -> int:
    """Go over "of the Republic" in "of the Republic of Peru"."""
    doc, at = sentence.span.doc, end + 1
    at += doc[at].lower_ == "the"
    if at + 2 >= sentence.span.end or doc[at + 1].lower_ != "of":
        return end
    return at + 1 if doc[at].lower_ in nouns().realms else end


def _phrase_head(first: Token, floor: int) -> Token | None:
    """Give the last noun of the row of words that begins with a token: "the state oil firm"."""
    doc, head = first.doc, None
    for token in doc[first.i : min(first.i + LONGEST, floor)]:
        if token.pos_ in NAMING or token.lower_ in SKIPPED or token.lower_ in {"'s", "-"}:
            head = token if token.pos_ in {"NOUN", "PROPN"} else head
        else:
            break
    return head


def _common(sentence: Sentence, head: Token) -> tuple[Filler, ...]:
    """Give a body without a name of its own, by its wording, the state that owns it left out."""
    if not _is_body(head):
        return ()
    doc, start = sentence.span.doc, head.i
    seat = head.lemma_.lower() in SEATS
    while start - 1 >= sentence.span.start and (
        _names(doc[start - 1]) or (seat and doc[start - 1].pos_ in NAMING)
    ):
        start -= 1
    if start - 2 >= sentence.span.start and doc[start - 1].lower_ in {"'s", "’s"}:
        start -= 2 if doc[start - 2].pos_ == "NOUN" else 0  # "the bloc's commission"
    return (_filler(sentence, start, head.i + 1),)


def _is_body(head: Token) -> bool:
    return head.lemma_.lower() in bodies().heads | bodies().called | offices().led


def _names(token: Token) -> bool:
    return token.pos_ in NAMING and token.ent_type_ not in {"GPE", "NORP", "DATE"}


def _filler(sentence: Sentence, first: int, last: int) -> Filler:
    start, end = sentence.place(first, last)
    text = sentence.words(first, last)
    return Filler(ref=text, text=text, type="organisation", start=start, end=end)
