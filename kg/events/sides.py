"""Who acts compared: persons, bodies and states in, whether two sets of them are one side out.

A minister acts for a state: who names three ministers and who names their three states mean the
same. What an official promises alone is the state's where the other source says so, but not that
of another official.
"""

from __future__ import annotations

from typing import Literal

from kg.events.reading import World
from kg.events.wording import nameless

Likeness = Literal["same", "for", "one for", "unknown", "none"]


def states_behind(actors: frozenset[str], world: World) -> frozenset[str]:
    """Give the states of all actors, nothing where one of them has none that is known."""
    found: set[str] = set()
    for actor in actors:
        own = world.states_of(frozenset({actor}))
        if not own:
            return frozenset()
        found |= own
    return frozenset(found)


def compare(left: frozenset[str], right: frozenset[str], world: World) -> Likeness:
    """Say whether two sets of actors are the same, one acts for the other, or neither.

    Those whom a text does not name may be anybody.
    """
    if left == right:
        return "same" if left else "unknown"
    one, other = (world.once(states_behind, each) for each in (left, right))
    if one and one == other:
        several = len(one) > 1 and min(len(left), len(right)) > 1
        if several:
            return "same"
        return "for" if _powers(left) or _powers(right) else "none"
    if any(not _named(each, world) for each in (left, right)):
        return "unknown"
    for persons, powers in ((left, right), (right, left)):
        if _powers(powers) and _may_stand_for(persons, powers, world):
            known = world.states_of(persons)
            return "for" if len(powers) > 1 and known else "one for" if known else "unknown"
    return "none"


def _may_stand_for(persons: frozenset[str], powers: frozenset[str], world: World) -> bool:
    """Say whether as many as there are states, none a power, act for no other state."""
    bodies = {each for each in persons if world.kind(each) == "organisation"}
    alone = all(each in bodies or world.kind(each) == "person" for each in persons)
    return alone and len(persons) == len(powers) and world.states_of(persons) <= powers


def marks(actors: frozenset[str], world: World) -> tuple[str, ...]:
    """Give what two sides that are one share, to be found by."""
    states = world.states_of(actors)
    found = {"|".join(sorted(each)) for each in (actors, states) if each}
    return tuple(sorted(found))


def _powers(actors: frozenset[str]) -> bool:
    return all(each.startswith(("state/", "bloc/")) for each in actors)


def _named(actors: frozenset[str], world: World) -> bool:
    return bool(actors) and not all(nameless(world.label(each)) for each in actors)
