"""The cases of the bundled questions, and a real SPARQL server on loopback."""

from __future__ import annotations

import csv
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from pyoxigraph import parse

from kg.graph.model import Dataset
from kg.queries.model import Question

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Case:
    """The files of one question: a graph, the rows it gives, and parameters if it needs some."""

    question: Question

    def path(self, suffix: str) -> Path:
        return DATA / self.question.folder / f"{self.question.name}{suffix}"

    def dataset(self) -> Dataset:
        return Dataset.of(parse(path=str(self.path(".trig"))))

    def parameters(self) -> dict[str, str]:
        path = self.path(".yaml")
        return dict(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}

    def expected(self) -> list[list[str]]:
        with self.path(".csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))


@pytest.fixture(scope="session")
def case_of() -> Callable[[Question], Case]:
    return Case


@contextmanager
def oxigraph(*options: str) -> Iterator[str]:
    """Run an Oxigraph server in memory; give its address, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    program = Path(sys.executable).parent / "oxigraph"
    with subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait_for(address, server)
            yield address
        finally:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        assert server.poll() is None, "the server ended at once"
        try:
            with urlopen(  # noqa: S310 - loopback
                f"{address}/query", timeout=5
            ):
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A server as it comes: its default graph is empty."""
    with oxigraph() as address:
        yield address


@pytest.fixture
def own_server() -> Iterator[str]:
    """A server that no other test knows."""
    with oxigraph() as address:
        yield address


@pytest.fixture(scope="session")
def union_server() -> Iterator[str]:
    """A server whose default graph is the union of the others."""
    with oxigraph("--union-default-graph") as address:
        yield address


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.of(parse(path=str(DATA / "competency" / "commitments-of-a-state.trig")))
