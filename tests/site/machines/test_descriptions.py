"""Descriptions for machines: valid, true to the graph, and the same in every syntax."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from gzip import decompress
from typing import Any, cast

import pytest
import yaml
from lxml import etree  # type: ignore[import-untyped]  # ships no types
from openapi_spec_validator import OpenAPIV31SpecValidator
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, parse
from rdflib import Graph

from kg import __version__
from kg.queries.catalogue import catalogue
from kg.site.documents import documents
from kg.site.jsonld import CONTEXT_ADDRESS
from kg.site.machines.crawling import index, sitemaps
from kg.site.machines.dataset import head
from kg.site.machines.describing import dcat, void
from kg.site.machines.naming import SPACES, home
from kg.site.model import Document, Holding, Settings
from kg.site.sections import sections
from kg.site.web.pages import Wanted, answer
from kg.site.web.state import State
from kg.terms import DEFINITIONS
from tests.conftest import ROOT

Made = Callable[[str], bytes]
ADDRESS = "https://example.org/kg/"


@pytest.fixture(scope="module")
def holding(bundled_holding: Holding) -> Holding:
    told = Settings(
        title="</script><b>&", publisher="A & B", address=ADDRESS,
        licence="https://creativecommons.org/licenses/by/4.0/",
    )  # fmt: skip
    return replace(bundled_holding, settings=told, kept={})


@pytest.fixture(scope="module")
def made(holding: Holding) -> Made:
    held: dict[str, Document] = {each.path: each for each in documents(holding)}
    return cache(lambda path: held[path].make({}))


def statements(data: bytes, form: RdfFormat = RdfFormat.TURTLE) -> set[str]:
    return {str(quad.triple) for quad in parse(data, format=form)}


@pytest.mark.parametrize("name", ["void", "dcat", "queries"])
def test_both_syntaxes_of_a_description_say_the_same(made: Made, name: str) -> None:
    said = statements(made(f"{name}.ttl"))
    assert len(said) > 50
    assert said == statements(made(f"{name}.jsonld"), RdfFormat.JSON_LD)


def test_every_document_is_made_twice_the_same(holding: Holding) -> None:
    again = replace(holding, kept={})
    for first, second in zip(documents(holding), documents(again), strict=True):
        assert first.path == second.path
        assert first.make({}) == second.make({}), first.path


def test_void_counts_what_sparql_counts(holding: Holding, made: Made) -> None:
    said = Graph().parse(data=made("void.ttl"), format="turtle")
    rows = said.query(
        "SELECT ?class ?entities WHERE { ?p void:class ?class ; void:entities ?entities }",
        initNs={"void": SPACES["void"]},
    )
    told = {str(name): int(number) for name, number in rows}  # type: ignore[misc]
    found = holding.dataset.query(
        "SELECT ?class (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a ?class } GROUP BY ?class"
    )
    assert isinstance(found, QuerySolutions)
    assert told == {each["class"].value: int(each["n"].value) for each in found}
    assert told[f"{DEFINITIONS}Claim"] > 50


def test_void_counts_a_statement_in_two_graphs_once(holding: Holding) -> None:
    said = "\n".join(map(str, void(holding).quads))
    found = holding.dataset.query(
        "SELECT (COUNT(*) AS ?n) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
    )
    assert isinstance(found, QuerySolutions)
    [row] = found
    assert f'<{SPACES["void"]}triples> "{row["n"].value}"' in said


def test_well_known_void_is_the_description(made: Made) -> None:
    assert made(".well-known/void") == made("void.ttl")
    said = "\n".join(statements(made("void.ttl")))
    assert f"<{ADDRESS}.well-known/void#dataset>" in said
    assert f"<{ADDRESS}sparql>" in said


def test_dcat_gives_size_and_checksum_of_what_is_downloaded(made: Made) -> None:
    said = Graph().parse(data=made("dcat.ttl"), format="turtle")
    rows = list(
        said.query(
            """SELECT ?url ?size ?sum ?media ?packed WHERE {
                 ?dataset a dcat:Dataset ; dcat:distribution ?d .
                 ?d dcat:downloadURL ?url ; dcat:byteSize ?size ; dcat:mediaType ?media ;
                    spdx:checksum [ spdx:checksumValue ?sum ; spdx:algorithm ?algorithm ] .
                 OPTIONAL { ?d dcat:compressFormat ?packed } }""",
            initNs={name: SPACES[name] for name in ("dcat", "spdx")},
        )
    )
    assert len(rows) >= 5
    for url, size, value, media, packed in cast("list[tuple[Any, ...]]", rows):
        data = made(str(url).removeprefix(ADDRESS))
        assert int(size) == len(data)
        assert value.toPython() == hashlib.sha256(data).digest(), "xsd:hexBinary of the SHA-256"
        assert str(media).startswith("https://www.iana.org/assignments/media-types/")
        assert bool(packed) == str(url).endswith(".gz")


def test_dumps_hold_the_graph(holding: Holding, made: Made) -> None:
    quads = {str(quad) for quad in parse(decompress(made("dumps/graph.nq.gz")), RdfFormat.N_QUADS)}
    assert quads == {str(quad) for quad in holding.dataset.quads()}


def test_a_graph_that_is_large_is_not_packed_when_asked(holding: Holding) -> None:
    large = replace(holding, counts={"quads": 10**9}, kept={})
    assert not [each for each in documents(large) if each.path.startswith("dumps/")]


def test_every_question_is_an_executable_with_its_own_text(made: Made) -> None:
    said = Graph().parse(data=made("queries.ttl"), format="turtle")
    rows = said.query(
        """SELECT ?label ?text WHERE { ?q a sh:SPARQLExecutable ; rdfs:label ?label ;
                                       sh:select|sh:ask|sh:construct ?text }""",
        initNs={"sh": SPACES["sh"], "rdfs": SPACES["rdfs"]},
    )
    assert {str(label): str(text) for label, text in rows} == {  # type: ignore[misc]
        each.name: each.text for each in catalogue()
    }


def test_data_for_search_engines_cannot_end_its_element(holding: Holding) -> None:
    block = str(head(holding))
    assert block.count("<") == 2
    inner = block.partition(">")[2].rpartition("<")[0]
    told: dict[str, Any] = json.loads(inner)
    assert told["name"] == "</script><b>&"
    assert told["@type"] == "Dataset"
    assert {each["sha256"] for each in told["distribution"]}


def test_the_context_that_exports_name_is_at_its_address(holding: Holding, made: Made) -> None:
    root = home(replace(holding, settings=Settings()))
    assert CONTEXT_ADDRESS.startswith(root)
    document = json.loads(made(CONTEXT_ADDRESS.removeprefix(root)))
    assert document["@context"]["Claim"] == "cmq:Claim"
    assert made(f"context/{__version__}.jsonld") == made("context.jsonld")


def test_the_ontology_is_sent_as_it_was_written(made: Made) -> None:
    assert made("ontology/claims.ttl").startswith(b"# Claims")
    assert made(f"ontology/{__version__}/claims.ttl") == made("ontology/claims.ttl")
    whole = {str(q.predicate) for q in parse(made("def.ttl"), RdfFormat.TURTLE)}
    assert "<http://www.w3.org/2002/07/owl#versionIRI>" in whole


# ---- crawlers -------------------------------------------------------------------------------


def located(data: bytes) -> list[str]:
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    return [str(each.text) for each in etree.fromstring(data).iter(f"{space}loc")]


def test_the_site_map_names_every_page_but_further_ones(holding: Holding, made: Made) -> None:
    further = ("linked/", "claims/", "timeline/", "around/")
    paths = [path for part in sections(holding) for path in part.paths()]
    named = [f"{ADDRESS}{path}.html" for path in paths if not path.startswith(further)]
    assert located(made("sitemap.xml")) == named
    assert len(named) < len(paths)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in made("robots.txt").decode()


def test_a_site_map_that_is_too_long_is_parted(holding: Holding) -> None:
    parts = [*sitemaps(ADDRESS, (f"id/x/{number}" for number in range(7)), most=3)]
    assert [len(located(each)) for each in parts] == [3, 3, 1]
    held = replace(holding, kept={"sitemap.xml": parts})
    [document] = [each for each in documents(held) if each.path == "sitemap.xml"]
    addresses = located(document.make({}))
    assert addresses == [f"{ADDRESS}sitemap.xml?part={part}" for part in (1, 2, 3)]
    assert document.make({"part": "2"}) == parts[1]
    assert document.make({"part": "99"}) == document.make({}) == index(addresses)


def test_without_an_address_there_is_no_site_map(bundled_holding: Holding) -> None:
    silent = replace(bundled_holding, settings=Settings(), kept={})
    held = {each.path: each for each in documents(silent)}
    assert "sitemap.xml" not in held
    assert b"Sitemap" not in held["robots.txt"].make({})


# ---- OpenAPI --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described(made: Made) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(made("openapi.json"))
    return told


def test_openapi_is_valid(described: dict[str, Any]) -> None:
    assert [*OpenAPIV31SpecValidator(described).iter_errors()] == []
    assert "/sparql" in described["paths"]


def test_openapi_names_every_document_and_question(
    holding: Holding, described: dict[str, Any]
) -> None:
    paths = described["paths"]
    assert {f"/{each.path}" for each in documents(holding)} <= paths.keys()
    questions = {each.name: each for each in holding.questions}
    for name, question in questions.items():
        told = paths[f"/question/{name}"]["get"]["parameters"]
        assert [each["name"] for each in told] == [
            *(each.name for each in question.parameters),
            "format",
        ]


def test_what_openapi_describes_is_answered(holding: Holding, described: dict[str, Any]) -> None:
    state = State(holding)
    claim = next(
        quad.subject.value
        for quad in holding.dataset.quads(None, None, NamedNode(f"{DEFINITIONS}Claim"))
        if isinstance(quad.subject, NamedNode)
    )
    filled = {
        "/id/{family}/{name}": f"id/claim/{claim.rpartition('/')[2]}",
        "/concept/{scheme}/{name}": "concept/modality/agreed",
        "/concept/{scheme}": "concept/modality",
        "/def/{term}": "def/Claim",
        "/shapes/{shape}": "shapes/ClaimShape",
        "/ontology/{module}": "ontology/claims",
        "/list/{name}": "list/meetings",
    }
    assert {path for path in described["paths"] if "{" in path} == filled.keys()
    for pattern, path in filled.items():
        status = answer(state, Wanted(path)).status
        assert str(status) in described["paths"][pattern]["get"]["responses"], pattern
        assert status in {200, 303}, pattern
    for path in ("robots.txt", ".well-known/void", "feeds/claims.atom", "openapi.json"):
        assert answer(state, Wanted(path)).status == 200


def test_the_citation_of_the_software_names_its_version() -> None:
    told = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert told["version"] == __version__
    assert {"cff-version", "message", "title", "authors", "license"} <= told.keys()


def test_a_release_names_the_one_before(holding: Holding) -> None:
    told = statements_of(replace(holding, release="2026-11", previous="2026-10", kept={}))
    dataset, before = f"{ADDRESS}.well-known/void#dataset", f"{ADDRESS}dcat#release-2026-10"
    space = SPACES["dcat"]
    assert f"<{dataset}> <{space}previousVersion> <{before}>" in told
    assert f"<{before}> <{space}isVersionOf> <{dataset}>" in told
    assert f'<{dataset}> <{space}version> "2026-11"' in told
    assert "previousVersion" not in " ".join(statements_of(holding))


def statements_of(holding: Holding) -> set[str]:
    return {str(quad.triple) for quad in dcat(holding).quads}


def test_dcat_names_the_services_that_answer(holding: Holding) -> None:
    endpoints = {each.rpartition("<")[2].rstrip(">") for each in statements_of(holding)
                 if "endpointURL" in each}  # fmt: skip
    assert endpoints == {f"{ADDRESS}sparql", f"{ADDRESS}graphs"}
