"""Post holdings across articles."""

from __future__ import annotations

from typing import Any

import pytest


def test_two_renderings_of_one_office_are_one_holding(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Minister of Salt, Grain and Timber", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Grain Minister", of="NO")
    news.tell("c", "post", person="Ann Holm", title="Minister", of="Ministry of Timber")
    [event] = news.events("post")
    assert event.articles == ("a", "b", "c")
    assert len(event.values("title")) == 3


def test_another_office_or_state_is_another_holding(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Deputy Salt Minister", of="NO")
    news.tell("c", "post", person="Ann Holm", title="Prime Minister", of="NO")
    assert len(news.events("post")) == 3


def test_a_successor_is_another_person_in_another_holding(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("b", "post", person="Omar Diop", title="Salt Minister", of="NO")
    assert len(news.events("post")) == 2
    assert len({str(event.values("person")) for event in news.events("post")}) == 2


def test_a_bare_title_is_read_as_the_one_office_that_it_fits(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Minister")
    assert len(news.events("post")) == 1


def test_a_bare_title_does_not_join_two_offices(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Fisheries Minister", of="NO")
    news.tell("c", "post", person="Ann Holm", title="Minister", of="NO")
    assert len(news.events("post")) == 3


def test_renderings_without_a_common_word_both_fit_a_fuller_one(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Minister of Salt, Grain and Timber", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Minister of Grain, Salt, and Wood", of="NO")
    news.tell("c", "post", person="Ann Holm", title="Grain Minister", of="NO")
    news.tell("d", "post", person="Ann Holm", title="Salt Minister", of="NO")
    assert len(news.events("post")) == 1


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        (("Salt Minister", "NO"), ("Minister of Salt", "SE"), "one-office-of"),
        (("Salt Minister", "NO"), ("Vice Salt Minister", "NO"), "one-office-title"),
    ],
)
def test_offices_that_exclude_each_other_are_a_disagreement(
    news: Any, left: tuple[str, str], right: tuple[str, str], rule: str
) -> None:
    news.published |= {"a": "2031-06-27", "b": "2031-06-28"}
    for article, (title, state) in (("a", left), ("b", right)):
        news.tell(article, "meeting", attendee=["Ann Holm", "Bo Lind"], date="2031-06-26")
        news.tell(article, "post", person="Ann Holm", title=title, of=state)
        news.tell(article, "post", person="Bo Lind", title="Salt Minister", of="FI")
    [found] = news.disagreements(rule)
    assert [option.articles for option in found.options] in ([("a",), ("b",)], [("b",), ("a",)])
    news.published["b"] = "2033-06-28"
    assert not news.disagreements(rule)


def test_two_offices_that_one_person_can_hold_are_no_disagreement(news: Any) -> None:
    news.published |= {"a": "2031-06-27", "b": "2031-06-28"}
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Deputy Prime Minister", of="NO")
    news.tell("b", "post", person="Ann Holm", title="Chair", of="Salt Road Council")
    assert not news.ledger().disagreements


@pytest.mark.parametrize("title", ["counterpart", "Salt Commissionary", "Minister of Salts"])
def test_a_title_that_says_no_other_office_is_of_the_same_holding(news: Any, title: str) -> None:
    office = "Salt Commissioner" if "Comm" in title else "Salt Minister"
    news.tell("a", "post", person="Ann Holm", title=office, of="NO")
    news.tell("b", "post", person="Ann Holm", title=title, of="NO")
    assert len(news.events("post")) == 1


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Minister of Salt Resources", "Minister of Salt Economy"),
        ("Minister of Salt and Heavy Timber", "Minister of SHT"),
        ("junior salt minister", "minister of state"),
        ("vice salt minister", "parliamentary vice-minister of salt"),
    ],
)
def test_one_office_may_be_worded_in_part_by_letters_or_by_rank(
    news: Any, title: str, other: str
) -> None:
    news.tell("a", "post", person="Ann Holm", title=title, of="NO")
    news.tell("b", "post", person="Ann Holm", title=other, of="NO")
    assert len(news.events("post")) == 1
