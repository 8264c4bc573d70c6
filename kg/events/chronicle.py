"""Stage 4, kept: articles and identity that changed in, events and disagreements moved on out.

Meetings come first, documents next, since what was said is told apart by where it was said. Every
claim is about exactly one event. What stands here is a function of the set of articles, never of
the order in which they came: a full build is an update with all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.collecting import seldom_collected
from kg.entities.model import EntityChanges, IdentityView
from kg.events import independence, measures, posts, utterances
from kg.events.building import Group
from kg.events.convening import Meetings
from kg.events.desk import Asked
from kg.events.groups import Groups
from kg.events.independence import Independence
from kg.events.issuing import Documents
from kg.events.keeping import Keeper
from kg.events.model import Disagreement, Event, EventChanges, EventLedger
from kg.events.pages import Page, Pages, Stirred
from kg.events.rounds import Round
from kg.events.saying import Propositions
from kg.offices import Office
from kg.shelves import Shelves


class Chronicle:
    """All events of the articles on shelves, as the identity given has it."""

    def __init__(self, shelves: Shelves, identity: IdentityView) -> None:
        self._shelves = shelves
        self._pages = Pages(shelves, identity)
        self._keeper = Keeper(shelves, self._pages.readings)
        self._meetings = Meetings(shelves)
        self._documents = Documents(shelves)
        self._propositions = Propositions(shelves)

    @seldom_collected()
    def update(self, touched: Collection[str], changes: EntityChanges) -> EventChanges:
        """Take over what changed in articles and in identity; say what that changed in events."""
        stirred = self._pages.update(touched, changes)
        world = self._pages.world()
        recounted, counter = self._copies(stirred)
        self._keeper.begin(world, counter)
        now = Round(self._shelves, self._pages, self._keeper, world, stirred, recounted)
        self._keeper.forget(stirred.gone)
        now.looked |= stirred.articles
        anew = self._meetings.update(now)
        self._documents.update(now, self._meetings, anew)
        self._propositions.update(now, self._meetings, self._documents)
        self._others(now)
        self._keeper.compare_holdings()
        return EventChanges(
            events=self._keeper.changed_events(),
            disagreements=self._keeper.changed_disagreements(),
            articles=self._keeper.changed_articles(),
        )

    def event(self, key: str) -> Event | None:
        """Give an event."""
        return self._keeper.event(key)

    def events(self) -> Iterator[Event]:
        """Yield all events, by id."""
        return self._keeper.events()

    def disagreement(self, key: str) -> Disagreement | None:
        """Give a disagreement."""
        return self._keeper.disagreement(key)

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield all disagreements, by id."""
        return self._keeper.disagreements()

    def about(self, article: str) -> Mapping[str, str]:
        """Give for each claim of an article the id of the event that it is about."""
        return self._keeper.about((self._pages.pages.get(article) or Page()).ids)

    def ledger(self) -> EventLedger:
        """Give everything as a whole, in memory."""
        events = tuple(self.events())
        found = sorted(
            self.disagreements(), key=lambda each: (each.subject, each.role, each.rule, each.id)
        )
        return EventLedger(
            events=events,
            disagreements=tuple(found),
            about={claim: event.id for event in events for claim in event.claims},
        )

    def _copies(self, stirred: Stirred) -> tuple[set[str], Independence]:
        """Find the copies among articles; give those that are copies of others than before."""
        groups = Groups(
            self._shelves,
            "copies",
            self._pages.sketches.many,
            independence.linkage(),
            fresh=stirred.fresh,
        )
        done = groups.update(stirred.sketches)
        moved = set(done.moved) - stirred.new
        return moved, Independence(Asked(groups.group_of))

    def _others(self, now: Round) -> None:
        """Move on what needs no other event: posts, measures, utterances."""

        def offices(person: str) -> set[Office]:
            firsts = held.firsts(person)
            return {each for first in firsts for each in posts.offices_of(first, now.world)}

        changed = now.stirred.claims
        held = now.groups("post", posts.linkage(now.world, Asked(offices)))
        now.make("post", held, changed.pop("post", set()), lambda own: Group("post", own))
        controls = now.groups("control", measures.linkage(now.world))
        now.make(
            "control", controls, changed.pop("control", set()), lambda own: Group("control", own)
        )
        sayings = now.groups("utterance", utterances.linkage())
        now.make(
            "utterance",
            sayings,
            changed.pop("utterance", set()),
            lambda own: Group("utterance", own),
        )
