"""Meetings across articles: sightings in, groups of those that are one meeting out.

Two accounts are one meeting where date, parties, people, place, framework and ordinal together
say so and nothing contradicts it. Sister meetings of one day differ in parties, framework or
ordinal and stay apart; a date that one account gives a day off does not part two accounts that
agree in all else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import product
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import World
from kg.events.sightings import Sighting, clash, dated, presence

ENOUGH: Final = 3.5
_FORTNIGHT: Final = 14
_STALE: Final = 120  # days after which an account without a date is of something else
_ONE_DAY: Final = 3.0


def linkage(world: World) -> Linkage[Sighting]:
    """Say how the sightings of all articles are linked to meetings."""
    return Linkage(
        name=lambda each: each.key,
        keys=lambda each: _keys(each, world),
        weigh=_weigher(world),
        enough=ENOUGH,
    )


def people_of(sighting: Sighting) -> frozenset[str]:
    """Give those present; for a bare account also who signed what it goes back to."""
    people = sighting.of("attendee")
    if sighting.bare and sighting.setting:
        people |= sighting.around
    return people


def days_of(sighting: Sighting) -> tuple[str, ...]:
    """Give its dates; for a bare account the date of what it goes back to."""
    if sighting.bare and sighting.setting:
        return tuple(dated(each, sighting.published) for each in sighting.setting.of("date"))
    return sighting.dates


def _weigher(world: World) -> Callable[[Sighting, Sighting], float | None]:
    def weigh(left: Sighting, right: Sighting) -> float | None:
        if clash(left, right) or _strangers(left, right, world):
            return None
        if _elsewhere(left, right, world) and not _firm(left, right):
            return None
        alike = _alike(left, right, world)
        if left.article == right.article:
            return 0.0  # the article tells of two; only a third account may show them one
        when = _when(left, right, firm=alike >= 4.0 or _firm(left, right))
        if when is not None and _stale(left, right) and not _firm(left, right):
            return None
        return None if when is None else alike + when

    return weigh


def _alike(left: Sighting, right: Sighting, world: World) -> float:
    score = _parties(left, right, world)
    score += min(3, len(people_of(left) & people_of(right)))
    score += 2.0 * bool(left.of("framework") & right.of("framework"))
    if not score:
        return -1.0  # many meet in one town on one day
    score += 1.0 * bool(left.of("ordinal") & right.of("ordinal"))
    places, sites = _places(left), _places(right)
    if places & sites:
        score += 1.0
    elif places and sites:
        score -= 1.0
    return score


def _parties(left: Sighting, right: Sighting, world: World) -> float:
    parties, others = left.of("party"), right.of("party")
    if len(parties) > 1 and parties == others:
        return 2.0 if len(parties) == 2 else 2.5  # three states meet less often than two
    for account, known in ((left, others), (right, parties)):
        if account.bare and account.setting and len(known) > 1:
            return 1.5 * (world.states_of(account.setting.of("issuer")) == known)
    for known, account in ((parties, right), (others, left)):
        if len(known) > 1 and known == presence(account, world):
            return 1.0
    return 0.0


def _places(sighting: Sighting) -> frozenset[str]:
    if sighting.bare and sighting.setting:
        return sighting.setting.of("place")
    return sighting.of("place")


def _firm(left: Sighting, right: Sighting) -> bool:
    """Say whether two accounts name the same edition of one series."""
    return bool(
        left.of("framework") & right.of("framework") and left.of("ordinal") & right.of("ordinal")
    )


def _strangers(left: Sighting, right: Sighting, world: World) -> bool:
    """Say whether those present at one act for states of which at most one met at the other."""
    for one, other in ((left, right), (right, left)):
        parties, present = one.of("party"), presence(other, world)
        if len(parties) > 1 and len(present) > 1 and len(parties & present) < 2:
            return True
    return False


def _elsewhere(left: Sighting, right: Sighting, world: World) -> bool:
    """Say whether two accounts name other places, and no day that both mean.

    A state may stand for a city in it, which nobody here knows.
    """
    places, sites = _places(left), _places(right)
    if not places or not sites or places & sites:
        return False
    if any(world.names_state(each) for each in places | sites):
        return False
    pairs = product(days_of(left), days_of(right))
    return not any(
        edtf.names_day(day) and edtf.names_day(other) and edtf.compatible(day, other)
        for day, other in pairs
    )


def _stale(left: Sighting, right: Sighting) -> bool:
    """Say whether one account is dated and the other, without a date, appeared long after it.

    An account that appeared before the day cannot tell of a meeting that has been held.
    """
    for dated_one, other in ((left, right), (right, left)):
        days, seen = days_of(dated_one), other.published
        if not days or days_of(other) or not seen:
            continue
        known = [edtf.dated_by(day, seen, _FORTNIGHT) or day for day in days]
        gaps = [gap for gap in (edtf.apart(day, seen) for day in known) if gap is not None]
        if gaps and min(gaps) > _STALE:
            return True
        if "held" in other.statuses and all(_before(seen, day) for day in known):
            return True
    return False


def _before(published: str, day: str) -> bool:
    seen, known = edtf.bounds(published), edtf.bounds(day)
    return bool(seen and known and seen[1] < known[0] - timedelta(days=1))


def _when(left: Sighting, right: Sighting, *, firm: bool) -> float | None:
    """Weigh the dates of two accounts; None where they cannot be of one day."""
    days, others = days_of(left), days_of(right)
    if days and others:
        return _dates(days, others, firm=firm)
    if days or others:
        undated, known = (right, days) if days else (left, others)
        return _told_soon(undated.published, known)
    if left.published and right.published:
        gap = edtf.apart(left.published, right.published)
        return 0.5 if gap is not None and gap <= _FORTNIGHT / 2 else -1.0
    return 0.0


def _dates(days: Iterable[str], others: Iterable[str], *, firm: bool) -> float | None:
    best: float | None = None
    for day, other in product(days, others):
        if edtf.compatible(day, other):
            best = max(best or 0.0, _ONE_DAY * edtf.likeness(day, other))
        elif firm and edtf.is_day(day) and edtf.is_day(other) and edtf.apart(day, other) == 1:
            best = max(best or 0.0, 0.5)
    return best


def _told_soon(published: str | None, days: Iterable[str]) -> float:
    """Weigh how soon after the day the account without a date appeared."""
    if not published:
        return 0.0
    best = 0.0
    for day in days:
        known = edtf.dated_by(day, published, _FORTNIGHT) or day
        if not edtf.names_day(day) and known != day:
            continue  # some 26th has always just been
        gap = edtf.apart(known, published)
        if gap is None:
            continue
        before = edtf.bounds(published), edtf.bounds(known)
        late = before[0] is not None and before[1] is not None and before[0][1] < before[1][0]
        if gap <= _FORTNIGHT and not late:
            return 1.0
        best = min(best, -2.0 if gap > _STALE else -0.5)
    return best


def _keys(sighting: Sighting, world: World) -> Iterator[str]:
    """Yield what another account of the meeting may share, with its days where it has any."""
    days = sorted({(edtf.pattern(day) or day)[4:] for day in days_of(sighting)})
    months = edtf.months(sighting.published)
    for mark in set(_marks(sighting, world)):
        yield COARSE + mark
        for day in (*days, *months):
            yield f"{mark}:{day}"


def _marks(sighting: Sighting, world: World) -> Iterator[str]:
    parties = sighting.of("party")
    for states in {parties, presence(sighting, world)}:
        if len(states) > 1:
            yield "states:" + "|".join(sorted(states))
    for person in people_of(sighting):
        yield f"person:{person}"
    for framework in sighting.of("framework"):
        yield f"framework:{framework}"
    if sighting.bare and sighting.setting:
        yield "states:" + "|".join(sorted(world.states_of(sighting.setting.of("issuer"))))
