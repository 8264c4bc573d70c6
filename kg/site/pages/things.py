"""The section of all that is told: an address in, the page of a thing out.

Everything that the graph speaks of has a page; parts of things (a date that was read, a spelling)
have one on a server and stand with the whole in a site of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.site.looking import node, text_of
from kg.site.model import Asked, Holding, Page
from kg.site.pages.article import Articles
from kg.site.pages.entity import Entities, is_iri

_ROOTS: Final = ("id/", "concept/")
_SCHEME_OR_NOT: Final = re.compile(r"id/|concept/[^/]+/")  # schemes are told with the vocabulary


class Things:
    """The section of the pages of things."""

    def __init__(self, holding: Holding) -> None:
        self._entities = Entities(holding)
        self._articles = Articles(self._entities)

    def page(self, path: str, _asked: Asked) -> Page | None:
        """Find the page of a thing, or a further page of what leads to it."""
        makers = {
            "claims": self._entities.claims,
            "linked": self._entities.linked,
            "timeline": self._entities.timeline,
            "around": self._entities.around,
        }
        first = path.split("/", 1)[0]
        if first in makers:
            return makers[first](path)
        iri = self._entities.addresses.iri(path) if path.startswith(_ROOTS) else None
        return self._thing(iri, path) if iri else None

    def prepare(self) -> tuple[str, ...]:
        """Make the index of dates; name the pages of one event, one article and one state."""
        entities = self._entities
        entities.entries.links.index()
        names = ("cmq:DiplomaticMeeting", "cmq:Article", "cmq:State")
        found = (entities.look.first("rdf:type", node(each)) for each in names)
        paths = (entities.addresses.path(each) for each in found if each)
        return tuple(filter(None, paths))

    def paths(self) -> Iterator[str]:
        """Yield the addresses of all things that have pages, and of their further pages."""
        for iri, path in self._with_pages():
            yield path
            yield from self._entities.more_pages(iri, path)

    def first_pages(self) -> Iterator[str]:
        """Yield the addresses of the things alone: their further pages cost a look at each."""
        return (path for _, path in self._with_pages())

    def _with_pages(self) -> Iterator[tuple[str, str]]:
        """Yield all things that are more than a part of another, and their addresses."""
        look, entities = self._entities.look, self._entities
        subjects = {text_of(quad.subject) for quad in look.quads(None, "rdf:type")}  # type: ignore[arg-type]  # no quoted triples
        for iri in sorted(subjects):
            path = entities.addresses.path(iri)
            if path and _SCHEME_OR_NOT.match(path) and entities.values.has_page(iri):
                yield iri, path

    def _thing(self, iri: str, path: str) -> Page | None:
        entities = self._entities
        look = entities.look
        if not is_iri(iri) or not look.exists(iri) or entities.hush.hides(iri):
            return None
        moved = look.nodes(iri, "dcterms:isReplacedBy")
        if moved:
            return Page(path, look.label(iri), about=iri, moved=moved[0])
        is_article = node("cmq:Article").value in look.types(iri)
        taken = look.nodes(iri, "prov:wasInvalidatedBy")
        if taken and not is_article:
            return Page(path, "Taken back", about=iri, gone=self._reason(taken))
        return (self._articles if is_article else entities).page(iri, path)

    def _reason(self, retractions: tuple[str, ...]) -> str:
        told = (self._entities.look.text(each, "rdfs:comment") for each in retractions)
        return "; ".join(filter(None, told)) or "No reason is given."
