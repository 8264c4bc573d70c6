"""Things that lead here as a reader sees them: groups, pages of groups, and a line of time.

Links in; entries with label, date, support and disputes out. Previews are short; everything else
stands on pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pyoxigraph import NamedNode

from kg.site.evidence import RANKED, Evidence
from kg.site.looking import Look
from kg.site.pages.links import Linked, Links, sortable
from kg.site.pages.model import Entry, Group, Pager, Year

PREVIEW: Final = 6  # of a group, on the page of a thing
SIZE: Final = 50  # of a group or a line of time, on pages of their own
QUOTED: Final = 16  # entries that all show their sentences there; of more, only the first do
_AT_MOST: Final = 6  # entries that do, where not all can
_FIRST: Final = 1  # entries of a group that do, where not all can
_KEPT: Final = 16_384
MOMENTS: Final = 12  # of the line of time, on the page of a thing


class Entries:
    """Tells what leads to things of one holding."""

    def __init__(self, look: Look, evidence: Evidence, links: Links) -> None:
        self._look, self._evidence, self.links = look, evidence, links
        self._standing = lru_cache(_KEPT)(self._weigh)

    def groups(self, iri: str) -> tuple[Group, ...]:
        """Give all groups, the first entries of each."""
        linked = self.links.of(iri)
        left = _AT_MOST
        few = sum(each.count for each in linked) <= QUOTED
        found = []
        for each in linked:
            quoted = PREVIEW if few else min(_FIRST, left)
            found.append(self._group(iri, each, 1, PREVIEW, quoted=quoted, brief=True))
            left -= min(quoted, each.count)
        return tuple(found)

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
        self,
        iri: str,
        linked: Linked,
        number: int,
        size: int,
        *,
        quoted: int = SIZE,
        brief: bool = False,
    ) -> Group:
        entries = tuple(
            self._entry(subject, date, linked.predicate if place < quoted else "", iri)
            for place, (subject, date) in enumerate(
                self.links.page(iri, linked.key, number, size, brief=brief)
            )
        )
        ordered = self.links.is_sorted(linked)
        selected = brief and linked.subjects is None
        head = (linked.key, linked.predicate, linked.label, linked.count)
        return Group(*head, entries, ordered, selected)

    def _entry(self, iri: str, date: str, predicate: str = "", value: str = "") -> Entry:
        count, independent, disputed = self._standing(iri)
        stated = None
        if predicate:
            value_ = NamedNode(value)
            stated = self._evidence.statement(iri, predicate, value_, 1, RANKED // 2)
        return Entry(iri, self._look.label(iri), date, count, independent, disputed, stated)

    def _weigh(self, iri: str) -> tuple[int, int, int]:
        """Give how many sources an event has, how many of their own, and how many disputes."""
        look = self._look
        count = look.number(iri, "cmq:sources")
        independent = look.number(iri, "cmq:independentSources") if count > 1 else count
        return count, independent, len(look.subjects("cmq:subject", iri))


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
