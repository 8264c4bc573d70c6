"""The bundled build, published once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.claims.engine import Engine
from kg.graph.store import Build
from kg.resources import folder
from kg.serving import hold
from kg.site.forms import FORMS, HTML, TURTLE, Form
from kg.site.model import Settings
from kg.site.publish.site import publish
from tests.conftest import built

ADDRESS = "https://example.org/data/kg/"
SETTINGS = Settings(title="Test", publisher="A & B", address=ADDRESS)
QUIET = replace(SETTINGS, quotes=False, texts=False)


def written(build: Build, place: Path, settings: Settings, *forms: Form) -> Path:
    """Publish a build."""
    holding = hold(build.path, settings)
    try:
        publish(holding, place, forms or FORMS)
    finally:
        holding.close()
    return place


@pytest.fixture(scope="session")
def small_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of one bundled article."""
    first = min(folder("articles").glob("[a-z]*.md"))
    return built([first], engine, tmp_path_factory.mktemp("small") / "build")


@pytest.fixture(scope="session")
def quiet(small_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site without text of articles."""
    return written(small_build, tmp_path_factory.mktemp("quiet") / "site", QUIET, HTML, TURTLE)


@pytest.fixture(scope="session")
def published(bundled_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site of the bundled articles."""
    return written(bundled_build, tmp_path_factory.mktemp("published") / "site", SETTINGS)
