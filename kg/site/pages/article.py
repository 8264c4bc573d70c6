"""The page of an article: what is known of it, its text with the claims marked, the claims.

An article's IRI in, a page out. Where the operator holds the text and may show it, the sentences
stand in it, marked; else they are quoted; where quotations are kept back, offsets alone are left.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kg.articles.model import Article
from kg.articles.model import Line as TextLine
from kg.edtf import worded
from kg.resources import table as rows_of
from kg.site.evidence import Source
from kg.site.marking import Piece, Span, pieces
from kg.site.model import Page
from kg.site.pages.citing import Citation
from kg.site.pages.data import statements, table
from kg.site.pages.entity import Entities
from kg.site.pages.values import family

Mode = Literal["text", "quotes", "offsets"]
FIELDS: Final = {
    "title": "Title", "author": "Author", "publisher": "Publisher", "published": "Published",
    "url": "Address", "language": "Language", "licence": "Licence", "section": "Section",
    "translation": "Translation", "original-language": "Original language", "rights": "Rights",
}  # fmt: skip
ORIGINS: Final = {
    "sidecar": "the file beside it", "front-matter": "its front matter", "html": "its HTML",
    "record": "its record", "text": "its text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """A row of the table of languages."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Datum:
    """One metadatum, and where it was read."""

    label: str
    text: str
    address: str
    origin: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim beside the text."""

    source: Source
    kind: str
    about: str
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch of the text that claims rest on; numbered in the order of the text."""

    number: int
    first: Source
    claims: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text, cut where sentences begin and end."""

    role: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All that the page of an article shows."""

    iri: str
    label: str
    mode: Mode
    metadata: tuple[Datum, ...]
    not_before: str
    bounds: tuple[str, ...]
    retractions: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    claims: int
    paragraphs: tuple[Paragraph, ...]
    places: Mapping[str, str]  # the anchor of a sentence by its number
    length: str
    digest: str
    address: str
    citation: Citation
    query: str


class Articles:
    """Makes the pages of the articles of one holding."""

    def __init__(self, entities: Entities) -> None:
        self._entities, self._look = entities, entities.look

    def page(self, iri: str, path: str) -> Page:
        """Make the page of an article."""
        entities = self._entities
        view = self.view(iri)
        rows = entities.rows.of(iri, shown=0)
        return Page(
            path,
            view.label,
            "article.html",
            {"article": view},
            about=iri,
            description=f"What the article states: {view.claims} claims, each with its sentence.",
            table=lambda: table(iri, rows),
            statements=lambda: statements(iri, self._look, entities.hush),
        )

    def view(self, iri: str) -> ArticleView:
        """Gather what the page of an article shows."""
        look, entities = self._look, self._entities
        origin = entities.evidence.origin(iri)
        told = entities.holding.settings
        held = told.texts and told.quotes
        text = entities.holding.article(origin.identifier) if held else None
        mode: Mode = "text" if text else "quotes" if told.quotes else "offsets"
        sentences = self._sentences(iri, mode)
        label = look.label(iri)
        return ArticleView(
            iri,
            label,
            mode,
            self._metadata(iri),
            "" if origin.date else origin.not_before,
            look.nodes(iri, "cmq:boundedBy"),
            self._retractions(iri),
            sentences,
            sum(len(each.claims) for each in sentences),
            paragraphs(text, sentences) if text else (),
            {str(each.number): f"at-{each.first.start}-{each.first.end}" for each in sentences},
            look.text(iri, "cmq:length"),
            look.text(iri, "cmq:digest"),
            origin.address,
            entities.cited(iri, label),
            entities.describing(iri),
        )

    def _sentences(self, iri: str, mode: Mode) -> tuple[Sentence, ...]:
        evidence = self._entities.evidence
        found = self._look.subjects("prov:hadPrimarySource", iri)
        claims = [
            each for each in found if family(self._entities.addresses.path(each) or "") == "claim"
        ]
        marked = mode == "quotes"
        sources = [evidence.source(each) if marked else evidence.outline(each) for each in claims]
        places: dict[tuple[int, int], list[Source]] = {}
        for source in sources:
            places.setdefault((source.start, source.end), []).append(source)
        return tuple(
            Sentence(number, found[0], tuple(map(self._told, sorted(found, key=_by_claim))))
            for number, (_, found) in enumerate(sorted(places.items()), 1)
        )

    def _told(self, source: Source) -> Told:
        look = self._look
        about = next(iter(look.nodes(source.claim, "cmq:about")), "")
        kinds = look.nodes(source.claim, "cmq:kind")
        kind = look.label(kinds[0]) if kinds else "claim"
        return Told(source, kind, about, look.label(about) if about else "")

    def _metadata(self, iri: str) -> tuple[Datum, ...]:
        look, hush = self._look, self._entities.hush
        found = []
        for each in look.nodes(iri, "cmq:metadatum"):
            quads = [quad for quad in look.quads(each, "rdf:value") if hush.shows(quad)]
            field = look.text(each, "cmq:field")
            if quads:
                found.append(self._datum(each, field, look.text(each, "rdf:value")))
        order = [*FIELDS.values()]
        return tuple(sorted(found, key=lambda each: (
            order.index(each.label) if each.label in order else 99, each.text, each.origin
        )))  # fmt: skip

    def _datum(self, metadatum: str, field: str, text: str) -> Datum:
        look = self._look
        shown = worded(text) if field == "published" else text
        if field in {"language", "original-language"}:
            shown = language_name(text)
        is_place = look.value(metadatum, "cmq:start") is not None
        origin = look.text(metadatum, "cmq:origin")
        return Datum(
            FIELDS.get(field, field),
            shown,
            text if field in {"url", "licence"} else "",
            ORIGINS.get(origin, origin),
            look.number(metadatum, "cmq:start") if is_place else None,
            look.number(metadatum, "cmq:end") if is_place else None,
        )

    def _retractions(self, iri: str) -> tuple[str, ...]:
        look = self._look
        nodes = look.nodes(iri, "prov:wasInvalidatedBy")
        return tuple(look.text(each, "rdfs:comment") for each in nodes)


def paragraphs(article: Article, sentences: Iterable[Sentence]) -> tuple[Paragraph, ...]:
    """Cut the lines of a text where sentences begin and end; keys are their numbers."""
    text = article.text
    spans = [Span(each.first.start, each.first.end, str(each.number)) for each in sentences]
    lines = article.lines or (TextLine(0, len(text), "body"),)
    return tuple(
        Paragraph(line.role, pieces(text[line.start : line.end], spans, line.start))
        for line in lines
        if text[line.start : line.end].strip()
    )


def language_name(code: str) -> str:
    """Give the English name of a language by its code, or the code.

    >>> language_name("ko"), language_name("x-none")
    ('Korean', 'x-none')
    """
    known = rows_of("articles", "languages.csv", Language)
    wanted = (code, code.split("-", maxsplit=1)[0])
    return next((each.name for one in wanted for each in known if each.code == one), code)


def _by_claim(source: Source) -> str:
    return source.claim
