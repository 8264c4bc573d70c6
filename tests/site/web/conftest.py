"""A site over a small build: three generated articles, one of them taken out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from benchmarks.generate import articles as generated
from kg import living
from kg.living import Arrival
from kg.serving import Limits, hold
from kg.site.model import Holding, Settings
from kg.site.web.app import application

QUICK = Limits(seconds=1.5, workers=2, memory=2**29, most=2**20)


def asking(holding: Holding) -> TestClient:
    """Ask a site in this process, without following where it leads."""
    return TestClient(application(holding), follow_redirects=False)


@pytest.fixture(scope="session")
def small_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two articles; a third was there."""
    path = tmp_path_factory.mktemp("small") / "kg-build"
    arrivals = [Arrival(article, claims, ("made/1",)) for article, claims in generated(3)]
    living.build(path, arrivals)
    gone = arrivals[-1].article.id
    living.update(path, lambda corpus: corpus.retract(gone, "printed by mistake", "2031-05-04"))
    return path


@pytest.fixture
def own_build(small_build: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(small_build, tmp_path / "kg-build"))


@pytest.fixture(scope="session")
def shown(small_build: Path) -> Iterator[Holding]:
    holding = hold(small_build, Settings(address="https://kg.example/"), QUICK)
    yield holding
    holding.close()


@pytest.fixture(scope="session")
def site(shown: Holding) -> TestClient:
    return asking(shown)
