"""The measurement of questions compares answers: a store, a server and rdflib say the same."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pytest

from benchmarks.asking import Cost, askings, made, measured, nearly_all, server
from kg import living
from kg.queries.catalogue import catalogue

QUESTIONS = ("meetings-of-a-state", "undated-articles")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(3, tmp_path_factory.mktemp("asking") / "build")


def test_three_engines_give_the_same_rows(build: Path, tmp_path: Path) -> None:
    file = tmp_path / "all.nq"
    living.open_build(build).dataset.store.dump(str(file), pyoxigraph.RdfFormat.N_QUADS)
    with server(build) as address:
        for name in QUESTIONS:
            for cost in measured(build, name, address, 60, file):
                assert cost.unlike == 0, cost
                assert len(cost.embedded) == len(cost.server) == len(cost.rdflib)
                assert cost.line().startswith(f"| {name} |")


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
    assert Cost("q", "all", [1.0], [2], unlike=1).line().endswith("| 1 differ |")
