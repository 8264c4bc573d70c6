"""Any number of articles with their claims, without reading them: the same for every run.

    articles(count, seed=0)

Day by day from 2019 on; on each day so many meetings take place that about 300 reports are written
of them, on that day, a few days before (planned) or up to a fortnight after it. The first thousand
of ten thousand articles are the thousand articles of the same seed. What is held in memory is what
is still to be reported, whatever the number of articles.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import count as counting
from itertools import islice
from typing import Final

from benchmarks.invented import chance
from benchmarks.invented.affairs import BEGIN, lexicon
from benchmarks.invented.occasions import Occasion, occasions
from benchmarks.invented.telling import Report, Written, told
from kg.articles.model import Article
from kg.claims.model import Claim

PER_DAY: Final = 300
COPIES: Final = 0.01
_ANNOUNCED: Final = 0.08  # of the meetings with several reports are announced before
_LONGEST: Final = 14  # days after a meeting on which a report still comes
_AHEAD: Final = 6  # days before it on which it may be announced


def articles(
    count: int, seed: int = 0, per_day: int = PER_DAY
) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Yield articles with their claims, in the order of their days."""
    return ((each.article, each.claims) for each in written(count, seed, per_day))


def written(count: int, seed: int = 0, per_day: int = PER_DAY) -> Iterator[Written]:
    """Yield the same articles with the meetings and persons that they are about."""
    for number, report in enumerate(islice(_reports(seed, per_day), count)):
        yield told(f"made-{seed}-{number:07}", report)


def _reports(seed: int, per_day: int) -> Iterator[Report]:
    due: defaultdict[int, list[Report]] = defaultdict(list)
    for day in counting():
        for occasion in occasions(day + _AHEAD, seed, per_day):
            for when, report in _of(occasion, day + _AHEAD):
                due[when].append(report)
        yield from due.pop(day, ())


def _of(occasion: Occasion, day: int) -> Iterator[tuple[int, Report]]:
    """Yield the reports of a meeting with the day on which they come."""
    draw = chance.of("reports", occasion.key)
    announced = occasion.reports > 2 and draw.random() < _ANNOUNCED
    last: Report | None = None
    for number in range(occasion.reports):
        planned = announced and number == 0
        when = day - draw.randint(1, _AHEAD) if planned else day + _delay(draw)
        copied = draw.random() < COPIES and last is not None and not last.planned
        manner = last.manner if copied and last else f"{occasion.key}:{number}"
        report = Report(
            occasion=occasion,
            manner=manner,
            published=BEGIN + timedelta(days=when),
            outlet=chance.zipf(draw, lexicon().outlets),
            tail=f"{draw.choice(lexicon().outlets)}, desk {draw.randint(100, 999)}.",
            planned=planned,
        )
        yield when, report
        last = report


def _delay(draw: random.Random) -> int:
    delay = 0
    while delay < _LONGEST and draw.random() < 0.45:
        delay += 1
    return delay
