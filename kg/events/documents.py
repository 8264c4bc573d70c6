"""Documents across articles: claims on statements, agreements and reports in, groups out.

A document is told by who issued it, when, at which meeting, and by the words of its title that are
not those of any paper. A minister signs for a state; a title may be translated or spelt otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Final

from kg import edtf
from kg.events.accounts import acronyms_of, initials_of
from kg.events.glances import beyond, span_of, unlike
from kg.events.grouping import COARSE, Answers, Glance, Linkage, Rows
from kg.events.reading import Reading, World
from kg.events.weights import weights
from kg.events.whereabouts import spot_of
from kg.events.wording import nameless, title_words, titles_alike, words_of, words_of_all

_FAMILIES: Final = {
    "joint-statement": "statement",
    "declaration": "statement",
    "agreement": "agreement",
    "memorandum": "agreement",
    "report": "report",
    "law": "law",
    "notice": "notice",
}
_JOINT: Final = frozenset({"statement", "agreement"})  # papers that several issue
_MIXED: Final = ({"statement", "agreement"}, {"law", "notice"}, {"statement", "report"})
_POWERS: Final = ("state/", "bloc/")
_FORTNIGHT: Final = 14
_ALIKE: Final = 0.4  # of two titles, from which they are of one document
_CAPITAL: Final = re.compile(r"\b[A-Z][\w-]+")
_NUMBER: Final = re.compile(r"\b\d{1,4}(?:[/-]\d{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Sources:
    """What the grouping of documents needs beside the claims."""

    world: World
    meeting: Mapping[str, str]  # id of a claim -> the meeting that its document comes from
    sites: Mapping[str, tuple[str, ...]]  # id of a claim -> where that was


def linkage(sources: Sources) -> Linkage[Reading]:
    """Say how the claims on documents are linked to documents."""
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(each, sources),
        weigh=_weigher(sources),
        enough=weights().document["enough"],
        when=lambda each: each.published,
        glance=Glance(_row, 3, _told_of_others),
    )


def _row(reading: Reading) -> tuple[int, ...]:
    return (1 + reading.denied, *span_of(reading.of("date")))


def _told_of_others(left: Rows, right: Rows) -> Answers:
    """Say of which pairs a glance tells that they are two papers: of days that are not next."""
    return unlike(left, right, 0) | beyond(left, right, 1, 1)


def issuers_of(reading: Reading, world: World) -> frozenset[str]:
    """Give the issuing states; persons stand for theirs, organisations for themselves."""
    return world.once(_issuers_among, reading.of("issuer"))


def _issuers_among(issuers: frozenset[str], world: World) -> frozenset[str]:
    known = {each: world.states_of(frozenset({each})) for each in issuers}
    unknown = {
        each
        for each in issuers
        if not known[each] and world.kind(each) in ("organisation", "person")
    }
    return world.states_of(issuers) | unknown


def family_of(reading: Reading) -> str:
    """Give the family of the document's type; a declaration is a statement."""
    return next((_FAMILIES[each] for each in sorted(reading.of("type")) if each in _FAMILIES), "")


def _weigher(sources: Sources) -> Callable[[Reading, Reading], float | None]:
    def weigh(left: Reading, right: Reading) -> float | None:
        family, other = family_of(left), family_of(right)
        if left.denied != right.denied or not _may_be_called(family, other):
            return None
        who = _issuers(left, right, sources)
        meeting = _meetings(left, right, sources)
        title = _titles(left, right, sources)
        if who is None or title is None or _two_titles(left, right, title, meeting or 0.0):
            return None
        when = _when(left, right, who + title)
        where = _where(left, right, sources.world)
        if when is None or meeting is None or where is None:
            return None
        score = who + title + when + where + meeting
        score += _weight("type") * bool(left.of("type") & right.of("type"))
        score += _weight("other_type") * bool(family and other and family != other)
        back = not (_title(left) and _title(right)) and _many(left) == _many(right)
        if not (back and left.article == right.article):
            score += _weight("one_of_many") * _one_of_many(left, right)
        if left.article == right.article:
            score += _weight("same_article") + _weight("back_again") * back
        elif (
            who <= 0 and title <= _weight("heads") and not meeting and not _told_apart(when, where)
        ):
            return 0.0
        return score

    return weigh


def _two_titles(left: Reading, right: Reading, title: float, meeting: float) -> bool:
    """Say whether titles are those of two papers: of one article, or names and no one meeting."""
    if left.article == right.article:
        return title < 0
    return title == _weight("other_name") and meeting <= 0


def _may_be_called(family: str, other: str) -> bool:
    """Say whether one paper may be called by both families: an accord in a communiqué."""
    return not family or not other or family == other or {family, other} in _MIXED


def _told_apart(when: float, where: float) -> bool:
    """Say whether day and place alone tell what document it is."""
    return when >= _weight("day") and where >= 0


def _weight(name: str) -> float:
    return weights().document[name]


def _issuers(left: Reading, right: Reading, sources: Sources) -> float | None:
    """Weigh who issued it; those whom a text does not name may be anybody."""
    world = sources.world
    one, other = (_named_issuers(each, world) for each in (left, right))
    if not one or not other:
        return 0.0
    if one == other:
        return _weight("same_issuers_many" if len(one) > 2 else "same_issuers")
    if one < other or other < one:
        return _fewer(left if one < other else right, len(one & other), world)
    if all(each.startswith(_POWERS) for each in one | other):
        return _weight("other_issuers") if one & other else None
    if _several_for_some(one, other) or _several_for_some(other, one):
        return _weight("same_issuers") / 2
    return _bodies(one, other, world)


def _fewer(reading: Reading, shared: int, world: World) -> float | None:
    """Weigh a claim that names some of the issuers: persons may sign for all who were there."""
    if len(reading.of("issuer")) == 1:
        joint = family_of(reading) in _JOINT
        return _weight("one_issuer" if joint else "fewer_issuers")
    if any(world.kind(each) != "person" for each in reading.of("issuer")):
        return None  # the paper of some beside the paper of all
    return _weight("fewer_issuers") + (_weight("same_issuers") / 2 if shared > 1 else 0.0)


def _bodies(one: frozenset[str], other: frozenset[str], world: World) -> float:
    """Weigh bodies beside one another or beside states, of which they may be parts."""
    if one & other:
        whole = _parts_of(one - other, other - one, world)
        return _weight("same_issuers") / (1 if whole else 2)
    every = all(world.kind(each) == "organisation" for each in one | other)
    return _weight("other_bodies") if every else 0.0


def _parts_of(one: frozenset[str], other: frozenset[str], world: World) -> bool:
    """Say whether bodies sign in one place where as many states or blocs do in the other."""
    for bodies, powers in ((one, other), (other, one)):
        alone = all(world.kind(each) == "organisation" for each in bodies)
        if alone and len(bodies) == len(powers) and all(p.startswith(_POWERS) for p in powers):
            return True
    return False


def _several_for_some(persons: frozenset[str], powers: frozenset[str]) -> bool:
    """Say whether as many sign as there are states, and no known one for another state."""
    states = {each for each in persons if each.startswith(_POWERS)}
    return len(persons) == len(powers) > 1 and bool(states) and states <= powers


def _named_issuers(reading: Reading, world: World) -> frozenset[str]:
    return world.once(_named_among, issuers_of(reading, world))


def _named_among(issuers: frozenset[str], world: World) -> frozenset[str]:
    return frozenset(
        each for each in issuers if each.startswith(_POWERS) or not nameless(world.label(each))
    )


def _one_of_many(left: Reading, right: Reading) -> bool:
    """Say whether both are a paper without a name or day of one issuer, who issues so many."""
    alone = max(len(left.of("issuer")), len(right.of("issuer"))) == 1
    days = any(edtf.names_day(day) for each in (left, right) for day in each.of("date"))
    return alone and not days and not (_title(left) and _title(right))


def _title(reading: Reading) -> frozenset[str]:
    return _words(reading.of("title"))


@lru_cache(16384)
def _words(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(word for title in titles for word in title_words(title))


@lru_cache(16384)
def _numbers(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(found for title in titles for found in _NUMBER.findall(title))


def _titles(left: Reading, right: Reading, sources: Sources) -> float | None:
    """Weigh the titles: the words that are not those of any paper, then the common ones."""
    numbers, others = (_numbers(each.of("title")) for each in (left, right))
    if numbers and others and not numbers & others:
        return None
    one, other = _title(left), _title(right)
    if _placed_by(left, right, sources) or _placed_by(right, left, sources):
        return _weight("title_place")
    if one and other:
        alike = _spelt_out(left, right) or titles_alike(one, other)
        if alike >= _ALIKE:
            return _weight("title") * alike
        if alike and not (_named(left) and _named(right)):
            return 0.0
        return _weight("other_name" if _named(left) and _named(right) else "other_title")
    heads, heads_too = (words_of_all(each.of("title")) for each in (left, right))
    return _weight("heads") * bool(heads & heads_too) + _told(one, left, other, right)


def _spelt_out(left: Reading, right: Reading) -> float:
    """Say whether one title gives the initials of the words of the other."""
    titles, others = left.of("title"), right.of("title")
    for short, full in ((titles, others), (others, titles)):
        letters = _short(short)
        if letters and any(each.endswith(known) for known in letters for each in _initials(full)):
            return 1.0
    return 0.0


@lru_cache(16384)
def _short(titles: frozenset[str]) -> frozenset[str]:
    """Give the acronyms among the words that tell titles apart."""
    return frozenset(each for title in titles for each in acronyms_of(title)) & _words(titles)


@lru_cache(16384)
def _initials(titles: frozenset[str]) -> frozenset[str]:
    return frozenset(each for title in titles for each in initials_of(title))


def _placed_by(left: Reading, right: Reading, sources: Sources) -> bool:
    """Say whether a title is no more than the place where the other paper was signed."""
    words = _title(left) - _title(right)
    if not words or not words <= _sites(right, sources):
        return False
    states = sources.world.states_of
    return not states(left.of("issuer")) - states(right.of("issuer"))


def _sites(reading: Reading, sources: Sources) -> frozenset[str]:
    """Give the words of the places where a paper, or the meeting that it comes from, was."""
    sites = reading.of("place").union(sources.sites.get(reading.id, ()))
    return sources.world.once(_named_after, sites) if sites else sites


def _named_after(sites: frozenset[str], world: World) -> frozenset[str]:
    return words_of_all(map(world.label, sites))


def _told(one: frozenset[str], left: Reading, other: frozenset[str], right: Reading) -> float:
    """Weigh the words of one title that stand beside a paper that has none."""
    if left.article == right.article or bool(one) == bool(other):
        return 0.0
    words, quote = (one, right.quote) if one else (other, left.quote)
    share = len(words & words_of(quote)) / len(words)
    return _weight("title_told") * share if 2 * share > 1 else 0.0


def _many(reading: Reading) -> bool:
    """Say whether the title is of several papers: "similar orders" are not the order."""
    return any(
        re.search(r"[a-z](?<!s)s\b", title.partition(" of ")[0]) for title in reading.of("title")
    )


def _named(reading: Reading) -> bool:
    """Say whether a title is a name of its own: capitals that begin two words or more."""
    return any(len(_CAPITAL.findall(title)) > 1 for title in reading.of("title"))


def _when(left: Reading, right: Reading, sure: float) -> float | None:
    days, others = left.of("date"), right.of("date")
    if days and others:
        every = [_dates(*pair) for pair in product(sorted(days), sorted(others))]
        best = max((each for each in every if each is not None), default=None)
        if best is not None:
            return best + _weight("recalled") * _recalled(left, right) + _apart(left, right, best)
        near = [edtf.apart(*pair) for pair in product(days, others)]
        return _weight("day_off") if 1 in near and sure >= _weight("same_issuers") else None
    if left.article == right.article:
        return 0.0
    if days or others:
        return _one_dated(left, right)
    if not (left.published and right.published):
        return 0.0
    gap = edtf.apart(left.published, right.published)
    return _weight("told_soon" if gap is not None and gap <= _FORTNIGHT else "told_late")


def _apart(left: Reading, right: Reading, best: float) -> float:
    """Weigh how long after one another those appeared that date it by its month or year."""
    if best >= _weight("day") or not (left.published and right.published):
        return 0.0
    gap = edtf.apart(left.published, right.published)
    if gap is None or gap <= _FORTNIGHT:
        return 0.0
    statements = all(
        family_of(each) == "statement" and len(each.of("issuer")) > 1 for each in (left, right)
    )
    known = statements or (_title(left) and _title(left) == _title(right))
    return _weight("months_apart_known" if known else "months_apart")


def _dates(day: str, other: str) -> float | None:
    if not edtf.compatible(day, other):
        return None
    if edtf.names_day(day) and edtf.names_day(other):
        return _weight("day")
    known = [edtf.pattern(each) for each in (day, other)]
    return _weight("month" if all(each and "X" not in each[4:6] for each in known) else "year")


def _one_dated(left: Reading, right: Reading) -> float:
    """Weigh an account without a date that appeared soon after the day that another gives."""
    dated, other = (left, right) if left.of("date") else (right, left)
    if not other.published:
        return 0.0
    gaps = [edtf.apart(day, other.published) for day in dated.of("date")]
    known = [gap for gap in gaps if gap is not None]
    return _weight("one_dated") if known and min(known) <= _FORTNIGHT else 0.0


def _recalled(left: Reading, right: Reading) -> bool:
    """Say whether a document of another year than that of the articles is told of."""
    for each in (left, right):
        years = {day[:4] for day in each.of("date")}
        if each.published and (not years or each.published[:4] in years or "XXXX" in years):
            return False
    return True


def _where(left: Reading, right: Reading, world: World) -> float | None:
    places, sites = left.of("place"), right.of("place")
    if not places or not sites:
        return 0.0
    if places & sites:
        return _weight("place")
    spots = [spot_of(world.label(each)) for each in places]
    others = [spot_of(world.label(each)) for each in sites]
    if any(one.seats & other.seats for one in spots for other in others):
        return _weight("place")
    named = all(each.named for each in spots) and all(each.named for each in others)
    return _weight("other_place") if named else 0.0


def _meetings(left: Reading, right: Reading, sources: Sources) -> float | None:
    one, other = (sources.meeting.get(each.id) for each in (left, right))
    if not one or not other:
        return 0.0
    return _weight("meeting" if one == other else "other_meeting")


def _keys(reading: Reading, sources: Sources) -> Iterator[str]:
    meeting = sources.meeting.get(reading.id)
    family = family_of(reading)
    if meeting:
        yield f"meeting:{meeting}"
    days = sorted(reading.of("date"))
    issuers = _named_issuers(reading, sources.world)
    for day in days:
        if edtf.names_day(day):
            known = f"{family}:{(edtf.pattern(day) or day)[4:]}"
            yield f"{COARSE}day:{known}"
            yield from (f"day:{issuer}:{known}" for issuer in sorted(issuers))
        else:
            yield f"{COARSE}in:{family}:{day[:4]}"
    months = edtf.months(reading.published)
    if issuers:
        mark = f"{'|'.join(sorted(issuers))}:{family}"
        yield COARSE + mark
        for time in {*months, *(day[:4] for day in days)}:
            yield f"issuers:{mark}:{time}"
        for time in {*months, *(day[:7] for day in days)}:
            for issuer in sorted(issuers):
                yield f"{COARSE}one:{issuer}:{family}:{time}"
    sites = sorted(_sites(reading, sources))[:2]
    for word in {*sites, *sorted(_title(reading), key=lambda each: (-len(each), each))[:3]}:
        yield f"{COARSE}title:{family}:{word[:4]}"
        for time in sorted({*months, *(day[:7] for day in days)}):
            yield f"title:{family}:{word[:4]}:{time}"
