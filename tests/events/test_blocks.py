"""Pairs of a whole corpus found by sorting are those of each block; keys are kept as numbers."""

from __future__ import annotations

import random

import numpy as np
import pytest

from kg.events.grouping import CROWDED, coarse, code_of, pairs_in
from kg.events.keyed import Keyed
from kg.events.pairing import all_pairs, in_turn
from kg.shelves import Shelves


@pytest.mark.parametrize("seed", range(6))
def test_all_pairs_are_those_of_every_block(seed: int) -> None:
    draw = random.Random(seed)
    count = draw.choice([3, 60, 200])
    keys = [f"{draw.choice(['', '~'])}key {number}" for number in range(12)]
    codes = sorted({code_of(key) for key in keys})
    shares = {code: draw.random() for code in codes}
    blocks = {
        code: [place for place in range(count) if draw.random() < shares[code]] for code in codes
    }
    rows = [(code, place) for code in codes for place in blocks[code]]
    found = all_pairs(
        np.array([code for code, _ in rows], np.int64),
        np.array([place for _, place in rows], np.int32),
        count,
    )
    names = [f"{place:04}" for place in range(count)]
    wanted = {
        (int(one), int(other))
        for code, block in blocks.items()
        for one, other in pairs_in(code, [names[place] for place in block])
    }
    assert [divmod(pair, count) for pair in found.tolist()] == sorted(wanted)
    assert wanted or count == 3


def test_no_keys_make_no_pairs() -> None:
    nothing = all_pairs(np.empty(0, np.int64), np.empty(0, np.int32), 0)
    assert len(nothing) == 0
    assert [len(side) for side in in_turn(nothing, np.arange(0))] == [0, 0]


@pytest.mark.parametrize("seed", range(3))
def test_pairs_of_one_item_come_soon_after_one_another(seed: int) -> None:
    count, circle = 600, 20
    places = list(range(count))
    random.Random(seed).shuffle(places)
    circles = [sorted(places[start : start + circle]) for start in range(0, count, circle)]
    pairs = [(one, other) for own in circles for one in own for other in own if one < other]
    links = [
        tuple(sorted(pair)) for pair in zip(places[::circle], places[circle::circle], strict=False)
    ]
    given = sorted({one * count + other for one, other in (*pairs, *links)})
    left, right = in_turn(np.array(given, np.int64), np.arange(count))
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert sorted(one * count + other for one, other in found) == given
    assert loaded(found, 4 * circle) < 1.5 * count
    assert loaded([divmod(pair, count) for pair in given], 4 * circle) > 3 * count


def loaded(pairs: list[tuple[int, int]], at_hand: int) -> int:
    """Count how often items are fetched for pairs where those used last stay at hand."""
    hand: dict[int, None] = {}
    fetched = 0
    for pair in pairs:
        for each in pair:
            fetched += each not in hand
            hand.pop(each, None)
            hand[each] = None
        while len(hand) > at_hand:
            hand.pop(next(iter(hand)))
    return fetched


def test_keys_are_moved_and_asked_for_as_numbers() -> None:
    keyed = Keyed(Shelves(), "events_pebbles_keys")
    red, blue, many = map(code_of, ("red", "~blue", "~many"))
    assert (coarse(red), coarse(blue)) == (False, True)
    for name in "cab":
        assert keyed.move(name, frozenset({red, many})) == frozenset()
    assert keyed.move("c", frozenset({blue, red})) == {red, many}
    assert keyed.of("c") == {blue, red}
    assert keyed.bundles(red) == ["a", "b", "c"]
    assert keyed.around(red, "b", 1) == ["a", "c"]
    assert dict(keyed.crowds([red, blue, many], CROWDED)) == {red: 3, blue: 1, many: 2}
    assert keyed.holders([blue, many]) == {"a", "b", "c"}
    assert keyed.move("c", frozenset()) == {blue, red}
    assert keyed.of("c") == frozenset()
    assert keyed.count(red) == 2


def test_keys_kept_at_once_are_those_kept_one_by_one() -> None:
    told = {"b": {3, 8}, "a": {3}, "c": {8, 5}}
    at_once, singly = (Keyed(Shelves(), "events_pebbles_keys") for _ in range(2))
    for name, codes in told.items():
        at_once.begin(name, codes)
        singly.move(name, frozenset(codes))
    at_once.fill(sorted((code, name) for name, codes in told.items() for code in codes))
    for code in (3, 5, 8):
        assert at_once.bundles(code) == singly.bundles(code)
    assert {name: at_once.of(name) for name in told} == {name: singly.of(name) for name in told}
