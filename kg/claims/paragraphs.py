"""An article with its sentences and everything named in them: what all later questions rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from spacy.tokens import Span, Token

from kg.articles.model import Article
from kg.claims.engine import Engine, plain
from kg.claims.names import Hit
from kg.claims.organisations import bodies, fullest_names
from kg.claims.pages import Page, page_of
from kg.claims.people import Person, fullest, surnames, words
from kg.claims.sentences import Sentence, sentences_of

HEADLINES: Final = frozenset({"title", "heading"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass"})


class Paragraphs:
    """The sentences of an article, and the page of named things that each stands on."""

    def __init__(
        self, article: Article, engine: Engine, sentences: tuple[Sentence, ...] | None = None
    ) -> None:
        self.article = article
        self.engine = engine
        self.published = article.get("published")
        self.sentences = sentences_of(article, engine) if sentences is None else sentences
        self._entities: dict[int, tuple[Span, ...]] = {}
        self._pages: dict[int, Page] = {}
        for sentence in self.sentences:
            if sentence.base not in self._pages:
                self._pages[sentence.base] = page_of(sentence.span.doc, engine)
        self._pages = dict(self._without_headline_names())
        known = surnames(self.person_names())
        year = (self.published or "")[:4]
        self._pages = {
            base: page.with_surnames(known).with_states_of(year)
            for base, page in self._pages.items()
        }

    def _without_headline_names(self) -> Iterator[tuple[int, Page]]:
        """Yield the pages, those of headlines with the persons only that may be trusted there.

        In title case every word looks like a name: it is one if the body has it too, or if it
        stands behind a title in the singular and the pipeline holds it for a person.
        """
        headlines = {each.base for each in self.sentences if each.role in HEADLINES}
        told = [
            p for base, page in self._pages.items() if base not in headlines for p in page.people
        ]
        names = {frozenset(words(person.name)) for person in told}
        for base, page in self._pages.items():
            if base in headlines:
                entities = {(e.start, e.end) for e in page.entities if e.label_ == "PERSON"}
                yield base, replace(page, people=tuple(_trusted(page.people, names, entities)))
            else:
                yield base, page

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

    @cached_property
    def releasing_state(self) -> str | None:
        """Give the state whose government put the article out itself; None for the press."""
        publisher = self.article.get("publisher") or ""
        doc = self.engine.nlp.make_doc(plain(publisher))
        official = any(token.lower_ in bodies().public for token in doc)
        states = {h.ref for h in self.engine.names.find(doc) if h.form == "government" or official}
        return states.pop() if len(states) == 1 else None

    @cached_property
    def subjects(self) -> dict[int, tuple[Token, ...]]:
        """Give the subjects of verbs by the index of their sentence."""
        return {each.index: tuple(_subjects(each.tokens)) for each in self.sentences}

    def person_names(self) -> dict[str, str]:
        """Give the fullest name of the article for every name of a person in it."""
        names = [person.name for page in self._pages.values() for person in page.people]
        return fullest(names)

    def body_names(self) -> dict[str, str]:
        """Give the fullest name of the article for every name of a body in it."""
        return fullest_names(body for page in self._pages.values() for body in page.bodies)


def _trusted(
    people: tuple[Person, ...], names: set[frozenset[str]], entities: set[tuple[int, int]]
) -> Iterator[Person]:
    """Yield the persons of a headline that the body names too, or that a title goes before."""
    for person in people:
        own = frozenset(words(person.name))
        title = person.title
        titled = title is not None and not title.plural and (person.start, person.end) in entities
        if titled or any(own <= name for name in names):
            yield person


def _subjects(tokens: tuple[Token, ...]) -> Iterator[Token]:
    for token in tokens:
        if token.dep_ in SUBJECTS and token.head.pos_ in {"VERB", "AUX"}:
            yield token
