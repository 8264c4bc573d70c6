"""Editions of one series, and which meeting each follows."""

from __future__ import annotations

from typing import Any

import pytest

TRIO = ["NO", "SE", "FI"]


def hold(news: Any, article: str, ordinal: int, day: str, **more: Any) -> None:
    told = {"framework": "Salt Road Forum (SRF)", "ordinal": str(ordinal), "date": day, **more}
    news.tell(article, "meeting", party=TRIO, **told)


def relations(news: Any, ordinal: int) -> dict[str, str]:
    [event] = [
        each
        for each in news.events("meeting")
        if [value.value for value in each.values("ordinal")] == [str(ordinal)]
    ]
    return dict(event.relations)


def test_the_next_edition_is_another_meeting_that_follows_the_last(news: Any) -> None:
    hold(news, "a", 4, "2031-06-26")
    hold(news, "b", 5, "2032-06-20")
    [last] = [each for each in news.events("meeting") if "2031" in each.id]
    assert relations(news, 4) == {"editionOf": "framework/salt-road-forum-srf"}
    assert relations(news, 5) == {
        "editionOf": "framework/salt-road-forum-srf",
        "follows": last.id,
    }
    [following] = [each for each in news.events("meeting") if "2032" in each.id]
    articles = {each.relation: each.articles for each in following.grounds}
    assert articles == {"editionOf": ("b",), "follows": ("a", "b")}


@pytest.mark.parametrize(
    ("ordinal", "day"),
    [(7, "2032-06-20"), (5, "2030-06-20")],
)
def test_what_is_not_the_next_or_not_later_follows_nothing(
    news: Any, ordinal: int, day: str
) -> None:
    hold(news, "a", 4, "2031-06-26")
    hold(news, "b", ordinal, day)
    assert "follows" not in relations(news, ordinal)


def test_of_two_that_are_told_of_as_the_last_neither_is_followed(news: Any) -> None:
    hold(news, "a", 4, "2031-06-26")
    hold(news, "b", 4, "2030-01-26", place="Oslo")
    hold(news, "c", 5, "2032-06-20")
    assert "follows" not in relations(news, 5)
