"""The page of a thing: what is stated of it, how it is called, what leads to it, when.

An IRI in, a page out, by look-ups at the thing and its neighbours alone: the cost does not grow
with the graph, and hardly with the fame of the thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from kg.site.addresses import Addresses
from kg.site.evidence import RANKED, READ, Dispute, Evidence, Source
from kg.site.framing import as_of
from kg.site.hushing import Hush
from kg.site.looking import Look, node
from kg.site.model import Holding, Page
from kg.site.pages.citing import Citation, citation
from kg.site.pages.configuration import Kind, configuration
from kg.site.pages.data import statements, table
from kg.site.pages.drawing import NODES, Neighbour, Picture, picture
from kg.site.pages.entries import MOMENTS, PREVIEW, SIZE, Entries, paged
from kg.site.pages.links import Links
from kg.site.pages.model import Group, Row, Spelling, Worded, Year
from kg.site.pages.rows import Rows
from kg.site.pages.values import Values, family
from kg.terms import DEFINITIONS, EVENT_CLASSES

NEIGHBOURS: Final = 24  # on the page of a thing
_SHOWN: Final = 2  # sources of a statement, on the page of a thing
_LOOKED: Final = 12  # claims of a statement that are looked at, there
_QUOTED: Final = 5  # claims of an event
CLAIMS: Final = 25  # on a page of claims
_EVENTS: Final = frozenset(DEFINITIONS + name for name in EVENT_CLASSES.values())
_DRAWN: Final = ("material", "topic")  # schemes of concepts that are neighbours of a thing


@dataclass(frozen=True, slots=True)
class Thing:
    """All that the page of a thing shows."""

    iri: str
    label: str
    kind: Kind | None
    chips: tuple[tuple[str, str], ...]  # label and IRI of classes
    definition: str
    count: int
    independent: int
    rows: tuple[Row, ...]
    disputes: tuple[Dispute, ...]
    spellings: tuple[Spelling, ...]
    wordings: tuple[Worded, ...]
    claims: tuple[Source, ...]
    all_claims: int
    groups: tuple[Group, ...]
    years: tuple[Year, ...]
    moments: int
    picture: Picture | None
    citation: Citation
    query: str
    dispute: Dispute | None = None
    source: Source | None = None


class Entities:
    """Makes the pages of things of one holding."""

    def __init__(self, holding: Holding) -> None:
        self.holding = holding
        self.look = Look.of(holding)
        self.addresses = Addresses(holding.iris.base)
        self.evidence = Evidence.of(holding)
        self.values = Values(self.look, self.addresses)
        self.hush = Hush(holding, self.look)
        self.rows = Rows(self.look, self.evidence, self.values, self.hush)
        self.entries = Entries(self.look, self.evidence, Links(holding, self.look))

    @cached_property
    def as_of(self) -> str:
        """Give the date of the latest article."""
        return as_of(self.holding)

    def page(self, iri: str, path: str) -> Page:
        """Make the page of a thing."""
        thing = self.thing(iri)
        kind = thing.kind.label if thing.kind else "Thing"
        return Page(
            path,
            thing.label,
            "entity.html",
            {"thing": thing, "moments_shown": MOMENTS},
            about=iri,
            description=thing.definition
            or f"{kind}: {thing.label}, with the sentence behind each statement.",
            table=lambda: table(iri, self.whole(iri)),
            statements=lambda: statements(iri, self.look, self.hush),
        )

    def whole(self, iri: str) -> tuple[Row, ...]:
        """Give what is stated of a thing with all the sources that are looked at."""
        return self.rows.of(iri, shown=READ)

    def thing(self, iri: str) -> Thing:
        """Gather what the page of a thing shows."""
        look, told = self.look, self.look.about(iri)
        types = told.nodes("rdf:type")
        is_event = not _EVENTS.isdisjoint(types)
        rows = self.rows.of(iri, shown=_SHOWN, read=_LOOKED)
        claims = self.evidence.claims(iri, RANKED) if is_event else ()
        groups, moments = self.entries.groups(iri), self.entries.moments(iri)
        is_claim = node("cmq:Claim").value in types
        is_dispute = node("cmq:Disagreement").value in types
        rows = () if is_dispute else rows  # all of it is told in the dispute
        label = look.label(iri)
        return Thing(
            iri,
            label,
            configuration().kind(types),
            self._chips(types),
            told.text("skos:definition"),
            told.number("cmq:sources"),
            told.number("cmq:independentSources"),
            rows,
            self.evidence.disputes(iri),
            self.rows.spellings(iri),
            self.rows.wordings(iri) if is_event else (),
            tuple(map(self.evidence.source, claims[:_QUOTED])),
            len(claims),
            groups,
            self.entries.years(moments[:MOMENTS]) if len(moments) > 1 else (),
            len(moments),
            self._picture(label, rows, groups),
            self.cited(iri, label),
            self.describing(iri),
            self.evidence.dispute(iri) if is_dispute else None,
            self.evidence.source(iri) if is_claim else None,
        )

    def cited(self, iri: str, label: str) -> Citation:
        """Cite the page of a thing."""
        told = self.holding.settings
        return citation(iri, label, told.title, told.publisher, self.as_of, self.holding.digest)

    def describing(self, iri: str) -> str:
        """Give the query that asks for all that is stated of a thing."""
        return f"DESCRIBE {NamedNode(iri)}"

    def linked(self, path: str) -> Page | None:
        """Make a page of what leads to a thing by one property."""
        address, key, number = _parted(path)
        iri = self.addresses.iri(address)
        if iri is None or not is_iri(iri):
            return None
        found = self.entries.group(iri, key, number, f"linked/{address}/{key}/")
        if found is None:
            return None
        group, pager = found
        label = self.look.label(iri)
        context = {"iri": iri, "name": label, "group": group, "pager": pager}
        return Page(path, f"{group.label}: {label}", "linked.html", context)

    def claims(self, path: str) -> Page | None:
        """Make a page of the claims about an event."""
        address, _, number = _parted(path, keyed=False)
        iri = self.addresses.iri(address)
        claims = self.evidence.claims(iri) if iri and is_iri(iri) else ()
        pager = paged(number, len(claims), CLAIMS, f"claims/{address}/")
        if pager is None or not iri or not claims:
            return None
        start = (number - 1) * CLAIMS
        shown = tuple(map(self.evidence.source, claims[start : start + CLAIMS]))
        label = self.look.label(iri)
        context = {"iri": iri, "name": label, "sources": shown, "pager": pager}
        return Page(path, f"Claims: {label}", "claims.html", context)

    def timeline(self, path: str) -> Page | None:
        """Make a page of what has a date and leads to a thing."""
        address, _, number = _parted(path, keyed=False)
        iri = self.addresses.iri(address)
        if iri is None or not is_iri(iri):
            return None
        moments = self.entries.moments(iri)
        pager = paged(number, len(moments), SIZE, f"timeline/{address}/")
        if pager is None or not moments:
            return None
        years = self.entries.years(moments[(number - 1) * SIZE : number * SIZE])
        label = self.look.label(iri)
        context = {"iri": iri, "name": label, "years": years, "pager": pager}
        return Page(path, f"Timeline: {label}", "timeline.html", context)

    def around(self, path: str) -> Page | None:
        """Make a page of the neighbours of a thing, as a picture and as a list."""
        address, _, number = _parted(path, keyed=False)
        iri = self.addresses.iri(address)
        if iri is None or not is_iri(iri) or not self.look.exists(iri):
            return None
        every = self._all_neighbours(iri)
        pager = paged(number, len(every), NODES, f"around/{address}/")
        if pager is None:
            return None
        shown = every[(number - 1) * NODES : number * NODES]
        label = self.look.label(iri)
        drawn = picture(label, shown)
        context = {"iri": iri, "name": label, "picture": drawn, "pager": pager}
        return Page(path, f"Neighbours: {label}", "around.html", context)

    def more_pages(self, iri: str, address: str) -> Iterator[str]:
        """Name the further pages that belong to the page of a thing."""
        groups = self.entries.links.of(iri)
        for group in groups:
            if group.count <= PREVIEW:
                continue
            for number in range(1, -(-group.count // SIZE) + 1):
                yield f"linked/{address}/{group.key}/{number}"
        claims = len(self.evidence.claims(iri))
        if claims > _QUOTED or (claims and self.rows.wordings(iri)):  # they are not all shown there
            for number in range(1, -(-claims // CLAIMS) + 1):
                yield f"claims/{address}/{number}"
        moments = len(self.entries.moments(iri))
        if moments > MOMENTS:
            for number in range(1, -(-moments // SIZE) + 1):
                yield f"timeline/{address}/{number}"
        neighbours = len(self._all_neighbours(iri))
        if neighbours > NEIGHBOURS or any(each.count > PREVIEW for each in groups):
            for number in range(1, -(-neighbours // NODES) + 1):
                yield f"around/{address}/{number}"

    def _chips(self, types: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        ours = [each for each in types if each.startswith(DEFINITIONS)] or list(types)
        kinds = {each: configuration().kind([each]) for each in ours}
        found = {
            (kind.label if kind else self.look.label(each)): each for each, kind in kinds.items()
        }
        return tuple(
            (label, iri if self.addresses.path(iri) else "") for label, iri in sorted(found.items())
        )

    def _picture(
        self, label: str, rows: tuple[Row, ...], groups: tuple[Group, ...]
    ) -> Picture | None:
        before = [
            [Neighbour(entry.iri, entry.label, group.label) for entry in group.entries]
            for group in groups
        ]
        every = _fair(self._after(rows), before)
        if len(every) < 2:
            return None
        drawn = picture(label, every, NEIGHBOURS)
        left_out = sum(group.more for group in groups) + drawn.left_out
        return Picture(
            drawn.width, drawn.height, drawn.x, drawn.y, drawn.label, drawn.spots, left_out
        )

    def _after(self, rows: tuple[Row, ...]) -> list[Neighbour]:
        return [
            Neighbour(value.shown.iri, value.shown.text, row.label)
            for row in rows
            for value in row.values
            if value.shown.iri and self._is_drawn(value.shown.iri)
        ]

    def _is_drawn(self, iri: str) -> bool:
        path = self.addresses.path(iri) or ""
        return bool(family(path)) or path.startswith(tuple(f"concept/{s}/" for s in _DRAWN))

    def _all_neighbours(self, iri: str) -> list[Neighbour]:
        before = [
            Neighbour(subject, self.look.label(subject), group.label)
            for group in self.entries.links.of(iri)
            for subject, _ in group.subjects
            or self.entries.links.page(iri, group.key, 1, NODES, brief=True)
        ]
        return [*self._after(self.rows.of(iri, shown=0)), *before]


def _fair(after: list[Neighbour], before: list[list[Neighbour]]) -> list[Neighbour]:
    """Put first what a picture has room for: half of each, more where the other is short.

    Of the groups of what is before, each gets a turn before any gets its second.
    """
    half = NEIGHBOURS // 2
    first = after[: max(half, NEIGHBOURS - sum(map(len, before)))]
    turns = sorted((turn, at) for at, group in enumerate(before) for turn, _ in enumerate(group))
    drawn = sorted((at, turn) for turn, at in turns[: NEIGHBOURS - len(first)])
    left = sorted((at, turn) for turn, at in turns[NEIGHBOURS - len(first) :])
    return [*first, *(before[at][turn] for at, turn in (*drawn, *left)), *after[len(first) :]]


def _parted(path: str, *, keyed: bool = True) -> tuple[str, str, int]:
    """Part an address into that of the thing, the key of a group, and the number of the page.

    >>> _parted("linked/id/state/JP/party-DiplomaticMeeting/2")
    ('id/state/JP', 'party-DiplomaticMeeting', 2)
    """
    head, _, last = path.partition("/")[2].rpartition("/")
    number = int(last) if last.isdecimal() and last.isascii() and len(last) < 8 else 0
    address, _, key = head.rpartition("/") if keyed else (head, "", "")
    return address, key, number


def is_iri(text: str) -> bool:
    """Say whether an address names a resource at all.

    >>> is_iri("https://example.org/id/state/JP"), is_iri("https://example.org/id/a b")
    (True, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
