"""A small corpus resolves to the same whatever way its articles come."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import islice

import pytest

from benchmarks.generate import articles
from benchmarks.resolving import (
    LATE,
    Corpus,
    Cost,
    Likeness,
    Told,
    cost,
    exponent,
    held_back,
    likeness,
)

NUMBER = 40
ALL = Likeness(1.0, 1.0)


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return list(articles(NUMBER, per_day=NUMBER))


@pytest.fixture(scope="module")
def whole(told: list[Told]) -> object:
    return known(built(told))


def built(told: Sequence[Told]) -> Corpus:
    corpus = Corpus(None)
    corpus.update(corpus.put(told))
    return corpus


def known(corpus: Corpus) -> object:
    """All that the registers say."""
    register, chronicle = corpus.register, corpus.chronicle
    own = sorted(corpus.ids())
    return (
        list(register.entities()),
        list(register.judgements()),
        [register.groups_of(each) for each in own],
        [register.mentions(each) for each in own],
        list(chronicle.events()),
        list(chronicle.disagreements()),
        [chronicle.about(each) for each in own],
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_articles_added_one_by_one_in_any_order_give_what_all_at_once_give(
    told: list[Told], whole: object, seed: int
) -> None:
    shuffled = random.Random(seed).sample(told, len(told))
    corpus = Corpus(None)
    for each in shuffled:
        corpus.update(corpus.put([each]))
    assert known(corpus) == whole


def test_articles_that_came_and_went_leave_nothing_behind(told: list[Told], whole: object) -> None:
    corpus = built(told)
    others = list(islice(articles(6, seed=9), 6))
    corpus.update(corpus.put(others))
    assert known(corpus) != whole
    for article, _ in others:
        corpus.drop(article.id)
        corpus.update([article.id])
    assert known(corpus) == whole


def test_a_corpus_without_some_articles_is_as_if_they_had_never_been(told: list[Told]) -> None:
    corpus = built(told)
    gone = [article.id for article, _ in told[5:25:2]]
    for each in gone:
        corpus.drop(each)
    corpus.update(gone)
    kept = [each for each in told if each[0].id not in gone]
    assert known(corpus) == known(built(kept))


def test_what_is_measured_is_a_whole_corpus_and_some_articles_more() -> None:
    found = cost(30, None)
    assert (found.articles, len(found.one)) == (30, LATE)
    assert found.claims > 300 < found.found
    assert len(held_back(36)) == LATE
    assert min(found.meetings.precision, found.persons.precision) > 0.9


def test_the_exponent_of_twice_the_claims_in_twice_the_time_is_one() -> None:
    small = Cost(10, 100, 1.0, 3.0, 0, (), 0, 0, ALL, ALL)
    large = Cost(20, 200, 2.0, 12.0, 0, (), 0, 0, ALL, ALL)
    assert exponent(small, large, "entities") == pytest.approx(1.0)
    assert exponent(small, large, "events") == pytest.approx(2.0)


def test_clusters_are_compared_with_the_true_ones_item_by_item() -> None:
    assert likeness({("a", "x"): 3, ("b", "y"): 1}) == ALL
    split = likeness({("a", "x"): 1, ("b", "x"): 1})
    assert (split.precision, split.recall) == (1.0, 0.5)
    merged = likeness({("a", "x"): 1, ("a", "y"): 1})
    assert (merged.precision, merged.recall) == (0.5, 1.0)
