"""Utterances across articles: claims on what was said in, groups of one saying each out.

Sources render one saying in their own words and languages. Two renderings are one saying where the
same speaker, at a time that may be one, is given enough of the same content words. An article that
reports two sayings reports two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg import edtf
from kg.events.glances import beyond, bits_of, few_common, mark_of, span_of, unlike
from kg.events.grouping import COARSE, Answers, Glance, Linkage, Rows
from kg.events.reading import Reading

ENOUGH: Final = 0.5  # share of the content words of the shorter rendering
_COMMON: Final = 4  # content words at least
_STEM: Final = 6  # letters of a word that endings and spellings leave alone
_SHORT: Final = 4  # letters of a word that says little
_KEYS: Final = 8
_SEASON: Final = 31  # days between articles that may report one saying


def linkage() -> Linkage[Reading]:
    """Say how the claims on utterances are linked to sayings."""
    return Linkage(
        name=lambda each: each.id,
        keys=_keys,
        weigh=weigh,
        enough=ENOUGH,
        when=lambda each: each.published,
        glance=Glance(_row, 11, _apart),
    )


def _row(reading: Reading) -> tuple[int, ...]:
    days = reading.of("date")
    who = (mark_of(reading.of("speaker")), 1 + reading.denied)
    times = (*span_of([reading.published]), *span_of(days))
    return (*who, bool(days), *times, *bits_of(stems(reading.quote)))


def _apart(left: Rows, right: Rows) -> Answers:
    """Say of which pairs a glance tells two sayings: by others, at other times, in other words."""
    dated: Answers = (left[:, 2] != 0) & (right[:, 2] != 0)
    late = (dated & beyond(left, right, 5, 0)) | (~dated & beyond(left, right, 3, _SEASON))
    others = unlike(left, right, 0) | unlike(left, right, 1)
    return others | late | few_common(left, right, 7, _COMMON, ENOUGH)


def weigh(left: Reading, right: Reading) -> float | None:
    """Weigh whether two claims render one saying; None where they cannot."""
    if left.article == right.article or left.denied != right.denied:
        return None
    if not left.of("speaker") or left.of("speaker") != right.of("speaker"):
        return None
    if not _one_time(left, right):
        return None
    words, others = stems(left.quote), stems(right.quote)
    common = len(words & others)
    return common / min(len(words), len(others)) if common >= _COMMON else 0.0


@lru_cache(maxsize=8192)
def stems(quote: str) -> frozenset[str]:
    """Give the content words of a sentence, each without its ending; numbers count.

    >>> sorted(stems("He warned that exports of 300 tonnes would end."))
    ['300', 'export', 'tonnes', 'warned', 'would']
    """
    words = re.findall(r"[^\W_]+", quote.casefold())
    return frozenset(word[:_STEM] for word in words if len(word) > _SHORT or word.isdigit())


def _one_time(left: Reading, right: Reading) -> bool:
    days, others = left.of("date"), right.of("date")
    if days and others:
        return any(edtf.compatible(day, other) for day in days for other in others)
    if left.published and right.published:
        gap = edtf.apart(left.published, right.published)
        return gap is None or gap <= _SEASON
    return True


def _keys(reading: Reading) -> Iterator[str]:
    """Yield the speaker with the longest content words, which are the rarest, and the time."""
    rare = sorted(stems(reading.quote), key=lambda each: (not each.isdigit(), -len(each), each))
    days = {day[:7] for day in reading.of("date") if day[:4].isdigit()}
    times = sorted({*edtf.months(reading.published), *days})
    for speaker in reading.of("speaker"):
        for word in rare[:_KEYS]:
            yield f"{COARSE}{speaker}:{word}"
            for time in times:
                yield f"{speaker}:{word}:{time}"
