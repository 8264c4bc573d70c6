"""What a build folder costs to make, and to change by one article: from records to the graph.

    python -m benchmarks.living 1000 10000

Generated articles with their claims, nothing is read: `kg.living.build` of all, then `add` and
`retract` of single articles that were held back. CPU seconds, which do not depend on what else the
machine does; the bar for one article more than 10,000 is two seconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks.generate import articles
from benchmarks.resolving import LATE, held_back
from kg import living
from kg.living import Arrival

SIZES: Final = (300, 1000)


def report(sizes: Sequence[int] = SIZES) -> None:
    """Print a row for each size."""
    print("| articles | statements | build s | add one, s | slowest s | retract, s | of a build |")
    print("|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        print(_row(size), flush=True)


def _row(size: int) -> str:
    kept: list[Arrival] = []
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "build"
        whole = _seconds(lambda: living.build(path, _arrivals(size, kept)))
        add = [_seconds(lambda: living.add(path, [each])) for each in kept]  # noqa: B023 - at once
        late = kept[LATE // 2].article.id
        gone = _seconds(lambda: living.retract(path, [late], "measured"))
        statements = living.open_build(path).manifest.counts["quads"]
    one = statistics.median(add)
    return (
        f"| {size:,} | {statements:,} | {whole:.1f} | {one:.2f} | {max(add):.2f} | {gone:.2f}"
        f" | 1/{whole / one:,.0f} |"
    )


def _arrivals(size: int, kept: list[Arrival]) -> Iterator[Arrival]:
    late = held_back(size + LATE - 1)
    for number, (article, claims) in enumerate(articles(size + LATE)):
        arrival = Arrival(article, claims, ("generated/1",))
        if number in late:
            kept.append(arrival)
        else:
            yield arrival


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    report([int(each) for each in sys.argv[1:]] or SIZES)
