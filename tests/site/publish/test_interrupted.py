"""Interrupted while a site is written: the old one stays, and the next try goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest

from kg.errors import OutputError
from kg.publishing import publish as publish_by
from kg.serving import Limits, hold
from kg.site.folders import aside, written_whole
from kg.site.forms import HTML, Form
from kg.site.model import Holding
from kg.site.publish.author import Wanted
from kg.site.publish.journal import NAME
from kg.site.publish.site import publish
from tests.conftest import ROOT
from tests.site.publish.test_site import tree_of
from tests.site.publish.writing import GRAPH, QUIET, one, written

PATIENCE = 60.0
PACKAGE = '{"name": "communique", "resources": []}'


@pytest.fixture(scope="module")
def holding() -> Iterator[Holding]:
    found = hold(GRAPH, QUIET, Limits(workers=1))
    yield found
    found.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it is when nothing interrupts it."""
    site = tmp_path_factory.mktemp("whole") / "site"
    publish_by(GRAPH, site, QUIET, (HTML,))
    return site


def some(path: str) -> Sequence[Form]:
    """One page in eight."""
    return () if crc32(path.encode()) % 8 else (HTML,)


def started(site: Path, *options: str) -> subprocess.Popen[bytes]:
    """Publish by the command, in a process of its own."""
    told = ["--title", QUIET.title, "--publisher", QUIET.publisher, "--address", QUIET.address]
    command = [sys.executable, "-m", "kg", "publish", str(site), "-b", str(GRAPH), "--no-quotes"]
    return subprocess.Popen(
        [*command, "--formats", "html", *told, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.DEVNULL,
    )


def waited_for(fact: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def lines_of(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.is_file() else 0


def test_after_a_kill_the_next_try_goes_on(whole: Path, tmp_path: Path) -> None:
    """The one before stays until the new one is whole, and that is what one process writes."""
    site = tmp_path / "site"
    written(GRAPH, site, replace(QUIET, title="Old"), one)
    old, journal = tree_of(site), aside(site) / NAME
    process = started(site, "--workers", "2")
    waited_for(lambda: lines_of(journal) > 14)
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    assert tree_of(site) == old
    done = [path for path in aside(site).rglob("*.html") if path.stat().st_size]
    first = {path: path.stat().st_mtime_ns for path in done}
    made = publish_by(GRAPH, site, QUIET, (HTML,), workers=2)
    kept = [site / path.relative_to(aside(site)) for path in done]
    same = [
        path
        for path in kept
        if path.stat().st_mtime_ns == first[aside(site) / path.relative_to(site)]
    ]
    assert len(same) > 50
    assert tree_of(site) == tree_of(whole)
    assert made.files == len(tree_of(site)) - 1  # all but the list of them
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_an_interrupted_try_left_is_believed_only_if_it_is_whole(
    holding: Holding, tmp_path: Path
) -> None:
    """A file cut short or changed, a line cut short: what they tell of is done again."""
    site, whole = tmp_path / "site", tmp_path / "whole"
    publish(holding, whole, (HTML,), wanted=some)
    cut(holding, site, at=400, wanted=some)
    left = sorted(aside(site).glob("shapes/*.html"))
    assert len(left) > 10
    left[0].write_bytes(b"")
    left[1].write_bytes(left[1].read_bytes().replace(b"html", b"HTML"))
    left[2].unlink()
    with (aside(site) / NAME).open("r+b") as journal:
        journal.truncate((aside(site) / NAME).stat().st_size - 20)
    publish(holding, site, (HTML,), wanted=some)
    assert tree_of(site) == tree_of(whole)


def test_what_an_interrupted_try_left_of_another_site_is_cleared(
    holding: Holding, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    cut(replace(holding, settings=replace(QUIET, title="Another")), site, at=1, wanted=one)
    (aside(site) / "stray.html").write_text("left behind")
    publish(holding, site, (HTML,), wanted=one)
    assert not (site / "stray.html").exists()
    assert "Another" not in (site / "about.html").read_text("utf-8")


def cut(holding: Holding, site: Path, at: int, wanted: Wanted | None = None) -> None:
    """Publish until so many pages are written, and leave off as Ctrl-C does."""

    def progress(done: int, _: int) -> None:
        if done >= at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(holding, site, (HTML,), progress, wanted)
    assert not site.exists()


def test_ctrl_c_says_how_to_go_on(tmp_path: Path) -> None:
    site = tmp_path / "site"
    process = started(site, "--workers", "1")
    waited_for(lambda: lines_of(aside(site) / NAME) > 3)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) != 0
    assert aside(site).is_dir()
    assert not site.exists()


def test_two_processes_do_not_write_one_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with written_whole(site) as place:
        (place / "datapackage.json").write_text(PACKAGE)
        with pytest.raises(OutputError, match="another process"), written_whole(site):
            raise AssertionError
    assert tree_of(site) == {"datapackage.json": PACKAGE.encode()}


def test_a_folder_that_was_set_aside_by_a_process_that_died_is_put_back(tmp_path: Path) -> None:
    site, old = tmp_path / "site", tmp_path / ".site.old"
    old.mkdir()
    (old / "datapackage.json").write_text(PACKAGE)
    (tmp_path / ".site.part").mkdir()
    (tmp_path / ".site.part" / "half").touch()
    with written_whole(tmp_path / "other"), written_whole(site) as place:
        assert (site / "datapackage.json").is_file()
        assert not any(place.iterdir())
    assert tree_of(site) == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "site"]
