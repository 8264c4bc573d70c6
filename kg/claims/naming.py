"""Who a sentence names: a sentence and what stands on its page in, turns of the trail out.

Lists of states and persons are turns of their own, and so are the states that several persons
act for. What a post says of a person is taken note of by the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kg.claims.heads import once
from kg.claims.names import Hit
from kg.claims.pages import Page
from kg.claims.reference import Turn
from kg.claims.sentences import Sentence
from kg.claims.serving import Service

PLACING: Final = frozenset({"in", "at", "near", "outside", "around", "inside"})


class Naming:
    """Reads who is named in the sentences of an article, and which titles persons bear."""

    def __init__(self, service: Service, names: Mapping[str, str]) -> None:
        self._service = service
        self._names = names
        self.titles: dict[str, list[str]] = {}

    def turns(self, sentence: Sentence, page: Page) -> Iterator[Turn]:
        """Yield lists and single names of a sentence, and what posts say of persons."""
        inside = range(sentence.span.start, sentence.span.end)
        done = -1
        for hit in page.hits:
            if hit.start not in inside or hit.start < done or is_place(page, hit):
                continue
            run = page.hits_from(hit)
            done = run[-1].end
            fillers = once(self._service.state_filler(sentence, each) for each in run)
            yield Turn(sentence.place(hit.start, hit.end)[0], "listed", fillers)
        yield from self._people(sentence, page, inside)
        for body in page.bodies:
            if body.start in inside:
                owner = self._service.body_owner(sentence, page, body)
                self._service.serve(self._service.body_name(body), owner)
                yield Turn(
                    sentence.place(body.start, body.end)[0],
                    "named",
                    (self._service.body_filler(sentence, body),),
                )

    def _people(self, sentence: Sentence, page: Page, inside: range) -> Iterator[Turn]:
        done = -1
        people = [person for person in page.people if person.start in inside]
        for person in people:
            name = self._names.get(person.name, person.name)
            if person.title:
                title = person.title
                self.titles.setdefault(name, []).append(
                    page.doc[title.start : title.end].text.lower()
                )
                self._service.serve(name, self._service.office_of(sentence, person))
            else:
                self._service.serve(name, self._service.belonging(sentence, page, person))
        for person in people:
            if person.start < done:
                continue
            run = page.people_with(person)
            done = run[-1].end
            fillers = once(self._service.person_filler(sentence, each) for each in run)
            at = sentence.place(person.start, person.end)[0]
            yield Turn(at, "listed", fillers)
            states = once(state for each in fillers for state in self._service.acts_for(each))
            if len(fillers) > 1 and len(states) > 1:
                yield Turn(at - 1, "listed", states)
        states = once(
            s
            for each in people
            for s in self._service.acts_for(self._service.person_filler(sentence, each))
        )
        if len(people) > 1:
            fillers = once(self._service.person_filler(sentence, each) for each in people)
            at = sentence.place(people[-1].start, people[-1].end)[0]
            yield Turn(at, "listed", fillers)
            if len(states) > 1:
                yield Turn(at - 1, "listed", states)


def is_place(page: Page, hit: Hit) -> bool:
    """Tell whether a capital is only a place: "in Washington"."""
    if hit.form != "capital":
        return False
    before = page.doc[hit.start - 1] if hit.start else None
    if before is not None and before.lower_ == "the" and hit.start > 1:
        before = page.doc[hit.start - 2]
    return before is not None and before.lower_ in PLACING
