"""The SPARQL 1.1 Protocol and the Graph Store Protocol, as far as reading goes.

The cases follow what the W3C's protocol tests demand, in our own words and data; those on updates
that should succeed do not apply to an endpoint that never changes data.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse, parse_query_results
from starlette.testclient import TestClient

from kg.serving import Limits, hold
from tests.site.web.conftest import asking

FIRST, SECOND, THIRD = (f"https://data.example/{number}" for number in (1, 2, 3))
Pairs = list[tuple[str, str | int | float | bool | None]]

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
UPDATE = {"content-type": "application/sparql-update"}
BOTH = f"ASK {{ <{FIRST}> a ?kind . <{SECOND}> a ?kind }}"
NAMED = f"ASK {{ GRAPH ?g {{ <{FIRST}> a ?kind }} GRAPH ?h {{ <{SECOND}> a ?kind }} }}"
DEFAULT: Pairs = [("default-graph-uri", FIRST), ("default-graph-uri", SECOND)]
NAMES: Pairs = [("named-graph-uri", FIRST), ("named-graph-uri", SECOND)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("three") / "three.trig"
    path.write_text(
        "".join(f"GRAPH <{name}> {{ <{name}> a <x:T> }}\n" for name in (FIRST, SECOND, THIRD))
    )
    holding = hold(path, None, Limits(workers=1))
    yield asking(holding)
    holding.close()


def verdict(site: TestClient, query: str, pairs: Pairs) -> tuple[bool, ...]:
    """Ask in each of the three ways."""
    answers = (
        site.get("/sparql", params=[("query", query), *pairs]),
        site.post("/sparql", params=pairs, content=query, headers=DIRECT),
        site.post("/sparql", params=pairs, data={"query": query}),
    )
    assert {each.status_code for each in answers} == {200}
    return tuple(each.json()["boolean"] for each in answers)


@pytest.mark.parametrize("pairs", [[], [("default-graph-uri", "https://data.example/none")]])
def test_all_ways_of_asking_answer(site: TestClient, pairs: Pairs) -> None:
    assert verdict(site, "ASK {}", pairs) == (True, True, True)


def test_default_graphs_are_merged(site: TestClient) -> None:
    assert verdict(site, BOTH, DEFAULT) == (True, True, True)
    assert verdict(site, BOTH, DEFAULT[:1]) == (False, False, False)
    assert verdict(site, NAMED, DEFAULT) == (False, False, False)


def test_named_graphs_are_those_that_are_named(site: TestClient) -> None:
    assert verdict(site, NAMED, NAMES) == (True, True, True)
    assert verdict(site, NAMED, NAMES[:1]) == (False, False, False)
    assert verdict(site, BOTH, NAMES) == (False, False, False)


def test_default_and_named_graphs_go_together(site: TestClient) -> None:
    query = f"ASK {{ <{THIRD}> a ?kind GRAPH ?g {{ <{FIRST}> a ?kind }} }}"
    assert verdict(site, query, [("default-graph-uri", THIRD), *NAMES]) == (True, True, True)


def test_a_dataset_of_the_protocol_wins_over_that_of_the_query(site: TestClient) -> None:
    asked = NAMED.replace("ASK", f"ASK FROM <{THIRD}>")
    assert verdict(site, asked, NAMES) == (True, True, True)
    asked = f"ASK FROM <{THIRD}> {{ <{THIRD}> a ?kind }}"
    assert verdict(site, asked, DEFAULT) == (False, False, False)


def test_a_query_may_name_its_own_graphs(site: TestClient) -> None:
    assert verdict(site, f"ASK FROM <{THIRD}> {{ <{THIRD}> a ?kind }}", [])[0]
    assert not verdict(site, f"ASK FROM <{THIRD}> {{ <{FIRST}> a ?kind }}", [])[0]
    assert verdict(site, BOTH, [])[0], "without any, all graphs are asked at once"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [
        ("SELECT (1 AS ?n) {}", "*/*", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT (1 AS ?n) {}", "application/json", "application/json"),
        ("SELECT (1 AS ?n) {}", "text/csv", "text/csv"),
        ("SELECT (1 AS ?n) {}", "text/tab-separated-values", "text/tab-separated-values"),
        ("# DESCRIBE\nASK {}", "*/*", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("DESCRIBE <x:nobody>", "*/*", "text/turtle"),
        ("CONSTRUCT { <s> <p> 1 } {}", "*/*", "text/turtle"),
        ("CONSTRUCT { <s> <p> 1 } {}", "application/rdf+xml", "application/rdf+xml"),
        ("CONSTRUCT { <s> <p> 1 } {}", "application/n-triples", "application/n-triples"),
        ("CONSTRUCT { <s> <p> 1 } {}", "application/ld+json", "application/ld+json"),
    ],
)
def test_an_answer_has_the_form_that_is_asked_for(
    site: TestClient, query: str, accept: str, kind: str
) -> None:
    found = site.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert found.status_code == 200
    assert found.headers["content-type"].split(";")[0] == kind
    assert "Accept" in found.headers["vary"]
    assert (
        site.get("/sparql", params={"query": query}, headers={"accept": "a/b"}).status_code == 406
    )


def test_csv_by_the_protocol_is_raw(site: TestClient) -> None:
    found = site.get("/sparql", params={"query": 'SELECT ("=1+1" AS ?n) {}', "format": "csv"})
    assert found.text == "n\r\n=1+1\r\n"


def test_xml_is_read_by_another_reader(site: TestClient) -> None:
    from pyoxigraph import QueryResultsFormat

    found = site.get(
        "/sparql", params={"query": f"SELECT ?k {{ <{FIRST}> a ?k }}", "format": "xml"}
    )
    rows = list(parse_query_results(found.content, QueryResultsFormat.XML))  # type: ignore[arg-type]  # rows
    assert [row["k"] for row in rows] == [NamedNode("x:T")]


def test_a_short_form_knows_our_prefixes(site: TestClient) -> None:
    assert site.get("/sparql", params={"query": "ASK { FILTER(cmq:Claim = cmq:Claim) }"}).json()


@pytest.mark.parametrize(
    ("method", "query", "body", "headers", "status"),
    [
        ("PUT", "query=ASK%20%7B%7D", b"", FORM, 405),
        ("DELETE", "query=ASK%20%7B%7D", b"", {}, 405),
        ("PATCH", "", b"", {}, 405),
        ("GET", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", b"", {}, 400),
        ("POST", "", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        ("POST", "query=ASK%20%7B%7D", b"ASK {}", DIRECT, 400),
        ("POST", "", b"", FORM, 400),
        ("POST", "", b"ASK {}", {"content-type": "text/plain"}, 415),
        ("POST", "", b"query=ASK%20%7B%7D", {}, 415),
        ("POST", "", b"ASK {}", {}, 415),
        ("POST", "", "ASK {}".encode("utf-16"),
         {"content-type": "application/sparql-query; charset=UTF-16"}, 415),
        ("POST", "", "ASK {}".encode("utf-16"), DIRECT, 400),
        ("POST", "", b"query=%ff%fe", FORM, 400),
        ("GET", "query=ASK%20%7B", b"", {}, 400),
        ("GET", "query=", b"", {}, 400),
        ("GET", "query=ASK%20%7B%7D&default-graph-uri=not%20one", b"", {}, 400),
        ("GET", "update=CLEAR%20ALL", b"", {}, 403),
        ("POST", "", b"update=CLEAR%20ALL", FORM, 403),
        ("POST", "", b"update=CLEAR%20NAMED&update=CLEAR%20ALL", FORM, 403),
        ("POST", "", b"update=CLEAR%20SOMETHING", FORM, 403),
        ("POST", "", b"CLEAR ALL", UPDATE, 403),
        ("POST", "", "CLEAR ALL".encode("utf-16"),
         {"content-type": "application/sparql-update; charset=UTF-16"}, 403),
        ("POST", "using-graph-uri=x:g", b"update=DELETE%20WHERE%20%7B%7D", FORM, 403),
        ("POST", "", b"CLEAR ALL", {"content-type": "text/plain"}, 415),
        ("POST", "", b"update=CLEAR%20ALL", {}, 415),
        ("POST", "", b"query=CLEAR%20ALL", FORM, 400),
    ],
)  # fmt: skip
def test_what_is_no_query_is_refused(
    site: TestClient, method: str, query: str, body: bytes, headers: dict[str, str], status: int
) -> None:
    found = site.request(method, f"/sparql?{query}", content=body, headers=headers)
    assert found.status_code == status
    assert site.get("/sparql", params={"query": BOTH}).json()["boolean"] is True


def test_an_error_says_where_in_the_form_that_is_liked(site: TestClient) -> None:
    found = site.get("/sparql", params={"query": "SELECT * { ?s ?p }"},
                     headers={"accept": "application/sparql-results+json"})  # fmt: skip
    assert found.status_code == 400
    assert found.json()["detail"].startswith("the query:1:")
    assert "Traceback" not in found.text


def test_without_a_query_the_endpoint_describes_itself(site: TestClient) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    for accept, form in (("*/*", RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)):
        found = site.get("/sparql", headers={"accept": accept})
        said = {quad.triple for quad in parse(found.content, form)}
        [endpoint] = [each.object for each in said if each.predicate.value == f"{sd}endpoint"]
        assert endpoint == NamedNode("http://testserver/sparql")
        kinds = {each.object for each in said if each.subject == endpoint}
        assert {NamedNode(f"{sd}Service"), NamedNode(f"{sd}SPARQL11Query")} <= kinds
        assert NamedNode(FIRST) in {each.object for each in said}


def test_a_browser_is_led_to_the_editor(site: TestClient) -> None:
    accept = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert site.get("/sparql", headers=accept).headers["location"] == "editor"
    found = site.get("/sparql", params={"query": "ASK {}"}, headers=accept)
    assert (found.status_code, found.headers["location"]) == (303, "editor?query=ASK+%7B%7D")
    told = site.get("/sparql", params={"query": "ASK {}", "format": "json"}, headers=accept)
    assert told.json()["boolean"] is True


def test_graphs_are_read_by_name_or_all_at_once(site: TestClient) -> None:
    one = site.get("/graphs", params={"graph": FIRST}, headers={"accept": "application/n-triples"})
    assert one.text.count("\n") == 1
    every = site.get("/graphs?default", headers={"accept": "application/n-triples"})
    assert every.text.count("\n") == 3
    assert site.head("/graphs", params={"graph": FIRST}).status_code == 200
    assert site.get("/graphs", params={"graph": "https://data.example/none"}).status_code == 404
    for query in ("", "?graph=relative%20name", f"?default&graph={FIRST}"):
        assert site.get(f"/graphs{query}").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_not_written(site: TestClient, method: str) -> None:
    found = site.request(method, "/graphs", params={"graph": FIRST}, content=b"<a:a> <a:b> 1 .")
    assert (found.status_code, found.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_a_union_that_no_answer_holds_is_refused_before_it_is_looked_for(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.site.web.service._UNION", 2)
    found = site.get("/graphs?default", headers={"accept": "application/n-triples"})
    assert found.status_code == 413
    assert "?graph=IRI" in found.text
    assert "dump" in found.text
    assert site.get("/graphs", params={"graph": FIRST}).status_code == 200
