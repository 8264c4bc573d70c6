"""Pages for everybody: no serious finding of axe, nothing cut off on a phone, little script."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import kg
from tests.browser.conftest import Visit

ASSETS = Path(kg.__file__).parent / "site" / "assets"
MOST = 700_000  # bytes of script, compressed
PAGES = (
    "index", "list/meetings", "search?q=Japan", "id/state/JP", "concept/material/gallium",
    "disagreements", "questions", "question/meetings-of-a-state?state=Japan", "editor", "pictures",
    "about", "ontology/index", "ontology/events", "def/Claim",
)  # fmt: skip
DARK = {"color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}}


def serious(visit: Visit) -> list[tuple[str, str]]:
    """Give what axe finds that keeps somebody from using the page."""
    found = Axe().run(visit.page).response["violations"]
    return [
        (each["id"], each["nodes"][0]["html"])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize("options", [{}, DARK], ids=["light", "dark"], indirect=True)
def test_nothing_keeps_anybody_from_using_a_page(visit: Visit) -> None:
    for path in PAGES:
        visit.go(path)
        assert serious(visit) == [], path
    page = visit.go("list/meetings")
    with page.expect_navigation():
        page.locator("table.entries tbody a").first.click()
    assert serious(visit) == []
    with page.expect_navigation():
        page.get_by_text("the sentence in the article").first.evaluate("link => link.click()")
    assert serious(visit) == []


@pytest.mark.parametrize("options", [PHONE], ids=["phone"], indirect=True)
def test_no_page_is_wider_than_a_phone(visit: Visit) -> None:
    for path in PAGES:
        page = visit.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_all_script_together_is_small() -> None:
    scripts = [each for each in ASSETS.rglob("*.js") if "node_modules" not in each.parts]
    assert scripts
    assert sum(len(gzip.compress(each.read_bytes(), 9)) for each in scripts) < MOST


def test_pages_that_draw_nothing_load_no_library(visit: Visit) -> None:
    for path in ("index", "list/meetings", "id/state/JP"):
        scripts = visit.go(path).eval_on_selector_all("script[src]", "all => all.map(s => s.src)")
        assert not any("vendor" in each for each in scripts), path
