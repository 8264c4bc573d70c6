"""Things as concepts of the ontology."""

from __future__ import annotations

import pytest
from rdflib import RDF, SKOS, Graph

from kg.entities.concepts import Concept, concept_of, normal
from kg.resources import folder, table


def ontology() -> Graph:
    graph = Graph()
    for scheme in ("materials", "topics"):
        graph.parse(folder("ontology") / "concepts" / f"{scheme}.ttl")
    return graph


def test_the_table_of_concepts_says_what_the_ontology_says() -> None:
    graph = ontology()
    found = {
        (
            str(concept),
            str(graph.value(concept, SKOS.prefLabel)),
            str(graph.value(concept, SKOS.inScheme)).rsplit("/", 1)[-1],
            tuple(
                sorted(
                    {
                        *map(str, graph.objects(concept, SKOS.altLabel)),
                        *map(str, graph.objects(concept, SKOS.notation)),
                    }
                )
            ),
            tuple(sorted(map(str, graph.objects(concept, SKOS.broader)))),
        )
        for concept in graph.subjects(RDF.type, SKOS.Concept)
    }
    rows = table("entities", "concepts.csv", Concept)
    ours = {
        (row.concept, row.label, row.scheme, tuple(sorted(row.variants)), tuple(row.broader))
        for row in rows
    }
    assert ours == found
    assert len(rows) > 200


@pytest.mark.parametrize(
    ("wording", "label"),
    [
        ("Gallium", "gallium"),
        ("the rare earths", "rare earths"),
        ("rare earth", "rare earths"),
        ("SEMICONDUCTORS", "semiconductors"),
        ("supply chain", "supply chains"),
    ],
)
def test_number_case_and_article_do_not_matter(wording: str, label: str) -> None:
    concept = concept_of(wording)
    assert concept
    assert concept.label == label


def test_a_longer_phrase_is_another_thing() -> None:
    assert concept_of("gallium diplomacy") is None
    assert concept_of(None, "", "no such thing") is None


def test_plurals_are_read_as_singulars() -> None:
    assert [normal(each) for each in ("weaknesses", "approaches", "batteries", "taxes")] == [
        "weakness", "approach", "battery", "tax",
    ]  # fmt: skip


def test_normal_forms_are_stable() -> None:
    for wording in ("batteries", "glass", "the Analysis", "physics", "gas"):
        assert normal(normal(wording)) == normal(wording)
