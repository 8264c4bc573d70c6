"""Front matter is read, never cut out of the text."""

from __future__ import annotations

import pytest

from kg.articles.formats import text_article
from kg.articles.front_matter import front_matter
from kg.errors import ArticleError

TEXT = """---
title: Ministers count their copper
publisher: Harbour Wire
author: [Ann Lee, Bo Ek]
published: 2031-05-03
url: https://example.org/copper
language: no
licence: CC-BY-4.0
source: {title: Something else, pages: [1, 2]}
---
# Ministers count their copper

Two ministers met in Oran on Saturday.
"""


def test_front_matter_gives_metadata_and_stays_in_the_text() -> None:
    article = text_article(TEXT.encode(), "copper", "copper.md")
    assert article.text == TEXT
    given = {f.name: f.value for f in article.fields if f.origin == "front-matter"}
    assert given == {
        "title": "Ministers count their copper",
        "publisher": "Harbour Wire",
        "author": "Bo Ek",
        "published": "2031-05-03",
        "url": "https://example.org/copper",
        "language": "no",
        "licence": "CC-BY-4.0",
    }
    assert article.get("author") == "Ann Lee"


def test_lines_of_front_matter_are_boilerplate() -> None:
    article = text_article(TEXT.encode(), "copper", "copper.md")
    assert [line.role for line in article.lines] == ["boilerplate"] * 10 + ["title", "body"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_front_matter_may_have_any_line_ends(end: str) -> None:
    values, body = front_matter(TEXT.replace("\n", end), "a.md")
    assert values["publisher"] == "Harbour Wire"
    assert TEXT.replace("\n", end)[body:].startswith("# Ministers")


@pytest.mark.parametrize(
    "text", ["No front matter.", "---\n\nA rule opens the text.", " ---\ntitle: A\n---\n", "----\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert front_matter(text, "a.md") == ({}, 0)


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("---\ntitle: A\npublisher: B: C\n---\nText.", "a.md:3", "does not parse"),
        ("---\ntitle: [A\n---\nText.", "a.md:3", "does not parse"),
        ("---\ntitle: A\nText without end.", "a.md:1", "not closed"),
        ("---\nonly words\n---\nText.", "a.md:2", "no list of"),
        ("---\ntitle: A\nmood: \x07\n---\nText.", "a.md:3", "does not parse"),
        ("---\ntitle: " + "[" * 20000 + "\n---\nText.", "a.md:2", "nested too deeply"),
    ],
)
def test_front_matter_that_does_not_parse_names_its_line(
    text: str, where: str, reason: str
) -> None:
    with pytest.raises(ArticleError, match=reason) as met:
        front_matter(text, "a.md")
    assert met.value.source == where


def test_a_wrong_value_in_front_matter_rejects_the_article() -> None:
    with pytest.raises(ArticleError, match="`published`"):
        text_article(b"---\npublished: soon\n---\nTwo ministers met.", "a", "a.md")


def test_front_matter_without_a_text_is_no_article() -> None:
    with pytest.raises(ArticleError, match="without a text"):
        text_article(b"---\ntitle: A\n---\n \n", "a", "a.md")
