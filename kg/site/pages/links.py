"""What leads to a thing: an IRI in, things grouped by property and class out, the latest first.

Only the shared graphs are asked: what single claims name is told by the events they are about.
Few links are gathered whole and sorted by date. Of what many thousands lead to, links are counted
by the store, and a first look shows the latest of some, so that no page costs more for being about
something famous; pages of one group of them are sorted by one query and an index of all dates.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Variable

from kg.site.looking import Look, node, text_of
from kg.site.model import Holding
from kg.site.pages.configuration import configuration
from kg.terms import DEFINITIONS

_GENID: Final = "/.well-known/genid/"  # expressions of OWL
GATHERED: Final = 4_000  # links that are gathered whole
SORTED: Final = 50_000  # links of one group that are sorted by date on pages of their own
_GLANCED: Final = 300  # of so long a group, where the first are shown
_KEPT: Final = 256
_LONG: Final = 8  # long groups that are kept sorted
_DATED: Final = {
    "cmq:date": ("DiplomaticMeeting", "PolicyCommitment", "ControlMeasure", "OfficialDocument",
                 "Utterance"),
    "cmq:observedFrom": ("PostHolding",),
    "cmq:issued": ("LegalMeasure", "LegalDesignation"),
}  # fmt: skip
_DATES: Final = {
    DEFINITIONS + name: property_ for property_, names in _DATED.items() for name in names
}
_INDEXED: Final = 300_000  # events; of more, no index of dates is made
_COUNT: Final = """
SELECT ?thing ?graph ?property ?class (COUNT(*) AS ?number)
WHERE { GRAPH ?graph { ?subject ?property ?thing ; a ?class } }
GROUP BY ?thing ?graph ?property ?class
"""
_SOME: Final = """
SELECT ?subject ?thing ?graph ?property ?class
WHERE { GRAPH ?graph { ?subject ?property ?thing ; a ?class } }
"""


@dataclass(frozen=True, slots=True)
class Linked:
    """The subjects that lead here by one property; `subjects` is None where they are too many."""

    key: str
    predicate: str
    label: str
    type: str
    count: int
    subjects: tuple[tuple[str, str], ...] | None  # IRI and EDTF date, the latest first


class Links:
    """Finds what leads to things of one holding."""

    def __init__(self, holding: Holding, look: Look) -> None:
        self._dataset, self._look = holding.dataset, look
        self._graphs = [NamedNode(holding.iris.graph(name)) for name in ("derived", "reference")]
        self._base = holding.iris.base
        self._families: dict[str, str] = {}
        self._making = Lock()
        self._dates: dict[str, str] | None = None
        self._sorted = lru_cache(_LONG)(self._sort)
        self._indexed = holding.counts.get("events", 0) <= _INDEXED
        self.of = lru_cache(_KEPT)(self._of)

    def _of(self, iri: str) -> tuple[Linked, ...]:
        """Give the groups of what leads to a thing, in the order of the configuration."""
        thing = NamedNode(iri)
        quads = [
            (quad.predicate.value, text_of(quad.subject), graph is self._graphs[0])  # type: ignore[arg-type]  # no quoted triples
            for graph in self._graphs
            for quad in islice(self._dataset.quads(None, None, thing, graph), GATHERED + 1)
        ]
        if len(quads) > GATHERED:
            return self._counted(thing)
        silent = configuration().silent_incoming
        groups: dict[tuple[str, str], set[str]] = {}
        for predicate, subject, derived in quads:
            if predicate not in silent and _GENID not in subject:
                key = predicate, self._type(subject, derived=derived)
                groups.setdefault(key, set()).add(subject)
        return _ordered(
            self._linked(predicate, type_, len(found), self._dated(found, type_))
            for (predicate, type_), found in groups.items()
        )

    def index(self) -> dict[str, str]:
        """Make the index of the dates of all events, once; empty where they are too many."""
        with self._making:
            if self._dates is None:
                self._dates = self._all_dates() if self._indexed else {}
        return self._dates

    def is_sorted(self, group: Linked) -> bool:
        """Say whether the pages of a group are sorted by date."""
        return group.subjects is not None or (self._indexed and group.count <= SORTED)

    def page(
        self, iri: str, key: str, number: int, size: int, *, brief: bool = False
    ) -> list[tuple[str, str]]:
        """Give one page of a group: IRIs with their dates; pages are counted from 1.

        In brief, of what is too much to be gathered at once only some is looked at.
        """
        group = next((each for each in self.of(iri) if each.key == key), None)
        if group is None:
            return []
        start = (number - 1) * size
        if group.subjects is not None:
            return list(group.subjects[start : start + size])
        if self.is_sorted(group) and not brief:
            return list(self._sorted(iri, key)[start : start + size])
        if brief:  # the latest of some
            some = self._some(iri, group, f"LIMIT {_GLANCED}")
            return list(self._dated(some, group.type)[:size])
        some = self._some(iri, group, f"OFFSET {start} LIMIT {size}")
        return [(each, self._date(each, group.type)) for each in sorted(some)]

    def _sort(self, iri: str, key: str) -> tuple[tuple[str, str], ...]:
        group = next(each for each in self.of(iri) if each.key == key)
        dates = self.index()
        return _latest_first((each, dates.get(each, "")) for each in self._some(iri, group, ""))

    def _counted(self, thing: NamedNode) -> tuple[Linked, ...]:
        silent = configuration().silent_incoming
        found: dict[tuple[str, str], int] = {}
        for graph in self._graphs:
            bound = {Variable("thing"): thing, Variable("graph"): graph}
            rows = self._dataset.query(_COUNT, bound=bound)
            assert isinstance(rows, QuerySolutions)  # noqa: S101 - what SELECT gives
            for row in rows:
                pair = text_of(row["property"]), text_of(row["class"])
                if pair[0] not in silent and configuration().kind([pair[1]]):
                    found[pair] = found.get(pair, 0) + int(text_of(row["number"]))
        return _ordered(self._linked(*pair, number, None) for pair, number in found.items())

    def _some(self, iri: str, group: Linked, limits: str) -> list[str]:
        found: list[str] = []
        for graph in self._graphs:
            bound = {
                Variable("thing"): NamedNode(iri),
                Variable("graph"): graph,
                Variable("property"): NamedNode(group.predicate),
                Variable("class"): NamedNode(group.type),
            }
            rows = self._dataset.query(_SOME + limits, bound=bound)
            assert isinstance(rows, QuerySolutions)  # noqa: S101 - what SELECT gives
            found += [text_of(row["subject"]) for row in rows]
        return found

    def _linked(
        self, predicate: str, type_: str, count: int, subjects: tuple[tuple[str, str], ...] | None
    ) -> Linked:
        heading = configuration().heading(predicate, [type_])
        kind = configuration().kind([type_])
        label = (
            heading[1]
            if heading
            else f"{kind.many if kind else 'Things'} ({self._look.label(predicate)})"
        )
        key = "-".join([_local(predicate), *([_local(type_)] if type_ else [])])
        return Linked(key, predicate, label, type_, count, subjects)

    def _type(self, subject: str, *, derived: bool) -> str:
        """Give the class by which a thing is called; events of one family share theirs."""
        family = subject.removeprefix(self._base).split("/", 1)[0]
        if derived and family in self._families:
            return self._families[family]
        kind = configuration().kind(self._look.types(subject))
        found = node(kind.type).value if kind else ""
        if derived:
            self._families[family] = found
        return found

    def _dated(self, subjects: Iterable[str], type_: str) -> tuple[tuple[str, str], ...]:
        return _latest_first((each, self._date(each, type_)) for each in subjects)

    def _date(self, subject: str, type_: str) -> str:
        """Give the date of a thing of a class, "" for what has none."""
        name = _DATES.get(type_)
        if name is None:
            return ""
        if self._dates and name != "cmq:issued":
            return self._dates.get(subject, "")
        return max((text_of(each) for each in self._look.values(subject, name)),
                   key=sortable, default="")  # fmt: skip

    def _all_dates(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in ("cmq:observedFrom", "cmq:date"):
            for quad in self._dataset.quads(None, node(name), None, self._graphs[0]):
                subject, date = text_of(quad.subject), text_of(quad.object)  # type: ignore[arg-type]  # no quoted triples
                found[subject] = max(found.get(subject, ""), date, key=sortable)
        return found


def _latest_first(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Sort by date, the latest first, what has none last, and by IRI where dates agree."""
    ordered = sorted(set(found))
    ordered.sort(key=lambda each: sortable(each[1]), reverse=True)
    return tuple(ordered)


def sortable(date: str) -> str:
    """Give what a date sorts by: a date without its year comes before all others.

    >>> sortable("2024-06") > sortable("XXXX-08") > sortable("")
    True
    """
    return date.lstrip("[.").replace("X", " ") if date else ""


def _ordered(groups: Iterable[Linked]) -> tuple[Linked, ...]:
    def place(group: Linked) -> tuple[int, str, str]:
        heading = configuration().heading(group.predicate, [group.type])
        return (heading[0] if heading else 999, group.label, group.key)

    return tuple(sorted(groups, key=place))


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
