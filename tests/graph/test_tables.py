"""However changes are laid on top of each other, the graph is what they say one after the other."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.graph import tables
from kg.graph.pen import lines_of
from kg.graph.tables import Base, Tables
from kg.shelves import Shelves

SPACE = "https://example.org/"
TURNS = 8


def quad(number: int) -> Quad:
    """One of 60 quads, in one of six graphs; every fifth says what its graph is."""
    graph = NamedNode(f"{SPACE}article/{number % 6}")
    subject = graph if number % 5 == 0 else NamedNode(f"{SPACE}thing/{number}")
    return Quad(subject, NamedNode(f"{SPACE}is"), Literal(str(number)), graph)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder with the graph of a first build."""
    store = Store(str(tmp_path / "store-1"))
    store.bulk_extend([quad(number) for number in range(0, 60, 2)])
    store.flush()
    return tmp_path


def change(target: Path, shelves: Shelves, current: str, numbers: set[int]) -> str:
    """Turn quads over: out with those there are, in with the others. Gives the new graph."""
    now = Tables(target, shelves, current)
    there = now.read()
    old = [quad(number) for number in numbers if quad(number) in there]
    new = [quad(number) for number in numbers if quad(number) not in there]
    del there
    store = now.change(lines_of(old), lines_of(new))
    store.flush()
    del store
    now.keep(lines_of(old), lines_of(new))
    shelves.commit()
    now.sweep(now.newer.name)
    return now.newer.name


@pytest.mark.parametrize(("long", "small"), [(1, 0), (25, 0), (25, 2**30), (1000, 0)])
def test_changes_on_a_base_are_changes_one_after_the_other(
    long: int, small: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_LONG", long)
    monkeypatch.setattr(tables, "_SMALL", small)
    chance, shelves, current = random.Random(3), Shelves(), "store-1"
    expected = set(range(0, 60, 2))
    for _ in range(TURNS):
        numbers = set(chance.sample(range(60), 9))
        expected ^= numbers
        current = change(target, shelves, current, numbers)
        store = Store.read_only(str(target / current))
        assert set(store) == {quad(number) for number in expected}
        del store
    assert len(list(target.glob("store-*"))) == len(list(target.glob("base-*"))) == 1


def test_graphs_of_which_nothing_is_left_are_not_named(target: Path) -> None:
    shelves = Shelves()
    current = change(target, shelves, "store-1", {0, 6, 12, 18, 24, 30, 36, 42, 48, 54})
    current = change(target, shelves, current, {1})
    store = Store.read_only(str(target / current))
    assert {str(each.value)[-1] for each in store.named_graphs()} == {"1", "2", "4"}


def test_layers_are_rewritten_when_they_are_many(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_LONG", 1)
    monkeypatch.setattr(tables, "_SMALL", 0)
    shelves, current, layers = Shelves(), "store-1", []
    for number in range(1, 20, 2):
        current = change(target, shelves, current, {number, number + 1})
        base = Tables(target, shelves, current).base
        assert base is not None
        layers.append(base.layers)
    assert layers == [1, 2, 3, 4, 5, 6, 0, 1, 2, 3]


def test_rewritten_tables_take_the_place_of_the_base_that_they_are_of(target: Path) -> None:
    shelves = Shelves()
    current = change(target, shelves, "store-1", {3, 4})
    now = Tables(target, shelves, current)
    base = now.base
    assert base == Base("base-1")
    with now.rewritten(base) as aside:
        assert now.replace(base, aside)
    with now.rewritten(Base("base-1-again")) as aside:
        assert not now.replace(base, aside)
    shelves.commit()
    expected = set(range(0, 60, 2)) ^ {3, 4} ^ {5, 6}
    current = change(target, shelves, current, {5, 6})
    assert set(Store.read_only(str(target / current))) == {quad(number) for number in expected}
    assert [each.name for each in target.glob("base-*")] == ["base-1-again"]
    assert not list(target.glob(".base-*"))


def test_a_base_that_is_lost_is_laid_again(target: Path) -> None:
    shelves = Shelves()
    current = change(target, shelves, "store-1", {3, 4})
    shutil.rmtree(target / "base-1")
    expected = set(range(0, 60, 2)) ^ {3, 4} ^ {3, 4, 5, 6}
    current = change(target, shelves, current, {3, 4, 5, 6})
    assert set(Store.read_only(str(target / current))) == {quad(number) for number in expected}
