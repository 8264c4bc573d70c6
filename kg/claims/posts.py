"""Claims of the kind post: who holds which office, once per person and wording.

A shorter wording of a title that the person was given before ("Minister" after "Minister of
Trade") is no new claim. Whom the office serves is told only where the text tells it; the
official release of a government may leave its own state out.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.claims.draft import LIKELY, SURE, Draft
from kg.claims.model import Filler
from kg.claims.offices import Title, offices
from kg.claims.people import Person
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence


def claims_in(reading: Reading) -> Iterator[Draft]:
    """Yield the posts of an article, those of its body first, then those only a title tells."""
    said: dict[str, list[str]] = {}
    for sentence in sorted(reading.sentences, key=_headlines_last):
        for person in reading.people(sentence):
            if person.title is None or person.title.informal or _label(reading, sentence, person):
                continue
            draft = _post(reading, sentence, person, person.title, said)
            if draft:
                yield draft
        yield from _headed(reading, sentence, said)


def _headed(reading: Reading, sentence: Sentence, said: dict[str, list[str]]) -> Iterator[Draft]:
    """Yield who leads a body: "the agency, headed by NAME", "NAME, who chairs the board"."""
    for token in sentence.span:
        if token.lemma_ not in offices().leading or token.dep_ not in {"acl", "relcl"}:
            continue
        who, what = _leader(token)
        person = reading.person_at(sentence, who) if who is not None else None
        if person is None or what is None or person.title is not None:
            continue
        body = [f for f in reading.parties(sentence, what) if f.type == "organisation"]
        holder = reading.filler_of(sentence, person)
        known = said.setdefault(holder.value, [])
        if not body or known:
            continue
        known.append(token.lower_)
        start, end = sentence.place(token.i, token.i + 1)
        title = Filler(
            text=sentence.words(token.i, token.i + 1), type="thing", start=start, end=end
        )
        roles = {"person": (holder,), "title": (title,), "of": tuple(body[:1])}
        yield Draft("post", sentence, roles, confidence=LIKELY)


def _leader(verb: Token) -> tuple[Token | None, Token | None]:
    """Give who leads and what is led, for the passive and for a clause with "who"."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    if by is not None:
        return next((child for child in by.children if child.dep_ == "pobj"), None), verb.head
    led = next((child for child in verb.children if child.dep_ == "dobj"), None)
    active = any(child.lower_ == "who" for child in verb.children)
    return (verb.head, led) if active else (None, None)


def _headlines_last(sentence: Sentence) -> bool:
    return sentence.role in {"title", "heading"}


def _label(reading: Reading, sentence: Sentence, person: Person) -> bool:
    """Tell whether a name only says whose turn it is: "MINISTER DIALLO:", or is a headline's."""
    speaker = reading.turn_speaker(sentence)
    if speaker and sentence.place(person.start, person.end)[0] < (speaker.end or 0):
        return True
    known = any(
        entity.label_ == "PERSON" and entity.start == person.start and entity.end == person.end
        for entity in reading.entities(sentence)
    )
    return _headlines_last(sentence) and not known


def _post(
    reading: Reading, sentence: Sentence, person: Person, title: Title, said: dict[str, list[str]]
) -> Draft | None:
    holder = reading.filler_of(sentence, person)
    wording = sentence.words(title.start, title.end)
    known = said.setdefault(holder.value, [])
    short = wording.lower().removesuffix("s") if title.plural else wording.lower()
    if any(short in other for other in known):
        return None
    if known and _headlines_last(sentence):
        return None
    served = reading.office_of(sentence, person)
    if title.weak and not served:
        return None
    known.append(short)
    first, last = sentence.place(title.start, title.end)
    office = Filler(text=wording, type="thing", start=first, end=last)
    beside = title.end == person.start
    return Draft(
        "post",
        sentence,
        {"person": (reading.name_of(sentence, person),), "title": (office,), "of": served},
        confidence=SURE if beside else LIKELY,
    )
