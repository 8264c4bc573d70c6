"""What differs between two datasets, and a patch that brings one to the other."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph.difference import Difference, difference, write_difference
from kg.graph.model import Dataset
from kg.graph.terms import term
from kg.terms import DATA

GRAPH = NamedNode(DATA + "graph/derived")
REFERENCE = NamedNode(DATA + "graph/reference")
MEETING, PERSON = NamedNode(DATA + "meeting/m1"), NamedNode(DATA + "person/p1")


def quad(subject: NamedNode, name: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, term(name), value, GRAPH)


OLD = [
    quad(MEETING, "rdf:type", term("cmq:DiplomaticMeeting")),
    quad(MEETING, "rdfs:label", Literal("Talks on salt")),
    quad(MEETING, "cmq:sources", Literal(1)),
    quad(MEETING, "cmq:attendee", PERSON),
]
NEW = [
    *OLD[:2],
    quad(MEETING, "cmq:sources", Literal(2)),
    quad(PERSON, "rdf:type", term("cmq:Person")),
]


def found(old: list[Quad], new: list[Quad], *, reference: bool = False) -> Difference:
    return difference(Dataset.of(old), Dataset.of(new), reference=reference)


def patched(quads: list[Quad], patch: str) -> set[str]:
    """Apply a patch as its format says: D takes a statement away, A adds one."""
    held = {str(each) for each in quads}
    lines = patch.splitlines()
    assert (lines[0], lines[-1]) == ("TX .", "TC .")
    for line in lines[1:-1]:
        (each,) = parse(line[2:].encode(), format=RdfFormat.N_QUADS)
        held = held - {str(each)} if line[0] == "D" else held | {str(each)}
    return held


def test_a_value_that_gives_way_to_one_other_has_changed() -> None:
    kinds = {(each.kind, each.predicate.rsplit("#")[-1]) for each in found(OLD, NEW).changes}
    assert kinds == {("changed", "sources"), ("removed", "attendee"), ("added", "type")}


def test_a_patch_brings_the_old_dataset_to_the_new_one() -> None:
    patch = write_difference(found(OLD, NEW), "patch")
    assert patched(OLD, patch) == {str(each) for each in NEW}


def test_the_text_names_what_it_speaks_of() -> None:
    text = write_difference(found(OLD, NEW), "text")
    assert "1 added, 1 removed, 1 changed" in text
    assert "meeting/m1  “Talks on salt”" in text
    assert 'cmq:sources "1" → "2"' in text
    assert "cmq:Person: +1 −0" in text


def test_json_holds_every_change() -> None:
    values = json.loads(write_difference(found(OLD, NEW), "json"))
    assert len(values["changes"]) == 3
    assert {"added": 1, "removed": 0} in values["classes"].values()


def test_nothing_differs_between_equals() -> None:
    same = found(OLD, list(reversed(OLD)))
    assert not same
    assert write_difference(same, "text") == "no statement differs\n"


@pytest.mark.parametrize("reference", [True, False])
def test_the_reference_graph_counts_only_if_asked_for(reference: bool) -> None:
    more = Quad(PERSON, term("rdfs:label"), Literal("Ann Lee"), REFERENCE)
    assert bool(found(OLD, [*OLD, more], reference=reference)) is reference
