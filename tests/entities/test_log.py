"""Logs of persons' judgements: they grow, are joined in any order, and can be taken back."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kg.entities.log import (
    Entry,
    add_to_log,
    contradictions,
    entry,
    find_entry,
    in_force,
    judgements_of,
    read_log,
    undoing,
)
from kg.errors import RecordError

FIRST = entry(("k1", "k2"), "same", "Ann Lee", "2024-05-01T09:00:00Z", ("Oh", "Ou"), "one office")
LATER = entry(("k2", "k1"), "different", "Bo Rask", "2024-05-02T09:00:00Z")
UNDONE = undoing(LATER, "Ann Lee", "2024-05-03T09:00:00Z")
OTHER = entry(("k2", "k3"), "same", "Bo Rask", "2024-05-04T09:00:00Z")


def verdicts(entries: tuple[Entry, ...]) -> list[str]:
    return [str(each.verdict) for each in in_force(entries)]


def test_the_last_word_on_a_pair_counts_whatever_the_order_of_lines() -> None:
    for order in permutations((FIRST, LATER, OTHER)):
        assert verdicts(order) == ["different", "same"]


def test_an_undone_entry_leaves_the_word_before_it() -> None:
    for order in permutations((FIRST, LATER, UNDONE)):
        assert verdicts(order) == ["same"]


def test_an_undoing_can_be_undone() -> None:
    again = undoing(UNDONE, "Bo Rask", "2024-05-05T09:00:00Z")
    assert verdicts((FIRST, LATER, UNDONE, again)) == ["different"]


def test_an_entry_is_found_by_the_beginning_of_its_id_or_as_the_last() -> None:
    known = (FIRST, LATER, UNDONE, OTHER)
    assert find_entry(known, OTHER.id[:8], "log") == OTHER
    assert find_entry(known, "last", "log") == OTHER
    assert find_entry((FIRST, LATER, UNDONE), "last", "log") == FIRST
    assert find_entry((FIRST, LATER, UNDONE), UNDONE.id, "log") == UNDONE


@pytest.mark.parametrize(
    ("wanted", "advice"),
    [
        ("", "several judgements"),
        ("nothing", "no judgement 'nothing'"),
        (LATER.id, "undone already"),
    ],
)
def test_what_cannot_be_undone_is_told(wanted: str, advice: str) -> None:
    with pytest.raises(RecordError, match=advice):
        find_entry((FIRST, LATER, UNDONE), wanted, "log")


def test_a_log_in_which_all_is_undone_has_no_last() -> None:
    with pytest.raises(RecordError, match="no judgement 'last'"):
        find_entry((LATER, UNDONE), "last", "log")


def test_logs_joined_line_by_line_say_the_same_in_any_order(tmp_path: Path) -> None:
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    add_to_log(one, [FIRST, LATER])
    add_to_log(other, [FIRST, OTHER])
    joined = {}
    for name, parts in {"ab": (one, other), "ba": (other, one)}.items():
        path = tmp_path / name
        path.write_text("".join(part.read_text("utf-8") for part in parts), "utf-8")
        joined[name] = read_log(path)
    assert joined["ab"] == joined["ba"] == (FIRST, LATER, OTHER)


def test_judgements_name_their_author_and_reason() -> None:
    (found,) = judgements_of([FIRST])
    assert (found.left, found.right, found.verdict) == ("k1", "k2", "same")
    assert (found.author, found.reasons, found.score) == ("Ann Lee", ("one office",), 1.0)


def test_parting_what_others_join_is_a_contradiction() -> None:
    apart = entry(("k1", "k3"), "different", "Ann Lee", "2024-05-06T09:00:00Z")
    assert contradictions([FIRST, OTHER, apart]) == (apart,)
    assert contradictions([FIRST, apart]) == ()


def test_no_log_holds_nothing(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none.jsonl") == ()


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        (('"same"', '"different"'), "changed by hand"),
        (("Ann Lee", "rule/name"), "rules do not write here"),
        (('"left": "k1", ', ""), "neither a verdict"),
    ],
)
def test_a_spoilt_line_is_named(tmp_path: Path, change: tuple[str, str], advice: str) -> None:
    path = tmp_path / "log.jsonl"
    add_to_log(path, [FIRST])
    path.write_text(path.read_text("utf-8").replace(*change), "utf-8")
    with pytest.raises(RecordError, match=f"entry 1.*{advice}"):
        read_log(path)
