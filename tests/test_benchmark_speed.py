"""The run of everything, at a small size: engines agree, and what it tells is what it found."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.asking import Cost
from benchmarks.speed.__main__ import options_of, run
from benchmarks.speed.asked import known_unlike, summed
from benchmarks.speed.model import Results, Size
from benchmarks.speed.picture import draw
from benchmarks.speed.table import table
from kg.queries.catalogue import catalogue

QUESTIONS = {each.name for each in catalogue()}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("speed")
    asked = ["8400", "--reference", "0", "--forms", "dump", "nquads", "--most", "1"]
    asked += ["-o", f"{folder}/results.json", "--only", "meetings-of-a-state"]
    assert run(options_of([*asked, "--keep", f"{folder}/builds"])) == []  # nothing differs
    return Results.read(folder / "results.json")


@pytest.fixture(scope="module")
def grown(results: Results) -> Results:
    """The same, and a size ten times as large that took a hundred times as long."""
    (size,) = results.sizes
    making = size.making
    stages = {name: 100 * spent for name, spent in making.stages.items()}
    larger = replace(making, statements=10 * making.statements, stages=stages)
    return replace(results, sizes=(size, replace(size, wanted=84_000, making=larger)))


def test_everything_is_measured_and_agrees(results: Results) -> None:
    (size,) = results.sizes
    assert 0.9 < size.making.statements / size.wanted < 1.1
    stages = {"entities", "events", "graph", "tidying", "words", "records"}
    assert set(size.making.stages) == stages
    assert {each.engine for each in size.loaded} == {
        "the engine's bulk load", "oxrdflib", "rdflib",
    }  # fmt: skip
    assert {each.engine for each in size.asked} == {"kg", "oxigraph server", "oxrdflib", "rdflib"}
    assert not [each for each in size.asked if each.late or each.unlike]
    assert {each.form: each.statements for each in size.exported} == {
        "dump": size.making.statements,
        "nquads": size.making.statements,
    }
    assert size.judging
    assert size.first


def test_the_table_says_how_it_grows(grown: Results) -> None:
    rows = {
        cells[1]: cells[2:]
        for cells in (re.split(r" *\| *", line) for line in table(grown).splitlines())
    }
    assert rows["**build from claims, s**"][2] == "2.00"
    assert rows["articles"][2] == ""
    assert len({*map(len, rows.values())}) == 1


def test_the_picture_is_the_same_each_time(grown: Results) -> None:
    drawn = draw(grown)
    assert drawn == draw(grown)
    told = drawn.decode()
    assert told.count("<svg ") == told.count("</svg>") == 1
    for words in ("build from claims", "Bundled questions", "rdflib, selective", "statements"):
        assert words in told


def test_questions_are_summed_up_by_how_many_rows_they_have() -> None:
    costs = [
        Cost("a", "all", [3], {"kg": [5.0], "x": [50.0]}),
        Cost("b", "state", [3, 300], {"kg": [1.0, 2.0], "x": [3.0, 60.0]}, {}, {"x": 1}),
        Cost("c", "state", [-1], {"kg": [9.0], "x": [9.0]}, {"kg": 1}),
    ]
    few, many = summed("x", costs, 7)
    assert (few.sort, few.asked, few.median, few.ratio) == ("selective", 1, 3.0, 3.0)
    assert (many.sort, many.asked, many.most, many.slowest, many.ratio) == (
        "scan", 3, 60.0, "b", 10.0,
    )  # fmt: skip
    assert few.unlike + many.unlike == 1
    assert sum(each.late for each in summed("kg", costs, 7)) == 1


def test_known_differences_are_those_of_questions_that_there_are() -> None:
    assert {name for of_peer in known_unlike().values() for name in of_peer} <= QUESTIONS


def test_what_was_not_measured_is_left_empty(grown: Results) -> None:
    size: Size = replace(grown.sizes[1], judging=None, asked=(), exported=(), first=None, loaded=())
    told = table(replace(grown, sizes=(grown.sizes[0], size)))
    assert "| **validation, s** |" in told
    assert draw(replace(grown, sizes=(size,)))
