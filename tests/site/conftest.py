"""Two invented articles, and the graph of what they say."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import parse

from kg.articles.model import Article
from kg.graph.model import Dataset

DATA = Path(__file__).parent.parent / "data" / "site"


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return Dataset.of(parse(path=str(DATA / "forum.trig")))


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    return tuple(
        Article(path.stem, path.read_bytes().decode()) for path in sorted(DATA.glob("*.txt"))
    )
