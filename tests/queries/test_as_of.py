"""What claims say was in force as of a date: the question and `kg.edtf` judge dates alike."""

from __future__ import annotations

from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import edtf
from kg.edtf import Reach
from kg.graph import literals
from kg.graph.model import Dataset
from kg.graph.terms import term
from kg.queries.catalogue import find_question
from kg.queries.run import run
from kg.terms import CONCEPTS, DATA

GRAPH = NamedNode(f"{DATA}article/a")
DATES = [
    "2031-05-10", "2031-05", "2031", "203X", "2031-21", "2031-22", "2031-23", "2031-24", "2031-33",
    "2031-34", "2031-35", "2031-36", "2031-05-01/2031-05-10", "2031-04/2031-06", "2031-05/..",
    "2031-05/",
]  # fmt: skip
DAYS = [
    "2029-12-31", "2030-01-01", "2031-01-01", "2031-02-28", "2031-03-01", "2031-04-30",
    "2031-05-01", "2031-05-10", "2031-05-31", "2031-06-01", "2031-12-31", "2032-01-01",
    "2032-02-29", "2032-03-01", "2031-05", "2031", "2032", "2040-01-01",
]  # fmt: skip


def node(name: str) -> NamedNode:
    return NamedNode(DATA + name)


def claim(name: str, status: str, told: str | None, issued: str, about: str = "m") -> list[Quad]:
    """One claim on cobalt, in an article of its own."""
    said, article, measure = (
        node(f"claim/{name}"),
        node(f"article/{name}"),
        node(f"measure/{about}"),
    )
    cobalt = NamedNode(f"{CONCEPTS}material/cobalt")
    triples: list[tuple[NamedNode, str, NamedNode | Literal]] = [
        (said, "cmq:kind", NamedNode(f"{CONCEPTS}kind/control")),
        (said, "cmq:about", measure),
        (said, "cmq:status", NamedNode(f"{CONCEPTS}status/{status}")),
        (said, "cmq:polarity", NamedNode(f"{CONCEPTS}polarity/positive")),
        (said, "cmq:item", cobalt),
        (said, "prov:hadPrimarySource", article),
        (article, "dcterms:issued", literals.date(issued)),
        (measure, "rdf:type", term("cmq:ControlMeasure")),
        (measure, "cmq:item", cobalt),
        (measure, "cmq:imposer", node("state/CL")),
        (measure, "rdfs:label", Literal(told or "")),
    ]
    if told:
        triples.append((said, "cmq:date", literals.date(told)))
    return [Quad(who, term(what), value, GRAPH) for who, what, value in triples]


def answered(quads: list[Quad], day: str) -> tuple[str, str]:
    """How sure the force is, and by how many articles."""
    rows = run(Dataset.of(quads), find_question("materials-under-control"), {"date": day})
    if not rows.rows:
        return "no", "0"
    [row] = rows.values()
    found = dict(zip(rows.columns, row, strict=True))
    assert found["basis"] == "claim"
    return found["inForce"], found["articles"]


def since(told: str) -> Reach:
    """A measure that began at some day of a date, and goes on."""
    reach = edtf.reach(told)
    assert reach is not None
    latest = reach.ends[1] if reach.ends[1] < date.max else reach.begins[1]
    return Reach((reach.begins[0], latest), (date.max, date.max))


@pytest.mark.parametrize("day", DAYS)
def test_a_claim_is_as_sure_as_its_date(day: str) -> None:
    quads = [
        quad
        for number, told in enumerate(DATES)
        for quad in claim(f"c{number}", "in-force", told, "2031-06-15", f"m{number}")
    ]
    rows = run(Dataset.of(quads), find_question("materials-under-control"), {"date": day})
    name, sure = (rows.columns.index(each) for each in ("measureName", "inForce"))
    found = {row[name]: row[sure] for row in rows.values()}
    for told in DATES:
        assert found.get(told, "no") == edtf.overlaps(since(told), day), told


def test_a_claim_without_a_date_counts_from_its_article() -> None:
    for told in (None, "XXXX-05"):
        quads = claim("a", "in-force", told, "2031-06")
        said = [answered(quads, day)[0] for day in ("2031-05-31", "2031-06-15", "2031-07-01")]
        assert said == ["no", "possibly", "certainly"]


def test_what_its_source_is_not_sure_of_is_never_certain() -> None:
    for told in ("2031-05?", "2031-05~", "2031-05%"):
        assert answered(claim("a", "in-force", told, "2031-06-15"), "2035-01-01")[0] == "possibly"
    announced = claim("a", "announced", "2031-05-01", "2031-04-15")
    assert [answered(announced, day)[0] for day in ("2031-04-30", "2031-05-02")] == [
        "no",
        "possibly",
    ]
    assert answered(claim("a", "considered", "2031-05-01", "2031-04-15"), "2032")[0] == "no"


def test_an_end_counts_from_its_own_date_and_a_later_report_may_bring_it_back() -> None:
    begun = claim("a", "in-force", "2030", "2030-06-01")
    for ended in ("lifted", "suspended"):
        both = begun + claim("b", ended, "2031-05", "2031-06-15")
        said = [answered(both, day)[0] for day in ("2031-04-30", "2031-05-10", "2031-06-01")]
        assert said == ["certainly", "possibly", "no"]
        again = both + claim("c", "in-force", "2032-01-01", "2032-02-01")
        assert answered(again, "2032-03-01")[0] == "possibly"


def test_sources_that_put_its_beginning_on_either_side_of_the_day_leave_it_open() -> None:
    one = claim("a", "in-force", "2031-05-01", "2031-06-15")
    other = claim("b", "in-force", "2031-07-01", "2031-06-15")
    assert answered(one + other, "2031-06-01") == ("possibly", "1")
    assert answered(one + other, "2031-07-01") == ("certainly", "2")
