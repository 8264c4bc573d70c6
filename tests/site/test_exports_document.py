"""The examples of docs/exports.md run, in order of kind, and find something."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.living import open_build
from kg.site.exports import EXPORT_FORMATS, FOLDER_FORMATS
from kg.site.tables import tables
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "exports.md").read_text("utf-8")
COMMANDS = re.findall(r"^    (kg .+)$", TEXT, re.MULTILINE)
BLOCKS = re.findall(r"```(sql|python)\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def desk(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build, its articles, and what the examples read."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "kg-build").symlink_to(corpus_folder)
    (desk / "articles").mkdir()
    for article in open_build(corpus_folder).articles():
        (desk / "articles" / f"{article.id}.txt").write_text(article.text, "utf-8")
    return desk


def run(desk: Path, command: str, patch: pytest.MonkeyPatch) -> None:
    patch.chdir(desk)
    done = CliRunner().invoke(main, shlex.split(command)[1:])
    assert done.exit_code == 0, f"{command}: {done.output}"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_runs(command: str, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for before in COMMANDS[: COMMANDS.index(command)] if " verify " in command else ():
        run(desk, before, monkeypatch)
    run(desk, command, monkeypatch)


@pytest.mark.parametrize(("language", "example"), BLOCKS, ids=range(len(BLOCKS)))
def test_an_example_finds_something(
    language: str, example: str, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form, name in (
        ("parquet", "tables"), ("csv", "tables-csv"), ("jsonl", "graph.jsonl"),
        ("gexf", "network.gexf"), ("ftm", "graph.ftm.jsonl"),
    ):  # fmt: skip
        if name in example and not (desk / name).exists():
            run(desk, f"kg export -f {form} -o {name}", monkeypatch)
    monkeypatch.chdir(desk)
    if language == "sql":
        assert duckdb.connect().execute(example).fetchall()
        return
    known: dict[str, list[object]] = {}
    exec(example, known)  # noqa: S102 - our own document
    assert len(known["found"])


def test_every_format_and_table_is_in_the_document() -> None:
    for name in (*EXPORT_FORMATS, *FOLDER_FORMATS, *tables()):
        assert f"`{name}`" in TEXT, name
    assert len(BLOCKS) > 5
