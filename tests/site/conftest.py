"""Two invented articles, and the graph of what they say; a build of thirty generated ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from benchmarks.generate import articles as generated
from kg import living
from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.graph.store import Build
from kg.living import Arrival
from kg.serving import hold
from kg.site.model import Holding

DATA = Path(__file__).parent.parent / "data" / "site"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.of(parse(path=str(DATA / "forum.trig")))


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    return tuple(
        Article(path.stem, path.read_bytes().decode()) for path in sorted(DATA.glob("*.txt"))
    )


@pytest.fixture(scope="session")
def corpus_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of thirty articles: events of every kind, names spelt in several ways."""
    path = tmp_path_factory.mktemp("corpus") / "kg-build"
    living.build(path, (Arrival(article, claims, ("made/1",)) for article, claims in generated(30)))
    return path


@pytest.fixture(scope="session")
def corpus(corpus_folder: Path) -> Dataset:
    """Its graph."""
    return living.open_build(corpus_folder).dataset


@pytest.fixture(scope="session")
def bundled_holding(bundled_build: Build) -> Holding:
    """The build of the bundled articles, opened for a site."""
    return hold(bundled_build.path)
