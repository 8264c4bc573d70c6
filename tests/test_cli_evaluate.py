"""`kg evaluate` and `kg annotate`: figures, comparisons, bands, findings and drafts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from tests.claims.gold.made import TEXT, ban, pledge, warning, write_claims, write_gold


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A gold set of one article, and two runs over it: one that lacks much, one that is right."""
    write_gold(tmp_path / "gold", [pledge(), warning(), ban()])
    write_claims(tmp_path / "poor.jsonl", [pledge(modality="agreed", confidence=0.7)])
    write_claims(tmp_path / "good.jsonl", [pledge(), warning(), ban()])
    return tmp_path


def values(*arguments: str | Path) -> Any:
    result = kg(*arguments, "-f", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_claims_of_a_file_are_judged(desk: Path) -> None:
    found = values("evaluate", desk / "gold", "--claims", desk / "poor.jsonl")
    assert found["relaxed"]["claims"]["precision"] == 1
    assert found["relaxed"]["claims"]["recall"] == pytest.approx(1 / 3)
    assert found["exact"]["claims"]["right"] == 1
    assert found["relaxed"]["modal"] == 0.5
    assert found["confusion"]["missed"] == {"control": 1, "utterance": 1}
    assert set(found["by kind"]) == {"commitment", "control", "utterance"}
    assert set(found["by article"]) == {"tin"}


def test_without_claims_the_articles_are_read(desk: Path) -> None:
    found = values("evaluate", desk / "gold")
    assert found["relaxed"]["claims"]["right"] >= 2
    assert found["relaxed"]["quotes"]["right"] == found["relaxed"]["quotes"]["claims"]


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_kinds_and_faults_are_shown_where_asked_for(form: str, desk: Path) -> None:
    plain = kg("evaluate", desk / "gold", "--claims", desk / "poor.jsonl", "-f", form).stdout
    full = kg(
        "evaluate", desk / "gold", "--claims", desk / "poor.jsonl",
        "--by-kind", "--misses", "-f", form,
    ).stdout  # fmt: skip
    assert full.startswith(plain)
    assert "By kind" not in plain
    for words in ("By kind", "missed", "tin:4:1", "Peru banned exports of tin ore."):
        assert words in full


def test_two_runs_stand_side_by_side(desk: Path) -> None:
    arguments = ("evaluate", desk / "gold", "--claims", desk / "poor.jsonl",
                 "--against", desk / "good.jsonl", "--misses", "--by-kind")  # fmt: skip
    found = values(*arguments)
    assert found["second"]["relaxed"]["score"] == 1
    (score,) = [each for each in found["differences"] if each["measure"] == "score"]
    assert score["difference"] == pytest.approx(1 - found["first"]["relaxed"]["score"])
    assert score["p"] == 1  # one article proves nothing
    assert len(found["cases"]["first"]) == 3
    assert found["cases"]["second"] == []
    shown = kg(*arguments).stdout
    assert "poor.jsonl" in shown
    assert "paired approximate randomisation" in shown


def test_confidence_is_set_against_what_is_right(desk: Path) -> None:
    found = values("evaluate", desk / "gold", "--claims", desk / "poor.jsonl", "--reliability")
    assert found["expected calibration error"] == pytest.approx(0.3)
    shown = kg("evaluate", desk / "gold", "--claims", desk / "good.jsonl", "--reliability")
    assert "0.9–1.0" in shown.stdout


def test_a_score_that_is_too_low_is_the_exit_status(desk: Path) -> None:
    arguments = ("evaluate", desk / "gold", "--claims", desk / "poor.jsonl", "--min-score")
    assert kg(*arguments, "0.3").exit_code == 0
    low = kg(*arguments, "0.9")
    assert low.exit_code == 1
    assert "below 0.9" in low.stderr


def test_what_does_not_count_is_told(desk: Path) -> None:
    write_gold(desk / "gold", [pledge(todo="look")])
    write_claims(desk / "poor.jsonl", [pledge()], article="zinc")
    told = kg("evaluate", desk / "gold", "--claims", desk / "poor.jsonl").stderr
    assert "not reviewed: tin" in told
    assert "1 claim of articles that have no gold" in told


def test_gold_in_order_passes_the_check_and_faults_are_the_exit_status(desk: Path) -> None:
    fine = kg("evaluate", "--check", desk / "gold")
    assert (fine.exit_code, fine.stdout) == (0, "")
    assert "1 gold file: in order" in fine.stderr
    path = write_gold(desk / "gold", [pledge(modality="hoped")])
    bad = kg("evaluate", "--check", desk / "gold")
    assert bad.exit_code == 1
    assert bad.stdout.startswith(f"{path}: claim 1: commitment: modality 'hoped'")
    listed = kg("evaluate", "--check", desk / "gold", "-f", "json")
    assert [each["claim"] for each in json.loads(listed.stdout)] == [1]
    assert "| file |" in kg("evaluate", "--check", desk / "gold", "-f", "markdown").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["missing"], 3, "no such file or folder"),
        (["."], 3, "no gold file here"),
        (["gold", "--claims", "missing.jsonl"], 3, "cannot be read"),
        (["gold", "--check", "--by-kind"], 2, "leave the other options out"),
        (["gold", "--reliability", "--misses"], 2, "leave the other views out"),
        (["gold", "--min-score", "80"], 2, "80"),
        ([], 2, "GOLD_DIR"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    arguments: list[str], status: int, words: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    if arguments == ["."]:
        for path in (desk / "gold").iterdir():
            path.unlink()
    result = kg("evaluate", *arguments)
    assert result.exit_code == status, result.output
    assert words in result.output
    assert "Traceback" not in result.output


def test_damaged_gold_is_told_in_one_line_and_not_judged(desk: Path) -> None:
    (desk / "gold" / "tin.json").write_text('{"claims": [}')
    result = kg("evaluate", desk / "gold")
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "tin.json:1: not JSON" in result.stderr


def test_an_article_becomes_a_draft_that_the_check_names_until_it_is_reviewed(
    tmp_path: Path,
) -> None:
    source = tmp_path / "tin.txt"
    source.write_text(TEXT, "utf-8")
    made = kg("annotate", source, "-o", tmp_path / "gold")
    assert made.exit_code == 0, made.output
    assert "to review" in made.stderr
    checked = kg("evaluate", "--check", tmp_path / "gold")
    assert checked.exit_code == 1
    assert "claims are not reviewed" in checked.stdout
    assert len(checked.stdout.splitlines()) == 1
    again = kg("annotate", source, "-o", tmp_path / "gold")
    assert again.exit_code == 3
    assert "--force" in again.stderr
    assert kg("annotate", source, "-o", tmp_path / "gold", "--force").exit_code == 0


def test_a_draft_agrees_with_the_rules_that_made_it(tmp_path: Path) -> None:
    source = tmp_path / "tin.txt"
    source.write_text(TEXT, "utf-8")
    kg("annotate", source, "-o", tmp_path / "gold")
    assert values("evaluate", tmp_path / "gold")["exact"]["score"] == 1


def test_all_articles_are_drafted_or_none(tmp_path: Path) -> None:
    for name in ("copper", "tin"):
        (tmp_path / f"{name}.txt").write_text(f"On {name}.\n\n{TEXT}", "utf-8")
    write_gold(tmp_path / "gold", [])
    before = sorted((tmp_path / "gold").iterdir())
    assert kg("annotate", tmp_path / "copper.txt", tmp_path / "tin.txt", "-o", tmp_path / "gold"
              ).exit_code == 3  # fmt: skip
    assert sorted((tmp_path / "gold").iterdir()) == before


def test_a_draft_needs_a_folder(tmp_path: Path) -> None:
    assert kg("annotate", tmp_path).exit_code == 2
