"""Which claims stand behind a row of an answer: a row in, IRIs of claims and articles out.

Rows are made for readers: they name things by their labels and sentences by their places. A cell is
traced back only where what it says belongs to one thing; nothing is guessed. Of the
claims that may be meant, those count that bear most of what the row says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Dataset
from kg.iris import Iris
from kg.queries.model import Term
from kg.site.looking import Look, node

MOST: Final = 3  # claims of a row
_LOOKED: Final = 2_000  # statements of a thing that are looked at
_LEGAL: Final = {node(f"cmq:Legal{name}").value for name in ("Measure", "Designation")}
_PLACE: Final = re.compile(r"(?P<article>.+):(?P<line>[0-9]+):(?P<column>[0-9]+)")


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a row."""

    things: tuple[str, ...]  # IRIs that its cells name
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    records: tuple[str, ...]  # entries of the legal record, which rest on acts and on no article


class Backing:
    """Traces rows of a dataset."""

    def __init__(self, dataset: Dataset, iris: Iris, look: Look) -> None:
        self._dataset, self._iris, self._look = dataset, iris, look

    def of(self, row: Sequence[Term | None], most: int = MOST) -> Behind:
        """Trace a row back to the claims and articles that it rests on."""
        cells = [cell for cell in row if cell is not None]
        places = {claim for cell in cells for claim in self._at(cell.value)}
        articles = {found for cell in cells if (found := self._article(cell.value))}
        things = tuple(sorted({thing for cell in cells if (thing := self._thing(cell))}))
        records = tuple(each for each in things if _LEGAL.intersection(self._look.types(each)))
        claims = places or (set() if records else self._claims(things, articles))
        borne = {claim: self._borne(claim, things) for claim in claims}
        best = max(borne.values(), default=0)
        ranked = sorted(claim for claim in claims if borne[claim] == best)
        return Behind(things, tuple(ranked[:most]), tuple(sorted(articles)), records)

    def _thing(self, cell: Term) -> str | None:
        """Give the IRI that a cell is, or that alone bears its text as a label."""
        if cell.kind == "uri":
            return cell.value
        found = {
            quad.subject.value
            for text in (Literal(cell.value), Literal(cell.value, language="en"))
            for quad in self._dataset.quads(None, node("rdfs:label"), text)
            if isinstance(quad.subject, NamedNode)
        }
        return found.pop() if len(found) == 1 else None

    def _article(self, text: str) -> str | None:
        """Give the article whose id a cell holds, alone or at the beginning of a place."""
        placed = _PLACE.fullmatch(text)
        iri = self._iris.of("article", placed["article"] if placed else text)
        known = text and self._look.value(iri, "dcterms:identifier") is not None
        return iri if known else None

    def _at(self, text: str) -> Iterator[str]:
        """Yield the claims whose evidence begins at a place."""
        placed = _PLACE.fullmatch(text)
        article = self._article(text) if placed else None
        if placed is None or article is None:
            return
        for claim in self._look.subjects("prov:hadPrimarySource", article):
            for found in self._look.values(claim, "prov:wasDerivedFrom"):
                evidence = str(found.value) if isinstance(found, NamedNode) else ""
                line = self._look.value(evidence, "cmq:line")
                column = self._look.value(evidence, "cmq:column")
                if (line, column) == (placed["line"], placed["column"]):
                    yield claim

    def _claims(self, things: Sequence[str], articles: set[str]) -> set[str]:
        """Name the claims that speak of these things, in these articles if there are any."""
        claims = {claim for thing in things for claim in self._saying(thing)}
        if not articles:
            return claims
        own = {
            claim
            for article in articles
            for claim in self._look.subjects("prov:hadPrimarySource", article)
            if self._is_claim(claim)
        }
        return (claims & own) or own

    def _saying(self, thing: str) -> Iterator[str]:
        if self._is_claim(thing):
            yield thing
            return
        for looked, quad in enumerate(self._dataset.quads(None, None, NamedNode(thing))):
            if looked == _LOOKED:
                return
            subject = quad.subject
            if isinstance(subject, NamedNode) and self._is_claim(subject.value):
                yield subject.value

    def _is_claim(self, iri: str) -> bool:
        return next(self._look.quads(iri, "cmq:kind"), None) is not None

    def _borne(self, claim: str, things: Sequence[str]) -> int:
        """Count the things that a claim names."""
        named = {str(getattr(quad.object, "value", "")) for quad in self._look.quads(claim)}
        return len(named.intersection(things))
