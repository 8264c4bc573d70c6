"""What is published already is not written twice, and never taken for something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import OutputError
from tests.site.publish.writing import GRAPH, QUIET, one, written


def test_a_site_that_stands_is_left_as_it_is(tmp_path: Path) -> None:
    site = tmp_path / "site"
    written(GRAPH, site, QUIET, one)
    first = site.stat().st_ino  # another folder takes its place where it is written again
    written(GRAPH, site, QUIET, one)
    assert site.stat().st_ino == first
    (site / "about.html").unlink()
    written(GRAPH, site, QUIET, one)
    second = site.stat().st_ino
    assert second != first
    assert (site / "about.html").is_file()
    written(GRAPH, site, replace(QUIET, title="Another"), one)
    assert site.stat().st_ino != second


def test_a_file_put_beside_a_site_is_never_lost(tmp_path: Path) -> None:
    site = tmp_path / "site"
    written(GRAPH, site, QUIET, one)
    (site / "CNAME").write_text("data.example.org")
    written(GRAPH, site, QUIET, one)
    with pytest.raises(OutputError, match="holds other files, such as CNAME"):
        written(GRAPH, site, replace(QUIET, title="Another"), one)
    assert (site / "CNAME").read_text() == "data.example.org"
