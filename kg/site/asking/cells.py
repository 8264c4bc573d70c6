"""Rows of an answer in, cells that lead on out: names to pages, places to their sentences.

Questions answer in names, since people read them. A name leads to the one thing that bears it as
its label; where several do, to the search for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal

from kg.iris import Iris
from kg.queries.model import Rows, Term
from kg.site.evidence import Evidence, Source
from kg.site.finding.places import Places
from kg.site.looking import Look
from kg.terms import CONCEPTS

_NAME: Final = "Name"  # how the columns end that hold names
_PLACE: Final = re.compile(r".+:[0-9]+:[0-9]+")
_ARTICLES: Final = frozenset({"articleId", "oneArticle", "otherArticle"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and where it leads."""

    text: str
    iri: str | None = None
    search: bool = False  # it leads to a search for its text
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, and the sentences that it names."""

    cells: tuple[Cell, ...]
    sources: tuple[Source, ...]


def heading(column: str) -> str:
    """Give the words of a column.

    >>> heading("attendeeName"), heading("independentSources"), heading("hsCode")
    ('attendee', 'independent sources', 'hs code')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column.removesuffix(_NAME) or column)
    return words.lower()


class Cells:
    """Finds where cells lead."""

    def __init__(self, look: Look, iris: Iris, evidence: Evidence) -> None:
        self._look, self._evidence = look, evidence
        self._places = Places(look, iris)
        self._base = iris.base
        self._called = lru_cache(4096)(self._bearers)
        self._claims = lru_cache(4096)(self._places.claims)

    def lines(self, rows: Rows) -> tuple[Line, ...]:
        """Give rows as they are shown; those with a quotation come with its sources."""
        quoted = "quote" in rows.columns
        return tuple(
            Line(
                tuple(
                    self._cell(name, value) for name, value in zip(rows.columns, row, strict=True)
                ),
                self._evidence.sources(self.claims(row)) if quoted else (),
            )
            for row in rows.rows
        )

    def claims(self, row: tuple[Term | None, ...]) -> tuple[str, ...]:
        """Name the claims at the places that a row names."""
        places = [each.value for each in row if each and _PLACE.fullmatch(each.value)]
        return tuple(dict.fromkeys(claim for place in places for claim in self._claims(place)))

    def named(self, rows: Rows) -> tuple[str, ...]:
        """Name all resources that rows lead to, in the order of their first naming."""
        found: dict[str, None] = {}
        for row in rows.rows:
            cells = (self._cell(*pair) for pair in zip(rows.columns, row, strict=True))
            found |= dict.fromkeys(each.iri for each in cells if each.iri)
            found |= dict.fromkeys(self.claims(row))
        return tuple(found)

    def _cell(self, column: str, value: Term | None) -> Cell:
        if value is None or column == "quote":
            return Cell(value.value if value else "", quote=column == "quote")
        text = value.value
        if value.kind == "uri":
            return Cell(self._look.label(text), text)
        found = self._meant(column, text)
        return Cell(text, found[0] if len(found) == 1 else None, search=len(found) > 1)

    def _meant(self, column: str, text: str) -> tuple[str, ...]:
        """Give what a text of a column may stand for."""
        if column == "where":
            return self._claims(text)[:1]
        if column in _ARTICLES:
            article = self._places.article(text)
            return (article,) if article else ()
        if not column.endswith(_NAME) or not text:
            return ()
        return (text,) if text.startswith(self._base) else self._called(text)

    def _bearers(self, name: str) -> tuple[str, ...]:
        found = {
            iri
            for told in (Literal(name), Literal(name, language="en"))
            for iri in self._look.subjects("rdfs:label", told)
            if iri.startswith((self._base, CONCEPTS))
            and not iri.startswith((f"{self._base}group/", f"{self._base}profile/"))
        }
        return tuple(sorted(found))
