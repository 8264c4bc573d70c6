"""Posts that a clause tells: who leads a body, who became or was made what.

"The agency, headed by NAME", "NAME, who chairs the board", "NAME, in charge of mines at the
agency", "NAME became trade minister", "they named NAME as envoy". A sentence in; persons with
the title's tokens and whom they serve out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.claims.appointing import is_passive, verb_of
from kg.claims.attachment import subject_of
from kg.claims.employers import body_phrase, employer_at
from kg.claims.model import Filler
from kg.claims.offices import Title, offices
from kg.claims.people import Person
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence

CLAUSES: Final = frozenset({"acl", "relcl"})
NEAR: Final = 8  # tokens between a name and "at the head of"
BOUNDING: Final = frozenset({"until", "till", "from", "between"})  # "was minister until 2025"


@dataclass(frozen=True, slots=True)
class Holding:
    """A person who holds an office told in tokens `start` to before `end`."""

    person: Filler
    start: int
    end: int
    token: Token
    of: tuple[Filler, ...]


def holdings_in(reading: Reading, sentence: Sentence) -> Iterator[Holding]:
    """Yield the offices that clauses of a sentence tell, in text order."""
    for token in sentence.tokens:
        if token.lemma_ in offices().leading and token.dep_ in CLAUSES:
            yield from _led(reading, sentence, token)
        elif token.lower_ == "charge":
            yield from _in_charge(reading, sentence, token)
        elif token.lower_ in {"head", "helm"}:
            yield from _at_the_head(reading, sentence, token)
    page = reading.page(sentence)
    borne = {person.title for person in page.people}
    for title in page.titles:
        inside = sentence.span.start <= title.start < sentence.span.end
        if inside and title not in borne and not title.plural and not title.informal:
            yield from _became(reading, sentence, title)


def _led(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Holding]:
    """Yield who leads a body: "the agency, headed by NAME", "NAME, who chairs the board"."""
    who, what = _leader(verb)
    person = _person(reading, sentence, who)
    if person is None or what is None or person.title is not None:
        return
    body = body_phrase(reading, sentence, what)
    if body:
        holder = reading.filler_of(sentence, person)
        yield Holding(holder, verb.i, verb.i + 1, verb, body)


def _leader(verb: Token) -> tuple[Token | None, Token | None]:
    """Give who leads and what is led, for the passive and for a clause with "who"."""
    by = next((child for child in verb.children if child.dep_ == "agent"), None)
    if by is not None:
        return next((child for child in by.children if child.dep_ == "pobj"), None), verb.head
    led = next((child for child in verb.children if child.dep_ == "dobj"), None)
    active = any(child.lower_ == "who" for child in verb.children)
    return (verb.head, led) if active else (None, None)


def _in_charge(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Holding]:
    """Yield "NAME, in charge of mines at the agency" and "NAME, who is in charge of …"."""
    doc, start = noun.doc, noun.i - 1
    if noun.i + 2 >= sentence.span.end or doc[start].lower_ != "in":
        return
    if doc[noun.i + 1].lower_ != "of":
        return
    end = doc[noun.i + 1].right_edge.i + 1
    at = next((t for t in doc[noun.i + 2 : end + 1] if t.lower_ in {"at", "in"}), None)
    end = min([end, noun.i + 7, *([at.i] if at is not None else [])])
    before = start - 1
    while before > sentence.span.start and doc[before].lower_ in {"who", "is", "was", ","}:
        before -= 1
    person = _person(reading, sentence, doc[before])
    if person is None or person.title is not None:
        return
    served = employer_at(reading, sentence, start, at.i) if at is not None else ()
    yield Holding(reading.filler_of(sentence, person), start, end, noun, served)


def _at_the_head(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Holding]:
    """Yield "NAME, the engineer at the head of the agency"."""
    doc, page = noun.doc, reading.page(sentence)
    before = [each.lower_ for each in doc[max(noun.i - 2, sentence.span.start) : noun.i]]
    if before != ["at", "the"] or noun.i + 1 >= sentence.span.end:
        return
    near = range(max(noun.i - NEAR, sentence.span.start), noun.i)
    person = next((p for p in reversed(page.people) if p.end in near), None)
    if doc[noun.i + 1].lower_ != "of" or person is None:
        return
    if any(each.pos_ in {"VERB", "AUX"} for each in doc[person.end : noun.i]):
        return
    body = employer_at(reading, sentence, noun.i, noun.i + 1)
    if body:
        yield Holding(reading.filler_of(sentence, person), noun.i, noun.i + 1, noun, body)


def _became(reading: Reading, sentence: Sentence, title: Title) -> Iterator[Holding]:
    """Yield "NAME became minister", "was named as envoy", "they appointed NAME governor"."""
    head = sentence.span.doc[title.head]
    verb = verb_of(head)
    if verb is None:
        return
    facts = reading.factuality(sentence, verb)
    if facts.negative or facts.hypothetical or facts.question or _not_yet(verb):
        return
    holder = _made(reading, sentence, verb, head)
    if holder is None:
        return
    person = Person(title.start, title.end, holder.value, title)
    served = reading.office_of(sentence, person)
    served = served or employer_at(reading, sentence, title.start, title.end)
    served = served or _possessing(reading, sentence, holder)
    if served or not title.weak:
        yield Holding(holder, title.start, title.end, head, served)


def _not_yet(verb: Token) -> bool:
    """Tell whether a verb is of the future or only wished: "will become", "wants to be".

    What somebody was is told of no office now, unless the sentence says until when.
    """
    auxes = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    if auxes & {"will", "would", "shall", "to", "could", "may", "might", "should"}:
        return True
    past = verb.lemma_ == "be" and verb.lower_ in {"was", "were"}
    return past and not any(child.lower_ in BOUNDING for child in _near(verb))


def _near(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        yield child
        if child.dep_ == "attr":
            yield from child.children


def _made(reading: Reading, sentence: Sentence, verb: Token, head: Token) -> Filler | None:
    """Give the one person who holds what a verb tells of: the object if others make him so."""
    passive = is_passive(verb)
    others = verb.lemma_ in offices().making and not passive and verb.dep_ != "acl"
    who = subject_of(verb)
    if others:
        who = next((c for c in verb.children if c.dep_ == "dobj" and c.i != head.i), None)
    if passive and verb.lemma_ in offices().following:  # "X was succeeded as minister by Y"
        agent = next((c for c in verb.children if c.dep_ == "agent"), None)
        who = next(iter(agent.children), None) if agent is not None else None
    if who is None or who.i == head.i:
        return None
    found = reading.parties(sentence, who)
    return found[0] if len(found) == 1 and found[0].type == "person" else None


def _possessing(reading: Reading, sentence: Sentence, holder: Filler) -> tuple[Filler, ...]:
    """Give the state of "Peru's NAME, who became trade minister"."""
    for person in reading.page(sentence).people:
        if reading.filler_of(sentence, person).value == holder.value:
            return reading.possessor_of(sentence, person)
    return ()


def _person(reading: Reading, sentence: Sentence, token: Token | None) -> Person | None:
    return reading.person_at(sentence, token) if token is not None else None
