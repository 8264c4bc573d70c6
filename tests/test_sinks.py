"""Where commands write: whole or not at all, and never a traceback for a place that is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import click
import pytest

from kg.errors import OutputError
from kg.living import open_build
from kg.sinks import Sink, SinkType
from tests.conftest import ROOT


def refused(path: Path | str) -> str:
    with pytest.raises(click.BadParameter) as caught:
        SinkType().convert(str(path), None, None)
    return caught.value.message


def test_a_file_is_written_with_its_folder_left_clean(tmp_path: Path) -> None:
    SinkType().convert(str(tmp_path / "naïve name.txt"), None, None).write("Ægir\r\n")
    assert (tmp_path / "naïve name.txt").read_bytes() == "Ægir\r\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["naïve name.txt"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="the system has no files without a name")
def test_a_process_that_is_killed_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from kg.sinks import Sink
def parts():
    yield "x" * 1_000_000
    os.kill(os.getpid(), signal.SIGKILL)
Sink(Path(sys.argv[1])).stream(parts())
"""
    (tmp_path / "old.txt").write_text("old")
    for name in ("old.txt", "new.txt"):
        command = [sys.executable, "-c", code, str(tmp_path / name)]
        killed = subprocess.run(command, cwd=ROOT, check=False)
        assert killed.returncode == -signal.SIGKILL
    assert [each.name for each in tmp_path.iterdir()] == ["old.txt"]
    assert (tmp_path / "old.txt").read_text() == "old"


def test_a_file_is_whole_also_where_the_system_knows_no_files_without_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    for text in ("first", "second"):
        Sink(tmp_path / "rows").stream([text, "\n"])
        assert [each.name for each in tmp_path.iterdir()] == ["rows"]
        assert (tmp_path / "rows").read_text() == f"{text}\n"


def test_a_new_file_may_be_read_by_whom_the_system_says(tmp_path: Path) -> None:
    Sink(tmp_path / "rows").write("rows")
    (tmp_path / "plain").touch()
    assert (tmp_path / "rows").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_that_is_replaced_keeps_its_permissions_and_the_link_to_it(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    Sink(link).write(b"new")
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_folder_or_a_missing_folder_is_refused_before_any_work(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)
    assert "no folder" in refused(tmp_path / "missing" / "x.ttl")


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    Sink(pipe).write("rows")
    reader.join(timeout=10)
    assert read == [b"rows"]
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="the system has no /dev/stdout")
def test_standard_output_may_be_named_as_a_file() -> None:
    code = "from kg.sinks import SinkType; SinkType()('/dev/stdout').write('rows')"
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "rows"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_disk_is_told_in_one_line() -> None:
    with pytest.raises(OutputError, match="No space left"):
        Sink(Path("/dev/full")).write("rows")


def interrupted(folder: Path, article: Path, begun: Callable[[], object]) -> tuple[int, bytes]:
    """Build an article and interrupt the build as soon as `begun` comes back."""
    command = [sys.executable, "-m", "kg", "build", str(article)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(command, cwd=folder, env=settings, stderr=subprocess.PIPE)
    begun()
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    return running.returncode, told


def test_a_build_that_is_interrupted_while_it_reads_leaves_nothing(tmp_path: Path) -> None:
    pipe = tmp_path / "talks.txt"
    os.mkfifo(pipe)
    with ExitStack() as held:
        status, told = interrupted(tmp_path, pipe, lambda: held.enter_context(pipe.open("wb")))
    assert status == 130, told
    assert told.endswith(b"Error: interrupted\n")
    assert b"Traceback" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["talks.txt"]


def test_a_build_that_is_interrupted_while_it_writes_is_whole_or_not_there(tmp_path: Path) -> None:
    article = tmp_path / "talks.txt"
    article.write_text("Talks\n\nNorway and Chile met in Oslo on 3 May 2021.\n")

    def begun() -> None:
        until = time.monotonic() + 60
        while not list(tmp_path.glob(".kg-build.new.*")) and time.monotonic() < until:
            time.sleep(0.01)

    status, told = interrupted(tmp_path, article, begun)
    assert b"Traceback" not in told
    left = sorted(each.name for each in tmp_path.iterdir())
    assert status in {0, 130}
    assert left == ["kg-build", "talks.txt"] or (status == 130 and left == ["talks.txt"])
    if "kg-build" in left:
        assert [each.id for each in open_build(tmp_path / "kg-build").articles()] == ["talks"]
