"""The pages of the things of the bundled build, all of them, made once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.site.model import Holding
from kg.site.pages.things import Things
from kg.site.rendering import Renderer
from tests.site.pages.reading import Read, read


@dataclass(frozen=True)
class Made:
    """Pages as HTML and as read, by their addresses."""

    html: dict[str, str]
    pages: dict[str, Read]


TELLING = (
    "id/article", "id/claim", "id/meeting", "id/measure", "id/person", "id/disagreement", "claims/",
    "id/document", "id/holding", "linked/id",
)  # fmt: skip
"""Where pages begin that quote articles."""


def made(holding: Holding, only: tuple[str, ...] = ("",)) -> Made:
    """Make the pages of all things of a holding, or of some kinds `only`."""
    section, renderer = Things(holding), Renderer(holding)
    html = {}
    for path in (each for each in section.paths() if each.startswith(only)):
        page = section.page(path, {})
        assert page is not None, path
        html[path] = renderer.html(page)
    return Made(html, {path: read(text) for path, text in html.items()})


@pytest.fixture(scope="session")
def bundled_pages(bundled_holding: Holding) -> Made:
    return made(bundled_holding)
