"""Resources and documents: the form that is asked for, where it is, and what became of the rest."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from kg import living
from kg.graph.bands import Bands
from kg.graph.model import Dataset
from kg.graph.releasing import replaced, write_release
from kg.queries.model import Rows, Term
from kg.serving import Limits, hold
from kg.site.assistants.tools import Tools
from kg.site.describing import describe
from kg.site.forms import FORMS, GRAPHS, Form, csv_bytes, graph_bytes
from kg.site.model import Holding
from tests.site.web.conftest import asking

JAPAN = "https://w3id.org/communique/id/state/JP"
READABLE = {form.extension: form for form in GRAPHS}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.extension)
def test_the_address_of_a_resource_leads_to_its_document(site: TestClient, form: Form) -> None:
    found = site.get("/id/state/JP", headers={"accept": form.media_type})
    assert (found.status_code, found.headers["location"]) == (303, f"JP.{form.extension}")
    assert "Accept" in found.headers["vary"]
    document = site.get(f"/id/state/{found.headers['location']}")
    assert document.status_code == 200
    assert document.headers["content-type"].split(";")[0] == form.media_type


@pytest.mark.parametrize("extension", READABLE)
def test_every_form_of_rdf_says_the_same_with_the_same_identifiers(
    site: TestClient, shown: Holding, extension: str
) -> None:
    body = site.get(f"/id/state/JP.{extension}").content
    engine = READABLE[extension].engine
    assert engine is not None
    read = {quad.triple for quad in parse(body, engine)}
    expected = {quad.triple for quad in describe(shown.dataset, JAPAN)}
    assert read == expected
    assert any(each.subject == NamedNode(JAPAN) for each in read)


def test_trig_keeps_the_graphs(site: TestClient, shown: Holding) -> None:
    read = set(parse(site.get("/id/state/JP.trig").content, RdfFormat.TRIG))
    assert read == set(describe(shown.dataset, JAPAN))


def test_evidence_comes_with_its_claim(site: TestClient, shown: Holding) -> None:
    claim = next(iter(shown.dataset.quads(None, _node("prov:wasDerivedFrom")))).subject
    path = str(claim.value).removeprefix("https://w3id.org/communique/")  # type: ignore[union-attr]  # no triple
    assert "exact" in site.get(f"/{path}.ttl").text


def _quote(build: Path, claim: str) -> str:
    """Give what a claim quotes in the graph of its build."""
    quads = living.open_build(build).dataset.quads(None, _node("cmq:quote"))
    (quote,) = (quad.object for quad in quads if str(quad.subject) == claim)
    assert isinstance(quote, Literal)
    return quote.value


def _node(name: str) -> NamedNode:
    from kg.site.looking import node

    return node(name)


def test_a_table_is_to_be_had_as_json_and_csv(site: TestClient) -> None:
    table = site.get("/id/state/JP.json").json()
    assert table["about"] == JAPAN
    rows = list(csv.reader(io.StringIO(site.get("/id/state/JP.csv").text)))
    assert rows[0] == table["columns"]
    assert len(rows) - 1 == len(table["rows"])


def test_a_format_in_the_address_wins_over_the_header(site: TestClient) -> None:
    for name in ("ttl", "text/turtle", "turtle"):
        found = site.get("/id/state/JP", params={"format": name}, headers={"accept": "text/html"})
        assert found.headers["location"] == "JP.ttl"
    assert site.get("/id/state/JP?format=docx").status_code == 406


def test_links_name_every_form_and_what_describes(site: TestClient) -> None:
    links = site.get("/id/state/JP.ttl").headers["link"]
    for form in FORMS:
        assert f'<JP.{form.extension}>; rel="alternate"; type="{form.media_type}"' in links
    assert 'rel="describedby"' in links
    assert '<JP.html>; rel="canonical"' in links


def test_what_a_client_has_already_is_not_sent_again(site: TestClient) -> None:
    first = site.get("/id/state/JP.ttl", headers={"accept-encoding": "identity"})
    pressed = site.get("/id/state/JP.ttl", headers={"accept-encoding": "gzip"})
    for each in (first, pressed):
        again = site.get("/id/state/JP.ttl", headers={"if-none-match": each.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert pressed.content == first.content
    other = site.get("/id/state/JP.nt", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_head_says_what_get_would(site: TestClient) -> None:
    head, whole = site.head("/id/state/JP.ttl"), site.get("/id/state/JP.ttl")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.extension)
def test_nothing_is_told_in_every_form(site: TestClient, form: Form) -> None:
    by_name = site.get(f"/id/state/XX.{form.extension}")
    by_header = site.get("/id/state/XX", headers={"accept": form.media_type})
    for found in (by_name, by_header):
        assert found.status_code == 404
        kind = found.headers["content-type"].split(";")[0]
        assert kind in {form.media_type, "application/problem+json"}
        assert "Nothing is at this address" in found.text
    if form in GRAPHS and form.engine:
        assert list(parse(by_name.content, form.engine))


def test_what_cannot_be_sent_is_told_with_what_can(site: TestClient) -> None:
    found = site.get("/id/state/JP", headers={"accept": "image/png"})
    assert found.status_code == 406
    assert "JP.jsonld" in found.text
    told = site.get(
        "/id/state/JP", headers={"accept": "image/png, application/problem+json;q=0.1"}
    ).json()
    assert {each["href"] for each in told["alternatives"]} >= {"JP.ttl", "JP.csv"}


@pytest.mark.parametrize(
    ("accept", "extension"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html"),
        ("*/*", "html"),
        ("", "html"),
        ("text/turtle;q=0.5, application/rdf+xml;q=0.9", "rdf"),
        ("application/*;q=0.4, text/csv;q=0.2", "jsonld"),
        ("text/html;q=0, text/turtle", "ttl"),
        ("text/plain", "nt"),
        ("no header at all", "html"),
        ("text/turtle" + ", a/b" * 3000, "html"),
        ("text/turtle;q=high", "ttl"),
    ],
)
def test_the_form_that_a_client_likes_best(site: TestClient, accept: str, extension: str) -> None:
    found = site.get("/id/state/JP", headers={"accept": accept})
    assert (found.status_code, found.headers.get("location")) == (303, f"JP.{extension}")


def test_a_retracted_article_is_gone_for_a_reason(site: TestClient, shown: Holding) -> None:
    [gone] = {
        str(quad.subject.value)  # type: ignore[union-attr]  # no triple
        for quad in shown.dataset.quads(None, _node("prov:wasInvalidatedBy"))
    }
    path = gone.removeprefix("https://w3id.org/communique/")
    found = site.get(f"/{path}", headers={"accept": "application/json"})
    assert found.status_code == 410
    assert found.json()["about"] == gone
    assert "printed by mistake" in found.json()["detail"]
    assert "wasInvalidatedBy" in site.get(f"/{path}.ttl").text


LATER = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@base <https://w3id.org/communique/id/> .
GRAPH <graph/history> {
  <person/old> dcterms:isReplacedBy <person/new> .
  <person/both> dcterms:isReplacedBy <person/new> , <person/other> .
}
GRAPH <graph/identity> {
  <person/new> rdfs:label "Ana Example" . <person/other> rdfs:label "Ben Example" .
  <article/2.5> rdfs:label "Dots" . <article/notes.json> rdfs:label "A name with an ending" .
  <article/a%20b> rdfs:label "Escaped" . <person/%C3%A9> rdfs:label "Accent" .
  <person/nobody> rdfs:seeAlso [ rdfs:label "nameless" ] .
}
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("later") / "graph.trig"
    path.write_text(LATER)
    holding = hold(path, None, Limits(workers=1))
    yield asking(holding)
    holding.close()


def test_a_replaced_identifier_leads_on(later: TestClient) -> None:
    found = later.get("/id/person/old")
    assert (found.status_code, found.headers["location"]) == (301, "new")
    assert later.get("/id/person/old.ttl").headers["location"] == "new.ttl"
    assert "isReplacedBy" in later.get("/id/person/old.ttl").text


def test_a_build_leads_on_what_its_releases_published(small_build: Path, tmp_path: Path) -> None:
    for name, quads in (("1", ""), ("2", LATER)):
        dataset = Dataset.of(parse(quads.encode(), RdfFormat.TRIG))
        write_release(dataset, name, tmp_path, Bands(), {}, force=True)
    assert replaced(tmp_path / "none") == {}
    gone = "https://w3id.org/communique/id/person/old"
    assert replaced(tmp_path)[gone] == ("https://w3id.org/communique/id/person/new",)
    holding = hold(small_build, None, Limits(workers=1), tmp_path)
    try:
        found = asking(holding).get("/id/person/old.ttl")
        assert (found.status_code, found.headers["location"]) == (301, "new.ttl")
        assert "isReplacedBy" in found.text
        assert asking(holding).get("/id/person/both").status_code == 410
    finally:
        holding.close()


def test_an_identifier_that_was_split_names_its_heirs(later: TestClient) -> None:
    found = later.get("/id/person/both.nt")
    assert found.status_code == 410
    assert found.text.count("isReplacedBy> <https://w3id.org/communique/id/person/") == 2
    assert found.headers["link"].count('rel="http://purl.org/dc/terms/isReplacedBy"') == 2


@pytest.mark.parametrize(
    "path", ["article/2.5", "article/notes.json", "article/a%20b", "person/%C3%A9", "person/%c3%a9"]
)
def test_names_with_dots_and_escapes_are_found(later: TestClient, path: str) -> None:
    found = later.get(f"/id/{path}", headers={"accept": "text/turtle"})
    assert found.status_code == 303
    assert later.get(f"/id/{path}.ttl").status_code == 200


def test_csv_is_no_formula_for_a_spreadsheet() -> None:
    cells = ["=HYPERLINK(1)", "+1+1", "@SUM(A1)", "\t=1", "-4", "-4.5", "+3e2", "plain"]
    rows = Rows(("text",), tuple((Term("literal", cell),) for cell in cells))
    read = [row[0] for row in csv.reader(io.StringIO(csv_bytes(rows).decode()))][1:]
    assert read == ["'=HYPERLINK(1)", "'+1+1", "'@SUM(A1)", "'\t=1", "-4", "-4.5", "+3e2", "plain"]


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.extension)
def test_nodes_without_names_are_written_too(form: Form) -> None:
    quads = list(parse(LATER.encode(), RdfFormat.TRIG))
    body = graph_bytes(quads, form, "https://w3id.org/communique/id/")
    assert form.engine is not None
    assert len(list(parse(body, form.engine))) == len(quads)
    assert b"nameless" in body


def test_a_file_has_no_index_of_words_and_says_so(later: TestClient) -> None:
    assert later.get("/", headers={"accept": "text/html"}).status_code == 200
    assert "Ana Example" not in later.get("/search?q=Ana").text


def test_the_same_page_has_the_same_bytes(shown: Holding) -> None:
    one, other = asking(shown), asking(shown)
    for extension in ("ttl", "jsonld", "rdf", "trig", "json", "csv", "html"):
        path = f"/id/state/JP.{extension}"
        assert one.get(path).content == other.get(path).content


def test_without_quotes_no_text_of_an_article_is_anywhere(small_build: Path) -> None:
    from kg.site.model import Settings

    holding = hold(small_build, Settings(quotes=False), Limits(workers=1))
    site = asking(holding)
    try:
        claim = next(iter(holding.dataset.quads(None, _node("cmq:polarity")))).subject
        path = str(claim.value).removeprefix("https://w3id.org/communique/")  # type: ignore[union-attr]  # no triple
        assert "oa#exact" not in site.get(f"/{path}.nt").text
        assert "def#locator" in site.get(f"/{path}.nt").text
        for told in ("oa:exact", "cmq:quote"):
            asked = site.get("/sparql", params={"query": f"ASK {{ ?s {told} ?quote }}"})
            assert asked.json()["boolean"] is False
        words = _quote(small_build, str(claim))
        assert len(words) > 20
        for form in FORMS:
            assert words not in site.get(f"/{path}.{form.extension}").text
        rows = Tools(holding).ask("attendees-of-a-meeting").rows
        assert any(row.values["where"] for row in rows)
        assert not any(row.values["quote"] for row in rows)
        names = {each.label for each in holding.search("made", "article")}
        assert all(holding.article(each) is None for each in names)
        assert not {each.matched for each in holding.search("minerals")} & {"quote", "title"}
    finally:
        holding.close()
