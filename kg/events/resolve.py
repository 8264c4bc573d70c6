"""Stage 4: claims about resolved entities in, events and the ledger of disagreements out.

Meetings come first, documents next, since what was said is told apart by where it was said. Every
claim is about exactly one event. The outcome depends on the set of claims, not on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg import edtf
from kg.articles.model import Article
from kg.claims.model import Claim
from kg.entities.model import Identity
from kg.events import documents as papers_of
from kg.events import measures, posts, propositions
from kg.events.building import Group, built
from kg.events.disagreements import Bench, clashes, disagreements_of
from kg.events.documents import Sources, issuers_of
from kg.events.grouping import grouped
from kg.events.independence import Independence, copies_of
from kg.events.links import Place, by_claim, document_of, held, place_of, words_of
from kg.events.meetings import linkage as meetings_linkage
from kg.events.model import Disagreement, Event, EventLedger
from kg.events.propositions import Occasion
from kg.events.reading import Reading, World, readings_of, world_of
from kg.events.sightings import Sighting, sightings_of
from kg.events.statements import one_date
from kg.terms import Kind

Places = Mapping[str, Sequence[Place]]


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every step needs: the readings by kind, what is known of entities, the counter."""

    readings: Mapping[str, Sequence[Reading]]
    world: World
    independence: Independence

    def built(self, groups: Sequence[Group], meetings: Places | None = None) -> list[Event]:
        places = [place for own in (meetings or {}).values() for place in own if place.dates]
        days = {place.event: place.dates[0] for place in places}
        return built(groups, self.world, self.independence, days)


def resolve(
    claims: Iterable[Claim], identity: Identity, articles: Mapping[str, Article]
) -> EventLedger:
    """Say which events the claims are about, what supports each statement, where sources part."""
    readings = readings_of(claims, identity, articles)
    world = world_of(readings, identity)
    by_kind: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_kind[reading.kind].append(reading)
    desk = _Desk(by_kind, world, Independence(copies_of(articles)))
    meetings, sightings = _meetings(readings, desk)
    places = _meeting_places(meetings, sightings, world)
    documents, papers = _documents(desk, places)
    meetings = _with_produced(meetings, documents)
    events = [*meetings, *documents, *_propositions(desk, places, papers), *_others(desk)]
    events.sort(key=lambda event: event.id)
    return EventLedger(
        events=tuple(events),
        disagreements=_disagreements(events, readings, desk),
        about={claim: event.id for event in events for claim in event.claims},
    )


def _disagreements(
    events: Iterable[Event], readings: Iterable[Reading], desk: _Desk
) -> tuple[Disagreement, ...]:
    bench = Bench({reading.id: reading for reading in readings}, desk.world, desk.independence)
    found: dict[str, Disagreement] = {}
    holdings: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        found |= {each.id: each for each in disagreements_of(event, bench)}
        for person in event.values("person") if event.kind == "post" else ():
            holdings[person.value].append(event)
    for own in holdings.values():
        found |= {each.id: each for each in clashes(own, bench)}
    return tuple(
        sorted(found.values(), key=lambda each: (each.subject, each.role, each.rule, each.id))
    )


def _meetings(readings: Sequence[Reading], desk: _Desk) -> tuple[list[Event], list[list[Sighting]]]:
    by_article: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_article[reading.article].append(reading)
    sightings = [each for _, own in sorted(by_article.items()) for each in sightings_of(own)]
    groups = grouped(sightings, meetings_linkage(desk.world))
    drafts = [_meeting(own, desk) for own in groups]
    return desk.built(_same_days(drafts)), groups


def _same_days(drafts: Sequence[Group]) -> list[Group]:
    """Complete the year of a date where its article tells of one such day whose year is known."""
    known: defaultdict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        for article in draft.articles:
            known[article] |= set(draft.dates.values())
    completed = []
    for draft in drafts:
        told = {each for article in draft.articles for each in known[article]}
        dates = {date: _year(own, told) for date, own in draft.dates.items()}
        completed.append(replace(draft, dates=dates))
    return completed


def _year(date: str, others: Iterable[str]) -> str:
    whole = {each for each in others if edtf.is_day(each) and edtf.compatible(date, each)}
    return whole.pop() if date.startswith("X") and len(whole) == 1 else date


def _meeting(sightings: Sequence[Sighting], desk: _Desk) -> Group:
    readings = [each for own in sightings for each in own.every]
    dates = [date for reading in readings for date in reading.of("date")]
    hints = [date for own in sightings if own.setting for date in own.setting.of("date")]
    parties = frozenset(state for own in sightings for state in own.of("party"))
    articles = {own.article for own in sightings}
    for document in desk.readings.get("document", ()):
        if document.article in articles and issuers_of(document, desk.world) == parties:
            hints += document.of("date")
    published = {own.published for own in sightings if own.published}
    for date in dates:
        found = {edtf.dated_by(date, day) for day in published} - {None}
        hints += [day for day in found if day] if len(found) == 1 else []
    extras = frozenset(each.id for own in sightings for each in own.additions)
    return Group("meeting", readings, one_date(dates, hints), extras=extras)


def _meeting_places(
    meetings: Sequence[Event], groups: Sequence[Sequence[Sighting]], world: World
) -> Places:
    places: defaultdict[str, list[Place]] = defaultdict(list)
    for event, own in zip(meetings, groups, strict=True):
        people = frozenset(value.value for value in event.values("attendee"))
        parties = frozenset(state for each in own for state in each.of("party"))
        for sighting in own:
            first = (sighting.readings or sighting.headings)[0]
            places[sighting.article].append(
                Place(
                    event=event.id,
                    start=first.start,
                    states=parties or world.states_of(people),
                    people=people,
                    dates=tuple(value.value for value in event.values("date")),
                    open=held(event.status) and not event.polarity,
                    spans=tuple((each.start, each.end) for each in sighting.every),
                )
            )
    return places


def _documents(desk: _Desk, meetings: Places) -> tuple[list[Event], Places]:
    readings = desk.readings.get("document", ())
    meeting = by_claim(
        {
            reading.id: place_of(
                reading.of("issuer"), reading, meetings.get(reading.article, ()), desk.world
            )
            for reading in readings
        }
    )
    groups = grouped(readings, papers_of.linkage(Sources(desk.world, meeting)))
    events = desk.built([_document(own, meeting) for own in groups], meetings)
    papers: defaultdict[str, list[Place]] = defaultdict(list)
    for event, own in zip(events, groups, strict=True):
        for reading in own:
            papers[reading.article].append(_paper(event.id, reading, desk.world))
    return events, papers


def _document(readings: Sequence[Reading], meeting: Mapping[str, str]) -> Group:
    dates = one_date(date for reading in readings for date in reading.of("date"))
    issued = {meeting[reading.id] for reading in readings if reading.id in meeting}
    return Group("document", readings, dates, tuple(("issuedAt", each) for each in sorted(issued)))


def _paper(event: str, reading: Reading, world: World) -> Place:
    words = frozenset(
        word
        for title in (*reading.of("title"), *reading.of("type"))
        for word in words_of(title.replace("-", " "))
    )
    states = issuers_of(reading, world)
    return Place(event, reading.start, states, frozenset(), (), words)


def _with_produced(meetings: Sequence[Event], documents: list[Event]) -> list[Event]:
    """Turn what documents say of the meeting that issued them into what meetings produced."""
    produced: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for place, document in enumerate(documents):
        for _, meeting in document.relations:
            produced[meeting].add(("produced", document.id))
        documents[place] = _related(document, ())
    return [_related(each, (*each.relations, *sorted(produced[each.id]))) for each in meetings]


def _related(event: Event, relations: tuple[tuple[str, str], ...]) -> Event:
    return Event(
        event.id, event.kind, event.label, event.statements, event.claims, event.articles,
        event.independent, event.status, event.modality, event.polarity, relations,
    )  # fmt: skip


def _propositions(desk: _Desk, meetings: Places, papers: Places) -> list[Event]:
    found: list[Event] = []
    roles: tuple[tuple[Kind, str], ...] = (("commitment", "actor"), ("concern", "holder"))
    for kind, role in roles:
        readings = desk.readings.get(kind, ())
        occasion = _occasion(readings, role, desk, meetings, papers)
        groups = grouped(readings, propositions.linkage(kind, occasion, desk.world))
        found += desk.built([_proposition(kind, own, occasion) for own in groups], meetings)
    positions = desk.readings.get("position", ())
    nowhere = Occasion({}, {})
    found += desk.built(
        [
            Group("position", own)
            for own in grouped(positions, propositions.linkage("position", nowhere, desk.world))
        ]
    )
    return found


def _occasion(
    readings: Sequence[Reading], role: str, desk: _Desk, meetings: Places, papers: Places
) -> Occasion:
    meeting: dict[str, str | None] = {}
    document: dict[str, str | None] = {}
    for reading in readings:
        own = meetings.get(reading.article, ())
        meeting[reading.id] = place_of(reading.of(role), reading, own, desk.world)
        written = papers.get(reading.article, ())
        document[reading.id] = document_of(reading, written, desk.world, role)
    return Occasion(by_claim(meeting), by_claim(document))


def _proposition(kind: Kind, readings: Sequence[Reading], occasion: Occasion) -> Group:
    relations: set[tuple[str, str]] = set()
    for reading in readings:
        if kind == "commitment" and reading.id in occasion.meeting:
            relations.add(("madeAt", occasion.meeting[reading.id]))
        if reading.id in occasion.document:
            relations.add(("documentedIn", occasion.document[reading.id]))
    return Group(kind, readings, relations=tuple(sorted(relations)))


def _others(desk: _Desk) -> list[Event]:
    """Build what needs no other event: posts, measures, utterances."""
    steps: tuple[tuple[Kind, Callable[[Sequence[Reading]], list[list[Reading]]]], ...] = (
        (
            "post",
            lambda own: grouped(
                own, posts.linkage(desk.world, posts.known_offices(own, desk.world))
            ),
        ),
        ("control", lambda own: grouped(own, measures.linkage())),
        ("utterance", lambda own: [[each] for each in own]),
    )
    found: list[Event] = []
    for kind, step in steps:
        groups = step(desk.readings.get(kind, ()))
        found += desk.built([Group(kind, own) for own in groups])
    return found
