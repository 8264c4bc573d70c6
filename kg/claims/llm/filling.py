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
from kg.terms import EntityType, Kind

LONGEST: Final = 200  # characters of a filler
STANDING: Final = frozenset({"state", "bloc", "person", "organisation"})
FITTING: Final[dict[str, frozenset[str]]] = {  # what else a role may be than who acts
    "person": frozenset({"person"}),
    "of": frozenset({"state", "bloc", "organisation", "framework"}),
    "party": frozenset({"state", "bloc", "organisation"}),
    "target": STANDING | {"framework"},
}
ACTORS: Final = frozenset(
    {
        "party",
        "attendee",
        "host",
        "person",
        "of",
        "actor",
        "counterparty",
        "holder",
        "target",
        "imposer",
        "issuer",
        "speaker",
    }
)
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


@dataclass(frozen=True)  # no slots: what is looked up is kept
class Quote:
    """The sentences that a claim rests on, asked what in them fills a role."""

    reading: Reading
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
            yield from self._named(said, self.sentences)
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
        ref = self._ref(said.ref)
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
            yield from self._named(Said(ref, ref), self.reading.sentences)

    def _ref(self, ref: str | None) -> str | None:
        """Give what a model says that words stand for, if that is a name as articles have it."""
        if not ref:
            return None
        person = self.reading.full_name(ref)
        if person is not None:
            return person
        named = {
            r for s in self.reading.sentences for m in self.reading.mentions(s) for r in m.refs
        }
        return ref if ref in named or CODE.fullmatch(ref) else None

    def _elsewhere(self, said: Said) -> Iterator[Filler]:
        """Yield whom the article names elsewhere, if the words are none of the quote's."""
        if len(said.text) <= LONGEST and self._find(said.text) is None:
            yield from self._named(said, self.reading.sentences)

    def _named(self, said: Said, sentences: tuple[Sentence, ...]) -> Iterator[Filler]:
        """Yield the first in some sentences that goes by the name that a model gives."""
        wanted = {name for name in (said.ref, said.text, self._ref(said.ref)) if name}
        for sentence in sentences:
            for each in self.reading.mentions(sentence):
                if each.type in STANDING and (each.text in wanted or wanted & set(each.refs)):
                    yield Filler(ref=each.refs[0], type=each.type)
                    return

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
