"""Documents across articles: claims on statements, agreements and reports in, groups out.

A document without a date is told by who issued it and at which meeting: a joint statement of
three states after their meeting is one, whatever each source calls it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import Reading, World

ENOUGH: Final = 4.0
_FAMILIES: Final = {
    "joint-statement": "statement",
    "declaration": "statement",
    "agreement": "agreement",
    "memorandum": "agreement",
    "report": "report",
    "law": "law",
    "notice": "notice",
}
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Sources:
    """What the grouping of documents needs beside the claims."""

    world: World
    meeting: Mapping[str, str]  # id of a claim -> the meeting that its document comes from


def linkage(sources: Sources) -> Linkage[Reading]:
    """Say how the claims on documents are linked to documents."""
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(each, sources),
        weigh=_weigher(sources),
        enough=ENOUGH,
    )


def issuers_of(reading: Reading, world: World) -> frozenset[str]:
    """Give the issuing states; persons stand for theirs, organisations for themselves."""
    issuers = reading.of("issuer")
    bodies = {each for each in issuers if world.kind(each) == "organisation"}
    unknown = {
        each for each in issuers if world.kind(each) == "person" and not world.acts_for.get(each)
    }
    return world.states_of(issuers) | bodies | unknown


def family_of(reading: Reading) -> str:
    """Give the family of the document's type; a declaration is a statement."""
    return next((_FAMILIES[each] for each in sorted(reading.of("type")) if each in _FAMILIES), "")


def _weigher(sources: Sources) -> Callable[[Reading, Reading], float | None]:
    def weigh(left: Reading, right: Reading) -> float | None:
        issuers, others = (issuers_of(each, sources.world) for each in (left, right))
        meeting, other_meeting = sources.meeting.get(left.id), sources.meeting.get(right.id)
        if left.denied != right.denied or _apart(family_of(left), family_of(right)):
            return None
        partly = bool(meeting) and meeting == other_meeting and _names_some(left, right, sources)
        if (issuers and others and issuers != others and not partly) or _apart(
            meeting, other_meeting
        ):
            return None
        if _apart(_proper(left), _proper(right)):
            return None
        when = _when(left, right)
        if when is None:
            return None
        score = when + 2.0 * bool(issuers and (issuers == others or partly))
        score += 3.0 * bool(meeting and meeting == other_meeting)
        score += 1.0 * bool(_title(left) & _title(right)) + _proper_bonus(left, right)
        if _one_of_many(left, right) and not (meeting and meeting == other_meeting):
            score -= 1.0
        return score + 1.0 * (left.article == right.article)

    return weigh


def _names_some(left: Reading, right: Reading, sources: Sources) -> bool:
    """Say whether one names persons only who sign for some of the other's issuers."""
    for one, other in ((left, right), (right, left)):
        persons = all(sources.world.kind(each) == "person" for each in one.of("issuer"))
        if persons and issuers_of(one, sources.world) <= issuers_of(other, sources.world):
            return True
    return False


def _one_of_many(left: Reading, right: Reading) -> bool:
    """Say whether both are a document without a name or day of one issuer, who issues so many."""
    alone = max(len(left.of("issuer")), len(right.of("issuer"))) == 1
    days = {day for each in (left, right) for day in each.of("date") if edtf.names_day(day)}
    return alone and not days and not (_proper(left) and _proper(right))


def _proper_bonus(left: Reading, right: Reading) -> float:
    return 1.5 if _proper(left) and _proper(left) == _proper(right) else 0.0


def _when(left: Reading, right: Reading) -> float | None:
    days, others = left.of("date"), right.of("date")
    if days and others:
        if not any(edtf.compatible(day, other) for day in days for other in others):
            return None
        likeness = max(edtf.likeness(day, other) for day in days for other in others)
        near = likeness < 1.0 and _gap(left, right) <= _WEEK and left.article != right.article
        return 2.0 * likeness + 0.5 * near
    if left.article == right.article or not (left.published and right.published):
        return 0.0
    return 1.0 if _gap(left, right) <= _WEEK else -2.0


def _gap(left: Reading, right: Reading) -> int:
    """Give the days between the articles of two claims, very many where one is not known."""
    if not (left.published and right.published):
        return 10**6
    gap = edtf.apart(left.published, right.published)
    return 10**6 if gap is None else gap


def _apart(left: object, right: object) -> bool:
    return bool(left and right and left != right)


def _title(reading: Reading) -> frozenset[str]:
    return _words_of(reading.of("title"))


def _proper(reading: Reading) -> str:
    """Give the title if it is a name of its own: capitals that begin two words or more."""
    return _name_among(reading.of("title"))


@lru_cache(16384)
def _words_of(titles: frozenset[str]) -> frozenset[str]:
    words = (re.findall(r"\w+", title.casefold()) for title in titles)
    return frozenset(word for each in words for word in each)


@lru_cache(16384)
def _name_among(titles: frozenset[str]) -> str:
    for title in sorted(titles):
        if len(re.findall(r"\b[A-Z][\w-]+", title)) > 1:
            return " ".join(sorted(set(re.findall(r"\w+", title.casefold())) - {"the", "of", "on"}))
    return ""


def _keys(reading: Reading, sources: Sources) -> Iterator[str]:
    meeting = sources.meeting.get(reading.id)
    if meeting:
        yield f"meeting:{meeting}"
    issuers = issuers_of(reading, sources.world)
    if issuers:
        mark = f"{'|'.join(sorted(issuers))}:{family_of(reading)}"
        yield COARSE + mark
        for month in edtf.months(reading.published):
            yield f"issuers:{mark}:{month}"
    if _proper(reading):
        yield f"title:{_proper(reading)}"
