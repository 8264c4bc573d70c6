"""Faults are shown where they stand, with the roles side by side, whatever the text holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.claims.gold.casebook import cases_text
from kg.claims.gold.context import Case, apart, cases
from kg.claims.gold.matching import RELAXED
from kg.claims.gold.reading import read_gold, read_statements
from kg.claims.gold.scoring import Evaluation, evaluate
from kg.claims.gold.tables import Table, as_markdown, as_text
from tests.claims.gold.made import (
    BAN,
    PLEDGE,
    WARNING,
    ban,
    claim,
    gold,
    pledge,
    statement,
    warning,
    write_claims,
    write_gold,
)


def judged(folder: Path, *given: dict[str, object]) -> Evaluation:
    write_gold(folder, [pledge(), warning(), ban()])
    return evaluate(read_gold([folder]), read_statements(write_claims(folder / "c.jsonl", given)))


def shown(found: tuple[Case, ...]) -> list[tuple[str, str, int, int]]:
    return [(case.fault, case.kind, case.line, case.column) for case in found]


def test_faults_come_in_the_order_of_the_text_with_line_and_column(tmp_path: Path) -> None:
    other = claim("concern", WARNING, {"holder": [{"ref": "Ana Rojas"}]})
    found = cases(judged(tmp_path, pledge(modality="agreed"), other, claim("post", PLEDGE, {})))
    assert shown(found) == [
        ("differs", "commitment", 3, 1),
        ("false", "post", 3, 1),
        ("kind", "utterance", 3, len(PLEDGE) + 2),
        ("missed", "control", 4, 1),
    ]
    assert found[0].roles[0].role == "modality"
    assert (found[0].roles[0].gold, found[0].roles[0].got) == (("pledged",), ("agreed",))
    assert found[2].got == "concern"
    assert found[3].evidence == BAN


def test_the_evidence_stands_out_in_its_line(tmp_path: Path) -> None:
    text = cases_text(cases(judged(tmp_path, pledge(), ban())), "table")
    assert f"keep their tin smelters open. »{WARNING}«\n" in text
    assert "tin:3:73 missed utterance" in text
    assert "speaker  Ana Rojas  –" in text


def test_what_is_right_is_no_fault(tmp_path: Path) -> None:
    assert cases(judged(tmp_path, pledge(), warning(), ban())) == ()


def test_two_runs_are_told_apart_by_the_faults_that_one_has(tmp_path: Path) -> None:
    first = judged(tmp_path, pledge(), warning())
    second = judged(tmp_path, pledge(), ban())
    ours, theirs = apart(first, second)
    assert [case.kind for case in ours] == ["control"]
    assert [case.kind for case in theirs] == ["utterance"]


HOSTILE = "Peru\x1b[2J\u202e **sold** <script>|tin| [x](y)\n"


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_hostile_words_steer_neither_terminal_nor_page(form: str) -> None:
    claims = statement("post", 0, len(HOSTILE) - 1, title=HOSTILE)
    found = cases(evaluate([gold(claims, text=HOSTILE, name="a|b")], {}))
    text = cases_text(found, "markdown" if form == "markdown" else "table")
    table = Table("", ("what", "n"), ((HOSTILE, "1"),))
    text += as_markdown([table]) if form == "markdown" else as_text([table])
    assert not {"\x1b", "\u202e"} & set(text)
    if form == "markdown":
        assert "<script>" not in text.replace("\\<", "")
        assert "\\|tin\\|" in text


def test_evidence_at_impossible_places_is_shown_all_the_same() -> None:
    odd = {"a": (statement("post", -9, 4), statement("post", 900, 999), statement("post", 7, 3))}
    assert len(cases(evaluate([gold()], odd, RELAXED))) == 3


def test_endless_evidence_is_cut_in_its_middle() -> None:
    text = "tin " * 5000
    found = cases(evaluate([gold(statement("post", 0, len(text)), text=text)], {}))
    assert len(cases_text(found, "table")) < 1000


def test_columns_of_numbers_stand_to_the_right() -> None:
    rows = (("a", "1.5", "–"), ("bb", "10.5", "x"))
    text = as_text([Table("T", ("what", "n", "word"), rows, "note")])
    assert text.splitlines() == [
        "T",
        "what     n  word",
        "────  ────  ────",
        "a      1.5  –",
        "bb    10.5  x",
        "note",
    ]
    assert "| --- | --: | --- |" in as_markdown([Table("T", ("what", "n", "word"), rows)])
