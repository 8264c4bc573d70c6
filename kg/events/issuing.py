"""Documents moved on: claims on documents and meetings that changed in, events of documents out.

A document hangs on the meeting that it comes from; what a meeting produced follows from that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.events.building import Group
from kg.events.convening import Meetings
from kg.events.desk import Asked
from kg.events.documents import Sources, issuers_of, linkage
from kg.events.editions import Editions
from kg.events.keeping import kinded
from kg.events.links import Place, place_of, words_of
from kg.events.model import Event
from kg.events.reading import Reading, World
from kg.events.rounds import Round
from kg.events.statements import one_date
from kg.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Said:
    """Where something was said, as ids of a meeting and a document."""

    meeting: str | None = None
    document: str | None = None
    sites: tuple[str, ...] = ()  # where that meeting was
    beside: tuple[str, ...] = ()  # topics that its sentence tells of as well


class Documents:
    """All documents, by the group of the claims on them."""

    def __init__(self, shelves: Shelves) -> None:
        self._from = shelves.shelf("events_issued", Said)  # claim -> where its document comes from
        self._issued = shelves.index("events_produced")  # groups of documents by meeting
        self._editions = Editions(shelves)

    def update(self, now: Round, meetings: Meetings, anew: set[str]) -> None:
        """Move the documents on; `anew` are the groups of the meetings that were made anew."""
        dirty = now.stirred.claims.pop("document", set())
        for article in sorted(now.looked):
            dirty.update(self._placed(now, article, meetings))
        for claim in now.stirred.gone:
            self._from.drop(claim)
        known = Asked(lambda claim: (self._from.get(claim) or Said()).meeting)
        sites = Asked(lambda claim: (self._from.get(claim) or Said()).sites or None)
        groups = now.groups("document", linkage(Sources(now.world, known, sites)))
        again, gone = now.moved_on("document", groups, dirty)
        stirred: set[str] = set()
        for name in sorted(gone):
            now.keeper.drop(kinded("document", name))
            stirred.update(self._issued.marks(name))
            self._issued.set(name, [])
        days, fresh = days_of(now), now.stirred.fresh
        for name, own in now.of_groups("document", groups, again):
            issued = sorted({known[each.id] for each in own if each.id in known})
            stirred.update(() if fresh else self._issued.marks(name), issued)
            self._issued.set(name, issued, new=fresh)
            now.keeper.put(kinded("document", name), _group(own, issued), days, alone=True)
        now.keeper.settle()
        for name in sorted(now.keeper.renamed):
            stirred.update(self._issued.marks(name.split("/", 1)[1]))
        self._relate(now, stirred, self._editions.update(now, anew))
        now.looked |= now.keeper.moved
        now.keeper.moved.clear()
        now.keeper.renamed.clear()

    def papers(self, now: Round, article: str) -> list[Place]:
        """Give the documents that an article tells of, and where it does."""
        readings = now.pages.of(article, "document")
        about = now.keeper.about(each.id for each in readings)
        return [_paper(about[each.id], each, now.world) for each in readings if each.id in about]

    def _placed(self, now: Round, article: str, meetings: Meetings) -> list[str]:
        """Say from which meetings an article has its documents; give the claims of other ones."""
        readings = now.pages.of(article, "document")
        places = meetings.places(article) if readings else []
        sites = {place.event: place.sites for place in places}
        changed = []
        for each in readings:
            meeting = place_of(each.of("issuer"), each, places, now.world)
            said = Said(meeting, sites=sites.get(meeting or "", ()))
            if self._from.put(each.id, said, new=now.stirred.fresh):
                changed.append(each.id)
        return changed

    def _relate(self, now: Round, stirred: set[str], anew: set[str]) -> None:
        """Say of meetings what they produced, and which editions of a series they are."""
        wanted = {kinded("meeting", name) for name in anew}
        found = {now.keeper.group(meeting) for meeting in stirred}
        for name in sorted(wanted | {each for each in found if each}):
            event = now.keeper.event_of(name)
            if event is None:
                continue
            groups = (kinded("document", each) for each in self._issued.items(event.id))
            documents = {each.id: each for each in map(now.keeper.event_of, groups) if each}
            produced = (
                now.keeper.ground("produced", key, self._at(event.id, document))
                for key, document in sorted(documents.items())
            )
            now.keeper.relate(name, (*self._editions.of(now, event), *produced))

    def _at(self, meeting: str, document: Event) -> list[str]:
        """Give the claims on a document that say of it that it comes from a meeting."""
        said = self._from.many(document.claims)
        return [claim for claim, each in said.items() if each.meeting == meeting]


def days_of(now: Round) -> Asked[str]:
    """Give the days of meetings by their ids."""

    def day(meeting: str) -> str | None:
        event = now.keeper.event(meeting)
        return next((value.value for value in event.values("date")), None) if event else None

    return Asked(day)


def _group(readings: Sequence[Reading], issued: Sequence[str]) -> Group:
    dates = one_date(date for reading in readings for date in reading.of("date"))
    return Group("document", readings, dates, {("issuedAt", each): () for each in issued})


def _paper(event: str, reading: Reading, world: World) -> Place:
    words = frozenset(
        word
        for title in (*reading.of("title"), *reading.of("type"))
        for word in words_of(title.replace("-", " "))
    )
    states = issuers_of(reading, world)
    return Place(event, reading.start, states, frozenset(), (), words)
