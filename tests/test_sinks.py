"""Where commands write: whole or not at all, and never a traceback for a place that is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import click
import pytest

from kg.errors import OutputError
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


def test_a_command_that_is_interrupted_leaves_no_half_of_a_build(tmp_path: Path) -> None:
    (tmp_path / "articles").symlink_to(ROOT / "articles")
    command = [sys.executable, "-m", "kg", "build", "articles"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        command, cwd=tmp_path, env=settings, stderr=subprocess.PIPE, stdout=subprocess.PIPE
    )
    time.sleep(1.5)  # importing, reading or building: it has to be clean at every point
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert b"Traceback" not in told
    assert [each.name for each in tmp_path.iterdir()] == ["articles"]
