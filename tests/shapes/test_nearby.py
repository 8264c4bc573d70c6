"""What is said of a node is the same however often it is asked for."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.model import Dataset
from kg.shapes.model import Node
from kg.shapes.nearby import Nearby
from kg.shapes.ways import Step

ONE, HUB, WORD = NamedNode("urn:x:one"), NamedNode("urn:x:hub"), Literal("word")
PROPERTIES = [f"urn:x:p{number}" for number in range(12)]


def data() -> Dataset:
    """A node with a few statements, one with hundreds, and a text that hundreds have."""
    quads = [Quad(ONE, NamedNode(each), HUB) for each in PROPERTIES[:9]]
    for number in range(300):
        node = NamedNode(f"urn:x:{number}")
        quads.append(Quad(HUB, NamedNode(PROPERTIES[number % 7]), node))
        quads.append(Quad(node, NamedNode(PROPERTIES[number % 5]), WORD))
    return Dataset.of(quads)


@pytest.mark.parametrize("node", [ONE, HUB, WORD], ids=str)
@pytest.mark.parametrize("inverse", [False, True])
def test_statements_are_found_however_often_a_node_is_asked_about(
    node: Node, inverse: bool
) -> None:
    dataset = data()
    near = Nearby(dataset)
    met = 0
    for each in [*PROPERTIES, None, *PROPERTIES]:
        wanted = {
            quad
            for quad in dataset.quads()
            if (quad.object if inverse else quad.subject) == node
            and each in (None, quad.predicate.value)
        }
        assert {*near.quads(node, Step(each, inverse))} == wanted
        met += len(wanted)
    assert bool(met) == ((node, inverse) not in {(WORD, False), (ONE, True)})
