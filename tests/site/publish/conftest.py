"""Sites of files: that of the bundled build, and a small one, each published once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.claims.engine import Engine
from kg.graph.store import Build
from kg.resources import folder
from tests.conftest import built
from tests.site.publish.writing import QUIET, SETTINGS, of_data, sampled, written


@pytest.fixture(scope="session")
def small_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of one bundled article."""
    first = min(folder("articles").glob("[a-z]*.md"))
    return built([first], engine, tmp_path_factory.mktemp("small") / "build")


@pytest.fixture(scope="session")
def quiet(small_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site without text of articles."""
    return written(small_build.path, tmp_path_factory.mktemp("quiet") / "site", QUIET, of_data)


@pytest.fixture(scope="session")
def published(bundled_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the bundled articles, whole but for some documents."""
    place = tmp_path_factory.mktemp("published") / "site"
    return written(bundled_build.path, place, SETTINGS, sampled)
