"""How well events are linked across articles, on texts written for it, and how that is measured."""

from __future__ import annotations

import pytest

from benchmarks.linking import (
    LINKED,
    Partition,
    b_cubed,
    ceaf_e,
    conll,
    entity_figures,
    event_figures,
    linked,
    muc,
    role_figures,
)
from tests.conftest import ROOT

GOLD: Partition = {"a": 1, "b": 1, "c": 1, "d": 2}
SPLIT: Partition = {"a": "x", "b": "x", "c": "y", "d": "z"}
MIXED: Partition = {"a": "x", "b": "x", "c": "x", "d": "x"}


def test_a_perfect_partition_has_full_marks() -> None:
    assert [each(GOLD, GOLD).f1 for each in (muc, b_cubed, ceaf_e)] == [1.0, 1.0, 1.0]


def test_a_split_group_costs_recall_only() -> None:
    assert (muc(GOLD, SPLIT).precision, muc(GOLD, SPLIT).recall) == (1.0, 0.5)
    assert b_cubed(GOLD, SPLIT).precision == 1.0
    assert b_cubed(GOLD, SPLIT).recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


def test_groups_thrown_together_cost_precision_only() -> None:
    assert (muc(GOLD, MIXED).recall, b_cubed(GOLD, MIXED).recall) == (1.0, 1.0)
    assert b_cubed(GOLD, MIXED).precision == pytest.approx((3 * 3 / 4 + 1 / 4) / 4)


@pytest.mark.parametrize(
    ("corpus", "given", "events", "roles"),
    [
        ("events-1", False, 0.96, 0.97),
        ("events-1", True, 0.97, 0.98),
        ("events-2", False, 0.90, 0.96),
        ("events-2", True, 0.91, 0.96),
        ("events-3", False, 0.91, 0.95),
        ("events-3", True, 0.92, 0.95),
        ("events-4", False, 0.86, 0.95),
        ("events-4", True, 0.89, 0.95),
    ],
)
def test_events_of_several_texts_are_linked(
    corpus: str, given: bool, events: float, roles: float
) -> None:
    """Three parts are practice texts, the fourth is held out; floors guard against loss."""
    told = linked(ROOT / "corpus" / corpus, given=given)
    gold, found = event_figures(told, LINKED)
    assert len(gold) > 200
    assert conll(gold, found) >= events
    assert b_cubed(gold, found).precision >= 0.95
    assert role_figures(told).f1 >= roles


@pytest.mark.parametrize(
    ("corpus", "least"),
    [("events-1", 0.98), ("events-2", 0.97), ("events-3", 0.97), ("events-4", 0.93)],
)
def test_names_of_several_texts_are_linked(corpus: str, least: float) -> None:
    """Persons, bodies, places and plans are found again under what other texts call them."""
    gold, found = entity_figures(linked(ROOT / "corpus" / corpus))
    assert len(gold) > 150
    assert b_cubed(gold, found).precision >= 0.98
    assert b_cubed(gold, found).f1 >= least
