"""Many articles at once: order, equality, and what happens when a process dies."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace

import pytest

from kg.articles.model import Article, Rejection
from kg.claims import workers
from kg.claims.engine import Engine, load_engine, tool_of
from kg.claims.extract import claims_of
from kg.claims.workers import read_each
from kg.errors import KgError
from tests.claims.reading_of import article

TEXTS = (
    "Peru and Chile agreed on Tuesday to stockpile tungsten.",
    "Kenya warned Uganda about sugar quotas.",
    "Talks between Oman and Yemen were held in Salalah on Monday.",
)


def many(number: int) -> list[Article]:
    return [replace(article(TEXTS[i % len(TEXTS)]), id=f"article-{i:03}") for i in range(number)]


def no_engine() -> Engine:
    raise AssertionError("many articles are read by workers")


def test_any_number_of_processes_gives_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = many(30)
    alone = list(read_each(articles, lambda: engine))
    monkeypatch.setattr(workers, "FEW", 4)
    together = list(read_each(articles, no_engine, jobs=2))
    assert together == alone
    assert [each.id for each, _ in together] == [each.id for each in articles]
    assert all(told == tuple(claims_of(each, engine)) for each, told in alone)


def test_few_articles_are_read_without_further_processes(engine: Engine) -> None:
    assert len(list(read_each(many(3), lambda: engine, jobs=8))) == 3


def test_a_process_that_is_killed_costs_no_article(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "FEW", 4)
    articles, found, killed = many(60), [], False
    for each, told in read_each(articles, no_engine, jobs=2):
        found.append((each, told))
        if not killed:
            victim = multiprocessing.active_children()[0].pid
            assert victim is not None
            os.kill(victim, signal.SIGKILL)
            killed = True
    assert [each.id for each, _ in found] == [each.id for each in articles]
    assert not [told for _, told in found if isinstance(told, Rejection)]
    assert found == list(read_each(articles, lambda: engine))


def test_the_parser_is_named_without_loading_it(engine: Engine) -> None:
    assert tool_of() == engine.tool


@pytest.mark.parametrize("load", [load_engine, tool_of])
def test_a_parser_that_is_not_there_is_an_error_with_advice(load: object) -> None:
    with pytest.raises(KgError, match="no such language pipeline; install it"):
        load("xx_no_such_pipeline")  # type: ignore[operator]
