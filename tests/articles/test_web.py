"""HTML pages: the extracted text is the article."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.formats import web_article
from kg.articles.web import looks_like_page
from kg.errors import ArticleError

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><title>Copper pact signed | Harbour Wire</title>
<meta property="og:site_name" content="Harbour Wire">
<meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2031-05-03T23:30:00+09:00">
<meta property="article:section" content="Mining">
<link rel="canonical" href="https://example.org/copper">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Copper pact signed</h1>
<p>Two ministers signed a pact on copper in Oran, after talks&nbsp;that lasted a week.</p>
<h2>What comes next</h2>
<p>They will meet again in the autumn. Nickel is to be the subject then, the ministers said.</p>
</article><footer>Privacy policy</footer></body></html>"""


def test_a_page_gives_text_and_metadata() -> None:
    article = web_article(PAGE.encode(), "copper", "copper.html")
    assert article.text.splitlines()[0] == "Copper pact signed"
    assert "Home" not in article.text
    assert {f.name: f.value for f in article.fields if f.origin == "html"} == {
        "title": "Copper pact signed",
        "author": "Ann Lee",
        "publisher": "Harbour Wire",
        "published": "2031-05-03",
        "url": "https://example.org/copper",
        "language": "en-GB",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "section": "Mining",
    }


def test_lines_of_a_page_count_into_the_extracted_text() -> None:
    article = web_article(PAGE.encode(), "copper", "copper.html")
    lines = [(line.role, article.text[line.start : line.end]) for line in article.lines]
    assert [role for role, _ in lines] == ["title", "body", "heading", "body"]
    assert lines[2] == ("heading", "What comes next")


@pytest.mark.parametrize("page", ["<html></html>", "<p></p>", "<!-- nothing -->", "<html><body>"])
def test_a_page_without_an_article_is_an_error(page: str) -> None:
    with pytest.raises(ArticleError, match=r"no article on this HTML page|no sentence"):
        web_article(page.encode(), "a", "a.html")


def test_a_page_that_nests_without_end_does_no_harm() -> None:
    page = "<html><body>" + "<div>" * 20_000 + "Two ministers met in Oran." + "</div>" * 20_000
    with suppress(ArticleError):
        assert "Oran" in web_article(page.encode(), "a", "a.html").text


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.text(alphabet="<>/pdivhtmlbody =\"'&;é \n", max_size=200))
def test_any_markup_is_an_article_or_an_article_error(markup: str) -> None:
    with suppress(ArticleError):
        assert web_article(f"<html>{markup}".encode(), "a", "a.html").text


@pytest.mark.parametrize(
    ("text", "is_page"),
    [
        ("<!doctype html><title>A", True),
        ('\n<?xml version="1.0"?>\n<html>', True),
        ("<!-- saved --><html>", True),
        ("<P>Hi", True),
        ("<Two ministers met.>", False),
        ("Two ministers met.", False),
    ],
)
def test_a_page_is_known_by_its_opening(text: str, *, is_page: bool) -> None:
    assert looks_like_page(text) is is_page
