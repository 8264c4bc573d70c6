"""Every constraint of shapes/ judges a small graph that keeps it and one that breaks it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from kg.terms import SHAPES

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "shapes"
EXAMPLES = sorted(DATA.glob("*/*.ttl"))
MODULES = sorted((ROOT / "ontology").glob("*.ttl"))
HOUSE_STYLE = ROOT / "shapes" / "ontology.ttl"
SHAPE_FILES = sorted((ROOT / "shapes").glob("*.ttl"))


@cache
def graph_of(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path)
    return graph


def named(kind: URIRef, graph: Graph) -> set[str]:
    """Local names of the shapes or constraints of one type."""
    nodes = graph.subjects(RDF.type, kind)
    return {str(node)[len(SHAPES) :] for node in nodes if str(node).startswith(SHAPES)}


ALL_SHAPES = graph_of(*SHAPE_FILES)
NODE_SHAPES = {name for name in named(SH.NodeShape, ALL_SHAPES) if name.endswith("Shape")}
CONSTRAINTS = sorted(
    (
        named(SH.PropertyShape, ALL_SHAPES)
        | named(SH.SPARQLConstraint, ALL_SHAPES)
        | named(SH.NodeShape, ALL_SHAPES)
    )
    - NODE_SHAPES
)


@cache
def vocabulary() -> Graph:
    """What shapes look up in the ontology: its terms, their superclasses, its modules."""
    ontology, kept = graph_of(*MODULES), Graph()
    for wanted in (
        (None, RDFS.isDefinedBy, None),
        (None, RDFS.subClassOf, None),
        (None, RDF.type, OWL.Ontology),
    ):
        for triple in ontology.triples(wanted):
            kept.add(triple)
    return kept


def judged(example: Path) -> tuple[bool, set[str], str]:
    """Validate an example as data beside the ontology, or as part of an ontology."""
    lint = example.parent.name in named(SH.NodeShape, graph_of(HOUSE_STYLE))
    shapes = [path for path in SHAPE_FILES if (path == HOUSE_STYLE) is lint]
    data = graph_of(example) if lint else graph_of(example) + vocabulary()
    conforms, report, text = validate(data, shacl_graph=graph_of(*shapes))
    assert isinstance(report, Graph)
    faults = {_at_fault(result, report) for result in report.objects(None, SH.result)}
    return conforms, faults, text


def _at_fault(result: Node, report: Graph) -> str:
    found = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
    return str(found)[len(SHAPES) :]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_shape_judges_its_example(example: Path) -> None:
    """valid-*.ttl conforms to all shapes; invalid-<constraint>-*.ttl breaks that one only."""
    conforms, faults, text = judged(example)
    if example.stem.startswith("valid-"):
        assert conforms, text
    else:
        assert not conforms
        assert faults == {"-".join(example.stem.split("-")[1:3])}, text


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint_says_what_to_do_and_has_its_examples(constraint: str) -> None:
    node = URIRef(SHAPES + constraint)
    messages = list(ALL_SHAPES.objects(node, SH.message))
    assert [getattr(message, "language", None) for message in messages] == ["en"]
    assert ALL_SHAPES.value(node, SH.severity) in {SH.Violation, SH.Warning, SH.Info}
    folder = DATA / f"{constraint.split('-', maxsplit=1)[0]}Shape"
    assert list(folder.glob(f"invalid-{constraint}-*.ttl")), f"no invalid example of {constraint}"
    assert list(folder.glob("valid-*.ttl")), f"no valid example in {folder.name}"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_belongs_to_a_shape(example: Path) -> None:
    assert example.parent.name in NODE_SHAPES
    if not example.stem.startswith("valid-"):
        assert "-".join(example.stem.split("-")[1:3]) in CONSTRAINTS


@pytest.mark.parametrize("name", sorted(named(SH.PropertyShape, ALL_SHAPES)))
def test_property_shape_belongs_to_a_node_shape_and_has_a_name(name: str) -> None:
    node = URIRef(SHAPES + name)
    assert list(ALL_SHAPES.subjects(SH.property, node)) == [
        URIRef(SHAPES + name.split("-", maxsplit=1)[0] + "Shape")
    ]
    assert ALL_SHAPES.value(node, SH.name) is not None
    assert ALL_SHAPES.value(node, SH.order) is not None


def test_claim_without_evidence_does_not_conform() -> None:
    """The whole point: take the evidence away and the claim falls."""
    valid = graph_of(DATA / "ClaimShape" / "valid-a-meeting.ttl") + vocabulary()
    derived = URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
    valid.remove((None, derived, None))
    shapes = graph_of(*(path for path in SHAPE_FILES if path != HOUSE_STYLE))
    conforms, report, _ = validate(valid, shacl_graph=shapes)
    assert not conforms
    faults = {_at_fault(result, report) for result in report.objects(None, SH.result)}
    assert "Claim-wasDerivedFrom" in faults


def test_shapes_name_no_graph() -> None:
    """No engine evaluates GRAPH inside a constraint."""
    for select in ALL_SHAPES.objects(None, SH.select):
        assert "GRAPH" not in str(select)
