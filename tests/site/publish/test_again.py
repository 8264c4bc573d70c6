"""What is published already is not written twice, and never taken for something else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.site.publish.writing import GRAPH, QUIET, one, written


def test_a_site_that_stands_is_left_as_it_is(tmp_path: Path) -> None:
    site = tmp_path / "site"

    def marked() -> bool:
        """Whether this is the folder that was marked."""
        return (site / "mark").is_file()

    written(GRAPH, site, QUIET, one)
    (site / "mark").touch()
    written(GRAPH, site, QUIET, one)
    assert marked()
    (site / "about.html").unlink()
    written(GRAPH, site, QUIET, one)
    assert not marked()
    assert (site / "about.html").is_file()
    (site / "mark").touch()
    written(GRAPH, site, replace(QUIET, title="Another"), one)
    assert not marked()
