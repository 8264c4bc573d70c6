"""Meetings across articles: accounts in, groups of those that are one meeting out.

Two accounts are one meeting where date, parties, people, place, framework and ordinal together
say so and nothing contradicts it. Sister meetings of one day differ in who took part, framework or
ordinal and stay apart. What is announced, held, put off or denied is one meeting told of at several
times; another day, place or ordinal that one source gives does not part accounts that agree in all
else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Final

from kg import edtf
from kg.events.accounts import Account, account_of
from kg.events.glances import beyond, span_of
from kg.events.grouping import COARSE, Answers, Glance, Linkage, Load, Rows
from kg.events.reading import World
from kg.events.sightings import Sighting
from kg.events.timing import (
    OFF,
    day_off,
    same_day,
    same_time,
    statuses_agree,
    told_together,
    when_of,
)
from kg.events.weights import weights
from kg.events.whereabouts import powers_of
from kg.events.wording import overlap

_NAMED_ALIKE: Final = 0.6  # from which two names of a framework are of one
_SEVERAL: Final = 2
_PAIR: Final = 2  # ministers of two states may meet twice a day, others each time
_FORTNIGHT: Final = 14  # days before and after which what has no date is told
_WEEK: Final = 7
_LEAP: Final = 2000  # a year that has every day
_KEPT: Final = 32768  # accounts at hand, which take long to sum up


def linkage() -> Linkage[Account]:
    """Say how the accounts of all articles are linked to meetings."""
    return Linkage(
        name=lambda each: each.key,
        keys=_keys,
        weigh=weigh,
        enough=weights().meeting["enough"],
        when=lambda each: each.published,
        glance=Glance(_row, 3, _apart),
        at_hand=_KEPT,
    )


def accounts(sightings: Load[Sighting], world: World) -> Load[Account]:
    """Give what sums up sightings as it loads them."""

    def load(keys: Iterable[str]) -> Mapping[str, Account]:
        return {key: account_of(each, world) for key, each in sightings(keys).items()}

    return load


def _row(account: Account) -> tuple[int, ...]:
    return (bool(account.ordinals), *span_of(account.days))


def _apart(left: Rows, right: Rows) -> Answers:
    """Say of which pairs a glance tells two meetings: of days not next, and not counted alike."""
    uncounted: Answers = (left[:, 0] == 0) | (right[:, 0] == 0)
    return uncounted & beyond(left, right, 1, 1)


def weigh(left: Account, right: Account) -> float | None:
    """Weigh whether two accounts are of one meeting; None where they cannot be."""
    if not statuses_agree(left, right):
        return None
    who = _who(left, right)
    which = None if who is None else _which(left, right)
    if who is None or which is None:
        return None
    sure = who + which
    when = when_of(left, right, sure, firm=_firm(left, right))
    if when is None:
        return None
    score = sure + when + _where(left, right) + _bonus(left, right) + _beside(left, right)
    score += _weight("series_in_time") * (which >= _weight("series") and when >= _weight("month"))
    if not (which or who - _sizes(left, right)):
        score += _weight("place_only")
    if left.article == right.article:
        return _told_twice(left, right, score)
    return score if score > _weight("contrary") else None


def _told_twice(left: Account, right: Account, score: float) -> float | None:
    """Weigh two accounts of one article, which does not seem to tell of one meeting.

    What was planned and did not take place is told of in two ways; else a third account may show
    them one.
    """
    statuses = {frozenset(left.statuses), frozenset(right.statuses)}
    put_off = frozenset({"planned"}) in statuses and any(each <= OFF for each in statuses)
    if score <= 0 or left.apart != right.apart:
        return None
    return score if put_off else max(0.0, score + _weight("same_article"))


def _weight(name: str) -> float:
    return weights().meeting[name]


def _who(left: Account, right: Account) -> float | None:
    """Weigh who took part."""
    shared = len(left.people & right.people)
    score = _weight("same_people") * min(3, shared)
    if not shared and min(_named(left), _named(right)) > 1:
        if _one_series(left, right) or _one_setting(left, right):
            score += _weight("other_people")
        elif left.whole and right.whole and len(left.states) > _PAIR and _same_states(left, right):
            score += _weight("unlike_people")
        else:
            return None
    states = _states(left, right)
    return None if states is None else score + states + _sizes(left, right) + _kin(left, right)


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
        return _weight("some_states")
    named = left.parties or right.parties
    return None if named and not _one_series(left, right) else _weight("other_people")


def _same_states(left: Account, right: Account) -> bool:
    """Say whether the same states took part; who hosts others need not be named among them."""
    one, other = left.states, right.states
    return one == other or one | left.hosts == other or one == other | right.hosts


def _lists(left: Account, right: Account) -> float | None:
    """Weigh two lists of states that both seem whole."""
    listed = left.listed and right.listed
    if _same_states(left, right):
        many = "same_states_many" if len(left.states | right.states) > 2 else "same_states"
        return _weight(many) * (1 if listed else _weight("by_people"))
    if not left.states & right.states:
        return None
    if _one_series(left, right):
        return _weight("more_at_series")
    if listed or len(left.states & right.states) < 2:
        return None
    return _weight("more_states")


def _fewer(left: Account, right: Account) -> bool:
    """Say whether one lists states, and the other names several people, but fewer than states."""
    return any(
        listed.listed and not told.size and 1 < _named(told) < len(listed.parties)
        for listed, told in ((left, right), (right, left))
    )


def _some_of(left: Account, right: Account) -> bool:
    """Say whether one names several people, and the other these and more."""
    if min(_named(left), _named(right)) < 2 or left.bare or right.bare:
        return False
    return left.people < right.people or right.people < left.people


def _named(account: Account) -> int:
    """Count the people whom an account names as those who met, not one by one."""
    return len(account.people) if account.together else 0


def _sizes(left: Account, right: Account) -> float:
    """Weigh how many took part as words say, against how many are named."""
    if left.listed and right.listed:
        return 0.0
    for told, other in ((left, right), (right, left)):
        named = len(other.states) if other.whole else _named(other)
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
            return _weight("kin")
    return 0.0


def _which(left: Account, right: Account) -> float | None:
    """Weigh framework and ordinal."""
    score = 0.0
    if left.frameworks & right.frameworks:
        score += _weight("framework")
    elif left.named and right.named:
        if _one_series(left, right):
            score += _weight("framework_worded")
        elif _same_who(left, right):
            score += _weight("other_framework")
        else:
            return None
    elif _spoken_of(left, right) or _worded(left, right):
        score += _weight("series")
    elif _gathering_beside_talks(left, right):
        score += _weight("gathering_or_talks")
    ordinal = _ordinals(left, right, score > 0)
    return None if ordinal is None else score + ordinal


def _gathering_beside_talks(left: Account, right: Account) -> bool:
    """Say whether one names a framework, and the other two or more who met without any."""
    for one, other in ((left, right), (right, left)):
        if one.named and not one.parties and not other.frameworks and len(one.people) < _SEVERAL:
            return len(other.people) >= _SEVERAL or len(other.parties) >= _SEVERAL
    return False


def _ordinals(left: Account, right: Account, series: bool) -> float | None:
    """Weigh which of a series they are, which sources may count differently."""
    if left.ordinals & right.ordinals:
        there = bool(left.places & right.places or left.seats & right.seats)
        score = _weight("ordinal") + _weight("ordinal_at_place") * there
        return score + _weight("edition") * series
    if left.ordinals and right.ordinals:
        near = same_day(left, right) or day_off(left, right)
        if not (same_time(left, right) if series else near and _same_who(left, right)):
            return None
        return _weight("other_ordinal")
    return 0.0


def _one_setting(left: Account, right: Account) -> bool:
    """Say whether the same states are told to have met on one day in one place."""
    same = left.whole and right.whole and _same_states(left, right)
    return same and same_day(left, right) and bool(left.places & right.places)


def _one_series(left: Account, right: Account) -> bool:
    if left.frameworks & right.frameworks or left.letters & (right.letters | right.initials):
        return True
    if left.initials & right.letters:
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
    for one, other in ((left, right), (right, left)):
        if not one.named or other.named:
            continue
        words = one.named - powers_of(one.named)
        if words and 2 * len(words & other.quoted) >= len(words):
            return _same_who(left, right)
    return False


def _firm(left: Account, right: Account) -> bool:
    """Say whether two accounts name the same edition of one series."""
    if not left.ordinals & right.ordinals:
        return False
    return _one_series(left, right) or _spoken_of(left, right)


def _same_who(left: Account, right: Account) -> bool:
    people = len(left.people & right.people) > 1
    return people or (left.whole and right.whole and _same_states(left, right))


def _bonus(left: Account, right: Account) -> float:
    """Weigh what is announced for a day and then told of, or put off."""
    statuses = left.statuses | right.statuses
    if statuses == {"planned"}:
        return _weight("told_together") * told_together(left, right)
    if left.statuses & right.statuses or len(statuses) < 2:
        return 0.0
    if "held" in statuses and statuses & OFF:
        return _weight("cancelled_held") / 2
    return _weight("announced") * bool(left.days and right.days)


def _beside(left: Account, right: Account) -> float:
    """Weigh what the texts tell beside the meeting: figures, and who and what they name."""
    if left.article == right.article:
        return 0.0
    score = _weight("figures") * bool(left.figures & right.figures)
    score += _weight("apart") * (left.apart and right.apart)
    for one, other in ((left, right), (right, left)):
        own = other.people | other.places | other.frameworks
        score += _weight("company") * (len(own & one.company) > 0)
    return score


def _where(left: Account, right: Account) -> float:
    """Weigh the places: the same one, one that may be the other, or another."""
    if left.places & right.places or left.seats & right.seats:
        return _weight("place")
    if not left.places or not right.places or left.vague or right.vague:
        return 0.0
    if not (left.pinned and right.pinned):
        lands = not (left.lands and right.lands) or left.lands & right.lands
        known = left.lands & right.lands
        return _weight("place_told") * bool(known) if lands else _weight("other_place")
    if same_day(left, right) or _firm(left, right) or day_off(left, right):
        return _weight("other_place")
    if told_together(left, right) and not (left.days and right.days) and _same_who(left, right):
        return _weight("other_place")
    return _weight("other_place_far")


def _keys(account: Account) -> Iterator[str]:
    """Yield what another account of the meeting may share, with its days where it has any.

    Days, and weeks where one account has no day, tell apart what meets again and again; of months
    and years there is too much to compare all where somebody meets often.
    """
    parts = sorted({part for day in account.days for part in _parts(day)})
    days = sorted({part for day in account.days for part in _near(day)})
    rough, times = [*parts, *edtf.months(account.published)], [*days, *_weeks(account)]
    for mark in sorted(set(_marks(account))):
        yield COARSE + mark
        yield from (f"{COARSE}{mark}:{time}" for time in rough)
        yield from (f"{mark}:{time}" for time in times)
    marks = [f"place:{place}" for place in sorted(account.places)]
    for mark in (*marks, *(f"round:{ordinal}" for ordinal in sorted(account.ordinals))):
        yield from (f"{COARSE}{mark}:{time}" for time in parts)
        yield from (f"{mark}:{time}" for time in days)
    for place in sorted(account.places):
        for ordinal in sorted(account.ordinals):
            yield f"round:{place}:{ordinal}"


def _near(day: str) -> Iterator[str]:
    """Yield a day without its year, and the next one, so that two near days share one."""
    known = edtf.pattern(day) or ""
    span = edtf.bounds(f"{_LEAP}-{known[4:6]}-{known[6:]}") if edtf.names_day(day) else None
    for each in (span[0], span[0] + timedelta(days=1)) if span else ():
        yield f"day:{each:%m%d}"


def _weeks(account: Account) -> Iterator[str]:
    """Yield the weeks of the days of an account; if it has none, those of which it may tell."""
    spans = [span for span in map(edtf.bounds, account.days) if span]
    weeks = {day.toordinal() // _WEEK for span in spans for day in span[:1]}
    seen = edtf.bounds(account.published) if account.published and not account.days else None
    if seen:
        first, last = seen[0].toordinal() - _FORTNIGHT, seen[1].toordinal()
        ahead = _FORTNIGHT * (account.statuses == {"planned"})
        weeks.update(range(first // _WEEK, (last + ahead) // _WEEK + 1))
    return (f"week:{week}" for week in sorted(weeks))


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
    hosted = account.states | account.hosts
    for states in {account.parties, account.present, account.states, hosted}:
        if len(states) > 1:
            yield "states:" + "|".join(sorted(states))
    for person in account.people or account.kin:
        yield f"person:{person}"
    for framework in account.frameworks | account.before:
        yield f"framework:{framework}"
    for words in (account.named, account.series):
        if words:
            yield "series:" + min(words)
