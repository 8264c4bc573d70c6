"""Whatever an article says stays text: in names, titles, quotations and addresses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg import living, pipeline
from kg.articles.model import Article, Field
from kg.claims.engine import Engine
from kg.living import Arrival
from kg.serving import hold
from kg.site.home import Home
from kg.site.model import Holding
from kg.site.rendering import Renderer
from tests.site.pages.conftest import Made, made

NASTY = "<script>alert(1)</script>"
TEXT = (
    "Talks in Oslo " + NASTY + "\n\n"
    "Norway and Sweden agreed in Oslo on 3 May 2022 to share "
    '\u202enickel\u00a0"><img src=x onerror=alert(2)> data.\n\n'
    "Norway's Minister of Trade, Kari \u05d0\u05d1 Holm <b>met</b> Sweden's Minister of Trade, "
    "Lars Berg, in Oslo on 3 May 2022.\n"
)


@pytest.fixture(scope="session")
def nasty(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Holding:
    """A build of one article that tries to be more than text."""
    article = Article(
        "a<b>\"'",
        TEXT,
        (
            Field("title", NASTY, "sidecar"),
            Field("publisher", NASTY, "sidecar"),
            Field("url", "javascript:alert(3)", "sidecar"),
        ),
    )
    path: Path = tmp_path_factory.mktemp("nasty") / "build"
    claims = pipeline.extract((article,), engine)
    living.build(path, [Arrival(article, tuple(claims), ("rules/1",))])
    return hold(path)


@pytest.fixture(scope="session")
def nasty_pages(nasty: Holding) -> Made:
    return made(nasty)


def test_no_page_holds_an_element_or_an_address_of_an_article(
    nasty: Holding, nasty_pages: Made
) -> None:
    page = Home(nasty).page("", {})
    assert page is not None
    everything = [*nasty_pages.html.values(), Renderer(nasty).html(page)]
    assert any("alert(1)" in html for html in everything)
    for html in everything:
        assert "<script>" not in html
        assert "<img" not in html
        assert "<b>" not in html
        assert 'href="javascript:' not in html


def test_directions_of_writing_are_kept_apart(nasty_pages: Made) -> None:
    (html,) = [html for path, html in nasty_pages.html.items() if path.startswith("id/article/")]
    assert 'dir="auto"' in html
    assert "\u00a0" in html


def test_a_title_of_an_operator_is_escaped(nasty: Holding) -> None:
    named = replace(nasty, settings=replace(nasty.settings, title="A & <i>B</i>"))
    page = Home(named).page("", {})
    assert page is not None
    assert "<i>" not in Renderer(named).html(page)
