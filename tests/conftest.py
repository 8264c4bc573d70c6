"""What many tests share: the parser, loaded once, and one build of the bundled articles."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from kg import pipeline
from kg.claims.engine import Engine, load_engine
from kg.graph.store import Build
from kg.resources import folder

settings.register_profile("patient", deadline=None)  # a loaded machine is no failure
settings.load_profile("patient")

# A shell in the background has all that it starts ignore interrupts; commands under test must not.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def built(paths: list[Path], engine: Engine, out: Path) -> Build:
    """Build the graph of some articles, as `kg build` does."""
    corpus = pipeline.read(paths)
    claims = pipeline.extract(corpus.articles, engine)
    return pipeline.build(corpus, claims, out, tools=(str(engine.tool),))


@pytest.fixture(scope="session")
def engine() -> Engine:
    return load_engine()


@pytest.fixture(scope="session")
def bundled_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the bundled articles, as `kg build` makes it."""
    return built([folder("articles")], engine, tmp_path_factory.mktemp("bundled") / "build")


@pytest.fixture(scope="session")
def source_build(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The graph of the five source articles, where they are at hand."""
    if not (SHARED / "articles").is_dir():
        pytest.skip("the source articles are not at hand")
    return built([SHARED / "articles"], engine, tmp_path_factory.mktemp("source") / "build")
