"""One saying in several renderings, and the wordings in which it is reported."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

SAID = {
    "a": "The minister said salt exports to the island would resume in April after 3 years.",
    "b": "“Exports of salt to the island will resume in April, after 3 years,” the minister said.",
    "c": "The minister said salt exports to the island would resume in April, after 3 years!",
    "d": "The minister said that herring quotas were a matter for scientists and not for courts.",
}


def report(news: Any, article: str, kind: str = "utterance", day: str = "", **roles: Any) -> None:
    given = {"speaker": "Ann Holm"} if kind == "utterance" else {"actor": "NO", "topic": "salt"}
    claim = news.tell(article, kind, **{**given, **roles})
    news.published[article] = day or "2024-06-27"
    news.claims[-1] = replace(claim, quote=SAID[article])


def sayings(news: Any) -> list[tuple[str, ...]]:
    return sorted(event.articles for event in news.events("utterance"))


def test_renderings_of_one_saying_are_one_utterance(news: Any) -> None:
    for article in SAID:
        report(news, article)
    assert sayings(news) == [("a", "b", "c"), ("d",)]


def test_another_speaker_or_season_is_another_saying(news: Any) -> None:
    report(news, "a")
    report(news, "b", speaker="Bo Lind")
    report(news, "c", day="2025-06-27")
    assert sayings(news) == [("a",), ("b",), ("c",)]


def test_one_article_that_reports_two_sayings_reports_two(news: Any) -> None:
    report(news, "a")
    report(news, "a")
    assert sayings(news) == [("a",), ("a",)]


def test_wordings_are_told_apart_and_copies_are_not(news: Any) -> None:
    for article in ("a", "b", "c"):
        report(news, article)
    [event] = news.events("utterance")
    assert [each.articles for each in event.wordings] == [("a", "c"), ("b",)]
    assert {claim for each in event.wordings for claim in each.claims} == set(event.claims)


def test_a_promise_reported_in_two_wordings_is_one_with_both(news: Any) -> None:
    for article in ("a", "b"):
        report(news, article, "commitment", modality="agreed", counterparty="IS", framework="SF")
    [event] = news.events("commitment")
    assert sorted(each.articles for each in event.wordings) == [("a",), ("b",)]


def test_one_wording_alone_is_no_list(news: Any) -> None:
    report(news, "a")
    report(news, "c")
    [event] = news.events("utterance")
    assert event.wordings == ()
