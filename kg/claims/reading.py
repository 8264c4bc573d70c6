"""An article as it is read: an article and an engine in, everything that is named in it out.

All kinds of claims ask the same reading who, when and on whose word, so that one name is one
person or state in all claims of an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.articles.model import Article
from kg.claims.attribution import attribution_of
from kg.claims.dates import Context, Dated, dateline_day, dates_in
from kg.claims.engine import Engine
from kg.claims.factuality import Factuality, factuality
from kg.claims.model import Filler
from kg.claims.paragraphs import Paragraphs
from kg.claims.people import Person
from kg.claims.resolving import Resolver
from kg.claims.sentences import Sentence
from kg.claims.trail import Trail
from kg.claims.transcripts import Speech
from kg.terms import EntityType, Kind

__all__ = ["Mention", "Reading", "Sentence", "read"]

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Something named in a sentence: tokens `start` to before `end` of `sentence.span.doc`."""

    type: EntityType
    start: int
    end: int
    refs: tuple[str, ...]
    text: str


class Reading(Paragraphs):
    """An article with its sentences, and answers to who, when and on whose word."""

    def __init__(
        self,
        article: Article,
        engine: Engine,
        trail: Trail | None = None,
        sentences: tuple[Sentence, ...] | None = None,
    ) -> None:
        super().__init__(article, engine, sentences)
        self.trail = trail
        self._dated: dict[int, tuple[Dated, ...]] = {}
        self._mentions: dict[int, tuple[Mention, ...]] = {}
        self._parties: dict[tuple[int, int], tuple[Filler, ...]] = {}
        self._facts: dict[tuple[int, int], Factuality] = {}
        self.refused: set[tuple[int, Kind]] = set()
        self._resolver = Resolver(self, self.person_names(), self.body_names())
        self._date_all()
        self._resolver.follow(self.sentences)

    def mentions(self, sentence: Sentence) -> tuple[Mention, ...]:
        """Give everything named in a sentence, by where it stands."""
        known = self._mentions.get(sentence.index)
        if known is None:
            found = [*self._named(sentence), *self._date_mentions(sentence)]
            known = tuple(sorted(found, key=lambda each: (each.start, each.end, each.type)))
            self._mentions[sentence.index] = known
        return known

    def parties(self, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
        """Give the actors that the noun phrase headed by `token` stands for; none if it is none.

        A document that speaks ("the joint statement") stands for those who issued it.
        """
        at = sentence.index, token.i
        known = self._parties.get(at)
        if known is None:
            known = self._parties[at] = self._resolver.parties(sentence, token)
        return known

    def filler_of(self, sentence: Sentence, person: Person) -> Filler:
        """Give a person as a filler: the fullest name of the article, the wording of the text."""
        return self._resolver.service.person_filler(sentence, person)

    def name_of(self, sentence: Sentence, person: Person) -> Filler:
        """Give a person as a filler whose wording is the name alone, without the title."""
        return self._resolver.service.name_filler(sentence, person)

    def office_of(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        """Give the state or body whose office a person holds, as the sentence says it."""
        return self._resolver.service.office_of(sentence, person)

    def possessor_of(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        """Give the state of "Peru's NAME" and "his Peruvian counterpart, NAME"."""
        return self._resolver.service.belonging(sentence, self.page(sentence), person)

    def states_of(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give the states that own a noun phrase: "Japan's", "of Japan and Peru"."""
        return self._resolver.states_of(sentence, head)

    def person_at(self, sentence: Sentence, token: Token) -> Person | None:
        """Give the person whose name or title stands at a token."""
        return self.page(sentence).person(token.i)

    def turn_speaker(self, sentence: Sentence) -> Filler | None:
        """Give who begins to speak with a sentence of a transcript."""
        return self._resolver.transcript.speaker(sentence)

    def interview_turn(self, sentence: Sentence) -> Speech | None:
        """Give the turn of an interview in which a sentence stands; None in other articles."""
        transcript = self._resolver.transcript
        return transcript.turn_at(sentence.start) if transcript.is_interview else None

    def media_named(self, sentence: Sentence, since: int = 0) -> tuple[Filler, ...]:
        """Give the news media named in a sentence, from a place of the text on."""
        inside = range(sentence.span.start, sentence.span.end)
        page = self.page(sentence)
        named = (body for body in page.bodies if body.media and body.start in inside)
        found = (self._resolver.service.body_filler(sentence, body) for body in named)
        return tuple(each for each in found if (each.start or 0) >= since)

    def full_name(self, name: str) -> str | None:
        """Give the fullest name of the person of the article that a name fits; None if none."""
        return self._resolver.transcript.full_name(name)

    def acts_for(self, filler: Filler) -> tuple[Filler, ...]:
        """Give the states that a person or body acts for, as far as the article tells."""
        return self._resolver.service.acts_for(filler)

    def dates(
        self, sentence: Sentence, first: int | None = None, last: int | None = None
    ) -> tuple[Filler, ...]:
        """Give the dates in tokens `first` to before `last` of a sentence (all without them)."""
        low = sentence.span.start if first is None else first
        high = sentence.span.end if last is None else last
        if high <= low:
            return ()
        start, end = sentence.place(low, high)
        found = self._dated.get(sentence.index, ())
        return tuple(self._date_filler(d) for d in found if start <= d.start and d.end <= end)

    def attribution(self, sentence: Sentence, token: Token) -> tuple[Filler, ...]:
        """Give whom the article cites for what it says with `token`; nobody if it is its own."""
        return attribution_of(self._resolver, self.page(sentence), sentence, token)

    def factuality(self, sentence: Sentence, token: Token) -> Factuality:
        """Judge whether what the sentence says with `token` is denied, supposed, asked, quoted."""
        at = sentence.index, token.i
        known = self._facts.get(at)
        if known is None:
            known = self._facts[at] = factuality(sentence.span, token)
        return known

    def refuse(self, kind: Kind, sentence: Sentence, token: Token, reason: str) -> None:
        """Drop a candidate for good: nothing of that kind is proposed for the sentence either."""
        self.refused.add((sentence.index, kind))
        self.drop(kind, sentence, token, reason)

    def drop(self, kind: Kind, sentence: Sentence, token: Token, reason: str) -> None:
        """Say that the candidate at `token` gives no claim, and why: for `--explain`."""
        if self.trail is not None:
            self.trail.drop(kind, sentence, token, reason)

    def _named(self, sentence: Sentence) -> Iterator[Mention]:
        page, inside = self.page(sentence), range(sentence.span.start, sentence.span.end)
        doc = page.doc
        for hit in page.hits:
            if hit.start in inside:
                yield Mention(
                    hit.type, hit.start, hit.end, (hit.ref,), doc[hit.start : hit.end].text
                )
        for person in page.people:
            if person.start in inside:
                ref = str(self.filler_of(sentence, person).ref)
                yield Mention("person", person.start, person.end, (ref,), person.name)
        for body in page.bodies:
            if body.start in inside:
                ref = self._resolver.service.body_name(body)
                yield Mention(body.sort, body.start, body.end, (ref,), body.name)
        for entity in self.entities(sentence):
            if (
                entity.label_ in {"GPE", "LOC", "FAC"}
                and entity.start in inside
                and not any(page.hit(i) for i in range(entity.start, entity.end))
            ):
                yield Mention("place", entity.start, entity.end, (entity.text,), entity.text)

    def _date_mentions(self, sentence: Sentence) -> Iterator[Mention]:
        doc = sentence.span.doc
        for dated in self._dated.get(sentence.index, ()):
            low, high = dated.start - sentence.base, dated.end - sentence.base
            span = doc.char_span(low, high, alignment_mode="expand")
            if span is not None:
                yield Mention("date", span.start, span.end, (dated.edtf,), span.text)

    def _date_all(self) -> None:
        """Resolve the dates of all sentences, each against those before it."""
        years = None if self.published else _only_year(self.sentences)
        event = None if self.published else _event_day(self.sentences)
        last: str | None = None
        latest: str | None = None
        told = dateline_day(self.article, self.published) or self.published
        for sentence in self.sentences:
            context = Context(told, years, last, event, latest)
            found = dates_in(sentence.spoken, context)
            moved = tuple(_moved(each, sentence.start) for each in found)
            self._dated[sentence.index] = moved
            days = [each.edtf for each in moved if len(each.edtf) == 10 and "/" not in each.edtf]
            last = days[-1] if days else last
            latest = moved[-1].edtf if moved else latest

    def _date_filler(self, dated: Dated) -> Filler:
        return Filler(
            ref=dated.edtf,
            text=self.article.text[dated.start : dated.end],
            type="date",
            start=dated.start,
            end=dated.end,
            anchor=dated.anchor,
            rule=dated.rule,
        )


def read(article: Article, engine: Engine, trail: Trail | None = None) -> Reading:
    """Read an article: split it, find who and what is named, follow who is meant."""
    return Reading(article, engine, trail)


def _moved(dated: Dated, by: int) -> Dated:
    return Dated(dated.start + by, dated.end + by, dated.edtf, dated.rule, dated.anchor)


def _event_day(sentences: tuple[Sentence, ...]) -> str | None:
    """Give the first day of an article without a date that is named without its year."""
    for sentence in sentences:
        for each in dates_in(sentence.spoken, Context()):
            if len(each.edtf) == 10 and each.edtf.startswith("XXXX-") and each.edtf[5:7] != "XX":
                return each.edtf
    return None


def _only_year(sentences: tuple[Sentence, ...]) -> str | None:
    """Give the year of an article without a date, if all its full dates are of one year."""
    days = [
        each.edtf[:4]
        for sentence in sentences
        for each in dates_in(sentence.spoken, Context())
        if len(each.edtf) == 10 and each.edtf[:4].isdigit()
    ]
    return days[0] if days and len(set(days)) == 1 else None
