"""What fills a role: words that a model gives in, fillers that stand in the article out.

A filler's words must stand in the quote, and what they stand for is what the package's own reading
says: a model that names another state, person or date for them is not believed. Somebody of the
article whom the quote does not name fills a role only where nobody in the quote does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from spacy.tokens import Span

from kg.claims.llm.model import Said
from kg.claims.llm.schema import TYPES
from kg.claims.model import Filler
from kg.claims.occasions import meeting_words
from kg.claims.reading import Mention, Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.terms import AGENT_ROLES, EntityType, Kind

LONGEST: Final = 200  # characters of a filler
STANDING: Final = frozenset({"state", "bloc", "person", "organisation"})
FITTING: Final[dict[str, frozenset[str]]] = {  # what else a role may be than who acts
    "person": frozenset({"person"}),
    "of": frozenset({"state", "bloc", "organisation", "framework"}),
    "party": frozenset({"state", "bloc", "organisation"}),
    "target": STANDING | {"framework"},
}
ACTORS: Final = AGENT_ROLES | {"attendee", "person"}
TYPED: Final[dict[str, EntityType]] = {"place": "place", "framework": "framework"}
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")
SHARES: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:\s*%?\s*(?:-|–|to|and|or)\s*(\d+(?:[.,]\d+)?))?"
    r"[\s-]*(?:%|per ?cent\b|percentage\b|pct\b)"
)
ORDINAL: Final = re.compile(r"(?<![\w.,])(\d{1,4})(?:st|nd|rd|th)\b")
UNSAFE: Final = re.compile(r"[<>{}|\\^`\[\]]|://|\bwww\.|\w\(|\b\w*script:|[\x00-\x08\x0e-\x1f]")
POINTING: Final = frozenset({"the", "this", "that", "these", "those", "both", "its", "their"})
CODE: Final = re.compile(r"[A-Z]{2}")


class Named:
    """Everybody whom an article names, found by the names that it has for them."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._refs: set[str] = set()
        self._first: dict[str, Mention] = {}
        for sentence in reading.sentences:
            for each in reading.mentions(sentence):
                self._refs.update(each.refs)
                if each.type in STANDING:
                    for name in (each.text, *each.refs):
                        self._first.setdefault(name, each)

    def ref(self, name: str | None) -> str | None:
        """Give what a model says that words stand for, if that is a name as articles have it."""
        person = self._reading.full_name(name) if name else None
        if not name or person is not None:
            return person
        return name if name in self._refs or CODE.fullmatch(name) else None

    def of(self, said: Said) -> Iterator[Filler]:
        """Yield who goes by a name that a model gives, if the article names anybody by it."""
        names = (self.ref(said.ref), said.ref, said.text)
        found = next((self._first[name] for name in names if name in self._first), None)
        if found is not None:
            yield Filler(ref=found.refs[0], type=found.type)


@dataclass(frozen=True)  # no slots: what is looked up is kept
class Quote:
    """The sentences that a claim rests on, asked what in them fills a role."""

    reading: Reading
    named: Named
    sentences: tuple[Sentence, ...]

    @property
    def start(self) -> int:
        """Give where it starts in the article."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Give where it ends in the article."""
        return self.sentences[-1].end

    @cached_property
    def text(self) -> str:
        """Give its words."""
        return self.reading.article.text[self.start : self.end]

    def fillers(self, kind: Kind, role: str, given: tuple[Said, ...]) -> tuple[Filler, ...]:
        """Give the fillers of a role that stand in the article, each once."""
        found = _once(f for said in given for f in self._of(kind, role, said))
        if found or role not in ACTORS:
            return found
        fitting = FITTING.get(role, STANDING)
        return _once(f for said in given for f in self._elsewhere(said) if f.type in fitting)

    def actors(self, said: Said) -> Iterator[Filler]:
        """Yield the states, persons and bodies that a filler names, as the reading knows them."""
        place = self._find(said.text)
        if place is None:
            yield from (each for each in self.named.of(said) if self.names(each))
            return
        for sentence in self.sentences:
            if sentence.start <= place[0] < sentence.end:
                span = _span(sentence, place)
                if span is not None:
                    yield from self._standing(sentence, span, said, place)

    def names(self, filler: Filler) -> bool:
        """Tell whether somebody is named in these sentences."""
        inside = (m for each in self.sentences for m in self.reading.mentions(each))
        return any(filler.ref in each.refs for each in inside)

    def _of(self, kind: Kind, role: str, said: Said) -> Iterator[Filler]:
        if len(said.text) > LONGEST or len(said.ref or "") > LONGEST:
            return
        if role == "type":
            yield from (Filler(ref=each) for each in TYPES[kind] if each == said.text)
        elif role == "share":
            yield from self._numbers(said, (n for m in SHARES.findall(self.text) for n in m if n))
        elif role == "ordinal":
            spelt = meeting_words().ordinals
            words = [str(spelt[w]) for w in self.text.lower().split() if w in spelt]
            yield from self._numbers(said, (*ORDINAL.findall(self.text), *words))
        elif role == "date":
            yield from self._dates(said)
        elif role in ACTORS:
            fitting = FITTING.get(role, STANDING)
            yield from (each for each in self.actors(said) if each.type in fitting)
        else:
            yield from self._things(role, said)

    def _standing(
        self, sentence: Sentence, span: Span, said: Said, place: tuple[int, int]
    ) -> Iterator[Filler]:
        """Yield whom words of the quote stand for, unless the model names another for them."""
        parties = self.reading.parties(sentence, span.root)
        named = [
            m for m in self.reading.mentions(sentence) if m.start < span.end and span.start < m.end
        ]
        named = [each for each in named if each.type in STANDING]
        ref = self.named.ref(said.ref)
        if named and parties:  # "Peru" of "Peru and Chile" is one of them
            own = {r for each in named for r in each.refs}
            parties = tuple(each for each in parties if str(each.ref) in own) or parties
        if ref is None:
            yield from parties or (_filler(each, said.text, place) for each in named[:1])
            return
        same = [each for each in parties if str(each.ref) == ref]
        if same:
            yield from same
        elif any(ref in each.refs for each in named):
            yield from (_filler(each, said.text, place) for each in named if ref in each.refs)
        elif not parties and not named and _points(span):
            yield from self.named.of(Said(ref, ref))

    def _elsewhere(self, said: Said) -> Iterator[Filler]:
        """Yield whom the article names elsewhere, if the words are none of the quote's."""
        if len(said.text) <= LONGEST and self._find(said.text) is None:
            yield from self.named.of(said)

    def _things(self, role: str, said: Said) -> Iterator[Filler]:
        place = self._find(said.text)
        if place is None or UNSAFE.search(said.text) or not any(c.isalpha() for c in said.text):
            return
        if role in TYPED and not any(word[:1].isupper() for word in said.text.split()):
            return
        sort = TYPED.get(role, "thing")
        row = known(said.text) if sort == "thing" else None
        label = row.label if row else " ".join(said.text.lower().split())
        label_of = label if sort == "thing" and role != "title" else None
        yield Filler(text=said.text, label=label_of, type=sort, start=place[0], end=place[1])

    def _dates(self, said: Said) -> Iterator[Filler]:
        """Yield the date that stands in the quote; how it is resolved is for the package to say."""
        place = self._find(said.text)
        for sentence in self.sentences:
            for date in self.reading.dates(sentence):
                start, end = date.start or 0, date.end or 0
                beside = place is not None and start < place[1] and place[0] < end
                if beside or (place is None and str(date.ref) == said.ref):
                    yield date

    def _numbers(self, said: Said, stated: Iterator[str] | tuple[str, ...]) -> Iterator[Filler]:
        """Yield a number if the quote states it as such: a share as a percentage, say."""
        spelt = meeting_words().ordinals.get(said.text.lower())
        found = NUMBER.search(said.ref or said.text)
        value = _number(found[0]) if found else spelt
        if value is not None and value in {_number(each) for each in stated}:
            yield Filler(ref=int(value) if value == int(value) else value, type="number")

    def _find(self, text: str) -> tuple[int, int] | None:
        """Give where words stand in the quote, as whole words."""
        if not text.strip() or len(text) > LONGEST:
            return None
        found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", self.text)
        return (self.start + found.start(), self.start + found.end()) if found else None


def _once(fillers: Iterable[Filler]) -> tuple[Filler, ...]:
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value.casefold(), filler)
    return tuple(found.values())


def _span(sentence: Sentence, place: tuple[int, int]) -> Span | None:
    low, high = place[0] - sentence.base, place[1] - sentence.base
    span: Span | None = sentence.span.doc.char_span(low, high, alignment_mode="expand")
    return span


def _points(span: Span) -> bool:
    """Tell whether words point at somebody named elsewhere: "they", "the ministry", "both"."""
    if span.root.pos_ == "PRON" or span.root.lower_ == "both":
        return True
    return span.root.pos_ == "NOUN" and any(c.lower_ in POINTING for c in span.root.lefts)


def _filler(mention: Mention, text: str, place: tuple[int, int]) -> Filler:
    return Filler(ref=mention.refs[0], text=text, type=mention.type, start=place[0], end=place[1])


def _number(figures: str) -> float:
    return float(figures.replace(",", "."))
