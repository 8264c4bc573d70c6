"""How many independent sources stand behind claims."""

from __future__ import annotations

from typing import Any

from kg.articles.model import Article
from kg.events.independence import copies_of

STORY = "The salt ministers of the north met in the old customs house and spoke of barges. " * 6
OTHER = "Far to the south a grain fair opened with music, though few of the sellers had come. " * 6


def test_copies_and_lightly_edited_copies_are_one_source() -> None:
    articles = {
        "a": Article("a", STORY),
        "b": Article("b", STORY + "More soon."),
        "c": Article("c", OTHER),
    }
    assert copies_of(articles) == {"a": "a", "b": "a", "c": "c"}


def test_empty_texts_are_no_copies_of_each_other() -> None:
    assert copies_of({"a": Article("a", ""), "b": Article("b", "")}) == {"a": "a", "b": "b"}


def counts(news: Any) -> tuple[int, int]:
    [event] = news.events("position")
    return len(event.articles), event.independent


def test_two_outlets_that_cite_one_agency_count_once(news: Any) -> None:
    for article in ("a", "b"):
        news.tell(article, "position", actor="NO", item="lithium", type="dominance", cites="Salto")
    assert counts(news) == (2, 1)


def test_an_outlet_that_says_it_itself_as_well_counts_for_itself(news: Any) -> None:
    for article in ("a", "b"):
        news.tell(article, "position", actor="NO", item="lithium", type="dominance", cites="Salto")
    news.tell("b", "position", actor="NO", item="lithium", type="dominance")
    assert counts(news) == (2, 2)


def test_copies_count_once_also_without_citing_anybody(news: Any) -> None:
    for article, text in (("a", STORY), ("b", STORY), ("c", OTHER)):
        news.texts[article] = text
        news.tell(article, "position", actor="NO", item="lithium", type="dominance")
    assert counts(news) == (3, 2)


def test_quoting_one_statement_for_one_promise_counts_once(news: Any) -> None:
    for article, cited in (("a", "joint statement"), ("b", "declaration"), ("c", "")):
        news.tell(
            article, "commitment", modality="agreed", actor=["NO", "SE"], topic="salt", cites=cited
        )
    [event] = news.events("commitment")
    assert (len(event.articles), event.independent) == (3, 2)


def test_citing_some_document_on_a_standing_fact_is_no_common_origin(news: Any) -> None:
    for article in ("a", "b"):
        news.tell(
            article, "position", actor="NO", item="lithium", type="dominance",
            cites="joint statement",
        )  # fmt: skip
    assert counts(news) == (2, 2)
