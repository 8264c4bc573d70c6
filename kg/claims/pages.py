"""What stands where in a parsed document: states, titles, persons, bodies, and runs of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.claims.appointing import named_by_clauses
from kg.claims.engine import Engine
from kg.claims.names import Hit, as_of
from kg.claims.offices import Title, offices, titles_in
from kg.claims.organisations import Body
from kg.claims.people import Person, people_in, surnames_in

LISTED: Final = frozenset(
    {",", ";", "and", "or", "&", "-", "–", "—", "/", "the", "(", ")", "as", "well", "both", "also"}
)
BINDING: Final = frozenset({"and", "or", "&", "-", "–", "—", "/", "well"})
OWNING: Final = frozenset({"of", "from", "between", "among"})
BESIDE: Final = frozenset(
    {
        "'s",
        "of",
        "from",
        "the",
        "right",
        "left",
        "center",
        "centre",
        "his",
        "her",
        "their",
        "counterpart",
        "counterparts",
        "colleague",
    }
)


@dataclass(frozen=True)  # no slots: what stands at a token is looked up once
class Page:
    """A document with everything named in it."""

    doc: Doc
    hits: tuple[Hit, ...]
    titles: tuple[Title, ...]
    people: tuple[Person, ...]
    bodies: tuple[Body, ...]

    def hit(self, i: int) -> Hit | None:
        """Give the state or bloc named at a token."""
        return self._hits.get(i)

    def body(self, i: int) -> Body | None:
        """Give the organisation or forum named at a token."""
        return self._bodies.get(i)

    def title(self, i: int) -> Title | None:
        """Give the title that a token belongs to."""
        return self._titles.get(i)

    def person(self, i: int) -> Person | None:
        """Give the person whose name or title stands at a token."""
        return self._people.get(i)

    def person_before(self, i: int) -> Person | None:
        """Give the person whose name, title and office run up to a token."""
        before = [person for person in self.people if person.end <= i]
        if not before:
            return None
        gap = self.doc[before[-1].end : i]
        filled = all(self._is_filling(token) or token.pos_ == "ADV" for token in gap)
        commas = any(token.text == "," for token in gap)
        titled = any(self.title(token.i) for token in gap)
        office = before[-1].title  # "the minister of Peru, NAME, met": the comma closes the name
        titled = titled or (office is not None and len(gap) == 1 and office.end <= before[-1].start)
        return before[-1] if filled and (titled or not commas) else None

    @cached_property
    def entities(self) -> tuple[Span, ...]:
        """Give what the pipeline holds for names, made once: the document makes them anew."""
        return tuple(self.doc.ents)

    @cached_property
    def _hits(self) -> dict[int, Hit]:
        return {i: hit for hit in self.hits for i in range(hit.start, hit.end)}

    @cached_property
    def _bodies(self) -> dict[int, Body]:
        return {i: body for body in self.bodies for i in range(body.start, body.end)}

    @cached_property
    def _titles(self) -> dict[int, Title]:
        return {i: title for title in self.titles for i in range(title.start, title.end)}

    @cached_property
    def _people(self) -> dict[int, Person]:
        found: dict[int, Person] = {}
        for person in self.people:
            title = person.title
            beside = range(title.start, title.end) if title else range(0)
            for i in (*range(person.first, person.end), *beside):
                found.setdefault(i, person)
        return found

    def with_surnames(self, known: frozenset[str]) -> Page:
        """Give the page with the persons that it names by a surname known in the article."""
        barred = {i for hit in self.hits for i in range(hit.start, hit.end)}
        bodies = tuple(b for b in self.bodies if self.doc[b.start : b.end].text not in known)
        barred |= {i for body in bodies for i in range(body.start, body.end)}
        people = surnames_in(self.doc, known, self.people, barred, self.titles)
        if len(people) == len(self.people):
            return self
        return replace(self, people=people, bodies=bodies)

    def with_states_of(self, year: str) -> Page:
        """Give the page with "Moscow" for the state that it was the capital of in a year."""
        hits = tuple(as_of(hit, year) for hit in self.hits) if year.isdigit() else self.hits
        return self if hits == self.hits else replace(self, hits=hits)

    def hits_from(self, first: Hit) -> tuple[Hit, ...]:
        """Give the states of a list that begins with `first`: "Japan, Korea and Peru"."""
        run = [first]
        for hit in self.hits[self.hits.index(first) + 1 :]:
            gap = self.doc[run[-1].end : hit.start]
            if (
                not len(gap)
                or hit.start >= first.end + 60
                or not (all(t.lower_ in LISTED for t in gap) or _is_named_again(gap))
                or (_opens_aside(gap) and self._is_owner(hit))
            ):
                break
            run.append(hit)
        whole = tuple(run)
        while len(run) > 1 and not self._bound(run):
            run.pop()
        return whole if len(run) == 1 and self._goes_on(whole) else tuple(run)

    def _goes_on(self, run: tuple[Hit, ...]) -> bool:
        """Tell whether what is no state ends a list: "of Mali, Niger, Togo and the Commission"."""
        end = run[-1].end
        more = self.doc[end : end + 2]
        return (
            len(run) > 2 and len(more) == 2 and more[0].lower_ == "and" and more[1].lower_ == "the"
        )

    def _is_owner(self, hit: Hit) -> bool:
        return _owning(self.doc, hit.end)

    def hits_around(self, hit: Hit) -> tuple[Hit, ...]:
        """Give the states of the list that a state stands in: of "of Peru, Chile and Mali" all."""
        for first in self.hits:
            before = self.doc[first.start - 1 - self._has_article(first)].lower_
            owning = first.start > 1 and before in OWNING
            if first.start < hit.start and owning and hit in self.hits_from(first):
                return self.hits_from(first)
        pair = self._paired(hit)
        return (pair, *self.hits_from(hit)) if pair else self.hits_from(hit)

    def _paired(self, hit: Hit) -> Hit | None:
        """Give the state of "Lima and Quito, …" whose second the parser took for the head."""
        i = hit.start - 1
        joined = i > 0 and self.doc[i].lower_ == "and" and hit.form in {"name", "capital"}
        other = self.hit(i - 1) if joined else None
        return other if other and other.form == hit.form and other.ref != hit.ref else None

    def _has_article(self, hit: Hit) -> bool:
        return hit.start > 1 and self.doc[hit.start - 1].lower_ == "the"

    def _bound(self, run: list[Hit]) -> bool:
        gap = self.doc[run[-2].end : run[-1].start]
        return any(token.lower_ in BINDING for token in gap)

    def people_with(self, person: Person) -> tuple[Person, ...]:
        """Give the list of persons that a person stands in, by token order; itself at least.

        A list ends with the person after its "and"; one without any "and" is none.
        """
        at = self.people.index(person)
        first, last = at, at
        while first > 0 and self._lists(self.people[first - 1], self.people[first]):
            first -= 1
        while last + 1 < len(self.people) and self._lists(self.people[last], self.people[last + 1]):
            last += 1
        for run in self._lists_of(self.people[first : last + 1]):
            if person in run:
                return tuple(each for each in run if each is person or not self._owns(each))
        return (person,)

    def _owns(self, person: Person) -> bool:
        """Tell whether a person only tells whose the next is: "President Lund's envoy"."""
        return _owning(self.doc, person.end)

    def _lists_of(self, people: tuple[Person, ...]) -> Iterator[tuple[Person, ...]]:
        """Cut a row of persons into lists, each after the person that "and" stands before."""
        if len(people) > 2 and not any(self._binds(a, b) for a, b in pairwise(people)):
            yield people
            return
        held: list[Person] = []
        for i, person in enumerate(people):
            held.append(person)
            closed = len(held) > 1 and self._binds(held[-2], person)
            goes_on = i + 1 < len(people) and self._binds(person, people[i + 1])
            if closed and not goes_on:
                yield tuple(held)
                held = []
        yield from ((person,) for person in held)

    def _binds(self, one: Person, other: Person) -> bool:
        shared = other.first < one.end  # "Ministers A and B" have one title
        gap = self.doc[one.end : other.start if shared else other.first]
        return any(token.lower_ in BINDING and not self.title(token.i) for token in gap)

    def _lists(self, one: Person, other: Person) -> bool:
        """Tell whether nothing but titles, states, bodies and commas stands between two persons."""
        gap = self.doc[one.end : other.start]
        if len(gap) > 30 or (gap.start < len(self.doc) and any(t.is_sent_start for t in gap)):
            return False
        return len(gap) > 0 and all(self._is_filling(token) for token in gap)

    def _is_filling(self, token: Token) -> bool:
        i = token.i
        if token.lower_ in LISTED or token.lower_ in BESIDE:
            return True
        return bool(self.hit(i) or self.title(i) or self.body(i) or _is_honorific(token))


def _owning(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].lower_ in {"'s", "’s"}


def _opens_aside(gap: Span) -> bool:
    """Tell whether a dash between spaces parts two states: "the bloc – Peru's envoy in …"."""
    dashes = [token for token in gap if token.text in {"-", "–", "—"}]
    return any(token.whitespace_ and token.nbor(-1).whitespace_ for token in dashes)


def _is_named_again(gap: Span) -> bool:
    """Tell whether a list goes on with a full name: "of the Republic of Mali and of the …"."""
    words = [token.lower_ for token in gap]
    kinds = {"republic", "kingdom", "state", "government", "union", "federation"}
    kinds |= {"high", "representative"}  # "and the High Representative of the European Union"
    return {"and", "of"} <= set(words) <= LISTED | kinds | {"of"}


def _is_honorific(token: Token) -> bool:
    plain = token.lower_.rstrip(".")
    return plain in _TITLES or token.lower_ in offices().honorifics


_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "prof"})


def page_of(doc: Doc, engine: Engine) -> Page:
    """Find everything that is named in a document."""
    hits = engine.names.find(doc)
    titles = titles_in(doc, hits, engine.bodies.spans(doc))
    people = people_in(doc, titles, hits)
    taken = {i for hit in hits for i in range(hit.start, hit.end)}
    people = named_by_clauses(doc, titles, people, taken)
    barred = {i for person in people for i in range(person.start, person.end)}
    used = {person.title for person in people}
    barred |= {i for title in titles if title in used for i in range(title.start, title.end)}
    barred |= {title.head for title in titles if not title.weak}
    return Page(doc, hits, titles, people, engine.bodies.find(doc, hits, barred))
