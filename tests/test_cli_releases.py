"""Releases, differences and the ledger of disagreements on the command line."""

from __future__ import annotations

import csv
import json
import shutil
from io import StringIO
from pathlib import Path

import pytest

from kg.graph.store import Build
from tests.conftest import ROOT
from tests.test_cli import kg


@pytest.fixture(scope="module")
def releases(bundled_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two releases: the bundled articles, and the same without one of them."""
    folder = tmp_path_factory.mktemp("releases")
    living = folder.parent / f"{folder.name}-build"
    shutil.copytree(bundled_build.path, living)
    assert kg("release", "r1", "-b", living, "--to", folder).exit_code == 0
    gone = max(path.stem for path in (ROOT / "articles").glob("*.md"))
    assert kg("retract", gone, "--reason", "a test", "-b", living).exit_code == 0
    shown = kg("release", "r2", "-b", living, "--to", folder, "--force")
    assert shown.exit_code == 0
    assert "after r1" in shown.stderr
    return folder


def test_a_release_is_asked_checked_and_compared_as_a_build(releases: Path) -> None:
    first = releases / "r1"
    rows = csv.DictReader(
        StringIO(kg("query", "claims-per-article", "-b", first, "-f", "csv").stdout)
    )
    assert len({each["articleId"] for each in rows}) == 5
    shown = kg("diff", first, releases / "r2", "-f", "json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["classes"]
    assert kg("diff", first, first).exit_code == 0


def test_a_retracted_article_is_gone_but_not_forgotten(releases: Path) -> None:
    shown = kg("diff", releases / "r1", releases / "r2")
    assert "prov:Invalidation: +1 −0" in shown.stdout
    assert "cmq:Article: +0 −1" in shown.stdout


def test_numbers_out_of_their_bands_stop_a_release(releases: Path, tmp_path: Path) -> None:
    bands = tmp_path / "bands.yaml"
    bands.write_text("classes:\n  cmq:Article: {min: 1000}\n", "utf-8")
    arguments = ("release", "r1", "-b", releases / "r1", "--to", tmp_path / "to")
    shown = kg(*arguments, "--bands", bands)
    assert shown.exit_code == 3
    assert "cmq:Article: 5, where 1,000 to any number may be" in shown.stderr
    assert not (tmp_path / "to" / "r1").exists()


def test_the_ledger_is_told_as_text_and_as_rows(bundled_build: Build) -> None:
    text = kg("disagreements", "-b", bundled_build.path, "--all").stdout
    assert "found by the rule closed-list" in text
    assert "a cautious reader takes: " in text
    rows = csv.DictReader(
        StringIO(kg("disagreements", "-b", bundled_build.path, "-f", "csv").stdout)
    )
    known = list(rows)
    assert {"closed-list"} <= {each["rule"] for each in known}
    assert all(each["why"] and each["advice"] for each in known)
    assert any(each["quotes"] for each in known)


def test_a_ledger_without_entries_says_so(bundled_build: Build) -> None:
    shown = kg("disagreements", "-b", bundled_build.path, "--independent", "99")
    assert shown.exit_code == 0
    assert "no disagreement" in shown.stderr
