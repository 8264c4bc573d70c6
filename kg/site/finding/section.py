"""The section of search: a text in, what bears its words out, best first, with kinds as facets.

What names one resource exactly - an IRI, a prefixed name, a place in an article - leads straight
to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from kg.queries.model import Rows, Term
from kg.site.finding.places import Places
from kg.site.looking import Look
from kg.site.model import Asked, Found, Holding, Page

PATH: Final = "search"
SHOWN: Final = 25
_MOST: Final = 400  # hits that are looked at
_LONGEST: Final = 300  # characters of what is asked
_WORD: Final = re.compile(r"\w+")
_TEXTS: Final = frozenset({"quote", "title"})
COLUMNS: Final = ("iri", "kind", "name", "matched", "text")


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found, the words that were asked for marked in its text."""

    found: Found
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gave, and the states of the page that lead on from it."""

    text: str
    kind: str
    hits: tuple[Hit, ...]
    kinds: tuple[tuple[str, int, str], ...]  # name, number, what follows the question mark
    total: int
    cut: bool  # there may be more than was looked at
    number: int
    pages: int
    words: tuple[str, ...]  # where nothing bears all words: those that something bears

    def query(self, number: int = 1, text: str = "") -> str:
        """Give what follows the question mark for another page, or another text."""
        return _query(text or self.text, self.kind, number)


class SearchSection:
    """The section of search."""

    def __init__(self, holding: Holding) -> None:
        self._holding = holding
        self._places = Places(Look.of(holding), holding.iris)

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find the results of a search, or the page where one can be begun."""
        if path != PATH:
            return None
        text = _clean(asked.get("q", ""))
        kind = asked.get("kind", "").strip()
        iri = self._direct(text)
        found = self._found(text)
        results = self._results(text, kind, asked.get("page", ""), found)
        return Page(
            PATH,
            f"Search: {text}" if text else "Search",
            "search.html",
            {"results": results, "asked": bool(asked)},
            description="Names in any spelling, words of titles and sentences, IRIs and places.",
            table=lambda: _table(each for each in found if kind in {"", each.kind}),
            see=self._places.address(iri) if iri else None,
        )

    def paths(self) -> Iterator[str]:
        """Yield its address."""
        yield PATH

    def _direct(self, text: str) -> str | None:
        """Give the one resource that a text names exactly."""
        named = self._places.resource(text) or self._places.article(text)
        if named:
            return named
        claims = self._places.claims(text)
        return claims[0] if len(claims) == 1 else None

    def _found(self, text: str) -> tuple[Found, ...]:
        look = Look.of(self._holding)
        at = tuple(
            Found(claim, "claim", look.label(claim), "place", text)
            for claim in self._places.claims(text)
        )
        hits = at or (self._holding.search(text, "", _MOST) if text else ())
        quotes = self._holding.settings.quotes
        told = (each for each in hits if quotes or each.matched not in _TEXTS)
        return tuple(replace(each, label=self._named(each)) for each in told)

    def _named(self, found: Found) -> str:
        """Call a claim by what it is about: its own name tells its kind alone."""
        look = Look.of(self._holding)
        about = look.some(found.iri, "cmq:about", 1) if found.kind == "claim" else ()
        return look.label(about[0]) if about else found.label

    def _results(self, text: str, kind: str, number: str, found: tuple[Found, ...]) -> Results:
        fits = [each for each in found if kind in {"", each.kind}]
        pages = max(1, -(-len(fits) // SHOWN))
        page = min(int(number), pages) if re.fullmatch(r"[1-9][0-9]{0,5}", number) else 1
        counted = Counter(each.kind for each in found)
        kinds = tuple(
            (name, count, _query(text, name))
            for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        )
        words = _WORD.findall(text.casefold())
        return Results(
            text,
            kind,
            tuple(
                Hit(each, _marked(each.text, words))
                for each in fits[(page - 1) * SHOWN : page * SHOWN]
            ),
            kinds,
            len(fits),
            len(found) >= _MOST,
            page,
            pages,
            () if fits else self._borne(text),
        )

    def _borne(self, text: str) -> tuple[str, ...]:
        """Give the words of a text that something bears, where it has several."""
        words = list(dict.fromkeys(_WORD.findall(text)))
        return tuple(
            each for each in words[:8] if len(words) > 1 and self._holding.search(each, "", 1)
        )


def _marked(text: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """Part a text into what was asked for and what was not.

    >>> _marked("Saito Ken", ["sai"])
    (('Saito', True), (' Ken', False))
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _WORD.finditer(text):
        if any(found.group().casefold().startswith(word) for word in words):
            pieces += [(text[at : found.start()], False), (found.group(), True)]
            at = found.end()
    pieces.append((text[at:], False))
    return tuple(each for each in pieces if each[0])


def _clean(text: str) -> str:
    """Leave out what no text has: half characters and control characters."""
    whole = text.encode("utf-8", "replace").decode()
    return " ".join(
        "".join(each for each in whole if each.isprintable() or each.isspace()).split()
    )[:_LONGEST]


def _query(text: str, kind: str, number: int = 1) -> str:
    said = {"q": text, "kind": kind, "page": str(number) if number > 1 else ""}
    return urlencode({name: value for name, value in said.items() if value})


def _table(found: Iterator[Found]) -> Rows:
    return Rows(
        COLUMNS,
        tuple(
            (
                Term("uri", each.iri),
                *(
                    Term("literal", cell)
                    for cell in (each.kind, each.label, each.matched, each.text)
                ),
            )
            for each in found
        ),
    )
