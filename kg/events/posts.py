"""Post holdings across articles: claims on posts in, groups of one person in one office out.

Two renderings of one office ("trade minister", "minister of economy, trade and industry") are one;
an office of another portfolio or another state is another holding of the same person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.events.grouping import grouped
from kg.events.reading import Reading, World
from kg.offices import Office, likeness, office

ENOUGH: Final = 3.5


def holdings_of(readings: Sequence[Reading], world: World) -> list[list[Reading]]:
    """Group the claims on posts by person and office."""
    return grouped(
        readings,
        name=lambda each: each.id,
        keys=_keys,
        weigh=_weigher(world),
        enough=ENOUGH,
    )


def offices_of(reading: Reading, world: World) -> list[Office]:
    """Read the offices that a claim's titles name, in the ministry or agency that it gives."""
    bodies = sorted(each for each in reading.of("of") if world.kind(each) == "organisation")
    body = world.label(bodies[0]) if bodies else ""
    return [office(title, body) for title in sorted(reading.of("title"))]


def _weigher(world: World) -> Callable[[Reading, Reading], float | None]:
    def weigh(left: Reading, right: Reading) -> float | None:
        if left.of("person") != right.of("person") or left.denied != right.denied:
            return None
        bodies, others = left.of("of"), right.of("of")
        if _contradict(bodies, others, world):
            return None
        alike = max(
            (
                likeness(one, other)
                for one in offices_of(left, world)
                for other in offices_of(right, world)
            ),
            default=0.0,
        )
        if not alike:  # renderings that share no word may still both fit a third, fuller one
            return 0.0 if _one_rank(left, right, world) else None
        return 2.0 + 2.0 * alike + 1.0 * bool(bodies & others)

    return weigh


def _one_rank(left: Reading, right: Reading, world: World) -> bool:
    return any(
        one.ranks == other.ranks and one.modifiers == other.modifiers
        for one in offices_of(left, world)
        for other in offices_of(right, world)
    )


def _contradict(bodies: frozenset[str], others: frozenset[str], world: World) -> bool:
    """Say whether two offices are of different states or of different blocs."""
    states, rivals = (
        {each for each in of if world.kind(each) in ("state", "bloc")} for of in (bodies, others)
    )
    return bool(states and rivals and not states & rivals)


def _keys(reading: Reading) -> Iterator[str]:
    yield from reading.of("person")
