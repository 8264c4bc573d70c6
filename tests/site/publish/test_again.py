"""What is published already is not written twice, and never taken for something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kg.graph.store import Build
from kg.site.forms import HTML, Form
from tests.site.publish.conftest import QUIET, written


def one(path: str) -> Sequence[Form]:
    """Hardly anything."""
    return (HTML,) if path == "about" else ()


def test_a_site_that_stands_is_left_as_it_is(small_build: Build, tmp_path: Path) -> None:
    site = tmp_path / "site"

    def marked() -> bool:
        """Whether this is the folder that was marked."""
        return (site / "mark").is_file()

    written(small_build.path, site, QUIET, one)
    (site / "mark").touch()
    written(small_build.path, site, QUIET, one)
    assert marked()
    (site / "about.html").unlink()
    written(small_build.path, site, QUIET, one)
    assert not marked()
    assert (site / "about.html").is_file()
    (site / "mark").touch()
    written(small_build.path, site, replace(QUIET, title="Another"), one)
    assert not marked()
