"""A dataset is asked over the union of its graphs; values are bound, never written into queries."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Variable

from kg.graph.model import Dataset

A, B, P = (NamedNode(f"http://x.example/{name}") for name in ("a", "b", "p"))
ONE, TWO = (NamedNode(f"http://x.example/graph/{name}") for name in ("one", "two"))


@pytest.fixture
def dataset() -> Dataset:
    return Dataset.of([Quad(A, P, B, ONE), Quad(B, P, Literal("c"), TWO), Quad(B, P, A)])


def test_a_query_sees_the_union_unless_told_otherwise(dataset: Dataset) -> None:
    ask = "ASK { <http://x.example/a> ?p ?b . ?b ?p 'c' }"
    assert bool(dataset.query(ask)) is True
    assert bool(dataset.query(ask, union=False)) is False


def test_quads_are_found_by_pattern_in_all_graphs_or_one(dataset: Dataset) -> None:
    assert len(dataset) == len(list(dataset.quads())) == 3
    assert len(list(dataset.quads(B))) == 2
    assert [quad.object for quad in dataset.quads(B, graph=TWO)] == [Literal("c")]
    assert dataset.graphs() == (ONE.value, TWO.value)


@pytest.mark.parametrize(
    "text", ["c", '" } ; DROP ALL #', "?s ?p ?o", "\\u0022", "'''", "\u202e", "x" * 10_000]
)
def test_a_bound_value_is_a_value_and_nothing_else(text: str) -> None:
    dataset = Dataset.of([Quad(A, P, Literal(text)), Quad(B, P, Literal("other"))])
    rows = dataset.query(
        "SELECT ?thing ?value WHERE { ?thing x:p ?value }",
        prefixes={"x": "http://x.example/"},
        bound={Variable("value"): Literal(text)},
    )
    assert isinstance(rows, QuerySolutions)
    assert [row["thing"] for row in rows] == [A]


def test_a_query_cannot_change_the_dataset(dataset: Dataset) -> None:
    with pytest.raises(SyntaxError):
        dataset.query("DELETE WHERE { ?s ?p ?o }")
    assert isinstance(dataset.query("ASK {}"), QueryBoolean)
    assert len(dataset) == 3
