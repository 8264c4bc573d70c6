"""A legal record of one's own takes its place beside the bundled one, or instead of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.legaltable import legal_record
from kg.living import open_build
from tests.test_cli import kg
from tests.test_legal import DECREE, written

STORY = (
    "Santiago, 20 March 2031\n\n"
    "Chile imposed export licences on lithium on 1 February 2031, the trade ministry said.\n"
)
LATER = "Quito, 3 April 2031\n\nPeru and Chile held talks on lithium in Quito on 2 April 2031.\n"
RECORD = ("query", "legal-record-of-a-material", "--material", "lithium", "-f", "csv")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "later.txt").write_text(LATER)
    (tmp_path / "own.csv").write_text(written(DECREE))
    return tmp_path


def test_a_record_of_ones_own_is_asked_searched_and_compared(desk: Path) -> None:
    assert kg("build", "story.txt", "--legal-record", "own.csv").exit_code == 0
    asked = kg(*RECORD).stdout
    assert "Decree 7 of 2031" in asked
    assert "Zimbabwe" in asked  # a bundled one
    assert "legal-measure/cl-2031-7" in kg("search", "licence duty on lithium").stdout
    told = kg("disagreements", "--rule", "legal-record").stdout
    assert "Decree 7 of 2031, issued 20 February 2031" in told
    assert kg("verify", "kg-build", desk / "story.txt").exit_code == 0
    assert kg("validate").exit_code == 0


@pytest.mark.usefixtures("desk")
def test_it_may_stand_alone_and_stays_when_articles_are_added() -> None:
    options = ("--legal-record", "own.csv", "--no-bundled-record")
    assert kg("build", "story.txt", *options).exit_code == 0
    before = kg(*RECORD).stdout
    assert "Zimbabwe" not in before
    assert kg("add", "later.txt").exit_code == 0
    assert kg("build", "story.txt", "later.txt", "-o", "whole", *options).exit_code == 0
    assert open_build(Path("kg-build")).manifest.digest == open_build(Path("whole")).manifest.digest
    assert kg(*RECORD).stdout == before
    assert "legal-record" in kg("disagreements").stdout


@pytest.mark.usefixtures("desk")
def test_without_any_record_nothing_is_compared() -> None:
    assert kg("build", "story.txt", "--no-bundled-record").exit_code == 0
    assert kg(*RECORD).stdout.count("\n") == 1
    assert "legal-record" not in kg("disagreements").stdout


def test_a_record_with_faults_is_refused_by_line_and_column_and_builds_nothing(desk: Path) -> None:
    wrong = {**DECREE, "imposer": "Chile", "issued": "2031-02-30"}
    (desk / "own.csv").write_text(written(wrong))
    result = kg("build", "story.txt", "--legal-record", "own.csv")
    assert result.exit_code == 3
    assert "own.csv:2: imposer: 'Chile' is no state or bloc" in result.stderr
    assert "own.csv:2: issued: '2031-02-30' is no date" in result.stderr
    assert not (desk / "kg-build").exists()
    missing = kg("build", "story.txt", "--legal-record", "none.csv")
    assert missing.exit_code == 3
    assert "none.csv: cannot be read" in missing.stderr


def test_no_measure_is_told_twice(desk: Path) -> None:
    bundled = legal_record()[0]
    again = {**DECREE, "measure": bundled.key}
    same = {
        **DECREE,
        "imposer": bundled.imposer,
        "identifier": bundled.identifier,
        "part": bundled.part,
    }
    (desk / "own.csv").write_text(written(again))
    (desk / "other.csv").write_text(written(same))
    for table, column in (("own.csv", "measure"), ("other.csv", "identifier")):
        result = kg("build", "story.txt", "--legal-record", table)
        assert result.exit_code == 3
        assert f"{table}:2: {column}: " in result.stderr
        assert "in the record beside this table" in result.stderr


def test_it_may_amend_a_bundled_measure(desk: Path) -> None:
    amending = {**DECREE, "amends": legal_record()[0].key}
    (desk / "own.csv").write_text(written(amending))
    assert kg("build", "story.txt", "--legal-record", "own.csv").exit_code == 0
    alone = kg("build", "story.txt", "--legal-record", "own.csv", "--no-bundled-record")
    assert "own.csv:2: amends: " in alone.stderr
