"""Commitments, concerns and positions across articles: claims in, groups of one proposition out.

Two claims are one proposition where the same actors speak of the same things on the same
occasion. One thing pledged in one report and agreed in another is one commitment with two
modalities; other things, or the same things at another meeting, are another commitment.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import Reading, World
from kg.events.things import broad
from kg.terms import Kind

ENOUGH: Final = 4.0
_MONTH: Final = 31
_YEARS: Final = 800
_ACTORS: Final[dict[Kind, str]] = {
    "commitment": "actor", "concern": "holder", "position": "actor"
}  # fmt: skip
_THINGS: Final[dict[Kind, str]] = {
    "commitment": "topic", "concern": "topic", "position": "item"
}  # fmt: skip
_SINGLE: Final = ("counterparty", "framework", "target", "type")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where claims say that something was said: the meeting and the document of each."""

    meeting: Mapping[str, str]
    document: Mapping[str, str]


def linkage(kind: Kind, occasion: Occasion, world: World) -> Linkage[Reading]:
    """Say how the claims of one kind are linked to propositions."""
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(kind, each, occasion, world),
        weigh=_weigher(kind, occasion, world),
        enough=ENOUGH,
        same=lambda each: _same(kind, each, occasion),
    )


def _same(kind: Kind, reading: Reading, occasion: Occasion) -> Hashable:
    """Give all that is weighed, if it was said at a known meeting; else it is like no other."""
    meeting = occasion.meeting.get(reading.id)
    if not (meeting and reading.of(_ACTORS[kind]) and reading.of(_THINGS[kind])):
        return reading.id
    roles = (_ACTORS[kind], _THINGS[kind], "date", *_SINGLE)
    said = tuple(reading.of(role) for role in roles)
    place = (meeting, occasion.document.get(reading.id))
    return (said, place, reading.modality, reading.denied)


def _actors(kind: Kind, reading: Reading, world: World) -> frozenset[str]:
    """Give who acts; several ministers who act together act for their states."""
    named = reading.of(_ACTORS[kind])
    states = world.states_of(named)
    known = all(world.acts_for.get(each) or each.startswith(("state/", "bloc/")) for each in named)
    return states if known and len(states) > 1 else named


def _weigher(
    kind: Kind, occasion: Occasion, world: World
) -> Callable[[Reading, Reading], float | None]:
    def weigh(left: Reading, right: Reading) -> float | None:
        actors, others_acting = (_actors(kind, each, world) for each in (left, right))
        if left.denied != right.denied or actors != others_acting:
            return None
        if any(_disjoint(left.of(role), right.of(role)) for role in _SINGLE):
            return None
        things, others = left.of(_THINGS[kind]), right.of(_THINGS[kind])
        shared = _jaccard(things, others)
        modal = left.modality == right.modality
        if shared < 0.5 or (not modal and (shared < 1.0 or _unlike(left, right))):
            return None
        if not modal and left.article != right.article and len(things) == 1 and broad(min(things)):
            return None  # two things said on a wide field
        place = _occasion(kind, left, right, occasion)
        if place is None or not _dates_agree(left, right):
            return None
        return 2.0 * bool(actors) + 2.0 * shared + 0.5 * modal + place

    return weigh


def _unlike(left: Reading, right: Reading) -> bool:
    """Say whether one names a framework or partner that the other does not."""
    return any(left.of(role) != right.of(role) for role in ("framework", "counterparty"))


def _occasion(kind: Kind, left: Reading, right: Reading, occasion: Occasion) -> float | None:
    """Weigh whether both were said on one occasion; None where they were not."""
    score = 0.0
    for known in (occasion.meeting, occasion.document):
        one, other = known.get(left.id), known.get(right.id)
        if one and other and one != other:
            return None
        score += 1.0 * bool(one and one == other)
    if score or left.article == right.article:
        return score
    if not (left.published and right.published):
        return 0.0 if kind == "position" else -0.5
    gap = edtf.apart(left.published, right.published)
    limit = _YEARS if kind == "position" else _MONTH
    return None if gap is not None and gap > limit else 0.0


def _dates_agree(left: Reading, right: Reading) -> bool:
    days, others = left.of("date"), right.of("date")
    if not days or not others:
        return True
    return any(edtf.compatible(day, other) for day in days for other in others)


def _jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def _disjoint(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left and right and not left & right)


def _keys(kind: Kind, reading: Reading, occasion: Occasion, world: World) -> Iterator[str]:
    actors = "|".join(sorted(_actors(kind, reading, world)))
    known = (occasion.meeting, occasion.document)
    places = sorted(each[reading.id] for each in known if reading.id in each)
    for thing in reading.of(_THINGS[kind]):
        yield f"{COARSE}{actors}:{thing}"
        for place in places:
            yield f"{actors}:{thing}:{place}"
        for month in edtf.months(reading.published):
            yield f"{actors}:{thing}:{month}"
