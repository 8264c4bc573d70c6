"""Search: by spelling, by kind, straight to what is named exactly, and never with a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.site.finding.section import SearchSection
from kg.site.looking import Look
from kg.site.model import Asked, Holding, Page, Section

Shown = Callable[[Section, str, Asked], tuple[Page, str]]


@pytest.fixture(scope="module")
def search(holding: Holding) -> SearchSection:
    return SearchSection(holding)


@pytest.fixture(scope="module")
def person(holding: Holding) -> str:
    return Look.of(holding).subjects("rdf:type", "https://w3id.org/communique/def#Person")[0]


def test_a_person_is_found_by_name_and_by_kind(
    search: SearchSection, shown: Shown, holding: Holding, person: str
) -> None:
    name = Look.of(holding).label(person)
    page, html = shown(search, "search", {"q": name, "kind": "person"})
    hits = [each.found.iri for each in page.context["results"].hits]
    assert person in hits
    assert all(each.found.kind == "person" for each in page.context["results"].hits)
    assert name in html
    assert page.table is not None
    assert [row[0] for row in page.table().values()][: len(hits)] == hits


def test_a_claim_is_called_by_what_it_is_about(search: SearchSection, holding: Holding) -> None:
    look = Look.of(holding)
    claim = look.of_class("cmq:Claim", 1)[0]
    page = search.page("search", {"q": look.text(claim, "cmq:locator")})
    assert page is not None
    assert page.table is not None
    called = {row[0].value: row[2].value for row in page.table().rows if row[0] and row[2]}
    assert called[claim] == look.label(look.nodes(claim, "cmq:about")[0])


def test_kinds_are_counted_over_all_finds(search: SearchSection, shown: Shown) -> None:
    page, _ = shown(search, "search", {"q": "minister"})
    results = page.context["results"]
    assert results.total
    assert results.total == sum(number for _, number, _ in results.kinds)
    kind, number, _ = results.kinds[0]
    only, _ = shown(search, "search", {"q": "minister", "kind": kind})
    assert only.context["results"].total == number


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://w3id.org/communique/id/state/JP", "id/state/JP.html"),
        ("<https://w3id.org/communique/id/state/JP>", "id/state/JP.html"),
        ("http://localhost:8765/id/state/JP.html?x=1", "id/state/JP.html"),
        ("state/JP", "id/state/JP.html"),
        ("material:gallium", "concept/material/gallium.html"),
        ("cmq:Claim", "def/Claim.html"),
    ],
)
def test_what_names_a_resource_leads_to_it(search: SearchSection, text: str, address: str) -> None:
    page = search.page("search", {"q": text})
    assert page is not None
    assert page.see == address


def test_a_place_in_an_article_leads_to_its_claim(search: SearchSection, holding: Holding) -> None:
    look = Look.of(holding)
    claim = look.subjects("rdf:type", "https://w3id.org/communique/def#Claim")[0]
    evidence = look.text(claim, "prov:wasDerivedFrom")
    article = look.text(claim, "prov:hadPrimarySource")
    place = ":".join(
        (
            look.text(article, "dcterms:identifier"),
            look.text(evidence, "cmq:line"),
            look.text(evidence, "cmq:column"),
        )
    )
    page = search.page("search", {"q": place})
    assert page is not None
    found = [each.found.iri for each in page.context["results"].hits]
    assert claim in found
    assert page.see is None or page.see.endswith(claim.rsplit("/", 1)[-1] + ".html")
    identifier = search.page("search", {"q": place.rsplit(":", 2)[0]})
    assert identifier is not None
    assert identifier.see is not None


@pytest.mark.parametrize(
    "text",
    ["state/ZZ", "nothing:at:all", "<>", "https://example.org/", "x:1:1", "material:unobtainium"],
)
def test_what_names_nothing_here_leads_nowhere(search: SearchSection, text: str) -> None:
    page = search.page("search", {"q": text})
    assert page is not None
    assert page.see is None


def test_nothing_found_says_what_to_try(search: SearchSection, shown: Shown) -> None:
    page, html = shown(search, "search", {"q": "minister qqqzzzxxx"})
    assert page.context["results"].total == 0
    assert page.context["results"].words == ("minister",)
    assert "Try fewer words" in html


@pytest.mark.parametrize(
    "wicked",
    ['"><script>alert(1)</script>', "' OR 1=1 --", "NEAR(a, b) AND *", "{{7*7}}", "\x00\ud800"],
)
def test_hostile_texts_are_only_texts(search: SearchSection, shown: Shown, wicked: str) -> None:
    _, html = shown(search, "search", {"q": wicked, "kind": wicked, "page": wicked})
    assert "<script>alert" not in html
    assert "49" not in html or "{{7*7}}" in html


def test_quotations_are_no_finds_where_the_operator_keeps_them(holding: Holding) -> None:
    kept = SearchSection(replace(holding, settings=replace(holding.settings, quotes=False)))
    page = kept.page("search", {"q": "minister"})
    assert page is not None
    assert page.table is not None
    assert all(row[3] not in {"quote", "title"} for row in page.table().values())
