"""Commitments, concerns and positions across articles: claims in, groups of one proposition out.

Two claims are one proposition where the same side speaks of the same things on the same occasion;
things may be worded otherwise. One thing pledged in one report and agreed in another is one
commitment with two modalities. What an article tells apart stays apart, so that several pledges of
one meeting are aligned with those that another article tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import Reading, World
from kg.events.sides import compare, marks
from kg.events.things import broad, groups_of
from kg.events.weights import weights
from kg.events.wording import figures_of, overlap, strong, words_of_all
from kg.terms import Kind

_MONTH: Final = 31
_DAYS: Final = 3
_HALF_A_YEAR: Final = 183
_YEARS: Final = 800
_ALIKE: Final = 0.3  # of two topics, from which claims may be one
_APART: Final = 0.25  # of two topics, up to which one article tells of two things
_ACTORS: Final[dict[Kind, str]] = {
    "commitment": "actor", "concern": "holder", "position": "actor"
}  # fmt: skip
_THINGS: Final[dict[Kind, str]] = {
    "commitment": "topic", "concern": "topic", "position": "item"
}  # fmt: skip
_SINGLE: Final = ("counterparty", "framework", "target")
_FIRM: Final = frozenset({"agreed", "pledged"})
_FEW: Final = 2
_WORDS: Final = 4  # words of a topic that it is found by


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where claims say that something was said: the meeting and the document of each."""

    meeting: Mapping[str, str]
    document: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Scales:
    """What two claims are weighed with."""

    kind: Kind
    occasion: Occasion
    world: World

    def things(self, reading: Reading) -> frozenset[str]:
        return reading.of(_THINGS[self.kind])

    def words(self, reading: Reading) -> frozenset[str]:
        return self.world.once(_words_among, self.things(reading))

    def actors(self, reading: Reading) -> frozenset[str]:
        return reading.of(_ACTORS[self.kind])


def _words_among(things: frozenset[str], world: World) -> frozenset[str]:
    return words_of_all(map(world.label, things))


def linkage(kind: Kind, occasion: Occasion, world: World) -> Linkage[Reading]:
    """Say how the claims of one kind are linked to propositions."""
    scales = _Scales(kind, occasion, world)
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(each, scales),
        weigh=_weigher(scales),
        enough=weights().proposition["enough"],
        same=lambda each: _same(kind, each, occasion),
    )


def _same(kind: Kind, reading: Reading, occasion: Occasion) -> Hashable:
    """Give all that is weighed, if it was said at a known meeting; else it is like no other."""
    meeting = occasion.meeting.get(reading.id)
    if not (meeting and reading.of(_ACTORS[kind]) and reading.of(_THINGS[kind])):
        return reading.id
    roles = (_ACTORS[kind], _THINGS[kind], "date", *_SINGLE)
    said = tuple(reading.of(role) for role in roles)
    place = (meeting, occasion.document.get(reading.id), figures_of(reading.quote))
    return (said, place, reading.modality, reading.denied)


def _weigher(scales: _Scales) -> Callable[[Reading, Reading], float | None]:
    def weigh(left: Reading, right: Reading) -> float | None:
        if left.denied != right.denied or _disjoint(left.of("type"), right.of("type")):
            return None
        if _disjoint(left.of("share"), right.of("share")) and _years_apart(left, right):
            return None  # a place in supply of another year
        parts = (_sides, _topics, _figures, _modalities, _singles, _dates, _occasions)
        score = 0.0
        for part in parts:
            told = part(left, right, scales)
            if told is None:
                return None
            score += told
        return score

    return weigh


def _weight(name: str) -> float:
    return weights().proposition[name]


def _sides(left: Reading, right: Reading, scales: _Scales) -> float | None:
    actors, others = scales.actors(left), scales.actors(right)
    likeness = compare(actors, others, scales.world)
    if likeness == "same":
        return _weight("actors")
    if scales.kind == "concern" and (not left.published or _gap(left, right) > _DAYS):
        return None  # what a minister deplores need not be what the state protests against
    if likeness == "for":
        return _weight("actor_for_state")
    tied = bool(left.of("counterparty") & right.of("counterparty")) or _at_one(left, right, scales)
    told = left.article != right.article and bool(_figures(left, right, scales) > 0)
    if likeness == "unknown" and (actors == others or tied or told):
        return _weight("actor_unknown") * (actors != others)
    some = left.article != right.article and (actors < others or others < actors)
    return _weight("some_actors") if some and _at_one(left, right, scales) else None


def _topics(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh what both are about; the same words, or a thing and the group that it belongs to."""
    things, others = scales.things(left), scales.things(right)
    if not things or not others:
        return _weight("no_topic") if things == others or left.article != right.article else None
    if things != others and _of_one_sentence(left, right):
        return None
    one, other = scales.words(left), scales.words(right)
    alike = max(overlap(one, other), _by_group(things, others))
    if left.article == right.article and alike <= _APART:
        return None
    if alike < _ALIKE:
        near = _at_one(left, right, scales) or _gap(left, right) <= _MONTH
        return _weight("other_topic") if near or scales.kind == "position" else None
    vague = len(one | other) == 1 and not _figures(left, right, scales)
    vague = vague and not _dates(left, right, scales)
    return _weight("topic") * alike + _weight("one_word") * vague


def _figures(left: Reading, right: Reading, _: _Scales) -> float:
    """Weigh figures with their units, which all wordings and translations keep."""
    figures, others = figures_of(left.quote), figures_of(right.quote)
    if figures & others:
        return _weight("figure")
    units, units_too = ({unit for unit, _ in each} for each in (figures, others))
    return _weight("other_figure") if units & units_too else 0.0


def _of_one_sentence(left: Reading, right: Reading) -> bool:
    """Say whether one sentence makes both claims, and so tells them apart."""
    return left.article == right.article and (left.start, left.end) == (right.start, right.end)


def _by_group(things: frozenset[str], others: frozenset[str]) -> float:
    """Give half where one names the group that what the other names belongs to, else a share."""
    shares = (
        sum(bool(groups_of(each) & other) for each in one) / len(one)
        for one, other in ((things, others), (others, things))
    )
    return max(shares) / 2


def _modalities(left: Reading, right: Reading, scales: _Scales) -> float | None:
    if left.modality == right.modality:
        return _weight("modality")
    both = {left.modality, right.modality}
    if both <= _FIRM:
        things, others = scales.things(left), scales.things(right)
        wide = things == others and len(things) == 1 and broad(min(things))
        return None if wide and left.article != right.article else 0.0
    at_one = _at_one(left, right, scales)
    if "reaffirmed" in both and not at_one:
        soon = _gap(left, right) <= _DAYS and left.article != right.article
        dated = bool(left.published and right.published)
        return _weight("reaffirmed") if soon and dated else None  # said anew it is another
    elsewhere = left.article != right.article or scales.things(left) == scales.things(right)
    return _weight("weaker_modality") if elsewhere else None


def _at_one(left: Reading, right: Reading, scales: _Scales) -> bool:
    """Say whether both were said at one meeting or in one document."""
    for known in (scales.occasion.meeting, scales.occasion.document):
        one = known.get(left.id)
        if one and one == known.get(right.id):
            return True
    return False


def _singles(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh framework, partner and target: whether both name them, and the same."""
    score = 0.0
    for role in _SINGLE:
        one, other = left.of(role), right.of(role)
        if one and other:
            alike = bool(one & other) or _worded_alike(role, one, other, scales)
            if not alike and role == "target":
                return None
            score += _weight("single" if alike else "other_single")
        elif one or other:
            score += _weight("one_single")
    return score


def _worded_alike(role: str, one: frozenset[str], other: frozenset[str], scales: _Scales) -> bool:
    if role != "framework":
        return compare(one, other, scales.world) in ("same", "for")
    words = [words_of_all(map(scales.world.label, each)) for each in (one, other)]
    return overlap(*words) > 0.5


def _dates(left: Reading, right: Reading, _: _Scales) -> float | None:
    """Weigh by when or from when both are to hold."""
    days, others = left.of("date"), right.of("date")
    if not days or not others:
        return 0.0
    if not any(edtf.compatible(day, other) for day in days for other in others):
        return None
    return _weight("date")


def _occasions(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh whether both were said on one occasion; None where they were not."""
    score = 0.0
    for known in (scales.occasion.meeting, scales.occasion.document):
        one, other = known.get(left.id), known.get(right.id)
        if one and other and one != other:
            return None
        score += _weight("occasion") * bool(one and one == other)
    if left.article == right.article:
        return score + _weight("same_article")
    if not (left.published and right.published):
        return score
    apart = _times_apart(left, right, scales, bool(score))
    return None if apart is None else score + apart


def _times_apart(left: Reading, right: Reading, scales: _Scales, tied: bool) -> float | None:
    """Weigh how long after one another two articles appeared; None where it tells of two things."""
    gap = _gap(left, right)
    if scales.kind == "concern" and gap > _DAYS and not tied:
        same = left.of("target") & right.of("target") and scales.words(left) == scales.words(right)
        return _weight("told_late") if same else None  # one voiced again is another
    if gap <= _MONTH:
        return _weight("told_soon")
    if scales.kind == "position":
        return None if gap > _YEARS else 0.0
    if tied or left.of("date") & right.of("date"):
        return _weight("told_late") / 2
    return _looking_back(left, right, scales)


def _looking_back(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh two claims of other months that no occasion ties: only what is particular is one."""
    things = scales.things(left) | scales.things(right)
    if all(map(broad, things)):
        return None
    if left.of("framework") != right.of("framework") and not _worded_alike(
        "framework", left.of("framework"), right.of("framework"), scales
    ):
        return None
    particular = figures_of(left.quote) & figures_of(right.quote)
    told = len(scales.words(left) & scales.words(right)) > 1 or left.of("counterparty")
    return _weight("told_late" if particular or told else "told_late_of_anything")


def _gap(left: Reading, right: Reading) -> int:
    """Give the days between the articles of two claims, none where one is not known."""
    if not (left.published and right.published):
        return 0
    return edtf.apart(left.published, right.published) or 0


def _years_apart(left: Reading, right: Reading) -> bool:
    return left.article == right.article or _gap(left, right) > _HALF_A_YEAR


def _disjoint(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right and not left & right)


def _keys(reading: Reading, scales: _Scales) -> Iterator[str]:
    known = (scales.occasion.meeting, scales.occasion.document)
    places = sorted(each[reading.id] for each in known if reading.id in each)
    times = {*edtf.months(reading.published), *(day[:4] for day in reading.of("date"))}
    groups = {group for each in scales.things(reading) for group in groups_of(each)}
    words = sorted(strong(scales.words(reading)), key=lambda each: (-len(each), each))[:_WORDS]
    for word in words:
        for each in (*places, *sorted(reading.of("counterparty"))):
            yield f"at:{each}:{word}"
    if len(scales.actors(reading)) > _FEW:  # ministers in one report, their states in another
        for word in words:
            for each in sorted(times):
                yield f"many:{word}:{each}"
    for actors in marks(scales.actors(reading), scales.world):
        for word in (*words, *sorted(scales.things(reading) | groups)):
            yield f"{COARSE}{actors}:{word}"
            for each in sorted(times):
                yield f"{actors}:{word}:{each}"
