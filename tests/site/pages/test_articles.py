"""An article's page: its text where it may be shown, its quotations, or offsets alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markupsafe import escape

from kg.articles.model import Article
from kg.site.evidence import Evidence
from kg.site.looking import Look
from kg.site.model import Holding, Settings
from kg.site.pages.article import Articles, language_name
from kg.site.pages.entity import Entities
from kg.site.pages.things import Things
from kg.site.rendering import Renderer
from kg.terms import PREFIXES
from tests.site.pages.conftest import TELLING, Made, made
from tests.site.pages.reading import read

CMQ = PREFIXES["cmq"]


def quotes(holding: Holding) -> set[str]:
    evidence, look = Evidence(holding), Look.of(holding)
    return {evidence.source(each).quote for each in look.subjects("rdf:type", CMQ + "Claim")}


def article_pages(holding: Holding, html: dict[str, str]) -> dict[str, str]:
    assert holding.iris.base.endswith("id/")
    return {path: text for path, text in html.items() if path.startswith("id/article/")}


def test_the_whole_text_is_shown_where_it_is_at_hand(
    bundled_holding: Holding, bundled_pages: Made
) -> None:
    for path, html in article_pages(bundled_holding, bundled_pages.html).items():
        key = Look.of(bundled_holding).text(
            bundled_holding.iris.base + path[3:], "dcterms:identifier"
        )
        article = bundled_holding.article(key)
        assert article is not None
        shown = re.sub(r'<a class="ref"[^>]*>\d+</a>', "", html)
        seen = "".join("".join(read(shown).seen).split())
        assert all("".join(line.split()) in seen for line in article.text.splitlines())


def test_claims_and_sentences_lead_to_each_other(
    bundled_holding: Holding, bundled_pages: Made
) -> None:
    for path in article_pages(bundled_holding, bundled_pages.html):
        page = bundled_pages.pages[path]
        back = {link.removeprefix("#") for link in page.links if re.match(r"#at-\d+-\d+$", link)}
        ahead = {link.removeprefix("#") for link in page.links if re.match(r"#c\d+$", link)}
        assert ahead
        assert len(ahead) == len(back)
        assert ahead | back <= page.anchors


def test_without_texts_the_sentences_are_quoted(bundled_holding: Holding) -> None:
    pages = made(replace(bundled_holding, settings=Settings(texts=False)), ("id/article",))
    for html in article_pages(bundled_holding, pages.html).values():
        assert 'class="quote"' in html
        assert 'class="text"' not in html


def test_without_quotations_no_page_holds_one(bundled_holding: Holding) -> None:
    quiet = replace(bundled_holding, settings=Settings(quotes=False))
    known = sorted(each for each in quotes(bundled_holding) if len(each) > 24)
    titles = [
        title
        for each in Look.of(bundled_holding).subjects("rdf:type", CMQ + "Article")
        if (title := Look.of(bundled_holding).text(each, "dcterms:title"))
    ]
    held = [str(escape(each)) for each in (*known, *titles)]
    assert len(held) > 20
    section = Things(quiet)
    for path, html in made(quiet, TELLING).html.items():
        assert not [each for each in held if each in html], path
        page = section.page(path, {})
        assert page is not None
        rows = [cell for row in page.table().values() for cell in row] if page.table else []
        quads = [str(quad.object) for quad in page.statements()] if page.statements else []
        assert not [each for each in (*known, *titles) if each in "\n".join([*rows, *quads])], path


def test_what_is_kept_back_has_no_page(bundled_holding: Holding) -> None:
    quiet = Things(replace(bundled_holding, settings=Settings(quotes=False)))
    look = Look.of(bundled_holding)
    selector = look.subjects("rdf:type", PREFIXES["oa"] + "TextQuoteSelector")[0]
    path = "id/" + selector.removeprefix(bundled_holding.iris.base)
    assert quiet.page(path, {}) is None
    assert Things(bundled_holding).page(path, {}) is not None


def test_a_text_that_is_not_at_hand_is_quoted(bundled_holding: Holding) -> None:
    def nowhere(_: str) -> Article | None:
        return None

    pages = Articles(Entities(replace(bundled_holding, article=nowhere)))
    iri = Look.of(bundled_holding).subjects("rdf:type", CMQ + "Article")[0]
    assert pages.view(iri).mode == "quotes"


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("ja", "Japanese"), ("xx", "xx")])
def test_languages_are_named(code: str, name: str) -> None:
    assert language_name(code) == name


def test_first_page_opens_five_doors(bundled_holding: Holding) -> None:
    from kg.site.home import Home

    page = Home(bundled_holding).page("", {})
    assert page is not None
    found = read(Renderer(bundled_holding).html(page))
    for folder in ("id/meeting/", "id/disagreement/", "question/", "concept/material/"):
        assert any(folder in link for link in found.links), folder
    assert found.tags.count("form") == 2
    assert "blockquote" in found.tags
