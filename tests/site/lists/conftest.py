"""One holding for all tests of what lists, asks and draws: thirty generated articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.serving import hold
from kg.site.model import Asked, Holding, Page, Section
from kg.site.rendering import Renderer


@pytest.fixture(scope="session")
def holding(corpus_folder: Path) -> Iterator[Holding]:
    held = hold(corpus_folder)
    yield held
    held.close()


@pytest.fixture(scope="session")
def renderer(holding: Holding) -> Renderer:
    return Renderer(holding)


@pytest.fixture(scope="session")
def shown(renderer: Renderer) -> Callable[[Section, str, Asked], tuple[Page, str]]:
    """Find a page and render it."""

    def show(section: Section, path: str, asked: Asked) -> tuple[Page, str]:
        page = section.page(path, asked)
        assert page is not None
        return page, renderer.html(page)

    return show
