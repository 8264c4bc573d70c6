"""What many tests share: the parser, loaded once, and one build of the bundled articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import pipeline
from kg.claims.engine import Engine, load_engine
from kg.graph.store import Build, open_build
from kg.resources import folder

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="session")
def bundled_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the bundled articles, as `kg build` makes it."""
    out = tmp_path_factory.mktemp("bundled") / "build"
    pipeline.build(pipeline.read([folder("articles")]), engine, out)
    return open_build(out)


@pytest.fixture(scope="session")
def source_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the five source articles, where they are at hand."""
    if not (SHARED / "articles").is_dir():
        pytest.skip("the source articles are not at hand")
    out = tmp_path_factory.mktemp("source") / "build"
    pipeline.build(pipeline.read([SHARED / "articles"]), engine, out)
    return open_build(out)
