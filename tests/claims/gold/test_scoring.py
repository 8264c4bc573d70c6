"""Figures add up: over kinds, over articles, and to what a reader would count by hand."""

from __future__ import annotations

import pytest

from kg.claims.gold.confusion import confusion
from kg.claims.gold.matching import EXACT
from kg.claims.gold.model import Statement
from kg.claims.gold.scoring import evaluate, total
from tests.claims.gold.made import gold, statement

GOLDS = (
    gold(statement("post", 0, 50, person="Ann Lee", title="minister"),
         statement("concern", 100, 200, holder="Peru")),
    gold(statement("post", 0, 50, person="Bo Ek"), name="b"),
)  # fmt: skip
GOT = {
    "a": (statement("post", 0, 50, person="Ann Lee", title="envoy"),
          statement("commitment", 100, 200, actor="Peru")),
    "c": (statement("post", 0, 50),),
}  # fmt: skip


def test_claims_and_roles_are_counted_as_by_hand() -> None:
    found = evaluate(GOLDS, GOT)
    assert (found.tally.right, found.tally.got, found.tally.gold) == (1, 2, 3)
    assert (found.tally.role_right, found.tally.role_got, found.tally.role_gold) == (1, 3, 4)
    assert found.tally.claims.precision == 0.5
    assert found.tally.claims.recall == pytest.approx(1 / 3)
    assert found.tally.score == pytest.approx((0.4 + 2 / 7) / 2)


def test_claims_of_articles_without_gold_are_counted_apart() -> None:
    assert evaluate(GOLDS, GOT).strangers == 1


def test_kinds_and_articles_add_up_to_the_whole() -> None:
    found = evaluate(GOLDS, GOT)
    assert total(found.by_kind.values()) == found.tally
    assert list(found.by_kind) == ["concern", "post", "commitment"]


def test_nothing_found_gives_noughts_and_no_error() -> None:
    found = evaluate(GOLDS, {}).tally
    assert (found.claims.f1, found.roles.f1, found.modal, found.score) == (0, 0, 0, 0)
    assert evaluate((), {}).tally.score == 0


def test_the_exact_rule_is_never_kinder() -> None:
    relaxed, exact = evaluate(GOLDS, GOT).tally, evaluate(GOLDS, GOT, EXACT).tally
    assert exact.right <= relaxed.right
    assert exact.role_right <= relaxed.role_right


def test_modality_status_and_polarity_count_where_the_gold_has_them() -> None:
    wanted = Statement("a", "commitment", 0, 9, "x" * 9, modality="agreed")
    for got, right in ((wanted, 2), (Statement("a", "commitment", 0, 9, polarity="negative"), 0)):
        tally = evaluate([gold(wanted)], {"a": (got,)}).tally
        assert (tally.modal_asked, tally.modal_right) == (2, right)


def test_a_quote_is_right_where_it_stands() -> None:
    got = (Statement("a", "post", 0, 3, "xxx"), Statement("a", "post", 0, 3, "xx"))
    assert evaluate([gold()], {"a": got}).tally.quotes == 1


def test_a_claim_of_another_kind_in_its_place_is_a_confusion_and_the_rest_is_missed() -> None:
    found = confusion(evaluate(GOLDS, GOT))
    assert found.counts == {("post", "post"): 1, ("concern", "commitment"): 1}
    assert found.missed == {"post": 1}
    assert found.false == {}


def test_every_claim_stands_once_in_the_table_of_kinds() -> None:
    golds = [gold(*(statement("post", n, n + 40) for n in range(0, 200, 10)))]
    got = {"a": tuple(statement("concern", n, n + 40) for n in range(5, 300, 15))}
    found = confusion(evaluate(golds, got))
    paired = sum(found.counts.values())
    assert paired + sum(found.missed.values()) == 20
    assert paired + sum(found.false.values()) == len(got["a"])
    assert paired
