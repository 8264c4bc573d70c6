"""The reference graph: ours, sourced, without blank nodes, below any base."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph.reference import reference_quads
from kg.graph.writing import nquads
from kg.iris import Iris

ONTOLOGY = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix x: <http://x.example/> .

x:Covered a owl:Class ;
    owl:equivalentClass [ a owl:Class ;
        owl:intersectionOf ( x:Thing [ a owl:Restriction ;
            owl:onProperty x:by ; owl:someValuesFrom x:Measure ] ) ] .
x:Other a owl:Class ;
    owl:equivalentClass [ a owl:Class ;
        owl:intersectionOf ( x:Thing [ a owl:Restriction ;
            owl:onProperty x:by ; owl:someValuesFrom x:Measure ] ) ] .
[ a owl:AllDisjointClasses ; owl:members ( x:Covered x:Other ) ] .
"""


@pytest.fixture
def ontology(tmp_path: Path) -> Path:
    (tmp_path / "one.ttl").write_text(ONTOLOGY)
    return tmp_path


def test_blank_nodes_become_iris_and_no_two_become_one(ontology: Path) -> None:
    quads = list(reference_quads(Iris(), ontology))
    assert not any(isinstance(t, BlankNode) for quad in quads for t in (quad.subject, quad.object))
    assert len(set(quads)) == len(quads) == 2 + 2 * (1 + 1 + 1 + 4 + 3) + 2 + 4


def test_names_of_expressions_follow_from_their_content(ontology: Path) -> None:
    before = set(reference_quads(Iris(), ontology))
    renamed = ONTOLOGY.replace("[ a owl:AllDisjointClasses ;", "_:z a owl:AllDisjointClasses ;")
    (ontology / "one.ttl").write_text(renamed.replace("x:Other ) ] .", "x:Other ) ."))
    assert set(reference_quads(Iris(), ontology)) == before
    (ontology / "one.ttl").write_text(ONTOLOGY + "\n[ a owl:Axiom ; rdfs:label 'more' ] .\n")
    after = set(reference_quads(Iris(), ontology))
    assert before < after
    assert len(after) == len(before) + 2


def test_a_circle_of_blank_nodes_gets_names_too(ontology: Path) -> None:
    (ontology / "one.ttl").write_text(
        "@prefix x: <http://x.example/> .\n"
        "_:a x:next _:b . _:b x:next _:c . _:c x:next _:a ; x:n 1 ."
    )
    quads = list(reference_quads(Iris(), ontology))
    assert len({quad.subject for quad in quads}) == 3


def test_a_broken_file_is_named_with_line_and_column(ontology: Path) -> None:
    (ontology / "one.ttl").write_text("@prefix x: <http://x.example/> .\nx:a y:b 1 .\n")
    with pytest.raises(GraphError, match=r"one\.ttl:2:5: .*declare the prefix"):
        list(reference_quads(Iris(), ontology))


def test_bundled_facts_move_with_the_base() -> None:
    usual = list(reference_quads(Iris()))
    moved = list(reference_quads(Iris("https://data.example/")))
    assert len(usual) == len(moved) > 1000
    japan = "https://data.example/state/JP"
    assert any(quad.subject == NamedNode(japan) for quad in moved)
    assert (
        "https://w3id.org/communique/id/"
        not in nquads(quad for quad in moved if not isinstance(quad.object, Literal)).decode()
    )


def test_the_store_keeps_every_bundled_fact_as_it_is() -> None:
    """A literal that the store would rewrite must be corrected in the file."""
    from kg.graph.model import Dataset

    quads: set[Quad] = set(reference_quads(Iris()))
    assert set(Dataset.of(quads).quads()) == quads
