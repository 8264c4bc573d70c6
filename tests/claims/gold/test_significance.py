"""Two runs are compared article by article, and chance is told from progress."""

from __future__ import annotations

from kg.claims.gold.model import Gold, Statement
from kg.claims.gold.scoring import Evaluation, evaluate
from kg.claims.gold.significance import differences
from tests.claims.gold.made import gold, statement

ROUNDS = 2000
CLAIMS = tuple(statement("post", n, n + 40, person=f"Ann {n}") for n in range(0, 400, 50))


def run(*found: int) -> Evaluation:
    """Judge a run that finds so many of the eight claims of each article."""
    golds: list[Gold] = [gold(*CLAIMS, name=str(n)) for n in range(len(found))]
    given: dict[str, tuple[Statement, ...]] = {str(n): CLAIMS[:k] for n, k in enumerate(found)}
    return evaluate(golds, given)


def test_a_run_does_not_differ_from_itself() -> None:
    for each in differences(run(4, 5, 6), run(4, 5, 6), ROUNDS):
        assert (each.difference, each.low, each.high, each.p) == (0, 0, 0, 1)


def test_what_is_better_on_every_article_is_better_for_certain() -> None:
    for each in differences(run(*[4] * 12), run(*[7] * 12), ROUNDS):
        assert each.low > 0
        assert each.p < 0.01


def test_what_is_better_here_and_worse_there_may_be_chance() -> None:
    for each in differences(run(4, 7, 4, 7, 4, 7), run(7, 4, 7, 4, 7, 5), ROUNDS):
        assert each.low < 0 < each.high
        assert each.p > 0.5


def test_few_articles_prove_nothing() -> None:
    assert all(each.p > 0.2 for each in differences(run(1, 1, 1), run(8, 8, 8), ROUNDS))


def test_the_same_runs_give_the_same_figures_and_turned_round_the_opposite() -> None:
    one, other = run(3, 5, 2, 8), run(4, 4, 6, 8)
    assert differences(one, other, ROUNDS) == differences(one, other, ROUNDS)
    for each, turned in zip(
        differences(one, other, ROUNDS), differences(other, one, ROUNDS), strict=True
    ):
        assert each.difference == -turned.difference
        assert abs(each.p - turned.p) < 0.05


def test_no_articles_are_no_error() -> None:
    assert [each.p for each in differences(run(), run(), 10)] == [1, 1, 1]
