"""What a build folder costs to make, and to change by one article: from records to the graph.

    python -m benchmarks.living 1000 10000

Generated articles with their claims, nothing is read: `kg.living.build` of all, then `add` and
`retract` of single articles that were held back. CPU seconds, which do not depend on what else the
machine does, and for single articles seconds on the clock as well; the bar for one article more
than 10,000 is two seconds. What the engine alone needs for the same graph is measured by loading
its N-Quads into an empty store.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import RdfFormat, Store

from benchmarks.generate import articles
from benchmarks.resolving import KILOBYTE, LATE, held_back
from kg import living
from kg.living import Arrival

SIZES: Final = (300, 1000)


def report(sizes: Sequence[int] = SIZES) -> None:
    """Print a row for each size."""
    print(
        "| articles | statements of one | KB of one | build s | bare load s"
        " | add one, s | slowest s | on the clock, s | retract, s | of a build |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        print(_row(size), flush=True)


def _row(size: int) -> str:
    kept: list[Arrival] = []
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "build"
        whole, _ = _seconds(lambda: living.build(path, _arrivals(size, kept)))
        statements = living.open_build(path).manifest.counts["quads"]
        written = sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        bare = bare_load(path, Path(scratch))
        add = [_seconds(lambda: living.add(path, [each])) for each in kept]  # noqa: B023 - at once
        late = kept[LATE // 2].article.id
        gone, _ = _seconds(lambda: living.retract(path, [late], "measured"))
    one = statistics.median(spent for spent, _ in add)
    return (
        f"| {size:,} | {statements / size:,.0f} | {written / size / KILOBYTE:,.0f} | {whole:.1f}"
        f" | {bare:.1f} | {one:.2f} | {max(spent for spent, _ in add):.2f}"
        f" | {statistics.median(passed for _, passed in add):.2f} | {gone:.2f}"
        f" | 1/{whole / one:,.0f} |"
    )


def bare_load(path: Path, scratch: Path) -> float:
    """Measure what the engine alone needs to load the graph of a build."""
    lines = scratch / "graph.nq"
    living.open_build(path).store.dump(lines, format=RdfFormat.N_QUADS)
    empty = Store(scratch / "bare")

    def load() -> None:
        empty.bulk_load(path=lines)
        empty.flush()

    spent, _ = _seconds(load)
    lines.unlink()
    return spent


def _arrivals(size: int, kept: list[Arrival]) -> Iterator[Arrival]:
    late = held_back(size + LATE - 1)
    for number, (article, claims) in enumerate(articles(size + LATE)):
        arrival = Arrival(article, claims, ("generated/1",))
        if number in late:
            kept.append(arrival)
        else:
            yield arrival


def _seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Measure work in seconds of the processor and on the clock."""
    start, began = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - start, time.perf_counter() - began


if __name__ == "__main__":
    report([int(each) for each in sys.argv[1:]] or SIZES)
