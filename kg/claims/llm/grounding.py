"""From claims as told to claims that stand in the article: nothing else comes through.

The quote must occur word for word in sentences that are read for claims; kinds, roles and values
are closed sets; a filler must stand in the quote or be one of the article's own entities, and what
it stands for (a state, the fullest name, a date) is what the package's own reading says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.claims.llm.model import Said, Told
from kg.claims.llm.schema import STATUSES, TYPES
from kg.claims.model import Filler
from kg.claims.occasions import meeting_words
from kg.claims.reading import Reading
from kg.claims.sentences import Sentence
from kg.claims.thing_words import known
from kg.terms import KINDS, MODALITIES, ROLES, EntityType, Kind

READ: Final = frozenset({"body", "caption"})
SHORTEST: Final = 12  # characters: less is no statement
MOST_SENTENCES: Final = 2
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
NEEDED: Final[dict[Kind, tuple[str, ...]]] = {  # one of these makes the claim
    "meeting": ("party", "attendee", "host", "date", "place", "framework"),
    "post": ("person",),
    "commitment": ("actor",),
    "concern": ("holder",),
    "control": ("imposer", "item", "target"),
    "position": ("actor",),
    "document": ("title", "issuer"),
    "utterance": ("speaker",),
}
NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Grounded:
    """A claim as told, with the place of its quote and the fillers that stand in the article."""

    kind: Kind
    start: int
    end: int
    roles: dict[str, tuple[Filler, ...]]
    modality: str | None
    status: str | None
    polarity: str | None
    attribution: tuple[Filler, ...]


def grounded(reading: Reading, told: Told) -> Grounded | str:
    """Give what of a told claim stands in the article, or the reason why nothing does."""
    kind = next((each for each in KINDS if each == told.kind), None)
    if kind is None:
        return "there is no such kind"
    place = _place(reading, told.quote)
    if isinstance(place, str):
        return place
    if kind == "commitment" and told.modality not in MODALITIES:
        return "a commitment needs a modality"
    if kind in STATUSES and told.status not in STATUSES[kind]:
        return f"a {kind} needs a status"
    quote = _Quote(reading, place[0], place[1])
    roles = {
        name: fillers
        for name in ROLES[kind]
        if (fillers := _once(quote.fillers(kind, name, told.roles.get(name, ()))))
    }
    if not any(name in roles for name in NEEDED[kind]):
        return "what makes the claim does not stand in the article"
    return Grounded(
        kind,
        *place,
        roles,
        told.modality if kind == "commitment" else None,
        told.status if kind in STATUSES else None,
        "negative" if told.polarity == "negative" else None,
        _once(f for each in told.attribution for f in quote.actors(Said(each, each))),
    )


def _place(reading: Reading, quote: str) -> tuple[int, int] | str:
    """Give where a quote stands; it may not be cut from a heading, a menu or half the article."""
    if len(quote.strip()) < SHORTEST:
        return "the quote is too short"
    wanted, text = quote.strip(), reading.article.text
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        inside = [each for each in reading.sentences if each.start < end and start < each.end]
        if inside and all(each.role in READ for each in inside):
            return (start, end) if len(inside) <= MOST_SENTENCES else "the quote is too long"
        start = text.find(wanted, start + 1)
    return "the quote does not stand in the text"


@dataclass(frozen=True, slots=True)
class _Quote:
    """A stretch of the article, asked what in it fills a role."""

    reading: Reading
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.reading.article.text[self.start : self.end]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        found = self.reading.sentences
        return tuple(s for s in found if s.start < self.end and self.start < s.end)

    def fillers(self, kind: Kind, role: str, given: tuple[Said, ...]) -> Iterator[Filler]:
        """Yield the fillers of a role that stand in the article."""
        for said in given:
            if role == "type":
                yield from (Filler(ref=each) for each in TYPES[kind] if each == said.text)
            elif role in {"ordinal", "share"}:
                yield from self._numbers(said)
            elif role == "date":
                yield from self._dates(said)
            elif role in ACTORS:
                yield from self.actors(said)
            else:
                yield from self._things(role, said)

    def actors(self, said: Said) -> Iterator[Filler]:
        """Yield the states, persons and bodies that a filler names, as the reading knows them."""
        place = self._find(said.text)
        named = self._entity(said.ref or said.text)
        if named is not None:
            sort, ref = named
            text = said.text if place is not None else None
            start, end = place if place is not None else (None, None)
            yield Filler(ref=ref, text=text, type=sort, start=start, end=end)
            return
        if place is None:
            return
        for sentence in self.sentences:
            if sentence.start <= place[0] < sentence.end:
                low, high = place[0] - sentence.base, place[1] - sentence.base
                span = sentence.span.doc.char_span(low, high, alignment_mode="expand")
                if span is not None:
                    yield from self.reading.parties(sentence, span.root)

    def _entity(self, ref: str) -> tuple[EntityType, str] | None:
        """Give the entity of the article that a reference names."""
        person = self.reading.full_name(ref)
        if person is not None:
            return "person", person
        for sentence in self.reading.sentences:
            for mention in self.reading.mentions(sentence):
                same = ref in mention.refs or mention.text == ref
                if same and mention.type in {"state", "bloc", "organisation", "framework"}:
                    return mention.type, mention.refs[0]
        return None

    def _things(self, role: str, said: Said) -> Iterator[Filler]:
        place = self._find(said.text)
        if place is None:
            return
        sort = TYPED.get(role, "thing")
        row = known(said.text) if sort == "thing" else None
        label = row.label if row else " ".join(said.text.lower().split())
        start, end = place
        yield Filler(
            text=said.text,
            label=label if sort == "thing" else None,
            type=sort,
            start=start,
            end=end,
        )

    def _dates(self, said: Said) -> Iterator[Filler]:
        """Yield the date that stands in the quote; how it is resolved is for the package to say."""
        place = self._find(said.text)
        for sentence in self.sentences:
            for date in self.reading.dates(sentence):
                start, end = date.start or 0, date.end or 0
                beside = place is not None and start < place[1] and place[0] < end
                within = self.start <= start and end <= self.end
                if within and (beside or str(date.ref) == said.ref):
                    yield date

    def _numbers(self, said: Said) -> Iterator[Filler]:
        """Yield a number that the quote gives, in figures or as an ordinal word."""
        found = NUMBER.search(said.ref or said.text)
        ordinals = meeting_words().ordinals
        value = float(found[0].replace(",", ".")) if found else ordinals.get(said.text.lower())
        figures = {float(each.replace(",", ".")) for each in NUMBER.findall(self.text)}
        spelt = {ordinals[word] for word in self.text.lower().split() if word in ordinals}
        if value is not None and value in figures | spelt:
            yield Filler(ref=int(value) if value == int(value) else value, type="number")

    def _find(self, text: str) -> tuple[int, int] | None:
        """Give where words stand in the quote, as whole words."""
        if not text.strip():
            return None
        found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", self.text)
        return (self.start + found.start(), self.start + found.end()) if found else None


def _once(fillers: Iterator[Filler]) -> tuple[Filler, ...]:
    return tuple({each.value.casefold(): each for each in fillers}.values())
