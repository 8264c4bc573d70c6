"""The command as a process of its own: it says where it is, answers, and ends with all it began."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def served(small_build: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server whose port was taken, and its address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "kg", "serve", str(small_build), "--port", port,
                   "--workers", "1", "--timeout", "20", "--title", "Our site"]  # fmt: skip
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        assert found[1] != port
        yield process, found[0]
        process.kill()
        process.wait()
        process.stderr.close()


def test_a_server_answers_and_ends_cleanly(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    status, body = _got(address, "/")
    assert (status, "Our site" in body) == (200, True)
    status, body = _got(address, "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D")
    assert (status, "true" in body) == (200, True)
    _hangs(address)
    children = _children(process.pid)
    assert children
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "a process stayed behind"
        time.sleep(0.05)


def _hangs(address: str) -> None:
    """Begin a request and never end it, and one of another protocol: the server goes on."""
    host, port = re.findall(r"//(.*):(\d+)/", address)[0]
    for sent in (
        b"GET / HTTP/1.1\r\nHost: loc",
        b"\x16\x03\x01\x02\x00\x01",
        b"GET /" + b"a" * 70_000,
    ):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(sent)
    assert _got(address, "/")[0] == 200


def _got(address: str, path: str) -> tuple[int, str]:
    connection = HTTPConnection(address.removeprefix("http://").rstrip("/"), timeout=30)
    connection.request("GET", path)
    found = connection.getresponse()
    assert found.getheader("server") is None
    body = found.read().decode()
    connection.close()
    return found.status, body


def _children(pid: int) -> list[str]:
    found: list[str] = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if parent == str(pid) and folder.name != str(os.getpid()):
                found.append(folder.name)
    return found
