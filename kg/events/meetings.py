"""Meetings across articles: sightings in, groups of those that are one meeting out.

Two accounts are one meeting where date, parties, people, place, framework and ordinal together
say so and nothing contradicts it. Sister meetings of one day differ in who took part, framework or
ordinal and stay apart. What is announced, held, put off or denied is one meeting told of at several
times; another day, place or ordinal that one source gives does not part accounts that agree in all
else.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Final

from kg import edtf
from kg.events.accounts import Account, account_of, precise
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import World
from kg.events.sightings import Sighting
from kg.events.weights import weights
from kg.events.wording import overlap

_FORTNIGHT: Final = 14
_STALE: Final = 120  # days after which an account without a date is of something else
_NAMED_ALIKE: Final = 0.6  # from which two names of a framework are of one
_SURE: Final = 3.0  # evidence on who and which from which one may err on the day
_OFF: Final = frozenset({"cancelled", "denied"})
_KEPT: Final = 4096


def linkage(world: World) -> Linkage[Sighting]:
    """Say how the sightings of all articles are linked to meetings."""
    known: dict[int, tuple[Sighting, Account]] = {}

    def summed(sighting: Sighting) -> Account:
        kept = known.get(id(sighting))
        if kept and kept[0] is sighting:
            return kept[1]
        if len(known) >= _KEPT:
            known.clear()
        account = account_of(sighting, world)
        known[id(sighting)] = (sighting, account)
        return account

    return Linkage(
        name=lambda each: each.key,
        keys=lambda each: _keys(account_of(each, world)),
        weigh=lambda left, right: weigh(summed(left), summed(right)),
        enough=weights().meeting["enough"],
    )


def weigh(left: Account, right: Account) -> float | None:
    """Weigh whether two accounts are of one meeting; None where they cannot be."""
    who, which = _who(left, right), _which(left, right)
    when = None if who is None or which is None else _when(left, right, who + which)
    if who is None or which is None or when is None or not _statuses_agree(left, right):
        return None
    where = _where(left, right)
    if where is None:
        return None
    score = who + which + when + where + _bonus(left, right)
    if not (which or who - _sizes(left, right)):
        score += _weight("place_only")
    if left.article == right.article:
        return _told_twice(left, right, score)
    return score


def _told_twice(left: Account, right: Account, score: float) -> float | None:
    """Weigh two accounts of one article, which does not seem to tell of one meeting.

    What was planned and did not take place is told of in two ways; else a third account may show
    them one.
    """
    statuses = {frozenset(left.statuses), frozenset(right.statuses)}
    put_off = frozenset({"planned"}) in statuses and any(each <= _OFF for each in statuses)
    if score <= 0:
        return None
    return score if put_off else max(0.0, score + _weight("same_article"))


def _weight(name: str) -> float:
    return weights().meeting[name]


def _who(left: Account, right: Account) -> float | None:
    """Weigh who took part."""
    shared = len(left.people & right.people)
    score = _weight("same_people") * min(3, shared)
    if not shared and min(len(left.people), len(right.people)) > 1:
        if not (_one_series(left, right) or _one_setting(left, right)):
            return None
        score += _weight("other_people")
    states = _states(left, right)
    size = _sizes(left, right)
    kin = _kin(left, right)
    return None if states is None else score + states + size + kin


def _states(left: Account, right: Account) -> float | None:
    """Weigh which states took part: as parties, else by the persons who act for them."""
    one, other = left.states, right.states
    if not one or not other:
        return 0.0
    if left.whole and right.whole:
        return _lists(left, right)
    if _fewer(left, right) or _some_of(left, right):
        return 0.0 if _one_series(left, right) else _weight("fewer_people")
    if one <= other or other <= one:
        return _weight("some_states") * (not left.people & right.people)
    named = left.parties or right.parties
    return None if named and not _one_series(left, right) else _weight("other_people")


def _lists(left: Account, right: Account) -> float | None:
    """Weigh two lists of states that both seem whole."""
    listed = left.listed and right.listed
    if left.states == right.states:
        many = "same_states_many" if len(left.states) > 2 else "same_states"
        return _weight(many) / (1 if listed else 2)
    if _one_series(left, right):
        return _weight("more_at_series")
    if listed or len(left.states & right.states) < 2:
        return None
    return _weight("more_states")


def _fewer(left: Account, right: Account) -> bool:
    """Say whether one lists states, and the other names several people, but fewer than states."""
    return any(
        listed.listed and not told.size and 1 < len(told.people) < len(listed.parties)
        for listed, told in ((left, right), (right, left))
    )


def _some_of(left: Account, right: Account) -> bool:
    """Say whether one names several people, and the other these and more."""
    if min(len(left.people), len(right.people)) < 2 or left.bare or right.bare:
        return False
    return left.people < right.people or right.people < left.people


def _sizes(left: Account, right: Account) -> float:
    """Weigh how many took part as words say, against how many are named."""
    if left.listed and right.listed:
        return 0.0
    for told, other in ((left, right), (right, left)):
        named = len(other.states) if other.whole else len(other.people)
        if told.size and not other.size and named > 1:
            if named < told.size and _one_series(left, right):
                return 0.0
            return _weight("size" if named == told.size else "other_size")
    if left.size and right.size:
        return _weight("size" if left.size == right.size else "other_size")
    return 0.0


def _kin(left: Account, right: Account) -> float:
    """Weigh whom the text had spoken of where an account names nobody."""
    for one, other in ((left, right), (right, left)):
        known = other.people | other.states | (other.kin if not other.people else frozenset())
        if one.kin and len(one.kin & known) > 1:
            return _weight("series")
    return 0.0


def _which(left: Account, right: Account) -> float | None:
    """Weigh framework and ordinal."""
    score = 0.0
    if left.frameworks & right.frameworks:
        score += _weight("framework")
    elif left.named and right.named:
        if _one_series(left, right):
            score += _weight("framework_worded")
        elif _one_setting(left, right):
            score += _weight("other_framework")
        else:
            return None
    elif _spoken_of(left, right) or _worded(left, right):
        score += _weight("series")
    if left.ordinals & right.ordinals:
        score += _weight("ordinal")
        score += _weight("ordinal_at_place") * bool(left.places & right.places)
        score += _weight("edition") * _one_series(left, right)
    elif left.ordinals and right.ordinals:
        if not (_one_series(left, right) or (_same_day(left, right) and _same_who(left, right))):
            return None
        if not _same_day(left, right):
            return None
        score += _weight("other_ordinal")
    return score


def _one_setting(left: Account, right: Account) -> bool:
    """Say whether the same states are told to have met on one day in one place."""
    same = left.whole and right.whole and left.states == right.states
    return same and _same_day(left, right) and bool(left.places & right.places)


def _one_series(left: Account, right: Account) -> bool:
    if left.frameworks & right.frameworks:
        return True
    return overlap(left.named, right.named) >= _NAMED_ALIKE


def _spoken_of(left: Account, right: Account) -> bool:
    """Say whether one names the framework that the other's text had spoken of."""
    if (left.frameworks | left.before) & (right.frameworks | right.before):
        return True
    one, other = (each.named or each.series for each in (left, right))
    return overlap(one, other) >= _NAMED_ALIKE


def _worded(left: Account, right: Account) -> bool:
    """Say whether one names a framework by words that stand in the text of the other."""
    for named, other in ((left.named, right), (right.named, left)):
        if named and not other.named and 2 * len(named & other.quoted) >= len(named):
            return _same_who(left, right)
    return False


def _firm(left: Account, right: Account) -> bool:
    """Say whether two accounts name the same edition of one series."""
    return _one_series(left, right) and bool(left.ordinals & right.ordinals)


def _same_who(left: Account, right: Account) -> bool:
    return len(left.people & right.people) > 1 or (left.whole and left.states == right.states)


def _same_day(left: Account, right: Account) -> bool:
    return any(
        precise(day) and precise(other) and edtf.compatible(day, other)
        for day, other in product(left.days, right.days)
    )


def _statuses_agree(left: Account, right: Account) -> bool:
    """Say whether what became of both can be told of one meeting.

    What is announced may be held or put off later. What did not take place and what did are one
    only where the day is the same.
    """
    one, other = left.statuses, right.statuses
    if not one or not other or one & other:
        return True
    for off, held in ((left, right), (right, left)):
        if off.statuses <= _OFF and "held" in held.statuses:
            return _same_day(left, right) and left.article != right.article
    for plan, later in ((left, right), (right, left)):
        if plan.statuses == {"planned"} and "held" in later.statuses and plan.published:
            if later.days and all(_before(day, plan.published) for day in later.days):
                return False
            if not later.days and later.published and _before(later.published, plan.published):
                return False
    return True


def _before(day: str, other: str) -> bool:
    one, seen = edtf.bounds(day), edtf.bounds(other)
    return bool(one and seen and one[1] < seen[0] - timedelta(days=1))


def _bonus(left: Account, right: Account) -> float:
    """Weigh what is announced for a day and then told of, or put off."""
    statuses = left.statuses | right.statuses
    if statuses == {"planned"}:
        return _weight("told_together") * _told_together(left, right)
    if left.statuses & right.statuses or len(statuses) < 2:
        return 0.0
    if "held" in statuses and statuses & _OFF:
        return _weight("cancelled_held") / 2
    return _weight("announced") * bool(left.days and right.days)


def _where(left: Account, right: Account) -> float | None:
    if left.places & right.places:
        return _weight("place")
    if not left.places or not right.places or left.vague or right.vague:
        return 0.0
    if _same_day(left, right) or _firm(left, right) or _day_off(left, right):
        return _weight("other_place")
    if _told_together(left, right) and not (left.days and right.days) and _same_who(left, right):
        return _weight("other_place")
    return None


def _told_together(left: Account, right: Account) -> bool:
    """Say whether two articles appeared within a fortnight that tell of the same stage."""
    if left.article == right.article or not left.statuses & right.statuses:
        return False
    gap = (
        edtf.apart(left.published, right.published) if left.published and right.published else None
    )
    return gap is not None and gap <= _FORTNIGHT


def _day_off(left: Account, right: Account) -> bool:
    return any(_next(day, other) for day, other in product(left.days, right.days))


def _next(day: str, other: str) -> bool:
    return precise(day) and precise(other) and edtf.apart(day, other) == 1


def _when(left: Account, right: Account, sure: float) -> float | None:
    """Weigh the dates of two accounts; None where they cannot be of one day."""
    days, others = left.days, right.days
    if days and others:
        return max(
            (each for pair in product(days, others) if (each := _days(*pair, sure)) is not None),
            default=None,
        )
    if days or others:
        if _stale(left, right) and not _firm(left, right):
            return None
        if left.statuses == right.statuses == {"planned"} and _told_together(left, right):
            return _weight("told_soon")
        undated, known = (right, days) if days else (left, others)
        return _told_soon(undated, known)
    if left.published and right.published:
        gap = edtf.apart(left.published, right.published)
        near = gap is not None and gap <= _FORTNIGHT / 2
        return _weight("both_undated" if near else "both_undated_far")
    return 0.0


def _days(day: str, other: str, sure: float) -> float | None:
    if not edtf.compatible(day, other):
        return _weight("day_off") if _next(day, other) and sure >= _SURE else None
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
        if gaps and min(gaps) > _STALE:
            return True
        if "held" in other.statuses and all(_before(seen, day) for day in known):
            return True
        if other.statuses == {"planned"} and all(_before(day, seen) for day in known):
            return True
    return False


def _told_soon(undated: Account, days: tuple[str, ...]) -> float:
    """Weigh how soon after the day the account without a date appeared."""
    if not undated.published:
        return 0.0
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
    return best


def _keys(account: Account) -> Iterator[str]:
    """Yield what another account of the meeting may share, with its days where it has any."""
    days = sorted({part for day in account.days for part in _parts(day)})
    months = edtf.months(account.published) if not account.days else ()
    near = edtf.months(account.published) if account.days else ()
    for mark in sorted(set(_marks(account))):
        yield COARSE + mark
        for day in {*days, *months, *near}:
            yield f"{mark}:{day}"
    for ordinal in sorted(account.ordinals):
        for day in days:
            yield f"round:{ordinal}:{day}"
    for place in sorted(account.places):
        for ordinal in sorted(account.ordinals):
            yield f"round:{place}:{ordinal}"
        for day in days:
            yield f"place:{place}:{day}"


def _parts(day: str) -> Iterator[str]:
    """Yield the month of a date, with and without its year, and its day without the year."""
    known = edtf.pattern(day)
    if known is None:
        span = edtf.bounds(day)
        if span:
            yield f"in:{span[0].month:02d}"
            yield f"year:{span[0].year}"
        return
    if "X" not in known[4:6]:
        yield f"in:{known[4:6]}"
    elif "X" not in known[6:]:
        yield known[4:]
    if "X" not in known[:4]:
        yield f"year:{known[:4]}"


def _marks(account: Account) -> Iterator[str]:
    for states in {account.parties, account.present, account.states}:
        if len(states) > 1:
            yield "states:" + "|".join(sorted(states))
    for person in account.people or account.kin:
        yield f"person:{person}"
    for framework in account.frameworks | account.before:
        yield f"framework:{framework}"
    for words in (account.named, account.series):
        if words:
            yield "series:" + min(words)
