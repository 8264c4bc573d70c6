"""Commitments, concerns and positions across articles: claims in, groups of one proposition out.

Two claims are one proposition where the same side speaks of the same things on the same occasion;
things may be worded otherwise. One thing pledged in one report and agreed in another is one
commitment with two modalities. What an article tells apart stays apart, so that several pledges of
one meeting are aligned with those that another article tells of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg import edtf
from kg.events.glances import beyond, mark_of, mark_of_one, mark_of_power, span_of, unlike
from kg.events.grouping import COARSE, Answers, Glance, Linkage, Rows
from kg.events.reading import Reading, World
from kg.events.sides import compare, marks
from kg.events.things import broad, groups_of
from kg.events.weights import weights
from kg.events.wording import figures_of, overlap, strong, telling, words_of_all
from kg.terms import Kind

_MONTH: Final = 31
_DAYS: Final = 3
_FORTNIGHT: Final = 14
_HALF: Final = 0.5
_COMMON_UNITS: Final = frozenset({"days", "weeks", "percent"})
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
_KEPT: Final = 16384  # claims of which facts are kept
_WORDS: Final = 4  # words of a topic that it is found by


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where claims say that something was said: the meeting and the document of each.

    `beside` gives the topics of what else their sentences tell.
    """

    meeting: Mapping[str, str] = field(default_factory=dict)
    document: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class _Facts:
    """What is weighed of a claim, worked out once."""

    __slots__ = (
        "actors", "document", "figures", "firm", "meeting", "things", "told", "units", "words",
    )  # fmt: skip

    def __init__(self, reading: Reading, kind: Kind, occasion: Occasion, world: World) -> None:
        self.meeting = occasion.meeting.get(reading.id)
        self.document = occasion.document.get(reading.id)
        self.things = reading.of(_THINGS[kind])
        self.actors = reading.of(_ACTORS[kind])
        self.words = world.once(_words_among, self.things)
        self.firm = strong(self.words)
        self.figures = figures_of(reading.quote)
        self.units = frozenset(unit for unit, _ in self.figures)
        self.told: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class _Scales:
    """What two claims are weighed with."""

    kind: Kind
    occasion: Occasion
    world: World
    _known: dict[str, _Facts] = field(default_factory=dict)
    _alike: dict[tuple[frozenset[str], frozenset[str]], float] = field(default_factory=dict)

    def of(self, reading: Reading) -> _Facts:
        """Give what is weighed of a claim."""
        facts = self._known.get(reading.id)
        if facts is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            facts = _Facts(reading, self.kind, self.occasion, self.world)
            self._known[reading.id] = facts
        return facts

    def things(self, reading: Reading) -> frozenset[str]:
        return self.of(reading).things

    def words(self, reading: Reading) -> frozenset[str]:
        return self.of(reading).words

    def told(self, reading: Reading) -> frozenset[str]:
        """Give the words of a sentence but those of what else it tells."""
        facts = self.of(reading)
        if facts.told is None:
            beside = frozenset(self.occasion.beside.get(reading.id, ()))
            facts.told = telling(reading.quote) - self.world.once(_words_among, beside)
        return facts.told

    def actors(self, reading: Reading) -> frozenset[str]:
        return self.of(reading).actors

    def alike(self, left: Reading, right: Reading) -> float:
        """Say how alike two topics are, by their words or by the group that one belongs to."""
        one, other = self.of(left), self.of(right)
        pair = (one.things, other.things)
        known = self._alike.get(pair)
        if known is None:
            if len(self._alike) >= _KEPT:
                self._alike.clear()
            known = max(overlap(one.words, other.words), _by_group(*pair))
            self._alike[pair] = known
        return known


def _words_among(things: frozenset[str], world: World) -> frozenset[str]:
    return frozenset().union(*(telling(world.label(each)) for each in things))


def linkage(kind: Kind, occasion: Occasion, world: World) -> Linkage[Reading]:
    """Say how the claims of one kind are linked to propositions."""
    scales = _Scales(kind, occasion, world)
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(each, scales),
        weigh=_weigher(scales),
        enough=weights().proposition["enough"],
        when=lambda each: each.published,
        same=lambda each: _same(kind, each, occasion),
        glance=Glance(lambda each: _row(each, scales), 7, _told_apart),
    )


def _row(reading: Reading, scales: _Scales) -> tuple[int, ...]:
    facts = scales.of(reading)
    return (
        1 + reading.denied,
        mark_of(facts.meeting),
        mark_of(facts.document),
        mark_of_one(reading.of("type")),
        mark_of_power(reading.of("target")),
        *span_of(reading.of("date")),
    )


def _told_apart(left: Rows, right: Rows) -> Answers:
    """Say of which pairs a glance tells two things: said elsewhere, of another kind or time."""
    found = beyond(left, right, 5, 0)
    for place in range(5):
        found |= unlike(left, right, place)
    return found


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
        if left.denied != right.denied or _elsewhere(scales.of(left), scales.of(right)):
            return None
        if _disjoint(left.of("type"), right.of("type")):
            return None
        if _disjoint(left.of("share"), right.of("share")) and _years_apart(left, right):
            return None  # a place in supply of another year
        parts = (_modalities, _dates, _sides, _topics, _occasions, _singles, _figures)
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
    """Weigh who speaks: the same, one for the other, or some of those that the other names."""
    actors, others = scales.actors(left), scales.actors(right)
    likeness = compare(actors, others, scales.world)
    if likeness == "same":
        return _weight("actors")
    if scales.kind == "concern" and (not left.published or _gap(left, right) > _FORTNIGHT):
        return None  # what a minister deplores need not be what the state protests against
    if likeness in ("for", "one for"):
        return _weight("actor_for_state" if likeness == "for" else "official_for_state")
    tied = bool(left.of("counterparty") & right.of("counterparty")) or _at_one(left, right, scales)
    told = left.article != right.article and bool(_figures(left, right, scales) > 0)
    if likeness == "unknown" and (actors == others or tied or told):
        return _weight("actor_unknown") * (actors != others)
    return _some(left, right, scales)


def _some(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh actors of whom one report names more: of one occasion, or on the very same thing."""
    actors, others = scales.actors(left), scales.actors(right)
    if left.article == right.article or not (actors < others or others < actors):
        return None
    if _at_one(left, right, scales):
        return _weight("some_actors")
    if any(each.startswith(("state/", "bloc/")) for each in actors | others):
        return None  # what one state does alone is not what it does with another
    same = scales.words(left) and scales.words(left) == scales.words(right)
    return _weight("some_actors") if same and _gap(left, right) <= _FORTNIGHT else None


def _topics(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh what both are about; the same words, or a thing and the group that it belongs to."""
    things, others = scales.things(left), scales.things(right)
    if not things or not others:
        return _weight("no_topic") if things == others or left.article != right.article else None
    if things != others and _of_one_sentence(left, right):
        return None
    alike = scales.alike(left, right)
    if left.article == right.article and alike <= _APART:
        return None
    if alike < _ALIKE:
        return _told_otherwise(left, right, scales)
    words = scales.words(left) | scales.words(right)
    vague = len(words) == 1 and not _figures(left, right, scales)
    vague = vague and not _dates(left, right, scales)
    return _weight("topic") * alike + _weight("one_word") * vague


def _told_otherwise(left: Reading, right: Reading, scales: _Scales) -> float | None:
    """Weigh topics in other words: by the sentences that they stand in, and their figures."""
    if left.article == right.article:
        return None
    one, other = scales.of(left).firm, scales.of(right).firm
    shares = [len(own & scales.told(of)) / len(own) for own, of in ((one, right), (other, left))
              if own]  # fmt: skip
    told = max(shares, default=0.0)
    if told >= _HALF:
        return _weight("topic_told") * told
    if _figures(left, right, scales) > 0:
        return _weight("figure_for_topic" if one and other else "figure_as_topic")
    near = _at_one(left, right, scales) or _gap(left, right) <= _MONTH
    return _weight("other_topic") if near or scales.kind == "position" else None


def _figures(left: Reading, right: Reading, scales: _Scales) -> float:
    """Weigh figures with their units, which all wordings and translations keep."""
    one, other = scales.of(left), scales.of(right)
    if not one.figures or not other.figures:
        return 0.0
    common = one.figures & other.figures or _sums(one.figures, other.figures)
    if common:
        telling_units = any(unit not in _COMMON_UNITS for unit, _ in common)
        return _weight("figure" if telling_units else "common_figure")
    return _weight("other_figure") if one.units & other.units else 0.0


def _sums(
    figures: frozenset[tuple[str, float]], others: frozenset[tuple[str, float]]
) -> frozenset[tuple[str, float]]:
    """Give the large figures of which one text leaves out the unit, as in "40 millions"."""
    both = {own for _, own in figures} & {own for _, own in others}
    bare = {own for unit, own in figures | others if not unit}
    return frozenset(("", own) for own in both & bare)


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
    one, other = scales.of(left), scales.of(right)
    met = bool(one.meeting) and one.meeting == other.meeting
    return met or (bool(one.document) and one.document == other.document)


def _elsewhere(one: _Facts, other: _Facts) -> bool:
    """Say whether two claims were made at two meetings or in two documents."""
    if one.meeting and other.meeting and one.meeting != other.meeting:
        return True
    return bool(one.document and other.document and one.document != other.document)


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
        return compare(one, other, scales.world) in ("same", "for", "one for")
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
    """Weigh whether both were said on one occasion, and when; None where that tells them apart."""
    one, other = scales.of(left), scales.of(right)
    if _elsewhere(one, other):
        return None
    score = 0.0
    for known, same in ((one.meeting, other.meeting), (one.document, other.document)):
        score += _weight("occasion") * bool(known and known == same)
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
        soon = gap <= _FORTNIGHT and left.published and right.published
        return _weight("told_late") if same or soon else None  # one voiced again is another
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
    particular = scales.of(left).figures & scales.of(right).figures
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
    """Yield what another report of the same may share: occasion, figures, sides with words."""
    known = (scales.occasion.meeting, scales.occasion.document)
    places = sorted(each[reading.id] for each in known if reading.id in each)
    times = sorted({*edtf.months(reading.published), *(day[:4] for day in reading.of("date"))})
    words = sorted(scales.of(reading).firm, key=lambda each: (-len(each), each))[:_WORDS]
    for place in places:
        yield f"{COARSE}at:{place}"
    for word in words:
        for each in (*places, *sorted(reading.of("counterparty"))):
            yield f"at:{each}:{word}"
    for unit, figure in sorted(scales.of(reading).figures):
        if unit not in _COMMON_UNITS:
            yield f"{COARSE}figure:{unit}:{figure}"
    yield from _many(reading, scales, words, times)
    for actors in marks(scales.actors(reading), scales.world):
        yield from _of_side(actors, reading, scales, words, times)


def _many(
    reading: Reading, scales: _Scales, words: Sequence[str], times: Sequence[str]
) -> Iterator[str]:
    """Yield keys of several actors, of whom another report names some, or their states."""
    actors = sorted(scales.actors(reading))
    if len(actors) > _FEW:
        yield from (f"{COARSE}many:{word}:{time}" for word in words for time in times)
    if len(actors) > 1:
        yield from (f"{COARSE}{actor}:{word}" for actor in actors for word in words[:1])


def _of_side(
    actors: str, reading: Reading, scales: _Scales, words: Sequence[str], times: Sequence[str]
) -> Iterator[str]:
    """Yield keys of one side: the month, and what it speaks of."""
    for month in edtf.months(reading.published):
        yield f"{COARSE}{actors}:in:{month}"
    things = scales.things(reading)
    groups = {group for each in things for group in groups_of(each)}
    for word in (*words, *sorted(things | groups)):
        yield f"{COARSE}{actors}:{word}"
        for time in times:
            yield f"{actors}:{word}:{time}"
