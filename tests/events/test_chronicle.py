"""Events kept while articles come, change and go: always what a full build gives."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from benchmarks.generate import articles as generated
from kg.articles.model import Article
from kg.claims.model import ArticleClaims, Claim
from kg.entities.model import Entity, EntityChanges, Identity
from kg.entities.resolve import resolve as identify
from kg.events.chronicle import Chronicle
from kg.events.model import EventChanges, EventLedger
from kg.events.resolve import resolve
from kg.events.whole import Whole
from kg.shelves import Shelves

NOBODY = Identity((), (), ())


class Seen(Whole):
    """A view of an identity that becomes another."""

    def turn(self, identity: Identity) -> EntityChanges:
        """See another identity; say what changed."""
        old, before = self._identity, {key: dict(own) for key, own in self._groups.items()}
        self.__init__(identity)  # type: ignore[misc]
        was, now = ({each.id: described(each) for each in one.entities} for one in (old, identity))
        entities = {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        after = self._groups
        articles = {key for key in before.keys() | after.keys()
                    if before.get(key, {}) != after.get(key, {})}  # fmt: skip
        return EntityChanges(frozenset(entities), frozenset(articles), frozenset(), frozenset())


def described(entity: Entity) -> Entity:
    forms = tuple(replace(form, articles=()) for form in entity.forms)
    return replace(entity, forms=forms, groups=())


@dataclass
class Desk:
    """A chronicle with the articles that it was told of, and the ledger that it stood at."""

    shelves: Shelves = field(default_factory=Shelves)
    told: dict[str, tuple[Article, tuple[Claim, ...]]] = field(default_factory=dict)
    view: Seen = field(default_factory=lambda: Seen(NOBODY))
    last: EventLedger = field(default_factory=lambda: EventLedger((), (), {}))
    owner: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chronicle = Chronicle(self.shelves, self.view)

    def take(self, news: Mapping[str, tuple[Article, tuple[Claim, ...]] | None]) -> EventChanges:
        """Add, replace or retract articles; check all that follows against a full build."""
        articles = self.shelves.shelf("articles", Article)
        claims = self.shelves.shelf("claims", ArticleClaims)
        for key, told in news.items():
            if told is None:
                self.told.pop(key, None)
                articles.drop(key)
                claims.drop(key)
            else:
                self.told[key] = told
                articles.put(key, told[0])
                claims.put(key, ArticleClaims(told[1]))
        every = [claim for _, own in self.told.values() for claim in own]
        known = {key: article for key, (article, _) in self.told.items()}
        identity = identify(every, known)
        changes = self.chronicle.update(list(news), self.view.turn(identity))
        now = self.chronicle.ledger()
        assert now == resolve(every, identity, known)
        self._check(changes, now, {claim.id: claim.article for claim in every})
        return changes

    def _check(self, changes: EventChanges, now: EventLedger, owner: dict[str, str]) -> None:
        """What is said to have changed is exactly what did, and can be looked up."""
        assert changes.events == other(self.last.events, now.events)
        assert changes.disagreements == other(self.last.disagreements, now.disagreements)
        before, after = by_article(self.last, self.owner), by_article(now, owner)
        assert changes.articles == {
            key for key in before.keys() | after.keys() if before.get(key) != after.get(key)
        }
        events = {event.id: event for event in now.events}
        for key in changes.events:
            assert self.chronicle.event(key) == events.get(key)
        for key in changes.articles:
            assert self.chronicle.about(key) == after.get(key, {})
        self.last, self.owner = now, owner


def other(old: Iterable[Any], new: Iterable[Any]) -> set[str]:
    was, now = ({each.id: each for each in own} for own in (old, new))
    return {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}


def by_article(ledger: EventLedger, owner: Mapping[str, str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for claim, event in ledger.about.items():
        found.setdefault(owner[claim], {})[claim] = event
    return found


def some(draw: random.Random, known: Collection[str], most: int) -> list[str]:
    return draw.sample(sorted(known), min(len(known), draw.randint(1, most)))


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_changes_ends_where_a_full_build_does(seed: int) -> None:
    draw = random.Random(seed)
    pool = {article.id: (article, own) for article, own in generated(24, seed, per_day=24)}
    desk = Desk()
    desk.take({key: pool[key] for key in some(draw, pool, 16)})
    for _ in range(6):
        news: dict[str, tuple[Article, tuple[Claim, ...]] | None] = {}
        for key in some(draw, pool, 3):
            article, claims = pool[key]
            if key in desk.told and draw.random() < 0.5:
                news[key] = None
            elif key in desk.told:
                news[key] = (article, tuple(each for each in claims if draw.random() < 0.7))
            else:
                news[key] = (article, claims)
        desk.take(news)


def test_what_comes_and_goes_leaves_nothing_behind() -> None:
    pool = {article.id: (article, own) for article, own in generated(12, 5, per_day=12)}
    [first, *rest] = sorted(pool)
    desk = Desk()
    desk.take({key: pool[key] for key in rest})
    before = desk.last
    added = desk.take({first: pool[first]})
    removed = desk.take({first: None})
    assert desk.last == before
    assert added.events == removed.events != frozenset()
    desk.take(dict.fromkeys(rest))
    assert desk.last == EventLedger((), (), {})
    for name in tables(desk.shelves):
        assert not rows(desk.shelves, name), name


def tables(shelves: Shelves) -> list[str]:
    found = shelves.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found if "events" in name]


def rows(shelves: Shelves, table: str) -> list[Any]:
    return list(shelves.connection.execute(f'SELECT * FROM "{table}"'))  # noqa: S608 - its own table


def test_an_article_told_again_unchanged_changes_nothing() -> None:
    pool = {article.id: (article, own) for article, own in generated(12, 6, per_day=12)}
    desk = Desk()
    desk.take(pool)
    changes = desk.take({key: pool[key] for key in sorted(pool)[:3]})
    assert changes == EventChanges(frozenset(), frozenset(), frozenset())


def test_one_article_touches_only_events_that_it_bears_on() -> None:
    pool = {article.id: (article, own) for article, own in generated(40, 7, per_day=40)}
    [first, *rest] = sorted(pool)
    desk = Desk()
    desk.take({key: pool[key] for key in rest})
    changes = desk.take({first: pool[first]})
    events = {event.id: event for event in desk.last.events}
    now = [events[key] for key in changes.events if key in events]
    assert sum(first in event.articles for event in now) == len(
        [event for event in desk.last.events if first in event.articles]
    )
    assert len(changes.events) < len(desk.last.events) / 4


def test_what_is_learnt_of_a_person_reaches_the_articles_that_name_the_person(news: Any) -> None:
    for article, place in (("a", "Oslo"), ("b", "Bergen")):
        news.tell(article, "meeting", attendee=["Ann Holm", "Bo Lind"], date="2024-06-26")
        news.tell(article, "document", issuer=["Ann Holm", "Bo Lind"], title="joint statement")
        news.tell(article, "commitment", actor=["Ann Holm", "Bo Lind"], topic="salt")
        news.tell(article, "meeting", party=["NO", "SE"], date="2024-06-26", place=place)
    news.tell("c", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("d", "post", person="Bo Lind", title="Salt Minister", of="SE")
    told = pages(news)
    desk = Desk()
    desk.take({key: told[key] for key in ("a", "b")})
    desk.take({"c": told["c"]})
    assert desk.take({"d": told["d"]}).events
    desk.take({"c": None})
    desk.take({"a": None, "d": None})


def test_a_name_that_two_events_share_is_given_back_when_one_is_gone(news: Any) -> None:
    for article, day in (("a", "2020-01-01"), ("b", "2022-01-01"), ("c", "2024-01-01")):
        news.published[article] = day
        news.tell(article, "commitment", actor="NO", topic="salt", modality="agreed")
    told = pages(news)
    desk = Desk()
    desk.take({"a": told["a"]})
    [alone] = [event.id for event in desk.last.events]
    desk.take({"b": told["b"], "c": told["c"]})
    assert len({event.id for event in desk.last.events} - {alone}) == 3
    desk.take({"a": None})
    assert alone not in {event.id for event in desk.last.events}
    desk.take({"c": None})
    assert [event.id for event in desk.last.events] == [alone]


def test_a_year_comes_and_goes_with_the_article_that_gives_it(news: Any) -> None:
    news.tell("a", "meeting", party=["NO", "SE"], date="XXXX-06-26", place="Oslo", ordinal="1")
    news.tell("a", "meeting", party=["DK", "FI"], date="XXXX-06-26", place="Oslo", ordinal="2")
    news.tell("b", "meeting", party=["NO", "SE"], date="2024-06-26", place="Oslo", ordinal="1")
    told = pages(news)
    desk = Desk()
    desk.take({"a": told["a"]})
    desk.take({"b": told["b"]})
    dates = {value.value for event in desk.last.events for value in event.values("date")}
    assert dates == {"2024-06-26"}
    desk.take({"b": None})
    assert "2024" not in {event.id[8:12] for event in desk.last.events}


def test_what_nothing_can_be_compared_with_goes_all_the_same(news: Any) -> None:
    news.tell("a", "utterance", speaker="Ann Holm")
    news.tell("b", "utterance", speaker="Bo Lind")
    told = pages(news)
    desk = Desk()
    desk.take(told)
    desk.take({"a": None})
    assert [event.articles for event in desk.last.events] == [("b",)]


def test_a_copy_of_an_article_makes_no_second_source_until_the_other_is_gone(news: Any) -> None:
    for article in ("a", "b", "c"):
        news.texts[article] = "The salt ministers spoke of barges and of tolls on them. " * 9
        news.tell(article, "position", actor="NO", item="lithium", type="dominance")
    news.texts["c"] = "Far to the south a grain fair opened with music and few sellers. " * 9
    told = pages(news)
    desk = Desk()
    for keys, count in ((["c"], 1), (["a"], 2), (["b"], 2), (["c"], 1)):
        desk.take({key: None if key in desk.told else told[key] for key in keys})
        assert [event.independent for event in desk.last.events] == [count]


def pages(news: Any) -> dict[str, tuple[Article, tuple[Claim, ...]]]:
    return {
        key: (article, tuple(each for each in news.claims if each.article == key))
        for key, article in news.articles().items()
    }
