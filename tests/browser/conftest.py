"""A site as a newcomer meets it: `kg serve` in a process of its own, and Chromium in front of it.

Any request to another host, any error in the page and any message of the console that is an error
fails the test that caused it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from kg.graph.store import Build

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of the browser out where there is none; CI always has one."""
    here = Path(__file__).parent
    if not CHROMIUM and not os.environ.get("CI"):
        skip = pytest.mark.skip(reason="there is no Chromium here (Debian: apt install chromium)")
        for item in items:
            if here in item.path.parents:
                item.add_marker(skip)


@dataclass
class Visit:
    """One tab, and what went wrong in it."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def go(self, path: str = "") -> Page:
        """Open an address of the site, given from its root."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page


@pytest.fixture(scope="module")
def address(bundled_build: Build) -> Iterator[str]:
    """Serve the bundled build, as `kg serve` does."""
    command = [sys.executable, "-m", "kg", "serve", str(bundled_build.path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = ADDRESS.search(process.stderr.readline())
        assert told is not None
        try:
            yield told[0]
        finally:
            process.send_signal(signal.SIGINT)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        yield player.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))


def visiting(context: BrowserContext, address: str) -> Visit:
    """Open a tab in which every request and error is watched."""
    visit = Visit(context.new_page(), address)

    def pass_on(route: Route) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            visit.foreign.append(route.request.url)
            route.abort()

    context.route("**/*", pass_on)
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on(
        "console",
        lambda said: visit.errors.append(said.text) if said.type == "error" else None,
    )
    return visit


@pytest.fixture
def options(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the browser is told to be, where a test says so."""
    return dict(getattr(request, "param", {}))


@pytest.fixture
def visit(browser: Browser, address: str, options: dict[str, Any]) -> Iterator[Visit]:
    """A tab of a new visitor."""
    context = browser.new_context(**options)
    visit = visiting(context, address)
    yield visit
    context.close()
    assert visit.foreign == []
    assert visit.errors == []
