"""The legal record as Turtle: from its table, in one form, and asked as of any date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse, serialize
from pyshacl import validate
from rdflib import Graph

from kg.cli import main
from kg.graph.legal import concepts, turtle
from kg.graph.model import Dataset
from kg.graph.reference import reference_quads
from kg.iris import Iris
from kg.legal import DESIGNATION, Item, Measure, Suspension
from kg.legaltable import legal_record, read_table
from kg.queries.catalogue import find_question
from kg.queries.run import run
from kg.terms import CONCEPTS, DEFINITIONS
from tests.conftest import ROOT

REFERENCE = ROOT / "ontology" / "reference"
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def graph_of(text: str) -> Graph:
    graph = Graph()
    triples = (quad.triple for quad in parse(text, format=TURTLE))
    graph.parse(data=serialize(triples, format=N_TRIPLES), format="nt")
    return graph


TURTLE, N_TRIPLES = RdfFormat.TURTLE, RdfFormat.N_TRIPLES


def test_the_published_record_is_that_of_the_table() -> None:
    assert (REFERENCE / "measures.ttl").read_text("utf-8") == turtle(legal_record()), (
        "run `kg reference ontology/reference/measures.csv -o ontology/reference/measures.ttl`"
    )


def test_the_bundled_table_is_without_fault() -> None:
    assert not read_table((REFERENCE / "measures.csv").read_text("utf-8"), concepts()).faults


def test_the_order_of_measures_changes_nothing() -> None:
    assert turtle(reversed(legal_record())) == turtle(legal_record())


def test_items_may_be_materials_and_topics() -> None:
    assert {"material:gallium", "topic:dual-use-goods"} <= concepts()
    assert len(concepts()) > 200
    assert {name.partition(":")[0] for name in concepts()} == {"material", "topic"}


@given(TEXTS, TEXTS)
@settings(max_examples=30)
def test_whatever_a_cell_holds_stays_a_literal(title: str, scope: str) -> None:
    halt = Suspension("2031-09-01", by=title, scope=scope, pages=("https://example.org/9",))
    measure = replace(
        legal_record()[0],
        title=title,
        identifier=scope,
        items=(Item("material:lithium", scope, ("2805.19", "2805191000"), ("7439-93-2",)),),
        suspensions=(halt,),
    )
    quads = list(parse(turtle([measure]), format=TURTLE))
    assert quads
    literals = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    assert {title, scope, "2805.19", "2805191000", "7439-93-2"} <= literals


def test_every_form_of_measure_conforms_to_the_shapes() -> None:
    pages = ("https://example.org/7",)
    measure = Measure(
        key="cl-2031-7",
        title="Licence duty",
        definition="A duty.",
        identifier="7",
        type="licensing",
        imposer="CL",
        issued="2031",
        source="Gazette of Chile",
        items=(
            Item("material:lithium", "metal", ("28", "2805.19.10", "2805191000")),
            Item("topic:batteries"),
        ),
        part="article 3",
        targets=("EU", "JP"),
        in_force="2031-03",
        expires="2035-01-31",
        amends=("cl-2030-1",),
        pages=pages,
        read_on="2031-04-01",
        suspensions=(
            Suspension("2032-01-01", "2032-12-31", "Decree 9", "", ("material:lithium",), pages),
            Suspension("2033-01-01", "", "Decree 10", "samples", (), pages),
        ),
    )
    earlier = replace(measure, key="cl-2030-1", identifier="1", amends=(), suspensions=())
    listing = replace(measure, key="cl-2034-2", type=DESIGNATION, amends=(), suspensions=())
    data = graph_of(turtle([measure, earlier, replace(listing, targets=(), part="")]))
    for path in [*ROOT.glob("ontology/*.ttl"), *ROOT.glob("ontology/concepts/*.ttl")]:
        data.parse(path)
    for name in ("states", "blocs"):
        data.parse(REFERENCE / f"{name}.ttl")
    shapes = Graph().parse(ROOT / "shapes" / "events.ttl")
    conforms, _, text = validate(data, shacl_graph=shapes)
    assert conforms, text


# ---- the command ------------------------------------------------------------------------------


def test_the_command_writes_all_or_nothing(tmp_path: Path) -> None:
    table, out = tmp_path / "measures.csv", tmp_path / "measures.ttl"
    text = (REFERENCE / "measures.csv").read_text("utf-8")
    table.write_text(text, "utf-8")
    assert CliRunner().invoke(main, ["reference", str(table), "-o", str(out)]).exit_code == 0
    assert out.read_text("utf-8") == turtle(legal_record())
    table.write_text(text.replace("7440-55-3", "7440-55-4").replace(",CN,", ",XX,", 1), "utf-8")
    refused = CliRunner().invoke(main, ["reference", str(table), "-o", str(out)])
    assert refused.exit_code == 3
    assert "measures.csv:2: cas: '7440-55-4' fails its check digit" in refused.stderr
    assert "measures.csv:2: imposer: 'XX' is no state" in refused.stderr
    assert "nothing is written" in refused.stderr
    assert out.read_text("utf-8") == turtle(legal_record())


# ---- as of a date: the question and the records say the same ------------------------------------


@pytest.fixture(scope="module")
def record() -> Dataset:
    return Dataset.of(reference_quads(Iris()))


def answered(record: Dataset, **values: str) -> dict[tuple[str, str], str]:
    """What the question says: how sure the force is, by measure and material."""
    question = find_question("materials-under-control")

    rows = run(record, question, values)
    names = list(rows.columns)
    at = [names.index(name) for name in ("measureName", "materialName", "inForce", "basis")]
    found = {}
    for row in rows.values():
        measure, material, sure, basis = (row[place] for place in at)
        assert basis == "legal record"
        found[measure, material] = sure
    return found


DATES = [
    "2019-06-01", "2020-01-01", "2022-05", "2022-12-15", "2023-01", "2023-07-31", "2023-08-01",
    "2023", "2024-08", "2024-08-11", "2024-09-01", "2024", "2024-12-03", "2025-06-29", "2025-10",
    "2025-11-07", "2025-11-08", "2025-11", "2026", "2026-11-27", "2026-11-28", "2031",
]  # fmt: skip


@pytest.mark.parametrize("day", DATES)
def test_question_and_records_agree(record: Dataset, day: str) -> None:
    labels = {
        quad.subject.value: quad.object.value
        for quad in record.quads()
        if quad.predicate.value.endswith("#label")
        and isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, Literal)
        and quad.subject.value.startswith(CONCEPTS)
    }
    expected = {
        (measure.title, labels[CONCEPTS + concept.replace(":", "/")]): said
        for measure in legal_record()
        if measure.type != DESIGNATION
        for concept in measure.concepts
        if (said := measure.as_of(day, concept)) != "no"
    }
    assert answered(record, date=day) == expected


def test_toward_a_state_counts_what_holds_toward_all(record: Dataset) -> None:
    toward = answered(record, date="2025-01-01", target="US", imposer="CN", material="gallium")
    assert {measure.partition(" (")[0] for measure, _ in toward} == {
        "Export licensing of gallium and germanium items",
        "Export ban of gallium, germanium, antimony and superhard items to the United States",
    }
    elsewhere = answered(record, date="2025-01-01", target="JP", imposer="CN", material="gallium")
    assert {*toward} > {*elsewhere} > set()
    assert not answered(record, date="2025-01-01", target="US", imposer="KR")


def test_a_listing_puts_nothing_under_control(record: Dataset) -> None:
    listing = NamedNode(f"{DEFINITIONS}LegalDesignation")
    assert any(quad.object == listing for quad in record.quads())
    assert not answered(record, date="2025-01-01", imposer="EU")
