"""Claims are paired with gold by kind, place and fillers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.claims.gold.matching import EXACT, RELAXED, near, overlaps
from kg.claims.gold.model import Statement, Value
from tests.claims.gold.made import statement

spans = some.tuples(some.integers(0, 60), some.integers(0, 30)).map(lambda s: (s[0], s[0] + s[1]))
statements = some.lists(spans.map(lambda span: statement("post", *span)), max_size=12)


def test_the_claim_that_shares_most_fillers_is_taken() -> None:
    gold = [statement("concern", 0, 100, topic="tin|zinc")]
    got = [
        statement("concern", 0, 100, topic="gold"),
        statement("concern", 10, 100, topic="zinc|tin"),
    ]
    assert RELAXED.pairs(gold, got) == ((0, 1),)


def test_no_claim_answers_two() -> None:
    gold = [statement("post", 0, 50), statement("post", 0, 50)]
    assert RELAXED.pairs(gold, [statement("post", 0, 50)]) == ((0, 0),)


def test_a_claim_of_another_kind_answers_nothing() -> None:
    assert RELAXED.pairs([statement("post", 0, 50)], [statement("concern", 0, 50)]) == ()


def test_relaxed_evidence_shares_half_of_the_shorter_and_exact_evidence_all() -> None:
    gold = [statement("post", 0, 100)]
    for end, relaxed, exact in ((100, 1, 1), (99, 1, 0), (500, 1, 0)):
        got = [statement("post", 0, end)]
        assert len(RELAXED.pairs(gold, got)) == relaxed
        assert len(EXACT.pairs(gold, got)) == exact
    assert RELAXED.pairs(gold, [statement("post", 60, 160)]) == ()


@given(statements, statements)
@settings(max_examples=60, deadline=None)
def test_looking_near_by_misses_no_overlap(left: list[Statement], right: list[Statement]) -> None:
    every = {(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if overlaps(a, b)}
    assert every <= {*near(left, right)}


@pytest.mark.parametrize(
    ("role", "gold", "got", "relaxed", "exact"),
    [
        ("topic", Value(text="critical minerals"), Value(text="critical mineral"), True, False),
        ("topic", Value(text="tin"), Value(text="the Tin’s"), True, False),
        ("topic", Value(text="Critical-Minerals"), Value(text="critical minerals"), True, True),
        ("title", Value(text="ministro de energía"), Value(text="Ministro de Energia"), True, True),
        ("actor", Value(ref="JP"), Value(ref="JP", text="Tokyo"), True, True),
        ("actor", Value(ref="JP"), Value(text="Tokyo"), False, False),
        ("actor", Value(ref="US"), Value(text="US officials"), False, False),
        ("attendee", Value("Ann B. Lee", "Lee"), Value("Ann Lee"), True, False),
        ("date", Value("XXXX-06-26"), Value("2024-06-26"), True, False),
        ("date", Value("2024-06-26"), Value("2024-06"), False, False),
        ("date", Value("2024-06"), Value("2024-06"), True, True),
        ("ordinal", Value(4), Value("4"), True, True),
        ("ordinal", Value(4), Value(text="4"), False, False),
        ("place", Value(text="東京"), Value(text="東京"), True, True),
    ],
)
def test_fillers_agree_by_the_relaxed_rule_and_by_the_exact_one(
    role: str, gold: Value, got: Value, relaxed: bool, exact: bool
) -> None:
    assert RELAXED.same(role, gold, got) is relaxed
    assert EXACT.same(role, gold, got) is exact


def test_names_in_other_scripts_are_told_apart_by_the_exact_rule() -> None:
    assert not EXACT.same("place", Value(text="東京"), Value(text="北京"))
