"""When two accounts of a meeting put it: dates and what became of it in, evidence out.

Where one gives no date, the days on which both appeared speak, or the months that the text of the
one tells of. A source may err by a day, and what was announced may be moved.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Final

from kg import edtf
from kg.events.accounts import Account, precise
from kg.events.weights import weights

OFF: Final = frozenset({"cancelled", "denied"})
_FORTNIGHT: Final = 14
_MONTH: Final = 31
_STALE: Final = 120  # days after which an account without a date is of something else
_SURE: Final = 3.0  # evidence on who and which from which one may err on the day


def _weight(name: str) -> float:
    return weights().meeting[name]


def same_day(left: Account, right: Account) -> bool:
    """Say whether both put it on a day, and on the same one."""
    return any(
        precise(day) and precise(other) and edtf.compatible(day, other)
        for day, other in product(left.days, right.days)
    )


def same_time(left: Account, right: Account) -> bool:
    """Say whether both date it to a month, and on days that may be one or are next to it."""
    return any(
        min(map(edtf.precision, pair)) >= 6 and (edtf.compatible(*pair) or _next(*pair))
        for pair in product(left.days, right.days)
    )


def day_off(left: Account, right: Account) -> bool:
    """Say whether one puts it on the day after the other's."""
    return any(_next(day, other) for day, other in product(left.days, right.days))


def _next(day: str, other: str) -> bool:
    return precise(day) and precise(other) and edtf.apart(day, other) == 1


def statuses_agree(left: Account, right: Account) -> bool:
    """Say whether what became of both can be told of one meeting.

    What is announced may be held or put off later. What did not take place and what did are one
    only where the day is the same.
    """
    one, other = left.statuses, right.statuses
    if not one or not other or one & other:
        return True
    for off, held in ((left, right), (right, left)):
        if off.statuses <= OFF and "held" in held.statuses:
            alleged = "denied" in off.statuses and not (left.days and right.days)
            met = alleged and len(left.people & right.people) > 1
            return (same_day(left, right) or met) and left.article != right.article
    for plan, later in ((left, right), (right, left)):
        if plan.statuses == {"planned"} and "held" in later.statuses and plan.published:
            if later.days and all(_before(day, plan.published) for day in later.days):
                return False
            if not later.days and later.published and _before(later.published, plan.published):
                return False
    return True


def told_together(left: Account, right: Account) -> bool:
    """Say whether two articles appeared within a fortnight that tell of the same stage."""
    if left.article == right.article or not left.statuses & right.statuses:
        return False
    gap = (
        edtf.apart(left.published, right.published) if left.published and right.published else None
    )
    return gap is not None and gap <= _FORTNIGHT


def when_of(left: Account, right: Account, sure: float, *, firm: bool) -> float | None:
    """Weigh the dates of two accounts; None where they cannot be of one day.

    `sure` is the evidence on who met and in which framework, `firm` that both count it alike.
    """
    days, others = left.days, right.days
    if days and others:
        best = max(
            (each for pair in product(days, others) if (each := _days(*pair, sure)) is not None),
            default=None,
        )
        return _moved(left, right) if best is None and firm else best
    if days or others:
        if _stale(left, right) and not firm:
            return None
        if left.statuses == right.statuses == {"planned"} and told_together(left, right):
            return _weight("told_soon")
        undated, known = (right, days) if days else (left, others)
        return _told_soon(undated, known)
    if left.published and right.published:
        gap = edtf.apart(left.published, right.published)
        near = gap is not None and gap <= _FORTNIGHT / 2
        return _weight("both_undated" if near else "both_undated_far")
    return 0.0


def _moved(left: Account, right: Account) -> float | None:
    """Weigh two days of what both count alike, one of which was only planned."""
    if left.statuses & right.statuses or "planned" not in left.statuses | right.statuses:
        return None
    return _weight("moved")


def _days(day: str, other: str, sure: float) -> float | None:
    if not edtf.compatible(day, other):
        if not _next(day, other):
            return None
        return _weight("day_off" if sure >= _SURE else "day_off_unsure")
    if edtf.names_day(day) and edtf.names_day(other):
        return _weight("day")
    if precise(day) and precise(other):
        return _weight("days")
    return _weight(_unit(day, other))


def _unit(day: str, other: str) -> str:
    """Name the longer of two dates that meet: a month, a season or a year."""
    known = [edtf.pattern(each) for each in (day, other)]
    if all(each and ("X" not in each[4:6] or "X" not in each[6:]) for each in known):
        return "month"
    spans = [span for span in map(edtf.bounds, (day, other)) if span]
    longest = max(((span[1] - span[0]).days for span in spans), default=366)
    return "month" if longest < 32 else "season" if longest < 100 else "year"


def _stale(left: Account, right: Account) -> bool:
    """Say whether one account is dated and the other, without a date, is of another time.

    An account that appeared before the day cannot tell of a meeting that has been held, and one
    that appeared after it cannot announce it.
    """
    for told, other in ((left, right), (right, left)):
        seen = other.published
        if not told.days or other.days or not seen:
            continue
        known = [edtf.dated_by(day, seen, _FORTNIGHT) or day for day in told.days]
        gaps = [gap for gap in (edtf.apart(day, seen) for day in known) if gap is not None]
        if gaps and min(gaps) > _STALE and not _recalled(other, known):
            return True
        if "held" in other.statuses and all(_before(seen, day) for day in known):
            return True
        if other.statuses == {"planned"} and all(_before(day, seen) for day in known):
            return True
    return False


def _recalled(account: Account, days: list[str]) -> bool:
    """Say whether the text of an account without a date tells of the month of one of some days."""
    return any(edtf.compatible(day, other) for day in days for other in account.told_of)


def _told_soon(undated: Account, days: tuple[str, ...]) -> float:
    """Weigh how soon after the day the account without a date appeared."""
    recalled = _weight("recalled") * _recalled(undated, list(days))
    if not undated.published:
        return recalled + _weight("no_time")
    best = 0.0
    for day in days:
        known = edtf.dated_by(day, undated.published, _FORTNIGHT) or day
        if not edtf.names_day(day) and known != day:
            continue  # some 26th has always just been
        gap = edtf.apart(known, undated.published)
        if gap is None:
            continue
        ahead = _before(undated.published, known) and undated.statuses != {"planned"}
        if gap <= _FORTNIGHT and not ahead:
            return _weight("told_soon")
        late = _weight("told_years_later") if gap > _STALE else _weight("told_late")
        best = min(best, late)
    return max(best, recalled) if recalled else best


def _before(day: str, other: str) -> bool:
    one, seen = edtf.bounds(day), edtf.bounds(other)
    return bool(one and seen and one[1] < seen[0] - timedelta(days=1))
