"""Every document for machines of a site, in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain

from pyoxigraph import Quad

from kg.site.machines.crawling import crawling_documents
from kg.site.machines.dataset import dataset
from kg.site.machines.describing import dcat, void
from kg.site.machines.dumps import dump_documents
from kg.site.machines.feeds import Feeds
from kg.site.machines.naming import VOID
from kg.site.machines.openapi import PATH, openapi
from kg.site.machines.questions import questions
from kg.site.machines.sources import source_documents
from kg.site.machines.writing import JSON_LD, TURTLE, jsonld, pretty, turtle
from kg.site.model import Document, Holding
from kg.site.pages.things import Things
from kg.site.sections import sections

Quads = Callable[[], Iterable[Quad]]


def machine_documents(holding: Holding) -> tuple[Document, ...]:
    """Give the documents that describe a site, its dumps, feeds and sources."""

    def paths() -> Iterable[str]:
        return chain.from_iterable(
            part.first_pages() if isinstance(part, Things) else part.paths()
            for part in sections(holding)
        )

    found = (
        *_both("void", lambda: void(holding).quads),
        *_both("dcat", lambda: dcat(holding).quads),
        *_both("queries", lambda: questions(holding).quads),
        Document(VOID, TURTLE, lambda _: turtle(void(holding).quads)),
        Document("dataset.jsonld", JSON_LD, lambda _: pretty(dataset(holding))),
        *source_documents(),
        *Feeds(holding).documents(),
        *dump_documents(holding),
        *crawling_documents(holding, paths),
    )
    if holding.settings.files:
        return found
    described = Document(PATH, "application/json", lambda _: pretty(openapi(holding, found)))
    return (*found, described)


def _both(name: str, quads: Quads) -> tuple[Document, ...]:
    """Offer statements in Turtle and JSON-LD."""
    return (
        Document(f"{name}.ttl", TURTLE, lambda _: turtle(quads())),
        Document(f"{name}.jsonld", JSON_LD, lambda _: jsonld(quads())),
    )
