"""Claims of the kind post: who holds which office, once per person and wording.

A shorter wording of a title that the person was given before ("Minister" after "Minister of
Trade") is no new claim. Whom the office serves is told only where the text tells it; the
official release of a government may leave its own state out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span

from kg.claims.draft import LIKELY, SURE, Draft
from kg.claims.employers import employer_of
from kg.claims.holders import Holding, holdings_in
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
            if person.title is None or _label(reading, sentence, person):
                continue
            if person.title.informal and not _leads_a_state(reading, sentence, person):
                continue
            for title in (person.title, *_further(reading, sentence, person.title)):
                draft = _post(reading, sentence, replace(person, title=title), title, said)
                if draft:
                    yield draft
        for held in holdings_in(reading, sentence):
            told = _told(reading, sentence, held, said)
            if told:
                yield told


def _leads_a_state(reading: Reading, sentence: Sentence, person: Person) -> bool:
    """Tell whether it is "the Peruvian leader, NAME" or "ABC Leader NAME"; "leader" is none."""
    title = person.title
    head = sentence.span.doc[title.head].lower_ if title is not None else ""
    if head != "leader" or title is None:
        return False
    party = sentence.span.doc[title.head].is_title and title.end == person.start
    served = employer_of(reading, sentence, person) if party else ()
    return bool(served) or any(e.type == "state" for e in reading.office_of(sentence, person))


def _further(reading: Reading, sentence: Sentence, title: Title) -> Iterator[Title]:
    """Yield a second office: "Deputy Prime Minister and Minister of Mines NAME"."""
    doc = sentence.span.doc
    for other in reading.page(sentence).titles:
        first, last = sorted((title, other), key=lambda each: each.start)
        gap = doc[first.end : last.start]
        joined = len(gap) == 1 and gap[0].lower_ in {"and", "–", "—", "-", "&"}
        deputy = doc[first.start].lower_ in {"deputy", "vice"}
        joined = (joined and deputy) or (other is first and _apposed(reading, sentence, gap))
        if other is not title and joined and not (title.plural or other.plural):
            yield other


def _apposed(reading: Reading, sentence: Sentence, gap: Span) -> bool:
    """Tell whether a gap sets one office beside another: "its chairman, Peru's Minister NAME"."""
    commas = [token.i for token in gap if token.text == ","]
    if len(commas) != 1 or len(gap) > 8 or sentence.span.start >= gap.start - 1:
        return False
    before = [token for token in gap if token.i < commas[0]]
    plain = all(token.pos_ in {"NOUN", "PROPN", "DET", "ADP", "ADJ"} for token in before)
    hits = reading.page(sentence).hit
    behind = [token for token in gap if token.i > commas[0]]
    owned = all(hits(t.i) or t.lower_ in {"the", "'s", "’s", "its"} for t in behind)
    return plain and owned and bool(behind) and (not before or before[0].lower_ in {"of", "at"})


def _told(
    reading: Reading, sentence: Sentence, held: Holding, said: dict[str, list[str]]
) -> Draft | None:
    """Give the post that a clause tells, unless the person was given that title before."""
    known = said.setdefault(held.person.value, [])
    wording = sentence.words(held.start, held.end)
    clause = held.token.lemma_ in offices().leading and held.start == held.token.i
    if any(wording.lower() in other for other in known) or (clause and known):
        reading.drop("post", sentence, held.token, "told before")
        return None
    known.append(wording.lower())
    start, end = sentence.place(held.start, held.end)
    title = Filler(text=wording, type="thing", start=start, end=end)
    roles = {"person": (held.person,), "title": (title,), "of": held.of}
    return Draft("post", sentence, roles, confidence=LIKELY, token=held.token)


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
    if any(short in other for other in known) or short in offices().born:
        return None
    if known and _headlines_last(sentence):
        return None
    served = employer_of(reading, sentence, person)
    head = sentence.span.doc[title.head]
    if title.weak and not served:
        reading.drop("post", sentence, head, "a common noun, with nobody who is served")
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
        token=head,
    )
