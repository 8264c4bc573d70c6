"""The first minutes of somebody who has never seen the site."""

from __future__ import annotations

from tests.browser.conftest import Visit


def test_the_first_page_opens(visit: Visit) -> None:
    assert visit.go().locator("h1").is_visible()
