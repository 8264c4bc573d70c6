"""Shelves and indexes: what waits to be written is there for everybody who asks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Pebble:
    """A record to keep."""

    weight: int
    found: tuple[str, ...] = ()


def test_what_waits_is_seen_by_another_shelf_of_that_name() -> None:
    shelves = Shelves()
    one, other = shelves.shelf("pebbles", Pebble), shelves.shelf("pebbles", Pebble, keep=0)
    one.put("b", Pebble(2))
    one.put("a", Pebble(1))
    assert other.get("a") == Pebble(1)
    assert other.many(["b", "c", "a"]) == {"a": Pebble(1), "b": Pebble(2)}
    assert list(other.keys()) == ["a", "b"]
    assert len(other) == 2
    assert "b" in other


def test_a_record_that_waits_is_dropped_and_replaced_like_any() -> None:
    shelves = Shelves()
    shelf = shelves.shelf("pebbles", Pebble)
    assert shelf.put("a", Pebble(1))
    assert not shelf.put("a", Pebble(1))
    assert shelf.put("a", Pebble(2))
    assert shelf.drop("a")
    assert not shelf.drop("a")
    assert shelf.get("a") is None
    shelf.put("a", Pebble(3))
    shelves.commit()
    assert shelf.drop("a")
    assert list(shelf.items()) == []


def test_a_small_shelf_gives_what_it_does_not_keep_at_hand() -> None:
    shelf = Shelves().shelf("pebbles", Pebble, keep=4)
    for number in range(40):
        shelf.put(f"{number:02}", Pebble(number))
    assert [shelf.get(f"{number:02}") for number in range(40)] == [Pebble(n) for n in range(40)]
    shelf.put("07", Pebble(70))
    for number in range(40):
        shelf.get(f"{number:02}")
    assert shelf.get("07") == Pebble(70)


def test_what_was_not_committed_is_forgotten(tmp_path: Path) -> None:
    shelves = Shelves(tmp_path / "state.sqlite")
    shelves.shelf("pebbles", Pebble).put("a", Pebble(1))
    shelves.index("hues").set("a", ["red"])
    shelves.commit()
    shelves.shelf("pebbles", Pebble).put("b", Pebble(2))
    shelves.index("hues").set("b", ["red"], new=True)
    shelves.rollback()
    assert list(shelves.shelf("pebbles", Pebble).keys()) == ["a"]
    assert shelves.index("hues").items("red") == ["a"]


def test_the_database_shows_all_that_was_written() -> None:
    shelves = Shelves()
    shelves.shelf("pebbles", Pebble).put("a", Pebble(1))
    shelves.index("hues").set("a", ["red", "blue"], new=True)
    count = "SELECT (SELECT count(*) FROM shelf_pebbles), (SELECT count(*) FROM index_hues)"
    assert shelves.connection.execute(count).fetchall() == [(1, 2)]


@pytest.mark.parametrize("new", [True, False])
def test_marks_of_items_are_asked_from_both_sides(*, new: bool) -> None:
    index = Shelves().index("hues")
    assert index.set("b", {"red", "blue"}, new=new)
    assert index.set("a", {"red"}, new=new)
    assert not index.set("c", (), new=new)
    assert index.items("red") == ["a", "b"]
    assert index.items("red", 1) == ["a"]
    assert index.marks("b") == ["blue", "red"]
    assert index.count("red") == 2
    assert index.set("b", {"red", "green"})
    assert list(index.every()) == [("green", "b"), ("red", "a"), ("red", "b")]


def test_marks_that_wait_are_seen_as_soon_as_they_are_asked_for() -> None:
    waiting, written = (Shelves().index("hues") for _ in range(2))
    for place in range(40):
        item, marks = f"item {place % 20}/{place}", {f"hue {place % 3}", f"tone {place % 7}"}
        asked = f"hue {place % 4}"
        assert waiting.set(item, marks, new=True) == written.set(item, marks)
        if place % 5 == 0:
            assert waiting.items(asked) == written.items(asked)
            assert waiting.count(asked) == written.count(asked)
            assert waiting.marks(item) == sorted(marks)
    assert not waiting.set("bare", (), new=True)
    assert waiting.marks("bare") == []
    assert list(waiting.every()) == list(written.every())
