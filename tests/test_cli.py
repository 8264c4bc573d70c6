"""The command line: every command has help and an example that runs; errors are one line."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg import __version__
from kg.cli import main
from kg.graph.store import Build
from tests.conftest import ROOT
from tests.test_legal import DECREE, written

CHANGING = {"add", "replace", "retract"}  # their examples run in a copy of the build
JUDGING = {"same", "different", "undo"}  # adds to a log, and changes the build
LONG = {"publish"}  # it writes thousands of files; tests/site/publish runs it
NEEDS_SERVER = {"mcp", "push", "serve"}  # they need or are servers: tested with a real one


def kg(*arguments: str | Path, **settings: bytes) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(each) for each in arguments], **settings)  # type: ignore[arg-type]


def examples(name: str) -> list[str]:
    text = main.commands[name].help or ""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("kg ")]


@pytest.fixture(scope="module")
def desk(bundled_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a user would have it: articles, a build, a query of one's own."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "articles").symlink_to(ROOT / "articles")
    (desk / "corpus").symlink_to(ROOT / "corpus")
    (desk / "kg-build").symlink_to(bundled_build.path)
    (desk / "measures.csv").symlink_to(ROOT / "ontology" / "reference" / "measures.csv")
    (desk / "decrees.csv").write_text(written(DECREE))
    (desk / "my-question.rq").write_text("SELECT ?c WHERE { ?c a cmq:Claim } ORDER BY ?c")
    (desk / "graph.ttl").write_bytes(kg("export", bundled_build.path, "-f", "turtle").stdout_bytes)
    (desk / "shareable.trig").write_bytes(
        kg("export", bundled_build.path, "-f", "trig", "--quotes", "none").stdout_bytes
    )
    (desk / "other-build").symlink_to(bundled_build.path)
    for name in ("old.nq", "new.nq"):
        (desk / name).write_bytes(kg("export", bundled_build.path, "-f", "nquads").stdout_bytes)
    (desk / "bands.yaml").write_text("classes:\n  cmq:Article: {min: 1}\n")
    (desk / "late-report.md").write_text("Talks\n\nNorway and Chile met in Oslo on 3 May 2021.\n")
    (desk / "my-shapes.ttl").write_bytes((ROOT / "shapes" / "claims.ttl").read_bytes())
    return desk


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_an_example(name: str) -> None:
    shown = kg(name, "--help")
    assert shown.exit_code == 0
    assert "Example:" in shown.output
    assert examples(name)


@pytest.mark.parametrize(
    "line",
    [
        line
        for name in sorted(set(main.commands) - NEEDS_SERVER - LONG)
        for line in examples(name)
        if "--base-url" not in line  # tested beside a real server, too
    ],
)
def test_the_examples_run(line: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    arguments = shlex.split(line)[1:]
    if arguments[0] in {"build", "demo"}:
        arguments += ["-o", "another-build"]
    if arguments[0] in CHANGING:
        shutil.rmtree("living", ignore_errors=True)
        shutil.copytree("kg-build", "living")
        if arguments[0] != "add":
            assert kg("add", "late-report.md", "-b", "living").exit_code == 0
        arguments += ["-b", "living"]
    if arguments[0] in JUDGING:
        (desk / "judgements.jsonl").unlink(missing_ok=True)
        shutil.rmtree("living", ignore_errors=True)
        shutil.copytree("kg-build", "living")
        arguments += ["-b", "living"]
        if arguments[0] == "undo":
            assert kg("same", "Ken Saito", "Saito Gen", "-b", "living").exit_code == 0
    result = kg(*arguments)
    (desk / "judgements.jsonl").unlink(missing_ok=True)
    assert result.exit_code == 0, result.output
    assert result.exception is None


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys, kg.cli; print({'spacy', 'rdflib', 'pyoxigraph', 'msgspec'} & {*sys.modules})"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def test_version_is_that_of_the_package() -> None:
    assert kg("--version").output.strip().endswith(__version__)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["bild", "x"], 2, "Did you mean 'build'"),
        (["build", "no-such-folder"], 3, "no-such-folder"),
        (["validate", "no-such-build"], 3, "kg build"),
        (["query", "no-such-question"], 2, "no such query"),
        (["query", "atendees-of-a-meeting"], 2, "attendees-of-a-meeting"),
        (["query", "commitments-of-a-state", "--stat", "JP"], 2, "state"),
        (["query", "commitments-of-a-state"], 2, "state"),
        (["query", "meetings-in-a-period", "--from", "soon", "--to", "2024"], 2, "date"),
        (["export", "no-such-build", "-f", "turtle"], 3, "kg build"),
        (["export", "-f", "docx"], 2, "docx"),
        (["push", "ftp://example.org/"], 2, "ftp"),
        (["query", "claims-per-article", "--endpoint", "nowhere"], 2, "web address"),
        (["validate", "no-such-file.ttl"], 3, "no such file"),
        (["query", "no-such-query.rq"], 2, "No such file"),
        (["export", "-o", "missing/graph.ttl"], 2, "no folder missing"),
        (["claims", "articles", "-o", "."], 2, "is a folder"),
        (["build", "articles", "--base", "no iri"], 2, "no namespace"),
        (["build", "articles", "--base", "https://example.org"], 2, "ends in /"),
        (["build", "articles", "--trig", "missing/graph.trig"], 2, "no folder missing"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    arguments: list[str], status: int, words: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    result = kg(*arguments)
    assert result.exit_code == status, result.output
    assert words in result.output
    assert "Traceback" not in result.output
    assert len([line for line in result.output.splitlines() if line.startswith("Error")]) == 1


def test_one_bad_article_is_named_and_the_rest_is_built(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(
        "Talks\n\nNorway and Chile held talks in Oslo on 3 May 2021.\n"
    )
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02")
    result = kg("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert "bad.txt" in result.output
    assert "1 article," in result.output


def test_claims_of_another_extractor_can_be_built(tmp_path: Path) -> None:
    text = (ROOT / "articles" / "raw-materials.md").read_text("utf-8")
    start = text.index("South Korea seeks")
    claim = {
        "article": "raw-materials", "id": "one", "kind": "commitment",
        "start": start, "end": start + 11, "quote": text[start : start + 11],
        "roles": {"actor": [{"ref": "KR"}]}, "modality": "planned", "extractor": "hand/1",
    }  # fmt: skip
    given = tmp_path / "claims.jsonl"
    given.write_text(json.dumps(claim) + "\n", "utf-8")
    result = kg("build", ROOT / "articles", "--claims", given, "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "1 claim," in result.output
    given.write_text(json.dumps(claim | {"start": start + 1}) + "\n", "utf-8")
    result = kg("build", ROOT / "articles", "--claims", given, "-o", tmp_path / "out")
    assert result.exit_code == 3
    assert "claim 1" in result.output


def test_articles_come_from_standard_input() -> None:
    text = "Talks end\n\nNorway and Chile held talks in Oslo on 3 May 2021.\n"
    result = kg("claims", "-", input=text.encode())
    assert result.exit_code == 0, result.output
    first = json.loads(result.stdout.splitlines()[0])
    assert first["kind"] == "meeting"
    assert text[first["start"] : first["end"]] == first["quote"]


def test_every_question_is_listed(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    shown = kg("query").stdout
    for path in (ROOT / "queries").rglob("*.rq"):
        assert re.search(rf"^{re.escape(path.stem)}\s", shown, re.MULTILINE), path.stem


def test_parameters_that_a_question_can_do_without_are_listed_in_brackets() -> None:
    shown = {line.split()[0]: line for line in kg("query").stdout.splitlines()}
    assert shown["commitments-of-a-state"].endswith(" --state ENTITY  [--modality CONCEPT]")


def test_next_steps_name_the_build_that_was_made(tmp_path: Path) -> None:
    out = tmp_path / "my graph"
    result = kg("build", "-", "-o", out, input=b"Talks\n\nNorway and Chile met on 3 May 2021.\n")
    following = result.stderr.partition("next: ")[2].strip().split(", ")
    assert [shlex.split(each)[1] for each in following] == ["validate", "query", "export"]
    for each in following:
        assert kg(*shlex.split(each)[1:]).exit_code == 0, each


def test_the_demo_shows_whether_its_graph_conforms(tmp_path: Path) -> None:
    result = kg("demo", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert re.search(r"statements, [0-9]+ shapes", result.stdout)


def test_an_export_is_judged_by_the_facts_that_it_brings_along(desk: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.nq"
    exported = kg("export", desk / "kg-build", "-f", "nquads").stdout
    facts = re.compile(r'(/legal-measure/\S+ <\S+#inForce> ")\d{4}-\d{2}-\d{2}("\^\^)')
    earlier, changed = facts.subn(r"\g<1>2001-01-01\2", exported)
    assert changed
    older.write_text(earlier, "utf-8")
    result = kg("validate", older)
    assert result.exit_code == 0, result.output


ODD_IDS = ["a b", "a%20b", "A b", "a/b", "a%2Fb", "..", "-o", "=1+1", "日本", "a?#<>\\\"'|^`{}"]


def test_ids_with_odd_characters_stay_apart_all_the_way(tmp_path: Path) -> None:
    feed, out, shared = tmp_path / "feed.jsonl", tmp_path / "out", tmp_path / "shared"
    lines = [
        json.dumps({"id": name, "text": f"Talks\nPeru and Chile met in Lima on {day} May 2025.\n"})
        for day, name in enumerate(ODD_IDS, start=1)
    ]
    feed.write_text("\n".join(lines), "utf-8")
    assert kg("build", feed, "-o", out).exit_code == 0
    checked = kg("validate", out)
    assert checked.exit_code == 0, checked.output
    for name in ODD_IDS:
        found = kg("query", "contents-of-an-article", f"--article={name}", "-b", out, "-f", "json")
        rows = json.loads(found.stdout)["results"]["bindings"]
        assert {row["where"]["value"] for row in rows} == {f"{name}:2:1"}
    for form in ("trig", "sheet"):
        assert kg("export", out, "-f", form, "--quotes", "none", "-o", shared).exit_code == 0
        verified = kg("verify", shared, feed)
        assert verified.exit_code == 0, verified.output


def test_a_build_is_verified_whole_against_the_articles_that_it_keeps(desk: Path) -> None:
    verified = kg("verify", desk / "kg-build")
    assert verified.exit_code == 0, verified.output
    assert re.fullmatch(r"(\d+) of \1 quotations confirmed\n", verified.stderr)
    named = kg("verify", desk / "kg-build", desk / "articles")
    assert named.stderr == verified.stderr


def test_an_export_is_not_verified_without_articles(desk: Path, tmp_path: Path) -> None:
    assert kg("export", desk / "kg-build", "-o", tmp_path / "graph.ttl").exit_code == 0
    verified = kg("verify", tmp_path / "graph.ttl")
    assert verified.exit_code == 3
    assert "keeps no articles; name those that it was made from" in verified.stderr


def test_data_goes_to_stdout_and_words_to_stderr(desk: Path) -> None:
    result = kg("claims", desk / "articles")
    assert all(json.loads(line)["quote"] for line in result.stdout.splitlines())
    assert "claims in 5 articles" in result.stderr
    assert kg("-q", "claims", desk / "articles").stderr == ""


@pytest.mark.parametrize("command", ["validate", "export"])
def test_a_build_is_named_by_argument_or_by_option(
    command: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    plain = CliRunner().invoke(main, [command, "kg-build"])
    named = CliRunner().invoke(main, [command, "-b", "kg-build"])
    both = CliRunner().invoke(main, [command, "kg-build", "--build", "kg-build/"])
    assert plain.exit_code == 0, plain.output
    assert plain.stdout == named.stdout == both.stdout


@pytest.mark.parametrize("command", ["validate", "export", "mcp", "serve"])
def test_two_builds_at_once_are_refused(command: str) -> None:
    result = CliRunner().invoke(main, [command, "one", "-b", "two"])
    assert result.exit_code == 2
    assert "'one'" in result.stderr
    assert "'two'" in result.stderr
    assert "name one of them" in result.stderr


def test_a_misspelt_name_stands_for_the_one_person_it_fits(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    asked = ["query", "utterances-of-a-person", "--speaker"]
    right = CliRunner().invoke(main, [*asked, "Gina Raimondo"])
    near = CliRunner().invoke(main, [*asked, "Gina Raimonda"])
    assert near.exit_code == 0, near.output
    assert near.stdout == right.stdout
    assert "Gina Raimonda: nothing goes by this name; taken for Gina Raimondo" in near.stderr


def test_another_first_name_is_another_person(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(
        main, ["query", "utterances-of-a-person", "--speaker", "Tom Raimondo"]
    )
    assert result.exit_code == 2
    assert "did you mean" in result.stderr


@pytest.mark.parametrize("name", ["Nippon", "日本", "NIHON"])
def test_a_state_goes_by_its_own_name_too(
    name: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    asked = ["query", "commitments-of-a-state", "--state"]
    own = CliRunner().invoke(main, [*asked, name])
    assert own.exit_code == 0, own.output
    assert own.stdout == CliRunner().invoke(main, [*asked, "Japan"]).stdout


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Raimondow", "person/gina-raimondo"),
        ("Vestagr", "person/margrethe-vestager"),
        ("Nippon", "state/JP"),
        ("gallium licence", "legal-measure/"),
    ],
)
def test_search_finds_near_spellings_other_endings_and_own_names(
    asked: str, found: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk)
    result = CliRunner().invoke(main, ["search", asked, "-f", "csv"])
    assert result.exit_code == 0, result.output
    assert found in result.stdout.splitlines()[1]
