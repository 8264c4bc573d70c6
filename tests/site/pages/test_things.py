"""Every thing has a page: it can be read, it leads somewhere, and nothing on it is raw."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from kg.site.looking import Look
from kg.site.model import Holding
from kg.site.pages.configuration import configuration
from kg.site.pages.things import Things
from kg.site.sections import sections
from kg.terms import CONCEPTS, PREFIXES
from tests.site.pages.conftest import Made
from tests.site.pages.reading import within

KINDS = [
    "id/meeting/", "id/commitment/", "id/concern/", "id/measure/", "id/position/", "id/document/",
    "id/utterance/", "id/holding/", "id/post/", "id/person/", "id/organisation/", "id/state/",
    "id/bloc/", "id/place/", "id/framework/", "id/occasion/", "id/topic/", "id/article/",
    "id/claim/", "id/disagreement/", "id/legal-measure/", "concept/material/", "concept/topic/",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_things_of_each_kind_have_a_page_with_a_heading(kind: str, bundled_pages: Made) -> None:
    found = [path for path in bundled_pages.html if path.startswith(kind)]
    assert found
    assert all(bundled_pages.html[path].count("<h1") == 1 for path in found)


def test_every_address_is_yielded_once(bundled_holding: Holding) -> None:
    paths = list(Things(bundled_holding).paths())
    assert len(paths) == len(set(paths))


def test_links_to_things_and_their_further_pages_resolve(
    bundled_pages: Made, bundled_holding: Holding
) -> None:
    """A link to another part of the site is that part's to keep; one to a thing is ours."""
    parts = sections(bundled_holding)
    ours = ("id/", "concept/", "def/", "linked/", "claims/", "around/", "timeline/", "list/")
    asked = {
        found[0].removesuffix(".html")
        for path, page in bundled_pages.pages.items()
        for link in page.links
        if (found := within(link, path + ".html")) and found[0].endswith(".html")
    }
    mine = sorted(path for path in asked if path.startswith(ours))
    missing = [
        path for path in mine
        if path not in bundled_pages.html
        and not any(part.page(path, {}) for part in parts)
    ]  # fmt: skip
    assert len(mine) > 500
    assert not missing


def test_links_to_sentences_lead_to_an_anchor(bundled_pages: Made) -> None:
    anchored = [
        (path, *found)
        for path, page in bundled_pages.pages.items()
        for link in page.links
        if (found := within(link, path + ".html")) and found[1]
    ]
    broken = [
        (path, target, anchor)
        for path, target, anchor in anchored
        if (there := bundled_pages.pages.get(target.removesuffix(".html")))
        and unquote(anchor) not in there.anchors
    ]
    assert any(anchor.startswith("at-") for _, _, anchor in anchored)
    assert not broken


def test_no_page_shows_an_iri_or_a_datatype_in_its_text(bundled_pages: Made) -> None:
    raw = [*PREFIXES.values(), "^^", "NamedNode", "XXXX"]
    for path, page in bundled_pages.pages.items():
        text = page.text.replace(page.text[page.text.find("Cite this") :], "")
        found = [each for each in raw if each in text]
        assert not found, (path, found)


def test_every_property_that_is_shown_has_words_of_its_own(
    bundled_holding: Holding,
) -> None:
    """In the ontology, or in the configuration: never the end of an IRI."""
    look = Look.of(bundled_holding)
    told = configuration()
    ours = (bundled_holding.iris.base, CONCEPTS)
    shown = {
        quad.predicate.value
        for quad in bundled_holding.dataset.quads()
        if str(quad.subject.value).startswith(ours)  # type: ignore[union-attr]
        and quad.predicate.value not in told.silent | {PREFIXES["rdf"] + "type"}
    }
    assert len(shown) > 50
    assert not [
        each for each in shown if each not in told.order and look.value(each, "rdfs:label") is None
    ]


def test_what_has_a_label_is_called_by_it(bundled_pages: Made, bundled_holding: Holding) -> None:
    look = Look.of(bundled_holding)
    for path, page in bundled_pages.pages.items():
        if path.startswith(("id/state/", "id/meeting/", "concept/material/")):
            iri = bundled_holding.iris.base.removesuffix("id/") + path
            assert look.label(iri) in page.text


def test_no_section_of_a_page_is_empty(bundled_pages: Made) -> None:
    """A heading is followed by something other than a heading of the same rank."""
    empty = re.compile(r"<h2[^>]*>[^<]*</h2>\s*(?:<h2|</div>\s*<div class=\"aside\")|<dd>\s*</dd>")
    assert not [path for path, html in bundled_pages.html.items() if empty.search(html)]


def test_parts_of_things_have_a_page_on_a_server(bundled_holding: Holding) -> None:
    section, look = Things(bundled_holding), Look.of(bundled_holding)
    for name in ("Mention", "NameForm", "Support", "Option", "Metadatum", "Wording"):
        subjects = look.subjects("rdf:type", PREFIXES["cmq"] + name)
        assert subjects
        path = "id/" + subjects[0].removeprefix(bundled_holding.iris.base)
        assert section.page(path, {}) is not None


@pytest.mark.parametrize(
    "path",
    ["id/state/Atlantis", "id/", "id/a b", "concept/material/unobtainium", "linked/id/state/JP/x/1",
     "linked/id/state/JP/party-DiplomaticMeeting/999", "timeline/id/state/JP/0", "linked/",
     "around/", "claims/id/state/JP/1", "list/nothing", "id/state/JP/../CN", "timeline/id/ä ö/1"],
)  # fmt: skip
def test_there_is_no_page_at_other_addresses(path: str, bundled_holding: Holding) -> None:
    assert Things(bundled_holding).page(path, {}) is None


def test_the_same_holding_gives_the_same_bytes(
    bundled_holding: Holding, bundled_pages: Made
) -> None:
    from kg.site.rendering import Renderer

    section, renderer = Things(bundled_holding), Renderer(bundled_holding)
    for path in list(bundled_pages.html)[::25]:
        page = section.page(path, {})
        assert page is not None
        assert renderer.html(page) == bundled_pages.html[path]


def test_a_page_is_data_too(bundled_holding: Holding) -> None:
    section, look = Things(bundled_holding), Look.of(bundled_holding)
    meeting = look.subjects("rdf:type", PREFIXES["cmq"] + "DiplomaticMeeting")[0]
    page = section.page("id/" + meeting.removeprefix(bundled_holding.iris.base), {})
    assert page is not None
    assert page.table is not None
    assert page.statements is not None
    rows, quads = page.table(), list(page.statements())
    assert {len(row) for row in rows.rows} == {len(rows.columns)}
    assert any(row[-1] is not None for row in rows.rows)
    claims = {str(row[rows.columns.index("claim")]) for row in rows.rows} - {"None"}
    assert claims == set(look.subjects("cmq:about", meeting))
    assert {str(quad.subject.value) for quad in quads} >= {meeting}  # type: ignore[union-attr]
