"""Who says something: a verb of saying in, the word for who says it and the fillers out.

The subject comes first; where the parser lost it, whoever is named right before or behind the
verb. States, unnamed officials, media and documents are left to the caller or give nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from spacy.tokens import Token

from kg.claims.attachment import subject_of
from kg.claims.contents import BREAKS, FINITE, REACH, VERBAL
from kg.claims.model import Filler
from kg.claims.offices import offices
from kg.claims.organisations import bodies
from kg.claims.people import Person
from kg.claims.reading import Reading
from kg.claims.reference import is_document, nouns
from kg.claims.saying import QUOTES, saying_words
from kg.claims.sentences import Sentence
from kg.terms import EntityType

FILLING: Final = frozenset(
    {"ADJ", "NOUN", "PROPN", "ADP", "DET", "CCONJ", "PUNCT", "PART", "ADV", "NUM"}
)
PHRASE: Final = frozenset({"ADJ", "NOUN", "PROPN", "DET", "PART", "NUM", "PRON", "AUX"})
FARTHEST: Final = 14
OWN: Final = frozenset({"the", "its", "his", "her", "their"})


def voices_of(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Yield the words that may stand for who says it, the likeliest first."""
    inverted = _inverted(reading, sentence, verb)
    subject = _speaking(verb)
    before = _named_before(reading, sentence, verb)
    if before is not None and verb.tag_ != "VBN" and (subject is None or before.i == verb.i - 1):
        yield before
    if subject is not None and (subject.i > verb.i or not inverted):
        yield subject
    yield from inverted
    if before is not None:
        yield before
    if subject is not None and inverted and not _cut_off(subject, verb):
        yield subject


def _cut_off(subject: Token, verb: Token) -> bool:
    """Tell whether one comma parts a subject from its verb: "The firms, say officials, …"."""
    commas = [t.i for t in verb.doc[subject.i : verb.i] if t.text in BREAKS]
    return commas == [verb.i - 1]


def _speaking(verb: Token) -> Token | None:
    """Give the subject of a verb of saying; "was told" has none, "was quoted as saying" has."""
    if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
        if verb.lemma_ in {"quote", "cite", "report", "hear"} and any(
            c.lower_ == "as" for c in verb.children
        ):
            return next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        return next(_agents(verb), None)
    bare = not any(child.dep_ == "aux" for child in verb.children)
    if verb.tag_ == "VBN" and bare and verb.dep_ in {"acl", "advcl"}:
        return None
    return subject_of(verb)


def _agents(verb: Token) -> Iterator[Token]:
    """Yield who it is done by, also where "by" hangs on what it was called: "hailed as … by"."""
    below = (c for prep in verb.children if prep.dep_ == "prep" for c in prep.children)
    for holder in (verb, *below):
        for child in holder.children:
            if child.lower_ == "by" and child.i > verb.i:
                yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _named_before(reading: Reading, sentence: Sentence, verb: Token) -> Token | None:
    """Give the person named right before the verb, where the parser lost the subject."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VBG"}:
        return None
    before = [p for p in reading.people(sentence) if p.end <= verb.i]
    lost = not _has_subject(verb)
    body = reading.page(sentence).body(verb.i - 1) if verb.i > sentence.span.start else None
    if body is not None and (lost or _set_off(verb, body.start)):
        return verb.doc[verb.i - 1]
    if not before:
        return None
    person = before[-1]
    gap = verb.doc[person.end : verb.i]
    if not (lost and verb.tag_ != "VBG") and not _stands_by(verb, person):
        return None
    plain = all(token.pos_ in FILLING or token.lower_ == "coordinating" for token in gap)
    closed = not len(gap) or gap[-1].text == "," or (len(gap) == 1 and gap[0].pos_ == "ADV")
    return verb.doc[person.end - 1] if plain and closed and len(gap) <= FARTHEST else None


def _set_off(verb: Token, start: int) -> bool:
    """Tell whether a comma stands before a name, over an article."""
    doc = verb.doc
    first = start - (start > 0 and doc[start - 1].lower_ == "the")
    return first > verb.sent.start and doc[first - 1].text == ","


def _stands_by(verb: Token, person: Person) -> bool:
    """Tell whether a name stands right before a verb, between commas if any."""
    doc, first = verb.doc, person.first
    if person.end == verb.i:
        return True
    apposed = (first > verb.sent.start and doc[first - 1].text == ",") or verb.tag_ == "VBG"
    return apposed and person.end == verb.i - 1 and doc[person.end].text == ","


def _has_subject(verb: Token) -> bool:
    """Tell whether the parser holds a noun before a verb for its subject."""
    subjects = (c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i)
    return any(each.pos_ in {"NOUN", "PROPN", "PRON"} for each in subjects)


def _inverted(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """Give who may speak in "…, said the minister, …", by the parser and by who is named."""
    before = verb.doc[verb.i - 1] if verb.i > sentence.span.start else None
    if before is None or before.text not in {",", "—", "–", *QUOTES}:
        return ()
    words, lemma = saying_words(), verb.lemma_.lower()
    if verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN"} or lemma in words.labels | words.addressing:
        return ()
    if verb.dep_ == "conj" and before.text == "," and lemma in words.nominal | words.gerund:
        return ()
    found = [
        child
        for child in verb.children
        if child.dep_ in {"dobj", "nsubj"}
        and child.i > verb.i
        and child.pos_ != "PRON"
        and _closed(child.right_edge)
    ]
    person = next((p for p in reading.people(sentence) if p.start > verb.i), None)
    if person is not None:
        gap = verb.doc[verb.i + 1 : person.first]
        plain = len(gap) <= REACH and not any(t.pos_ in VERBAL | {"SCONJ"} for t in gap)
        if plain and _closed(verb.doc[person.end - 1]):
            found.insert(0, verb.doc[person.end - 1])
    return tuple(found)


def _closed(token: Token) -> bool:
    """Tell whether a noun phrase ends with a token, so that no clause begins with it."""
    if token.i + 1 >= token.sent.end:
        return True
    after = token.nbor(1)
    ends = after.text in BREAKS | QUOTES | {"."} or after.pos_ in {"ADP", "SCONJ", "ADV", "PUNCT"}
    return (
        ends or after.lower_ in {"who", "whose", "today", "yesterday"} or after.ent_type_ == "DATE"
    )


def first_of(reading: Reading, sentence: Sentence, subject: Token, verb: Token) -> int:
    """Give where "the minister has said" begins, or the verb itself where it comes first."""
    if subject.i > verb.i:
        return verb.i
    person = reading.person_at(sentence, subject)
    at = min(person.first, subject.i) if person is not None else subject.i
    doc = subject.doc
    while at > sentence.span.start and doc[at - 1].pos_ in PHRASE | {"ADP"}:
        if doc[at - 1].tag_ in FINITE:
            break
        at -= 1
    return at


def speakers(reading: Reading, sentence: Sentence, subject: Token) -> tuple[Filler, ...]:
    """Give the persons and bodies among those a subject stands for; states where they speak."""
    if subject.tag_ in {"WDT", "WP"} and subject.head.dep_ == "relcl":
        return _antecedent(reading, sentence, subject.head.head)
    if is_document(subject) and reading.person_at(sentence, subject) is None:
        return ()
    found = reading.parties(sentence, subject)
    if found and _states_speak(found, subject):
        return found
    return (
        tuple(each for each in found if _may_speak(each))
        or _spokesperson(reading, sentence, subject)
        or (() if found else _by_name(reading, sentence, subject))
        or _as_worded(reading, sentence, subject, bool(found))
    )


def _antecedent(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Filler, ...]:
    """Give who "who" stands for: "Governor Ann Lee, a Liberal who called it a tax"."""
    found = speakers(reading, sentence, noun)
    if not found and noun.dep_ == "appos":
        return speakers(reading, sentence, noun.head)
    return found


def _states_speak(found: tuple[Filler, ...], subject: Token) -> bool:
    """Tell whether states themselves speak: "Peru said", "both governments", not officials."""
    if any(filler.type not in {"state", "bloc"} for filler in found):
        return False
    if subject.pos_ == "PRON":
        return subject.lower_ == "it" and len(found) == 1
    if len(found) > 1 and subject.dep_ not in {"nsubj", "pobj"}:
        return False
    if subject.lemma_.lower() in nouns().state:
        return True
    return subject.pos_ == "PROPN" and (
        len(found) > 1 or not any(c.dep_ in {"conj", "cc"} for c in subject.children)
    )


def _may_speak(filler: Filler) -> bool:
    if filler.type == "person":
        return True
    return filler.type == "organisation" and filler.value not in bodies().media


def _spokesperson(reading: Reading, sentence: Sentence, subject: Token) -> tuple[Filler, ...]:
    """Give the body for which an unnamed spokesperson speaks."""
    if not subject.lemma_.lower().startswith("spokes"):
        return ()
    page = reading.page(sentence)
    for i in range(subject.left_edge.i, min(subject.right_edge.i + 1, subject.i + 10)):
        body = page.body(i)
        if body is not None and not body.media:
            return tuple(
                f for f in reading.parties(sentence, page.doc[body.end - 1]) if _may_speak(f)
            )
    return ()


def _by_name(reading: Reading, sentence: Sentence, subject: Token) -> tuple[Filler, ...]:
    """Give a person whose name nothing else has found: "Latvia's Maris Ozols"."""
    if subject.pos_ != "PROPN":
        return ()
    first, doc = subject.i, subject.doc
    while first > sentence.span.start and doc[first - 1].pos_ == "PROPN":
        first -= 1
    while first < subject.i and doc[first].lower_ in {"'s", "’s"}:
        first += 1
    name = doc[first : subject.i + 1].text
    full = reading.full_name(name) if len(name) > 2 else None
    known = full or (name if subject.ent_type_ == "PERSON" and subject.i > first else None)
    if known is None:
        return ()
    start, end = sentence.place(first, subject.i + 1)
    return (
        Filler(known, sentence.words(first, subject.i + 1), type="person", start=start, end=end),
    )


def _as_worded(
    reading: Reading, sentence: Sentence, subject: Token, known: bool
) -> tuple[Filler, ...]:
    """Give "his ministry" and "the Trade Minister" by these words, where they name nobody else.

    `known` tells that it stands for states: then only "Fiji's delegation" speaks for itself.
    """
    if subject.tag_ not in {"NN", "NNP"}:
        return ()
    owned = [c for c in subject.lefts if c.lower_ in OWN or (c.dep_ == "poss" and c.tag_ != "WP$")]
    page, lemma = reading.page(sentence), subject.lemma_.lower()
    body = lemma in saying_words().offices and page.body(subject.i) is None
    title = page.title(subject.i) is not None or subject.lower_ in offices().honorifics
    person = title and page.person(subject.i) is None and not known
    if not owned or not (body or person) or _behind(subject):
        return ()
    first = owned[0].left_edge.i if owned[0].lower_ not in OWN else owned[0].i
    if subject.doc[first].lower_ == "the":
        first += 1
    start, end = sentence.place(first, subject.i + 1)
    words = sentence.words(first, subject.i + 1)
    sort: EntityType = "organisation" if body else "person"
    return (Filler(words, words, type=sort, start=start, end=end),)


def _behind(noun: Token) -> bool:
    """Tell whether a noun stands for one of several: "the head of one of the firms"."""
    return any(c.lower_ == "one" for c in noun.subtree)
