"""What a change takes out of the graph and puts in, for units of any size."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, Quad, RdfFormat, Store, serialize

from kg.graph.minting import Mint
from kg.graph.standing import Standing
from kg.graph.terms import Triple, describe, term
from kg.graph.units import Unit, graph_of
from kg.iris import Iris
from kg.shelves import Shelves

IRIS = Iris()
MINT = Mint(IRIS)
UNIT = Unit("event", "meeting/quarry-talks")
LARGE = 60  # supports of six quads each
ODDS = random.Random(7)


def quads_of(numbers: dict[str, int], sources: int) -> frozenset[Quad]:
    """Give a unit: an event, and a support for each name with a number of its own."""
    event, graph = MINT.path(UNIT.key), graph_of(UNIT, MINT)

    def said() -> Iterator[Triple]:
        yield from describe(event, ("a", term("cmq:DiplomaticMeeting")), ("cmq:sources", sources))
        for name, number in numbers.items():
            support = MINT.node("support", name)
            yield from describe(
                support,
                ("a", term("cmq:Support")),
                ("rdf:subject", event),
                ("rdf:object", f'{name} "said" so'),
                ("cmq:sources", number),
                ("cmq:claim", [MINT.claim(f"{name}-{each}") for each in range(number)]),
            )

    return frozenset(Quad(*each, graph) for each in said())


def lines_of(quads: frozenset[Quad]) -> list[bytes]:
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines()


def changed(numbers: dict[str, int]) -> dict[str, int]:
    """Drop some names, count some anew and add others."""
    names = sorted(numbers)
    kept = {name: numbers[name] for name in names if ODDS.random() > 0.1}
    counted = {name: each + ODDS.randrange(2) for name, each in kept.items()}
    return counted | {f"new-{ODDS.randrange(1000)}": 2 for _ in range(ODDS.randrange(4))}


@pytest.mark.parametrize("size", [1, LARGE])
def test_one_change_after_the_other_gives_the_unit_as_it_is_now(size: int) -> None:
    store, standing = Store(), Standing(Shelves(), IRIS)
    numbers = {f"name-{each}": 1 + each % 3 for each in range(size)}
    quads = quads_of(numbers, sources=1)
    store.extend(quads)
    standing.note(UNIT, lines_of(quads))
    for sources in range(2, 12):
        numbers = changed(numbers)
        quads = quads_of(numbers, sources)
        old, new, known = standing.difference(UNIT, quads, store)
        assert (old, new, known) == (frozenset(store) - quads, quads - frozenset(store), True)
        for each in old:
            store.remove(each)
        store.extend(new)
        assert frozenset(store) == quads


def test_a_large_unit_that_grew_small_is_known_no_more() -> None:
    store, standing = Store(), Standing(Shelves(), IRIS)
    quads = quads_of({f"name-{each}": 1 for each in range(LARGE)}, sources=1)
    store.extend(quads)
    standing.note(UNIT, lines_of(quads))
    old, new, _ = standing.difference(UNIT, frozenset(), store)
    assert (old, new) == (quads, frozenset())
    store.clear()
    again = quads_of({"name": 1}, sources=1)
    assert standing.difference(UNIT, again, store) == (frozenset(), again, False)


def test_only_what_is_gone_is_looked_up() -> None:
    standing = Standing(Shelves(), IRIS)
    numbers = {f"name-{each}": 1 for each in range(LARGE)}
    standing.note(UNIT, lines_of(quads_of(numbers, sources=1)))
    now = quads_of(numbers | {"name-3": 2}, sources=1)
    _, new, _ = standing.difference(UNIT, now, Store())  # which would lack all the others
    assert {str(each.object) for each in new} == {str(MINT.claim("name-3-1")), str(Literal(2))}
