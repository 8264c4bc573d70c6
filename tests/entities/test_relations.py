"""Rows of short texts."""

from __future__ import annotations

from kg.entities.relations import Relation
from kg.shelves import Shelves


def test_rows_are_found_by_their_columns_and_taken_away_again() -> None:
    relation = Relation(Shelves(), "rows", ("mark", "item"), also=("item",))
    relation.change([], [("b", "1"), ("a", "2"), ("a", "1")])
    assert relation.rows("mark", "a") == [("a", "1"), ("a", "2")]
    assert relation.rows("mark", "a", 1) == [("a", "1")]
    assert relation.rows("item", "1") == [("a", "1"), ("b", "1")]
    assert list(relation.among("item", ["2", "1", "none"])) == [("a", "1"), ("a", "2"), ("b", "1")]
    assert relation.count("mark", "a") == 2
    relation.change([("a", "1"), ("none", "1")], [("c", "3")])
    assert list(relation.every()) == [("a", "2"), ("b", "1"), ("c", "3")]
    assert len(relation) == 3


def test_a_relation_is_found_again_under_its_name_and_holds_a_row_once() -> None:
    shelves = Shelves()
    Relation(shelves, "rows", ("mark", "item")).change([], [("a", "'; --")])
    again = Relation(shelves, "rows", ("mark", "item"))
    again.change([], [("a", "'; --")])
    assert again.rows("item", "'; --") == [("a", "'; --")]
    assert len(Relation(shelves, "others", ("mark", "item"))) == 0
