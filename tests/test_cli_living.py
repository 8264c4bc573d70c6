"""Articles come, go and change from the command line, and each command says what it changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.living import open_build
from tests.test_cli import kg

ONE = "Talks in Lima\n\nPeru and Chile held talks on lithium in Lima on 3 May 2021.\n"
TWO = "Talks in Oslo\n\nNorway and Chile met in Oslo on 4 June 2022 and agreed on gallium.\n"
THREE = "Lima again\n\nChile met Peru in Lima on 3 May 2021, the ministry said.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles and the build of the first."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "one.txt").write_text(ONE)
    (desk / "two.txt").write_text(TWO)
    (desk / "three.txt").write_text(THREE)
    assert kg("build", desk / "one.txt", "-o", desk / "kg-build").exit_code == 0
    return desk


@pytest.fixture
def desk(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, to stand in."""
    shutil.copytree(built, tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def ids(desk: Path) -> list[str]:
    return [each.id for each in open_build(desk / "kg-build").articles()]


def graph(folder: Path) -> bytes:
    lines = open_build(folder).dataset.nquads().splitlines()
    return b"\n".join(line for line in lines if b"/graph/history>" not in line)


def test_what_is_added_is_as_if_built_together(desk: Path) -> None:
    result = kg("add", "three.txt", "two.txt")
    assert result.exit_code == 0, result.output
    assert "articles    2 added" in result.stderr
    assert "statements" in result.stderr
    assert kg("build", "one.txt", "two.txt", "three.txt", "-o", "all").exit_code == 0
    assert graph(desk / "kg-build") == graph(desk / "all")
    assert kg("validate").exit_code == 0


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_retraction_says_why(reason: str) -> None:
    result = kg("retract", "one", "--reason", reason)
    assert result.exit_code == 2
    assert "says nothing; give a word or more" in result.stderr


@pytest.mark.usefixtures("desk")
def test_an_article_that_is_there_is_left_alone() -> None:
    result = kg("add", "one.txt", "two.txt")
    assert "1 article there already, unchanged" in result.stderr
    assert "articles    1 added" in result.stderr
    again = kg("add", "one.txt", "two.txt")
    assert again.exit_code == 0
    assert again.stderr.strip() == "2 articles there already, unchanged"


def test_another_text_is_refused_when_added_and_taken_when_put_in_its_place(desk: Path) -> None:
    (desk / "one.txt").write_text(TWO)
    result = kg("add", "two.txt", "one.txt")
    assert result.exit_code == 3
    assert "one: is in the corpus with another text" in result.output
    assert "`kg replace`" in result.output
    assert ids(desk) == ["one"]
    result = kg("replace", "one.txt")
    assert result.exit_code == 0, result.output
    assert "articles    1 changed" in result.stderr
    assert [each.text for each in open_build(desk / "kg-build").articles()] == [TWO]
    assert "nothing changed" in kg("replace", "one.txt").stderr


@pytest.mark.usefixtures("desk")
def test_what_is_not_there_cannot_be_replaced() -> None:
    result = kg("replace", "two.txt")
    assert result.exit_code == 3
    assert "two: no such article in the corpus" in result.output


def test_a_retraction_is_told_and_kept(desk: Path) -> None:
    kg("add", "two.txt", "three.txt")
    result = kg("retract", "three", "two", "--reason", "withdrawn", "--date", "2024-05-03")
    assert result.exit_code == 0, result.output
    assert "articles    2 removed" in result.stderr
    assert ids(desk) == ["one"]
    exported = kg("export", "-f", "nquads").stdout
    assert exported.count("<http://www.w3.org/ns/prov#Invalidation>") == 2
    assert exported.count('"withdrawn"') == 2
    assert kg("validate").exit_code == 0
    assert kg("add", "two.txt").exit_code == 0
    assert kg("export", "-f", "nquads").stdout.count('"withdrawn"') == 2


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["retract", "two", "--reason", "x"], 3, "no such article"),
        (["retract", "onne", "--reason", "x"], 3, "did you mean 'one'?"),
        (["retract", "one"], 2, "--reason"),
        (["retract", "one", "--reason", "x", "--date", "soon"], 2, "no date"),
        (["retract", "one", "--reason", "x", "--date", "2024-02-31"], 2, "no date"),
        (["retract", "one", "--reason", "x", "-b", "none"], 3, "no build here"),
        (["add", "two.txt", "-b", "none"], 3, "kg build"),
        (["replace", "one.txt", "-b", "none"], 3, "kg build"),
        (["add", "four.txt"], 3, "four.txt"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line_and_changes_nothing(
    arguments: list[str], status: int, words: str, desk: Path
) -> None:
    before = graph(desk / "kg-build")
    result = kg(*arguments)
    assert result.exit_code == status, result.output
    assert words in result.output
    assert len([line for line in result.output.splitlines() if line.startswith("Error")]) == 1
    assert graph(desk / "kg-build") == before


def test_a_bad_input_costs_the_others_nothing(desk: Path) -> None:
    (desk / "bad.txt").write_bytes(b"\x00\x01\x02")
    result = kg("add", "bad.txt", "two.txt")
    assert result.exit_code == 1
    assert "bad.txt" in result.output
    assert ids(desk) == ["one", "two"]


def test_claims_of_another_extractor_can_be_added(desk: Path) -> None:
    claims = kg("claims", "two.txt").stdout.replace('"rules/', '"hand/')
    (desk / "claims.jsonl").write_text(claims, "utf-8")
    assert claims.count('"hand/')
    assert kg("add", "two.txt", "--claims", "claims.jsonl").exit_code == 0
    found = {each.extractor.split("/")[0] for each in open_build(desk / "kg-build").claims()}
    assert "hand" in found


def test_a_build_of_an_older_version_is_refused(desk: Path) -> None:
    (desk / "kg-build" / "manifest.json").write_text('{"format": "communique-build/1"}')
    result = kg("add", "two.txt")
    assert result.exit_code == 3
    assert "has format communique-build/1" in result.output
    assert "`kg build`" in result.output


def test_a_build_of_another_version_is_asked_with_a_word_of_warning(desk: Path) -> None:
    path = desk / "kg-build" / "manifest.json"
    said = "was written by version 0.1.0, this is "
    plain = kg("query", "claims-per-article", "-f", "csv")
    assert said not in plain.stderr
    manifest = json.loads(path.read_text("utf-8")) | {"package": "0.1.0"}
    path.write_text(json.dumps(manifest), "utf-8")
    warned = kg("query", "claims-per-article", "-f", "csv")
    assert warned.stdout == plain.stdout
    assert said in warned.stderr
    assert said in kg("export", "-f", "sheet").stderr
    assert said not in kg("--quiet", "query", "claims-per-article").stderr


def test_a_damaged_build_is_no_bug_of_an_export(desk: Path) -> None:
    for table in (desk / "kg-build").glob("store-*/*.sst"):
        data = bytearray(table.read_bytes())
        if len(data) > 100_000:
            data[: len(data) // 2 : 1000] = bytes(len(data[: len(data) // 2 : 1000]))
            table.write_bytes(data)
    for form, out in (("nquads", "graph.nq"), ("csv", "tables")):
        told = kg("export", "-f", form, "-o", out)
        assert told.exit_code == 3, told.output
        assert "kg-build: is damaged (Corruption" in told.stderr
        assert not (desk / out).exists()


def test_tidying_up_says_whether_there_was_anything_to_do(desk: Path) -> None:
    result = kg("tidy")
    assert result.exit_code == 0
    assert "nothing to rewrite" in result.output
    before = ids(desk)
    assert kg("add", "two.txt").exit_code == 0
    assert kg("tidy").exit_code == 0
    assert ids(desk) != before
    nothing = kg("tidy", "-b", "none")
    assert nothing.exit_code == 3
    assert "there is no build here" in nothing.stderr
