"""Control measures across articles: claims on controls in, groups of one measure each out.

A measure is told by who imposed it, on what, against whom and when. Sources may date one measure
differently: dates a season apart on the same items stay one measure, for the ledger to show.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final

from kg import edtf
from kg.events.grouping import COARSE, Linkage
from kg.events.reading import Reading
from kg.events.things import groups_of, share

ENOUGH: Final = 3.9
SEASON: Final = 92  # days
_YEAR: Final = 400
_GENERAL: Final = "export-control"
_ITS_KINDS: Final = frozenset({"export-control", "licensing", "export-ban", "quota"})


def linkage() -> Linkage[Reading]:
    """Say how the claims on controls are linked to measures."""
    return Linkage(
        name=lambda each: each.id,
        keys=_keys,
        weigh=weigh,
        enough=ENOUGH,
        same=_same,
    )


def _same(reading: Reading) -> Hashable:
    """Give all that is weighed; a claim that says little of its measure is like no other."""
    if not reading.of("imposer") or not (reading.of("item") and reading.of("date")):
        return reading.id
    said = tuple(reading.of(role) for role in ("imposer", "item", "target", "date", "type"))
    return (said, reading.denied, _considered(reading))


def weigh(left: Reading, right: Reading) -> float | None:
    """Weigh whether two claims are on one measure; None where they cannot be."""
    if left.denied != right.denied or _considered(left) != _considered(right):
        return None
    if left.of("imposer") != right.of("imposer") or not _types_agree(left, right):
        return None
    items, others = left.of("item"), right.of("item")
    targets, other_targets = left.of("target"), right.of("target")
    common = share(items, others)
    if (items and others and not common) or (
        targets and other_targets and not targets & other_targets
    ):
        return None
    when = _when(left, right)
    if when is None:
        return None
    return (
        when
        + 2.0 * bool(left.of("imposer"))
        + 2.0 * common
        + 1.0 * bool(targets & other_targets)
        - 0.5 * (bool(targets) != bool(other_targets) and not left.of("type") & right.of("type"))
        + 0.5 * bool(left.of("type") & right.of("type"))
        + 1.5 * (left.article == right.article and not (items and others))
    )


def _when(left: Reading, right: Reading) -> float | None:
    days, others = left.of("date"), right.of("date")
    if days and others:
        pairs = [(day, other) for day in days for other in others]
        if any(edtf.compatible(*pair) for pair in pairs):
            return 1.0
        gaps = [gap for gap in (edtf.apart(*pair) for pair in pairs) if gap is not None]
        alike = left.of("item") == right.of("item") and left.article != right.article
        return -0.5 if alike and gaps and min(gaps) <= SEASON else None
    if left.published and right.published and left.article != right.article:
        gap = edtf.apart(left.published, right.published)
        if gap is not None and gap > SEASON:
            return None if gap > _YEAR else -0.5  # there may have been another since
    return 0.0


def _types_agree(left: Reading, right: Reading) -> bool:
    kinds, others = left.of("type"), right.of("type")
    if not kinds or not others or kinds & others:
        return True
    return _GENERAL in kinds | others and kinds | others <= _ITS_KINDS


def _considered(reading: Reading) -> bool:
    return reading.status == "considered"


def _keys(reading: Reading) -> Iterator[str]:
    imposers = "|".join(sorted(reading.of("imposer")))
    yield f"article:{reading.article}:{imposers}"  # one that names no item
    things = {group for item in reading.of("item") for group in (item, *groups_of(item))}
    for thing in sorted(things | reading.of("target")):
        yield f"{COARSE}{imposers}:{thing}"
        for year in _years(reading):
            yield f"{imposers}:{thing}:{year}"


def _years(reading: Reading) -> set[str]:
    """Give the years that a claim may speak of, and the next, so that a new year parts nothing."""
    dates = [*reading.of("date"), *([reading.published] if reading.published else [])]
    years = {int(date[:4]) for date in dates if date[:4].isdigit()}
    return {str(year + after) for year in years for after in (0, 1)}
