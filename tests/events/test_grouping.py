"""Items grouped all at once, and groups moved on as items come, change and go."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from kg.events.grouping import COARSE, CROWDED, Linkage, grouped
from kg.events.groups import Groups
from kg.shelves import Shelves


@dataclass(frozen=True)
class Dot:
    """Something at a place, of a colour that tells it apart, in a field that it shares."""

    name: str
    at: int
    colour: str
    field: str


def near(left: Dot, right: Dot) -> float | None:
    if left.colour != right.colour and "grey" not in (left.colour, right.colour):
        return None
    return 4.0 - abs(left.at - right.at) / 2


def keys(dot: Dot) -> Iterator[str]:
    yield f"{dot.field}:{dot.at // 8}"
    yield f"{dot.field}:{dot.at // 8 + 1}"
    yield f"{COARSE}{dot.colour}"


def linkage(kind: str) -> Linkage[Dot]:
    same = {
        "alone": None,
        "bundled": lambda dot: (dot.at, dot.colour, dot.field),
        "loosely": lambda dot: (dot.at // 2, dot.colour),
        "spreading": lambda dot: (dot.at, dot.colour, dot.field),
    }[kind]
    return Linkage(
        lambda dot: dot.name, keys, near, enough=3.0, same=same, spreads=kind == "spreading"
    )


def dot(draw: random.Random, number: int, fields: int) -> Dot:
    colour = draw.choice(["red", "blue", "grey", "grey"])
    return Dot(f"{number:04}", draw.randrange(24), colour, f"field-{draw.randrange(fields)}")


def names(groups: Iterable[Iterable[Dot]]) -> set[tuple[str, ...]]:
    return {tuple(sorted(each.name for each in own)) for own in groups}


@pytest.mark.parametrize("kind", ["alone", "bundled", "loosely", "spreading"])
@pytest.mark.parametrize(("size", "fields"), [(12, 1), (60, 3), (4 * CROWDED, 1), (4 * CROWDED, 2)])
def test_groups_moved_on_are_those_of_all_items_at_once(kind: str, size: int, fields: int) -> None:
    draw = random.Random(f"{kind} {size} {fields}")
    known: dict[str, Dot] = {}
    shelves = Shelves()
    groups_now: dict[str, tuple[str, ...]] = {}

    def load(wanted: Iterable[str]) -> Mapping[str, Dot]:
        return {name: known[name] for name in sorted(set(wanted)) if name in known}

    for step in range(10):
        some = [f"{draw.randrange(size):04}" for _ in range(size if step == 0 else 1 + size // 9)]
        touched = set(some)
        for name in sorted(touched):
            if step and draw.random() < 0.4:
                known.pop(name, None)
            else:
                known[name] = dot(draw, int(name), fields)
        groups = Groups(shelves, "dots", load, linkage(kind), fresh=step == 0)
        done = groups.update(touched)
        after = {groups.group_of(name) for name in known}
        told = {name: tuple(groups.items(name)) for name in after}
        assert set(told.values()) == names(grouped(known.values(), linkage(kind)))
        for name in groups_now.keys() | told.keys():
            if groups_now.get(name) != told.get(name):
                assert name in (done.changed if name in told else done.gone), name
        assert not set(done.gone) & told.keys()
        assert set(done.changed) <= told.keys()
        groups_now = told


def test_a_crowd_is_compared_with_some_and_still_found_one() -> None:
    weighed = 0

    def weigh(left: Dot, right: Dot) -> float | None:
        nonlocal weighed
        weighed += 1
        return near(left, right)

    crowd = [Dot(f"{number:04}", number % 3, "grey", "one") for number in range(12 * CROWDED)]
    link = Linkage[Dot](lambda each: each.name, keys, weigh, enough=3.0)
    assert len(grouped(crowd, link)) == 1
    assert weighed < len(crowd) ** 2 / 4


def test_a_coarse_key_compares_until_too_many_share_it() -> None:
    link = Linkage[Dot](lambda each: each.name, lambda _: [COARSE], near, enough=3.0)
    dots = [Dot(f"{number:04}", 1, "red", "one") for number in range(CROWDED + 1)]
    assert len(grouped(dots[:-1], link)) == 1
    assert len(grouped(dots, link)) == len(dots)


def test_who_contradicts_does_not_join() -> None:
    link = Linkage[Dot](lambda each: each.name, lambda _: "k", near, enough=3.0)
    dots = [Dot("1", 1, "red", "f"), Dot("2", 1, "blue", "f"), Dot("3", 1, "red", "f")]
    assert names(grouped(dots, link)) == {("1", "3"), ("2",)}


def test_what_two_rivals_claim_alike_stays_alone() -> None:
    link = Linkage[Dot](lambda each: each.name, lambda _: "k", near, enough=3.0)
    dots = [Dot("1", 1, "red", "f"), Dot("2", 1, "grey", "f"), Dot("3", 1, "blue", "f")]
    assert names(grouped(dots, link)) == {("1",), ("2",), ("3",)}
