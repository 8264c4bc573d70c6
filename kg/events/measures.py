"""Control measures across articles: claims on controls in, groups of one measure each out.

A measure is told by who imposed it, on what, against whom and when. What is considered, announced,
in force and lifted is one measure with several statuses. Sources may date one measure differently:
dates a season apart on the same items stay one measure, for the ledger to show; the next step of
one state on one item is another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache
from itertools import product
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import Reading, World
from kg.events.things import groups_of, share
from kg.events.weights import weights
from kg.events.wording import overlap, strong, words_of_all

SEASON: Final = 92  # days
_MONTH: Final = 31
_YEAR: Final = 400
_GENERAL: Final = "export-control"
_ITS_KINDS: Final = frozenset({"export-control", "licensing", "export-ban", "quota"})
_STAGES: Final = ("considered", "announced", "in-force", "suspended", "lifted")
_ENDED: Final = frozenset({"lifted", "suspended"})
_ALIKE: Final = 0.4  # of the names of items, from which they may be one
_SOMEWHAT: Final = 0.2  # the same, where date and kind are the same
_MONTHLY: Final = 6  # digits of a date that tell its month
_SAME: Final = 0.6  # from which sources may date one measure differently
_UNLIKE: Final = 0.5
_WORDS: Final = 3  # words of items that a measure is found by


def linkage(world: World | None = None) -> Linkage[Reading]:
    """Say how the claims on controls are linked to measures; `world` names the items."""
    label = world.label if world else _last
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: _keys(each, label),
        weigh=lambda left, right: weigh(left, right, label),
        enough=weights().control["enough"],
        when=lambda each: each.published,
        same=_same,
    )


def _last(entity: str) -> str:
    """Give the words that an id ends in."""
    return entity.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")


def _same(reading: Reading) -> Hashable:
    """Give all that is weighed; a claim that says little of its measure is like no other."""
    if not reading.of("imposer") or not (reading.of("item") and reading.of("date")):
        return reading.id
    said = tuple(reading.of(role) for role in ("imposer", "item", "target", "type"))
    return (said, frozenset(_days(reading, reading)), reading.denied, reading.status)


def _weight(name: str) -> float:
    return weights().control[name]


def weigh(left: Reading, right: Reading, label: Callable[[str], str] = _last) -> float | None:
    """Weigh whether two claims are on one measure; None where they cannot be."""
    imposers, others_imposing = left.of("imposer"), right.of("imposer")
    if left.denied != right.denied or (
        imposers and others_imposing and imposers != others_imposing
    ):
        return None
    kinds = _types(left, right)
    if kinds is None:
        return None
    items, others = left.of("item"), right.of("item")
    common = _alike(items, others, label)
    if items and others and common < (_ALIKE if not _dated_alike(left, right) else _SOMEWHAT):
        return None
    when, against = _when(left, right, common), _targets(left, right)
    if when is None or against is None:
        return None
    return (
        when
        + against
        + _weight("imposer") * bool(imposers and others_imposing)
        + _weight("item") * common
        + kinds
        + _weight("status_changed") * (left.status != right.status)
        + _weight("same_article") * (left.article == right.article and not (items and others))
    )


def _alike(items: frozenset[str], others: frozenset[str], label: Callable[[str], str]) -> float:
    """Say how alike two lists of items are, by name, by group or by their words."""
    if not items or not others:
        return 0.0
    one, other = (words_of_all(map(label, each)) for each in (items, others))
    worded = overlap(one, other)
    if strong(one) - other and strong(other) - one:
        worded *= _UNLIKE  # scrap of a metal, and its ore
    return max(share(items, others), worded)


def _dated_alike(left: Reading, right: Reading) -> bool:
    """Say whether two articles date a measure of one kind alike, whatever they call its items."""
    same = left.article != right.article and left.of("type") & right.of("type")
    days = list(product(_days(left, right), _days(right, left)))
    return bool(same) and any(
        edtf.compatible(*pair) and min(map(edtf.precision, pair)) >= _MONTHLY for pair in days
    )


def _targets(left: Reading, right: Reading) -> float | None:
    targets, others = left.of("target"), right.of("target")
    if not targets or not others:
        unlike = bool(targets) != bool(others) and not left.of("type") & right.of("type")
        return -0.5 if unlike else 0.0
    return _weight("target") if targets & others else None


def _when(left: Reading, right: Reading, common: float) -> float | None:
    """Weigh the dates; what ended is dated by its end, which lies after its beginning."""
    days, others = _days(left, right), _days(right, left)
    if days and others:
        return _dates(left, right, common)
    if not (left.published and right.published) or left.article == right.article:
        return 0.0
    gap = edtf.apart(left.published, right.published)
    if gap is None or gap <= SEASON:
        return _weight("told_soon")
    late = gap > _YEAR and not (days or others)
    return _weight("told_years_later" if late else "told_late")  # there may have been another


def _dates(left: Reading, right: Reading, common: float) -> float | None:
    """Weigh the dates; a later stage of a measure is dated later than an earlier one."""
    pairs = list(product(_days(left, right), _days(right, left)))
    if any(edtf.compatible(*pair) for pair in pairs):
        return _weight("date")
    gaps = [gap for gap in (edtf.apart(*pair) for pair in pairs) if gap is not None]
    near = min(gaps, default=0)
    stages = _stages(left, right)
    told_anew = common >= _SAME and left.article != right.article and bool(gaps)
    if stages is not None:
        early, late = stages
        rising = all(
            edtf.before(*pair) == "certainly"
            for pair in product(_days(early, late), _days(late, early))
        )
        if not rising:
            return _weight("date_off") if told_anew and near <= _MONTH else None
        return _weight("later_step") if late.status in _ENDED or near <= _YEAR else None
    return _weight("date_off") if told_anew and near <= SEASON else None


def _days(reading: Reading, other: Reading) -> list[str]:
    """Give the dates of a claim, their years completed from when it or the other appeared."""
    years = (day for day in sorted(other.of("date")) if day[:4].isdigit())
    seen = reading.published or next(years, other.published)
    return sorted(_nearest(each, seen) for each in reading.of("date"))


@lru_cache(8192)
def _nearest(date: str, published: str | None) -> str:
    """Complete a date without a year by the year in which it is nearest to a day."""
    if not date.startswith("XXXX") or not published or not published[:4].isdigit():
        return date
    every = [f"{int(published[:4]) + after:04d}{date[4:]}" for after in (0, 1, -1)]
    gaps = [(gap, each) for each in every if (gap := edtf.apart(each, published)) is not None]
    return min(gaps)[1] if gaps else date


def _stages(left: Reading, right: Reading) -> tuple[Reading, Reading] | None:
    """Give two claims on different stages of a measure in the order of these."""
    ranks = [_STAGES.index(each.status) if each.status in _STAGES else -1 for each in (left, right)]
    if min(ranks) < 0 or ranks[0] == ranks[1]:
        return None
    return (left, right) if ranks[0] < ranks[1] else (right, left)


def _types(left: Reading, right: Reading) -> float | None:
    """Weigh what kind of measure it is called; a ban in one report may be a licence in another."""
    kinds, others = left.of("type"), right.of("type")
    if kinds & others:
        return _weight("type")
    if not kinds or not others or (_GENERAL in kinds | others and kinds | others <= _ITS_KINDS):
        return 0.0
    alike = kinds | others <= _ITS_KINDS and left.article != right.article
    return _weight("other_type") if alike else None


def _keys(reading: Reading, label: Callable[[str], str]) -> Iterator[str]:
    imposers = "|".join(sorted(reading.of("imposer")))
    yield f"article:{reading.article}:{imposers}"  # one that names no item
    bare = "" if reading.of("item") else "bare:"
    for kind in sorted(reading.of("type")):
        for date in _days(reading, reading):
            yield f"{COARSE}dated:{imposers}:{kind}:{date[:7]}"
            if bare:
                yield f"{bare}{imposers}:{kind}:{date[:4]}"
    things = {group for item in reading.of("item") for group in (item, *groups_of(item))}
    words = strong(words_of_all(map(label, reading.of("item"))))
    named = sorted(words, key=lambda each: (-len(each), each))[:_WORDS]
    for thing in (*sorted(things | reading.of("target")), *named):
        yield f"{COARSE}{imposers}:{thing}"
        for year in _years(reading):
            yield f"{imposers}:{thing}:{year}"


def _years(reading: Reading) -> set[str]:
    """Give the years that a claim may speak of, and the next, so that a new year parts nothing."""
    dates = [*reading.of("date"), *([reading.published] if reading.published else [])]
    years = {int(date[:4]) for date in dates if date[:4].isdigit()}
    return {str(year + after) for year in years for after in (0, 1)}
