"""The ways to ask elsewhere that pages show, taken at their word against a server that runs."""

from __future__ import annotations

import csv
import io
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import uvicorn

from kg.site.asking.snippets import snippets
from kg.site.model import Holding
from kg.site.web.app import application

ASKED = {"state": "US"}
NAME = "meetings-of-a-state"


@pytest.fixture(scope="module")
def address(holding: Holding) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        held = replace(holding, settings=replace(holding.settings, address=url), close=lambda: None)
        server = uvicorn.Server(uvicorn.Config(application(held), log_level="critical"))
        running = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        running.start()
        while not server.started:
            time.sleep(0.02)
        yield url
        server.should_exit = True
        running.join()


def snippet(title: str, address: str) -> str:
    return next(each.text for each in snippets(NAME, ASKED, address) if each.title == title)


def opened(address: str) -> HTTPResponse:
    found: HTTPResponse = urlopen(address)  # noqa: S310 - our own server
    return found


def rows(address: str) -> list[list[str]]:
    with opened(f"{address}question/{NAME}.csv?state=US") as answer:
        return list(csv.reader(io.TextIOWrapper(answer, "utf-8", newline="")))


def test_python_gives_the_rows(address: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", snippet("Python", address)],
        capture_output=True,
        text=True,
        check=True,
    )
    columns, *told = rows(address)
    assert told
    assert run.stdout.splitlines() == [str(dict(zip(columns, row, strict=True))) for row in told]


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl here")
def test_curl_gives_the_rows(address: str) -> None:
    words = shlex.split(snippet("curl", address))
    run = subprocess.run([*words, "--silent"], capture_output=True, text=True, check=True)
    assert list(csv.reader(io.StringIO(run.stdout))) == rows(address)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("question/meetings-of-a-state.html?state=Atlantis", 400),
        ("question/meetings-of-a-state.csv?state=Atlantis", 400),
        ("list/meetings.html?from=soon", 400),
        ("picture/matrix.html?of=dreams", 400),
    ],
)
def test_what_cannot_be_answered_has_its_status(path: str, status: int, address: str) -> None:
    with pytest.raises(HTTPError) as told:
        opened(address + path)
    assert told.value.code == status
    told.value.close()


def test_a_pasted_name_leads_to_its_page(address: str) -> None:
    with opened(f"{address}search.html?q=state/JP") as answer:
        assert urlsplit(answer.url).path == "/id/state/JP.html"


def test_a_value_may_be_said_several_times(address: str) -> None:
    def total(query: str) -> int:
        with opened(f"{address}list/meetings.csv?{query}") as answer:
            return len(answer.read().splitlines())

    assert total("state=US&state=CN") == total("state=US,CN") > total("state=US")
