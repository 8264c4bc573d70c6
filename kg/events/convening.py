"""Meetings moved on: sightings and documents that changed in, events of meetings out.

A meeting hangs on its sightings, on the documents that their articles tell of, which may say the
year, and on the days of other meetings in these articles, which may as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg import edtf
from kg.events import meetings
from kg.events.building import Group
from kg.events.documents import issuers_of
from kg.events.groups import Groups
from kg.events.keeping import kinded
from kg.events.links import Place, held
from kg.events.rounds import Round
from kg.events.sightings import Sighting
from kg.events.statements import one_date
from kg.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Days:
    """The dates of a meeting by those that sources give, years completed from its own articles."""

    dates: dict[str, str]

    @property
    def open(self) -> bool:
        """Say whether another meeting may tell the year of one of them."""
        return any(date.startswith("X") for date in self.dates.values())


@dataclass(frozen=True, slots=True)
class Known:
    """What documents and statements see of a meeting."""

    event: str
    states: frozenset[str]
    people: frozenset[str]
    dates: tuple[str, ...]
    open: bool
    sites: tuple[str, ...] = ()


class Meetings:
    """All meetings, by the group of their sightings."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._days = shelves.shelf("events_days", Days)
        self._known = shelves.shelf("events_meetings", Known)

    def update(self, now: Round) -> set[str]:
        """Move the meetings on; give the groups whose events are new, renamed or gone."""
        self._now = now
        self._groups = Groups(
            self._shelves,
            "meeting",
            meetings.accounts(now.pages.sightings.many, now.world),
            meetings.linkage(),
            fresh=now.stirred.fresh,
        )
        done = self._groups.update(now.stirred.sightings)
        again = set(done.changed)
        again.update(self._told_in(now.stirred.articles | set(now.recounted)))
        for name in sorted(done.gone):
            now.keeper.drop(kinded("meeting", name))
            self._known.drop(name)
            self._days.drop(name)
        moved = now.pages.sightings.many(() if self._groups.fresh else done.moved)
        later = self._open_beside({each.article for each in moved.values()}) - again
        parties: dict[str, frozenset[str]] = {}
        for name in sorted(again):
            days, near = self._dated(name)
            later |= near - again
            if days.open:
                later.add(name)
            else:
                parties[name] = self._made(name, days.dates)
        for name in sorted(later):
            parties[name] = self._made(name, self._completed(name))
        now.keeper.settle()
        return {*parties, *done.gone, *self._tell(parties)}

    def places(self, article: str) -> list[Place]:
        """Give the meetings that an article tells of, and where it does."""
        found = []
        for sighting in self._now.pages.sightings_of(article):
            known = self._known.get(self._groups.group_of(sighting.key))
            if known:
                first = (sighting.readings or sighting.headings)[0]
                spans = tuple((each.start, each.end) for each in sighting.every)
                found.append(
                    Place(
                        event=known.event,
                        start=first.start,
                        states=known.states,
                        people=known.people,
                        dates=known.dates,
                        open=known.open,
                        spans=spans,
                        sites=known.sites,
                    )
                )
        return found

    def _told_in(self, articles: Iterable[str]) -> Iterator[str]:
        """Yield the groups of the meetings that articles tell of."""
        for article in sorted(articles):
            page = self._now.pages.pages.get(article)
            for key in page.sightings if page else ():
                yield self._groups.group_of(key)

    def _sightings(self, name: str) -> list[Sighting]:
        return list(self._now.pages.sightings.many(self._groups.items(name)).values())

    def _dated(self, name: str) -> tuple[Days, set[str]]:
        """Date a meeting from its own articles; give with it who may take a year from it."""
        own = self._sightings(name)
        days = Days(one_date(*self._dates(own)))
        if not self._days.put(name, days, new=self._groups.fresh):
            return days, set()
        return days, self._open_beside({each.article for each in own})

    def _open_beside(self, articles: Iterable[str]) -> set[str]:
        """Give the meetings in articles that wait for a year, but in those that changed."""
        others = set(articles) - self._now.stirred.articles
        groups = set(self._told_in(others))
        return {each for each in groups if (days := self._days.get(each)) and days.open}

    def _dates(self, own: Sequence[Sighting]) -> tuple[list[str], list[str]]:
        """Give the dates of sightings, and those that may complete their years."""
        dates = [date for each in own for reading in each.every for date in reading.of("date")]
        hints = [date for each in own if each.setting for date in each.setting.of("date")]
        if any(date.startswith("X") for date in dates):
            parties = _parties(own)
            for article in sorted({each.article for each in own}):
                for document in self._now.pages.of(article, "document"):
                    if issuers_of(document, self._now.world) == parties:
                        hints += document.of("date")
        published = {each.published for each in own if each.published}
        for date in dates:
            found = {edtf.dated_by(date, day) for day in published} - {None}
            hints += [day for day in found if day] if len(found) == 1 else []
        return dates, hints

    def _completed(self, name: str) -> Mapping[str, str]:
        """Complete the year of a date where its article tells of one such day with its year."""
        days = self._days.get(name) or Days({})
        articles = {each.article for each in self._sightings(name)}
        told: set[str] = set()
        for group in sorted(set(self._told_in(articles))):
            told.update((self._days.get(group) or Days({})).dates.values())
        return {date: _year(own, told) for date, own in days.dates.items()}

    def _made(self, name: str, dates: Mapping[str, str]) -> frozenset[str]:
        """Make the event of a meeting; give its parties."""
        own = self._sightings(name)
        readings = [each for sighting in own for each in sighting.every]
        extras = frozenset(each.id for sighting in own for each in sighting.additions)
        group = Group("meeting", readings, dates, extras=extras)
        self._now.keeper.put(kinded("meeting", name), group)
        return _parties(own)

    def _tell(self, parties: Mapping[str, frozenset[str]]) -> set[str]:
        """Keep what others see of meetings; where that changed, their articles are looked at.

        Gives the groups whose events are called otherwise than before.
        """
        keeper, looked = self._now.keeper, self._now.looked
        renamed = {name.split("/", 1)[1] for name in keeper.renamed}
        for name in sorted({*parties, *renamed}):
            event = keeper.event_of(kinded("meeting", name))
            if event is None:
                continue
            old = self._known.get(name)
            people = frozenset(value.value for value in event.values("attendee"))
            told = parties[name] if name in parties or old is None else old.states
            known = Known(
                event=event.id,
                states=told or self._now.world.states_of(people),
                people=people,
                dates=tuple(value.value for value in event.values("date")),
                open=held(event.status) and not event.polarity,
                sites=tuple(sorted(value.value for value in event.values("place"))),
            )
            if self._known.put(name, known, new=self._groups.fresh):
                looked.update(event.articles)
        looked |= keeper.moved
        keeper.moved.clear()
        keeper.renamed.clear()
        return renamed


def _parties(own: Iterable[Sighting]) -> frozenset[str]:
    return frozenset(state for each in own for state in each.of("party"))


def _year(date: str, others: Iterable[str]) -> str:
    whole = {each for each in others if edtf.is_day(each) and edtf.compatible(date, each)}
    return whole.pop() if date.startswith("X") and len(whole) == 1 else date
