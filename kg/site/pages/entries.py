"""Things that lead here as a reader sees them: groups, pages of groups, and a line of time.

Links in; entries with label, date, support and disputes out. Previews are short; everything else
stands on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from kg.site.evidence import Evidence
from kg.site.looking import Look
from kg.site.pages.links import Linked, Links, sortable
from kg.site.pages.model import Entry, Group, Pager, Year

PREVIEW: Final = 6  # of a group, on the page of a thing
SIZE: Final = 50  # of a group or a line of time, on pages of their own
QUOTED: Final = 24  # entries that show their sentences there; with more, only their own pages do
MOMENTS: Final = 12  # of the line of time, on the page of a thing


class Entries:
    """Tells what leads to things of one holding."""

    def __init__(self, look: Look, evidence: Evidence, links: Links) -> None:
        self._look, self._evidence, self.links = look, evidence, links

    def groups(self, iri: str) -> tuple[Group, ...]:
        """Give all groups, the first entries of each."""
        linked = self.links.of(iri)
        quoted = sum(min(each.count, PREVIEW) for each in linked) <= QUOTED
        return tuple(self._group(iri, each, 1, PREVIEW, quoted=quoted) for each in linked)

    def group(self, iri: str, key: str, number: int, path: str) -> tuple[Group, Pager] | None:
        """Give one page of a group, each entry with its evidence; None where there is none."""
        linked = next((each for each in self.links.of(iri) if each.key == key), None)
        if linked is None:
            return None
        pager = paged(number, linked.count, SIZE, path)
        return (self._group(iri, linked, number, SIZE), pager) if pager else None

    def moments(self, iri: str) -> list[tuple[str, str]]:
        """Give everything with a date that leads here, the latest first; none if it is too much."""
        found = {
            pair
            for group in self.links.of(iri)
            for pair in group.subjects or ()
            if sortable(pair[1]).strip()
        }
        return sorted(found, key=lambda pair: (sortable(pair[1]), pair[0]), reverse=True)

    def years(self, moments: Iterable[tuple[str, str]]) -> tuple[Year, ...]:
        """Group moments by year."""
        found: dict[str, list[Entry]] = {}
        for iri, date in moments:
            found.setdefault(_year(date), []).append(self._entry(iri, date))
        return tuple(Year(year, tuple(entries)) for year, entries in found.items())

    def _group(
        self, iri: str, linked: Linked, number: int, size: int, *, quoted: bool = True
    ) -> Group:
        entries = tuple(
            self._entry(subject, date, linked.predicate if quoted else "", iri)
            for subject, date in self.links.page(iri, linked.key, number, size)
        )
        ordered = linked.subjects is not None
        return Group(linked.key, linked.predicate, linked.label, linked.count, entries, ordered)

    def _entry(self, iri: str, date: str, predicate: str = "", value: str = "") -> Entry:
        look = self._look
        count = look.number(iri, "cmq:sources")
        stated = None
        if predicate and count:
            stated = self._evidence.statement(iri, predicate, NamedNode(value), 1)
        return Entry(
            iri,
            look.label(iri),
            date,
            count,
            look.number(iri, "cmq:independentSources"),
            len(look.subjects("cmq:subject", iri)),
            stated,
        )


def paged(number: int, total: int, size: int, path: str) -> Pager | None:
    """Say where page `number` stands in a list, None where there is no such page.

    >>> paged(2, 51, 50, "x/").pages, paged(3, 51, 50, "x/")
    (2, None)
    """
    pages = max(1, -(-total // size))
    return Pager(number, pages, total, path) if 1 <= number <= pages else None


def _year(date: str) -> str:
    digits = date.lstrip("[.")[:4]
    return digits if digits.isdecimal() else ""
