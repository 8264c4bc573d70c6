"""An article as it is read: an article and an engine in, everything that is named in it out.

All kinds of claims ask the same reading who, when and on whose word, so that one name is one
person or state in all claims of an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from spacy.tokens import Span, Token

from kg.articles.model import Article
from kg.claims.attribution import attribution_of
from kg.claims.dates import Context, Dated, dates_in
from kg.claims.engine import Engine, plain
from kg.claims.factuality import Factuality, factuality
from kg.claims.model import Filler
from kg.claims.names import Hit
from kg.claims.organisations import bodies, fullest_names
from kg.claims.pages import Page, page_of
from kg.claims.people import Person, fullest, surnames
from kg.claims.resolving import Resolver
from kg.claims.sentences import Sentence, sentences_of
from kg.terms import EntityType

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


class Reading:
    """An article with its sentences, and answers to who, when and on whose word."""

    def __init__(self, article: Article, engine: Engine) -> None:
        self.article = article
        self.engine = engine
        self.published = article.get("published")
        self.sentences = sentences_of(article, engine)
        self._pages: dict[int, Page] = {}
        for sentence in self.sentences:
            if sentence.base not in self._pages:
                self._pages[sentence.base] = page_of(sentence.span.doc, engine)
        known = surnames(self._person_names())
        self._pages = {base: page.with_surnames(known) for base, page in self._pages.items()}
        self._dated: dict[int, tuple[Dated, ...]] = {}
        self._mentions: dict[int, tuple[Mention, ...]] = {}
        self._entities: dict[int, tuple[Span, ...]] = {}
        self._resolver = Resolver(self, self._person_names(), self._body_names())
        self._date_all()
        self._resolver.follow(self.sentences)

    def page(self, sentence: Sentence) -> Page:
        """Give everything named in the paragraph of a sentence."""
        return self._pages[sentence.base]

    def people(self, sentence: Sentence) -> tuple[Person, ...]:
        """Give the persons named in a sentence, in order."""
        inside = range(sentence.span.start, sentence.span.end)
        return tuple(each for each in self.page(sentence).people if each.start in inside)

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """Give the states and blocs named in a sentence, in order."""
        inside = range(sentence.span.start, sentence.span.end)
        return tuple(each for each in self.page(sentence).hits if each.start in inside)

    def entities(self, sentence: Sentence) -> tuple[Span, ...]:
        """Give what the pipeline holds for names in a sentence, in order."""
        known = self._entities.get(sentence.index)
        if known is None:
            span = sentence.span
            known = tuple(
                e for e in self.page(sentence).entities if span.start <= e.start < span.end
            )
            self._entities[sentence.index] = known
        return known

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
        return self._resolver.parties(sentence, token)

    def filler_of(self, sentence: Sentence, person: Person) -> Filler:
        """Give a person as a filler: the fullest name of the article, the wording of the text."""
        return self._resolver.service.person_filler(sentence, person)

    def office_of(self, sentence: Sentence, person: Person) -> tuple[Filler, ...]:
        """Give the state or body whose office a person holds, as the sentence says it."""
        return self._resolver.service.office_of(sentence, person)

    def states_of(self, sentence: Sentence, head: Token) -> tuple[Filler, ...]:
        """Give the states that own a noun phrase: "Japan's", "of Japan and Peru"."""
        return self._resolver.states_of(sentence, head)

    def person_at(self, sentence: Sentence, token: Token) -> Person | None:
        """Give the person whose name or title stands at a token."""
        return self.page(sentence).person(token.i)

    def turn_speaker(self, sentence: Sentence) -> Filler | None:
        """Give who begins to speak with a sentence of a transcript."""
        return self._resolver.turn_speaker(sentence)

    def full_name(self, name: str) -> str | None:
        """Give the fullest name of the person of the article that a name fits; None if none."""
        return self._resolver.full_name(name)

    @cached_property
    def releasing_state(self) -> str | None:
        """Give the state whose government put the article out itself; None for the press."""
        publisher = self.article.get("publisher") or ""
        doc = self.engine.nlp.make_doc(plain(publisher))
        official = any(token.lower_ in bodies().public for token in doc)
        states = {h.ref for h in self.engine.names.find(doc) if h.form == "government" or official}
        return states.pop() if len(states) == 1 else None

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
        return attribution_of(self, sentence, token)

    def factuality(self, sentence: Sentence, token: Token) -> Factuality:
        """Judge whether what the sentence says with `token` is denied, supposed, asked, quoted."""
        return factuality(sentence.span, token)

    @cached_property
    def subjects(self) -> dict[int, tuple[Token, ...]]:
        """Give the subjects of verbs by the index of their sentence."""
        return {each.index: tuple(_subjects(each.span)) for each in self.sentences}

    def _person_names(self) -> dict[str, str]:
        names = [person.name for page in self._pages.values() for person in page.people]
        return fullest(names)

    def _body_names(self) -> dict[str, str]:
        return fullest_names(body for page in self._pages.values() for body in page.bodies)

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
        years = _only_year(self.sentences)
        last: str | None = None
        for sentence in self.sentences:
            context = Context(self.published, None if self.published else years, last)
            found = dates_in(plain(sentence.text), context)
            moved = tuple(_moved(each, sentence.start) for each in found)
            self._dated[sentence.index] = moved
            days = [each.edtf for each in moved if len(each.edtf) == 10 and "/" not in each.edtf]
            last = days[-1] if days else last

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


def read(article: Article, engine: Engine) -> Reading:
    """Read an article: split it, find who and what is named, follow who is meant."""
    return Reading(article, engine)


def _moved(dated: Dated, by: int) -> Dated:
    return Dated(dated.start + by, dated.end + by, dated.edtf, dated.rule, dated.anchor)


def _only_year(sentences: tuple[Sentence, ...]) -> str | None:
    """Give the year of an article without a date, if all its full dates are of one year."""
    days = [
        each.edtf[:4]
        for sentence in sentences
        for each in dates_in(plain(sentence.text), Context())
        if len(each.edtf) == 10 and each.edtf[:4].isdigit()
    ]
    return days[0] if days and len(set(days)) == 1 else None


def _subjects(span: Span) -> Iterator[Token]:
    for token in span:
        if token.dep_ in SUBJECTS and token.head.pos_ in {"VERB", "AUX"}:
            yield token
