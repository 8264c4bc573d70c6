"""The log of judgements at the command line: same, different, undo, review, and merging."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.living import open_build
from tests.conftest import ROOT

TEXTS = {
    "oslo": "Ministers meet in Oslo\n\nNorwegian Trade Minister Paul Larsen and Chilean Foreign"
    " Minister Camila Rojas held talks in Oslo on 3 May 2031.\n"
    "Larsen pledged to deepen cooperation on lithium with Chile.\n",
    "lima": "A visit to Lima\n\nNorwegian Deputy Trade Minister P. Larsen met Peruvian Foreign"
    ' Minister Diego Quispe in Lima on 9 June 2031.\n"Norway will support Peru," Larsen said.\n',
    "quito": "Talks in Quito\n\nPetra Larsen, Norwegian energy minister, met Ecuadorian Foreign"
    " Minister Ana Vega in Quito on 12 July 2031.\n"
    "Larsen expressed concern about export bans on copper.\n",
}
AUTHOR = ("--author", "Mari Tamm")


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def done(*arguments: str | Path) -> Result:
    result = kg(*arguments)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles, their claims, and a build that nobody has judged."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "texts").mkdir()
    for name, text in TEXTS.items():
        (desk / "texts" / f"{name}.txt").write_text(text, "utf-8")
    done("claims", desk / "texts", "-o", desk / "claims.jsonl")
    build(desk, "kg-build")
    return desk


@pytest.fixture
def desk(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to work in."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def build(desk: Path, name: str, *options: str | Path) -> Path:
    """Build all articles from their claims."""
    claims = ("--claims", desk / "claims.jsonl")
    done("build", desk / "texts", *claims, "-o", desk / name, *options)
    return desk / name


def graph(folder: Path) -> bytes:
    return open_build(folder).dataset.nquads()


def log(desk: Path) -> list[dict[str, str]]:
    return [
        json.loads(line) for line in (desk / "judgements.jsonl").read_text("utf-8").splitlines()
    ]


def pairs(*options: str | Path) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(done("review", "-f", "csv", *options).stdout))]


def test_same_joins_and_undo_parts_again(desk: Path) -> None:
    before = graph(desk / "kg-build")
    result = done("same", "Paul Larsen", "P. Larsen", *AUTHOR, "--reason", "one deputy")
    assert "“Paul Larsen” and “P. Larsen” are one: “Paul Larsen” (person/paul-larsen)" in (
        result.stderr
    )
    assert "entities" in result.stderr
    why = done("why", "Paul Larsen", "P. Larsen").stdout
    assert "same, 1.00, by Mari Tamm — one deputy" in why
    undone = done("undo", "last", *AUTHOR)
    assert "is taken back" in undone.stderr
    assert graph(desk / "kg-build") == before
    assert [each.get("verdict") for each in log(desk)] == ["same", None]


def test_an_undoing_can_be_undone_by_its_id(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    joined = graph(desk / "kg-build")
    done("undo", log(desk)[0]["id"], *AUTHOR)
    done("undo", log(desk)[1]["id"][:8], *AUTHOR)
    assert graph(desk / "kg-build") == joined


def test_the_later_of_two_judgements_counts_even_within_a_second(desk: Path) -> None:
    for verdict in ("same", "different", "same", "different"):
        result = done(verdict, "Paul Larsen", "P. Larsen", *AUTHOR)
    assert "are two" in result.stderr
    assert len({each["made"] for each in log(desk)}) == 4


def test_a_build_that_follows_is_a_build_from_the_log(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    done("different", "Petra Larsen@quito", "Paul Larsen", *AUTHOR)
    assert graph(build(desk, "anew")) == graph(desk / "kg-build")
    none = desk / "none.jsonl"
    none.touch()
    assert graph(build(desk, "plain", "--judgements", none)) != graph(desk / "kg-build")


def test_articles_added_later_are_judged_by_the_log(desk: Path) -> None:
    later = desk / "later"
    (later).mkdir()
    (desk / "texts" / "quito.txt").rename(later / "quito.txt")
    build(desk, "small", "--claims", _claims_but(desk, "quito"))
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR, "-b", "small")
    done("add", later, "--claims", _claims_of(desk, "quito"), "-b", "small")
    (later / "quito.txt").rename(desk / "texts" / "quito.txt")
    assert graph(desk / "small") == graph(build(desk, "whole"))


def _claims_but(desk: Path, article: str) -> Path:
    lines = (desk / "claims.jsonl").read_text("utf-8").splitlines(keepends=True)
    path = desk / f"but-{article}.jsonl"
    path.write_text("".join(x for x in lines if json.loads(x)["article"] != article), "utf-8")
    return path


def _claims_of(desk: Path, article: str) -> Path:
    lines = (desk / "claims.jsonl").read_text("utf-8").splitlines(keepends=True)
    path = desk / f"of-{article}.jsonl"
    path.write_text("".join(x for x in lines if json.loads(x)["article"] == article), "utf-8")
    return path


@pytest.mark.parametrize("ours_first", [True, False])
def test_logs_that_a_version_control_joins_give_one_build(desk: Path, ours_first: bool) -> None:
    judged = {
        "ours": ("Paul Larsen", "P. Larsen"),
        "theirs": ("Paul Larsen@oslo", "Petra Larsen@quito"),
    }
    logs = []
    for name, names in judged.items():
        path = desk / f"{name}.jsonl"
        shutil.copytree(desk / "kg-build", desk / name)
        done("same", *names, *AUTHOR, "--judgements", path, "-b", desk / name)
        logs.append(path)
    joined = desk / "joined.jsonl"
    ordered = logs if ours_first else logs[::-1]
    joined.write_text("".join(each.read_text("utf-8") for each in ordered), "utf-8")
    shown = done(
        "why", "Petra Larsen", "P. Larsen", "-b", build(desk, "one", "--judgements", joined)
    )
    assert "are one" in shown.stdout
    other = desk / "other.jsonl"
    other.write_text("".join(each.read_text("utf-8") for each in ordered[::-1]), "utf-8")
    assert graph(build(desk, "other", "--judgements", other)) == graph(desk / "one")


def test_git_merges_logs_by_union(desk: Path) -> None:
    git = shutil.which("git")
    assert git
    repository = desk / "repository"
    repository.mkdir()

    def run(*arguments: str) -> None:
        settings = ["-c", "user.name=Mari Tamm", "-c", "user.email=mari@example.org"]
        subprocess.run(
            [git, *settings, *arguments], cwd=repository, check=True, capture_output=True
        )

    def judge(verdict: str, *names: str) -> None:
        copy = desk / f"copy-{verdict}"
        shutil.copytree(desk / "kg-build", copy)
        log = repository / "judgements.jsonl"
        log.touch()
        done(verdict, *names, *AUTHOR, "--judgements", log, "-b", copy)
        run("add", "-A")
        run("commit", "-m", verdict)

    run("init", "-b", "main")
    (repository / ".gitattributes").write_text("*.jsonl merge=union\n")
    run("add", "-A")
    run("commit", "-m", "start")
    run("checkout", "-b", "theirs")
    judge("different", "Paul Larsen", "Petra Larsen")
    run("checkout", "main")
    judge("same", "Paul Larsen", "P. Larsen")
    run("merge", "theirs", "-m", "joined")
    merged = (repository / "judgements.jsonl").read_text("utf-8")
    assert len(merged.splitlines()) == 2
    shown = done("review", "--judgements", repository / "judgements.jsonl", "-f", "json").stdout
    assert json.loads(shown)["contradictions"] == []


@pytest.mark.usefixtures("desk")
def test_review_lists_pairs_that_can_be_judged_by_their_ids() -> None:
    known = pairs()
    assert {frozenset((each["one"], each["other"])) for each in known} == {
        frozenset(("P. Larsen", "Paul Larsen")),
        frozenset(("P. Larsen", "Petra Larsen")),
    }
    assert known[0]["one_states"] == "Norway"
    assert "1 more left out" in done("review", "--limit", "1").stderr
    shown = done("review")
    for each in known:
        assert each["id"] in shown.stdout
        assert each["one_offices"] in " ".join(shown.stdout.split())
    assert "2 pairs unsure" in shown.stderr
    done("different", known[0]["id"], *AUTHOR)
    assert known[0]["id"] not in [each["id"] for each in pairs()]


def test_review_tells_what_is_wrong_with_the_log(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    done("same", "Petra Larsen", "P. Larsen", *AUTHOR)
    done("different", "Paul Larsen@oslo", "Petra Larsen@quito", *AUTHOR)
    shutil.copy(desk / "judgements.jsonl", desk / "all.jsonl")
    done("different", "Paul Larsen", "Petra Larsen", *AUTHOR)
    told = done("review").stderr
    assert "contradicts what joins the two; `kg undo " in told
    build(desk, "small", "--claims", _claims_but(desk, "quito"), "--judgements", "all.jsonl")
    shown = done("review", "-b", "small", "--judgements", "all.jsonl", "-f", "json")
    assert len(json.loads(shown.stdout)["nowhere"]) == 2
    assert "on names that this build does not have" in shown.stderr


def test_a_log_that_lacks_what_was_judged_is_refused(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    before = graph(desk / "kg-build")
    result = kg("different", "Petra Larsen", "P. Larsen", *AUTHOR, "--judgements", "empty.jsonl")
    assert result.exit_code == 3
    assert "lacks 1 judgement that kg-build was built with" in result.output
    assert not (desk / "empty.jsonl").exists()
    assert graph(desk / "kg-build") == before


def test_articles_do_not_come_in_by_a_log_that_lacks_what_was_judged(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    (desk / "judgements.jsonl").write_text("")
    result = kg("retract", "quito", "--reason", "withdrawn")
    assert result.exit_code == 3
    assert "lacks 1 judgement" in result.output
    (desk / "judgements.jsonl").unlink()  # what was judged before stays
    done("retract", "quito", "--reason", "withdrawn")
    assert "are one" in done("why", "Paul Larsen", "P. Larsen").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["same", "Norway", "Chile"], 2, "told by its code"),
        (["same", "Paul Larsen"], 2, "is no judgement"),
        (["same", "Paul Larsen", "Lima"], 2, "cannot be one"),
        (["same", "a", "b", "c"], 2, "give two names"),
        (["different", "Paul Larsen", "Paul Larsen"], 2, "the same names"),
        (["undo", "last"], 3, "no judgement 'last'"),
        (["same", "Paul Larsen", "P. Larsen", "-b", "nowhere"], 3, "no build here"),
        (["build", "texts", "--judgements", "no-such.jsonl"], 3, "no such log"),
        (["review", "--decide"], 2, "at a terminal"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    arguments: list[str], status: int, words: str, desk: Path
) -> None:
    result = kg(*arguments)
    assert (result.exit_code, words in result.output) == (status, True), result.output
    assert not (desk / "judgements.jsonl").exists()


def test_who_judges_is_known_from_the_environment(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Bo Rask")
    done("same", "Paul Larsen", "P. Larsen")
    assert log(desk)[0]["author"] == "Bo Rask"
    result = kg("same", "Paul Larsen", "Petra Larsen", "--author", "rule/mine")
    assert result.exit_code == 2
    assert "name a person" in result.output


def test_pairs_are_asked_for_one_by_one_at_a_terminal(desk: Path) -> None:
    before = {each["id"] for each in pairs()}
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "GIT_AUTHOR_NAME": "Bo Rask"}
    command = [sys.executable, "-m", "kg", "review", "--decide"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, env=environment) as running:
        os.write(ours, b"d\nnot the same office\nskip\n")
        assert running.wait(timeout=60) == 0
    os.close(ours)
    os.close(theirs)
    assert [(each["verdict"], each["reason"]) for each in log(desk)] == [
        ("different", "not the same office")
    ]
    assert before - {each["id"] for each in pairs()}


def test_a_build_says_at_a_terminal_what_it_is_at_and_nowhere_else(desk: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kg", "build", "texts", "--claims", "claims.jsonl", "-o", "b"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(command, stderr=theirs, env=environment, check=True, cwd=desk)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the other end is closed
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    stages = (b"finding who is who", b"finding what is one event", b"writing the graph", b"words")
    assert [*sorted(stages, key=shown.index)] == [*stages]
    assert b"finding" not in shown.rpartition(b"\x1b[K")[2], "nothing of it stays"
    told = done("build", desk / "texts", "--claims", desk / "claims.jsonl", "-o", desk / "c")
    assert "finding" not in told.output


def test_entities_and_events_follow_the_log(desk: Path) -> None:
    done("same", "Paul Larsen", "P. Larsen", *AUTHOR)
    given = (desk / "texts", "--claims", desk / "claims.jsonl")
    told = [json.loads(line) for line in done("entities", *given).stdout.splitlines()]
    assert "person/p-larsen" not in {each["id"] for each in told}
    judged = [json.loads(line) for line in done("entities", *given, "--log").stdout.splitlines()]
    assert "Mari Tamm" in {each["author"] for each in judged}
    joined = done("events", *given).stdout
    (desk / "judgements.jsonl").unlink()
    assert done("events", *given).stdout != joined
