"""Closed lists of those present."""

from __future__ import annotations

from typing import Any

PAIR = ["NO", "SE"]


def account(news: Any, article: str, people: list[str]) -> None:
    news.tell(article, "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell(article, "post", person="Bo Lind", title="Salt Minister", of="SE")
    news.tell(article, "meeting", party=PAIR, date="2024-06-26", place="Oslo", attendee=people)


def test_a_person_whom_closed_lists_leave_out_is_disputed(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Bo Lind"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    [found] = news.disagreements("closed-list")
    assert found.role == "attendee"
    assert [(str(option.value), option.articles) for option in found.options] == [
        ("person/maria-rossi", ("b",)),
        ("None", ("a",)),
    ]
    assert found.options[1].claims
    assert "Maria Rossi" in found.explanation


def test_a_list_of_one_is_not_closed(news: Any) -> None:
    account(news, "a", ["Ann Holm"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    assert not news.disagreements("closed-list")


def test_a_list_without_anybody_for_a_party_is_only_incomplete(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Maria Rossi"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    assert not news.disagreements("closed-list")


def test_articles_that_agree_have_no_disagreement(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Bo Lind"])
    account(news, "b", ["Ann Holm", "Bo Lind"])
    assert news.ledger().disagreements == ()


def test_one_article_that_gives_town_and_building_does_not_contradict_itself(news: Any) -> None:
    news.tell("a", "meeting", party=PAIR, date="2024-06-26", place=["Oslo", "Customs House"])
    news.tell("b", "meeting", party=PAIR, date="2024-06-26", place="Oslo")
    assert not news.disagreements("one-place")
    news.tell("c", "meeting", party=PAIR, date="2024-06-26", place="Bergen", ordinal="2")
    news.tell("d", "meeting", party=PAIR, date="2024-06-26", place="Tromso", ordinal="2")
    assert news.disagreements("one-place")
