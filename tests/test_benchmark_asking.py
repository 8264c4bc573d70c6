"""The measurement of questions compares answers: reader, server and libraries say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import engines
from benchmarks.asking import Cost, askings, beside, made, measured, nearly_all
from kg import living
from kg.queries.catalogue import catalogue

QUESTIONS = ("meetings-of-a-state", "undated-articles")
PEERS = ("oxigraph", "rdflib", "oxrdflib")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(3, tmp_path_factory.mktemp("asking") / "build")


def test_engines_give_the_same_rows(build: Path) -> None:
    with beside(build, PEERS, 60) as (asked, loaded):
        assert [each.engine for each in loaded] == ["oxrdflib", "rdflib"]
        for name in QUESTIONS:
            for cost in measured(build, asked, name, most=3):
                assert not cost.unlike, cost
                assert not cost.late, cost
                assert {len(each) for each in cost.taken.values()} == {len(cost.rows)}
                assert cost.line().startswith(f"| {name} |")
        assert all(each.memory() > 1_000_000 for each in asked)


def test_what_does_not_come_in_time_is_counted(build: Path) -> None:
    with beside(build, ("oxrdflib",), 0.5) as (asked, _):
        for engine in asked:
            rows, seconds = engines.timed(engine, ENDLESS)
            assert rows is None
            assert seconds == engine.limit == 0.5
        assert engines.timed(asked[1], "SELECT ?s { ?s a <x:y> }")[0] == []  # it starts anew


def test_what_is_refused_is_told(build: Path) -> None:
    with engines.oxigraph(build) as server, pytest.raises(engines.RefusedError, match="error at"):
        server.rows("SELECT ?s {{")


def test_every_question_is_asked_in_some_way(build: Path) -> None:
    """With parameters or without; one whose parameters no data has is asked in a larger build."""
    dataset = living.open_build(build).dataset
    for question in catalogue():
        ways = dict(askings(question, dataset))
        needed = any(each.required and each.default is None for each in question.parameters)
        assert needed or "all" in ways, question.name
        for many in ways.values():
            known = {each.name for each in question.parameters}
            assert all(set(each) <= known for each in many)


def test_nearly_all_is_what_few_exceed() -> None:
    assert nearly_all([float(each) for each in range(1, 101)]) == 95.0
    assert nearly_all([3.0]) == 3.0
    refused = Cost("q", "all", [2], {"kg": [1.0], "x": [None]}, {}, {"x": 1})
    assert refused.line() == "| q | all | 2–2 | 1.0 | 1.0 |  | x: 1 differ |"
    cost = Cost("q", "all", [2], {"kg": [1.0], "x": [2.0]}, {}, {"x": 1})
    assert cost.line().endswith("| x: 1 differ |")
