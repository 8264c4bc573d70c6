"""Whom persons and bodies serve: names and titles in, their states and bodies out.

An article tells it once ("Peru's minister", "of the Ministry of Mines", "her Peruvian
counterpart"); it then holds for the same person wherever the article names them again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.claims.model import Filler
from kg.claims.names import Hit, administrations, state_name
from kg.claims.organisations import Body, bodies
from kg.claims.pages import Page
from kg.claims.paragraphs import Paragraphs
from kg.claims.people import Person, words
from kg.claims.sentences import Sentence

RELEASED: Final = frozenset(
    {"president", "secretary", "advisor", "adviser", "representative", "minister"}
)


class Service:
    """Knows by what name persons and bodies go in an article, and whom they serve."""

    def __init__(
        self,
        paragraphs: Paragraphs,
        persons: dict[str, str],
        body_names: dict[str, str],
        whose: Callable[[Sentence, Token], tuple[Filler, ...]],
    ) -> None:
        self._paragraphs = paragraphs
        self._persons = persons
        self._bodies = body_names
        self._whose = whose
        self._serves: dict[str, tuple[Filler, ...]] = {}

    def person_filler(self, sentence: Sentence, person: Person) -> Filler:
        """Give a person with the fullest name of the article; the text takes in the title."""
        first = person.first
        title = person.title
        if title and title.start < person.start:
            first = title.start if title.end >= person.start - 1 else person.start
        if title and title.plural:
            first = person.start
        return self._person_from(sentence, person, first)

    def name_filler(self, sentence: Sentence, person: Person) -> Filler:
        """Give a person with the fullest name of the article; the text is the name alone."""
        return self._person_from(sentence, person, person.start)

    def _person_from(self, sentence: Sentence, person: Person, first: int) -> Filler:
        start, end = sentence.place(first, person.end)
        text = sentence.words(first, person.end)
        if text.endswith(".") and not person.name.endswith("."):
            text, end = text[:-1], end - 1
        ref = self._persons.get(person.name, person.name)
        return Filler(ref=ref, text=text, type="person", start=start, end=end)

    def body_name(self, body: Body) -> str:
        """Give the fullest name of a body in the article."""
        return self._bodies.get(body.name, body.name)

    def acts_for(self, filler: Filler) -> tuple[Filler, ...]:
        """Give the states that a person or body acts for, as far as the article tells."""
        if filler.type in {"state", "bloc"}:
            return (filler,)
        served = self._serves.get(filler.value, ())
        return tuple(
            replace(each, text=filler.text, start=filler.start, end=filler.end) for each in served
        )

    def state_filler(self, sentence: Sentence, hit: Hit) -> Filler:
        """Give a state or bloc as a filler."""
        start, end = sentence.place(hit.start, hit.end)
        text = sentence.words(hit.start, hit.end)
        return Filler(
            ref=hit.ref, text=text, label=state_name(hit.ref), type=hit.type, start=start, end=end
        )

    def body_filler(self, sentence: Sentence, body: Body) -> Filler:
        """Give a body with the fullest name of the article."""
        start, end = sentence.place(body.start, body.end)
        text = sentence.words(body.start, body.end)
        return Filler(ref=self.body_name(body), text=text, type=body.sort, start=start, end=end)

    def belonging(self, sentence: Sentence, page: Page, person: Person) -> tuple[Filler, ...]:
        """Give the state of "his Peruvian counterpart, NAME" and "Peru's NAME"."""
        at = person.first - 1
        while at >= sentence.span.start and page.doc[at].lower_ in {
            ",",
            "counterpart",
            "'s",
            "colleague",
            "number",
            "opposite",
        }:
            at -= 1
        hit = page.hit(at) if at >= sentence.span.start else None
        if hit is None or hit.end != at + 1 or page.doc[at + 1].text == ",":
            return ()
        return (self.state_filler(sentence, hit),) if hit.form != "capital" else ()

    def serve(self, name: str, states: tuple[Filler, ...]) -> None:
        """Take note of whom a person or body serves; what was told first stays."""
        found = [s for each in states for s in self.acts_for(each)]
        if found and name not in self._serves:
            self._serves[name] = tuple(found)

    def office_of(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        """Give the state or body whose office a person holds, as the sentence says it.

        The release of a government may leave its own state out.
        """
        return (
            self._said_office(sentence, person)
            or self._shared_office(sentence, person)
            or self._released_office(sentence, person)
        )

    def _shared_office(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        """Give what is said behind the last of several: "Ministers A and B of Peru"."""
        if person.title is None or not person.title.plural:
            return ()
        people = self._paragraphs.page(sentence).people
        sharing = [other for other in people if other.title == person.title]
        return self._said_office(sentence, sharing[-1]) if sharing else ()

    def _released_office(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        title = person.title
        if title is None:
            return ()
        head = sentence.span.doc[title.head].lower_.removesuffix("s")
        if head not in RELEASED or sentence.span.doc[title.start].lower_ == "press":
            return ()
        release = self._paragraphs.releasing_state
        name = self._persons.get(person.name, person.name)
        known = self._serves.get(name, ())
        if release and known:
            return known
        surname = words(person.name)[-1:]
        if head == "president" and surname and surname[0] in administrations():
            return (Filler(ref=administrations()[surname[0]], type="state"),)
        full = len(words(person.name)) > 1
        return (Filler(ref=release, type="state"),) if release and full else ()

    def _said_office(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        page, title = self._paragraphs.page(sentence), person.title
        if title is None:
            return ()
        before = self.owner(sentence, page, title.start)
        if before:
            return before
        end = max(person.end, title.end)
        return self._owned_by(sentence, page, title.end) or self._owned_by(sentence, page, end)

    def owner(self, sentence: Sentence, page: Page, start: int) -> tuple[Filler, ...]:
        """Give the state or body that stands before a title: "Japan's", "the U.S.", "Treasury"."""
        at = start - 1
        while at >= sentence.span.start and page.doc[at].lower_ in {
            "'s",
            "'",
            "former",
            "then",
            "then-",
            "the",
            "-",
            "new",
        }:
            at -= 1
        if at < sentence.span.start:
            return ()
        hit, body = page.hit(at), page.body(at)
        if hit and hit.end == at + 1:
            return (self.state_filler(sentence, hit),)
        if page.doc[at].lower_ in {"their", "its", "our"}:
            found = self._whose(sentence, page.doc[at])
            return found if len(found) == 1 and found[0].type in {"state", "bloc"} else ()
        return (self.body_filler(sentence, body),) if body and body.end == at + 1 else ()

    def body_owner(self, sentence: Sentence, page: Page, body: Body) -> tuple[Filler, ...]:
        """Give the state of a public body: "Peru's Ministry of Mines", "the Senate of Chile"."""
        owner = self.owner(sentence, page, body.start)
        if owner or body.end >= sentence.span.end:
            return owner
        public = any(word.lower() in bodies().public for word in body.name.split())
        return self._owned_by(sentence, page, body.end) if public else ()

    def _owned_by(self, sentence: Sentence, page: Page, at: int) -> tuple[Filler, ...]:
        """Give the state or body in "of Japan", "from the National Security Council"."""
        doc = page.doc
        if at + 1 < sentence.span.end and doc[at].text == "," and doc[at + 1].lower_ == "of":
            at += 1
        if at >= sentence.span.end or doc[at].lower_ not in {"of", "from", "at"}:
            return ()
        at += 1
        while at < sentence.span.end and doc[at].lower_ in {"the", "a"}:
            at += 1
        hit = page.hit(at)
        inside = hit.end + (doc[hit.end].lower_ == "'s") if hit and hit.end < len(doc) else at
        body = page.body(at) or (page.body(inside) if inside < sentence.span.end else None)
        if hit and (body is None or body.end <= hit.end):
            return (self.state_filler(sentence, hit),)
        if body is None:
            return ()
        owner = self._owned_by(sentence, page, body.end) or (
            (self.state_filler(sentence, hit),) if hit else ()
        )
        self.serve(self.body_name(body), owner)
        return (self.body_filler(sentence, body),)
