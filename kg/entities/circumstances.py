"""What stands around two names of persons, for or against their being one.

Two profiles in; out, by name, the circumstances that `weights.yaml` gives a weight, each with the
reason that a judgement states.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.edtf import apart
from kg.entities.context import Profile
from kg.entities.names import name_of
from kg.offices import Office, likeness
from kg.states import blocs, successors

_DAY: Final = len("2020-01-31")
_BARE: Final = 0.5  # likeness of two titles of which one leaves the field out


def circumstances(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    """Yield what stands around two names, for or against their being one."""
    yield from _states(left, right)
    if not conflict(left, right):
        yield from _office(left, right)
    if together(left, right):
        yield "shared-company", "listed with the same other person"
    elif not conflict(left, right):
        yield from retold(left, right)
    if len(left.parties & right.parties) > 1:
        yield "shared-parties", "attend meetings of the same states"
    if left.articles & right.articles:
        yield "same-article", "one article uses both names"


def _states(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    """Yield what the states say for which they act, or which their articles name."""
    shared = left.states & right.states
    if shared:
        yield "same-state", f"both act for {', '.join(sorted(shared))}"
    elif conflict(left, right):
        named = [", ".join(sorted(each.states)) for each in (left, right)]
        yield "other-state", f"one acts for {' and the other for '.join(sorted(named))}"
    elif bool(left.states) != bool(right.states):
        yield "one-state", "only one of them says the state"
    elif _lasting(frozenset(left.states)) & _lasting(frozenset(right.states)):
        yield "one-state", "the state of one came before that of the other"
    elif left.states:
        yield "one-state", "one of them acts for a bloc"
    if not shared and at_home(left, right):
        yield "home-state", "the articles of one name the state of the other"
    elif not left.states | right.states and _of_same_states(left, right):
        yield "same-around", "their articles tell of the same states"


def retold(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    """Yield how far the articles of two profiles tell of the same other persons."""
    marks = len(left.story & right.story)
    if marks:
        names = ("near-story", "like-story", "one-story")
        yield names[min(marks, len(names)) - 1], "their articles tell of the same other persons"


def same_time(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    """Yield how near in time something took place at two places, or under two frameworks."""
    shared = left.scene & right.scene
    days = [[day for day in each.scene if len(day) == _DAY] for each in (left, right)]
    if any(len(each) == _DAY for each in shared):
        yield "same-day", "something took place on the same day"
    elif any(apart(one, other) == 1 for one in days[0] for other in days[1]):
        yield "next-day", "something took place from one day to the next"
    elif any(each[:1] != "#" for each in shared):
        yield "same-month", "something took place in the same month"
    if any(each[:1] == "#" for each in shared):
        yield "same-ordinal", "meetings of the same number"


def at_home(left: Profile, right: Profile) -> bool:
    """Say whether a name without a state stands in articles that name the state of the other."""
    return bool(
        (not left.states and left.around & right.states)
        or (not right.states and right.around & left.states)
    )


def _of_same_states(left: Profile, right: Profile) -> bool:
    shared, every = left.around & right.around, left.around | right.around
    return len(shared) > 1 and 2 * len(shared) >= len(every)


def _office(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    best = office_likeness(left, right)
    if best is None:
        return
    if best > _BARE:
        yield "same-office", "hold the same office"
    elif best:
        yield "bare-office", "titles that may be the same office"
    else:
        yield "other-office", "hold different offices"


def office_likeness(left: Profile, right: Profile) -> float | None:
    """Say how far the offices of two profiles are one; None where one has none."""
    if not left.offices or not right.offices:
        return None
    one, other = (_telling(frozenset(each.offices)) for each in (left, right))
    return max(_likeness(own, its) for own in one for its in other)


@lru_cache(maxsize=16384)
def _telling(offices: frozenset[Office]) -> tuple[Office, ...]:
    """Leave out the bare ranks of those whose field is told as well."""
    full = [each for each in offices if each.portfolio]
    return tuple(
        each
        for each in offices
        if each.portfolio
        or not any((each.ranks, each.modifiers) == (one.ranks, one.modifiers) for one in full)
    )


@lru_cache(maxsize=65536)
def _likeness(one: Office, other: Office) -> float:
    return likeness(one, other)


def conflict(left: Profile, right: Profile) -> bool:
    """Say whether they act for different states; who acts for a bloc may come from any."""
    if left.states & right.states:
        return False
    one, other = (frozenset(each.states - blocs().keys()) for each in (left, right))
    return bool(one and other and not _lasting(one) & _lasting(other))


@lru_cache(maxsize=4096)
def _lasting(states: frozenset[str]) -> frozenset[str]:
    """Give states with those that came after the ones among them that ended."""
    return states.union(*(successors()[each] for each in states & successors().keys()))


def together(left: Profile, right: Profile) -> bool:
    """Say whether somebody is listed with both: the same name, in any order."""
    one, other = ({_spelling(name) for name in each.company} for each in (left, right))
    return bool(one & other)


@lru_cache(maxsize=65536)
def _spelling(name: str) -> tuple[str, ...]:
    return tuple(sorted(name_of(name).tokens))
