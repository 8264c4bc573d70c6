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
LETTERED: Final = HEADLINES | {"body"}
NAMING: Final = frozenset({"of", "the", "and", "for", "&"})
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
        """Give the state whose government put the article out itself; None for the press.

        Where no publisher is known, a letterhead tells: a first line that only names a body of it.
        """
        publisher = self.article.get("publisher")
        doc = self.engine.nlp.make_doc(plain(publisher or self._letterhead()))
        official = any(token.lower_ in bodies().public for token in doc)
        states = {h.ref for h in self.engine.names.find(doc) if h.form == "government" or official}
        return states.pop() if len(states) == 1 else None

    def _letterhead(self) -> str:
        """Give the first line where it is nothing but "MINISTRY OF TRADE OF THE REPUBLIC OF X"."""
        lines = (line for line in self.article.lines if line.role in LETTERED)
        line = next(lines, None)
        first = self.article.text[line.start : line.end].strip() if line else ""
        words = first.replace(",", " ").split()
        opening = {word.lower() for word in words[: 2 + (words[:1] == ["The"])]}
        named = all(w[:1].isupper() or w.lower() in NAMING or not w.isalpha() for w in words)
        if not named or not opening & bodies().public or set(first) & set(".:;?!"):
            return ""
        written = first.title() if first.isupper() else first
        doc = self.engine.nlp.make_doc(plain(written))
        hits = self.engine.names.find(doc)
        return written if hits and max(hit.end for hit in hits) == len(doc) else ""

    @cached_property
    def subjects(self) -> dict[int, tuple[Token, ...]]:
        """Give the subjects of verbs by the index of their sentence."""
        return {each.index: tuple(_subjects(each.tokens)) for each in self.sentences}

    def person_names(self) -> dict[str, str]:
        """Give the fullest name of the article for every name of a person in it."""
        names = [person.name for page in self._pages.values() for person in page.people]
        return fullest(names)

    def named(self) -> tuple[tuple[int, str], ...]:
        """Give the persons named in the article, in order, with where each name stands."""
        pages = self._pages.items()
        found = (
            (base + page.doc[p.start].idx, p.name) for base, page in pages for p in page.people
        )
        return tuple(sorted(found))

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
