"""`kg export`: where it writes, and what it says when it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.cli.exporting import FILES, FOLDERS, NETWORKS
from kg.site.exports import ExportFormat, FolderFormat

FORUM = Path(__file__).parent / "data" / "site" / "forum.trig"


def kg(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_command_offers_what_the_stage_can_write() -> None:
    assert set(FILES) | set(NETWORKS) == set(get_args(ExportFormat))
    assert set(FOLDERS) == set(get_args(FolderFormat))


@pytest.mark.parametrize("form", [*FILES, *NETWORKS])
def test_a_file_holds_what_standard_output_gives(form: str, tmp_path: Path) -> None:
    written = kg("export", FORUM, "-f", form, "-o", tmp_path / "out", "--memory", "1")
    assert written.exit_code == 0, written.output
    assert (tmp_path / "out").read_bytes() == kg("export", FORUM, "-f", form).stdout_bytes
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_the_columns_of_tables_are_those_of_their_dictionary(tmp_path: Path) -> None:
    told = kg("export", FORUM, "-f", "csv", "-o", tmp_path / "tables")
    assert told.exit_code == 0, told.output
    assert "README.md" in told.stderr
    package = json.loads((tmp_path / "tables" / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        head = (tmp_path / "tables" / resource["path"]).read_text("utf-8").splitlines()[0]
        assert head.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_a_folder_has_to_be_named(tmp_path: Path) -> None:
    unnamed = kg("export", FORUM, "-f", "csv")
    assert unnamed.exit_code == 2
    assert "name it with -o" in unnamed.stderr
    (tmp_path / "mine.txt").write_text("mine")
    refused = kg("export", FORUM, "-f", "neo4j", "-o", tmp_path)
    assert refused.exit_code == 3
    assert "holds other files" in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "networkx", None)
    told = kg("export", FORUM, "-f", "gexf", "-o", tmp_path / "network.gexf")
    assert told.exit_code == 3
    assert told.stderr == (
        "Error: -f gexf: needs networkx; install it with: pip install 'communique[graphs]'\n"
    )
    assert not [*tmp_path.iterdir()]
