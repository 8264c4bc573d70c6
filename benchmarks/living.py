"""What a build folder costs to make, and to change by one article: from records to the graph.

    python -m benchmarks.living 1000 10000

Generated articles with their claims, nothing is read: `kg.living.build` of all; then single
articles are added, each by a process of its own as `kg add` is: some that were held back, and the
next ones, so many that the graph gets a new base among them (`kg.graph.tables`); then one is
retracted, and tables are rewritten as `kg tidy` does. CPU seconds, which do not depend on what else
the machine does, and for single articles seconds on the clock as well; the bar for each article
more than 10,000 is two seconds, the start of its process counted in. What the engine alone needs
for the same graph is measured by loading its N-Quads into an empty store.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec
from pyoxigraph import RdfFormat, Store

from benchmarks.clocks import Spent, timed
from benchmarks.generate import articles
from benchmarks.resolving import KILOBYTE, LATE, held_back
from kg import living
from kg.articles.model import Article
from kg.claims.model import Claim
from kg.graph.tables import copy, rewrite
from kg.living import Arrival

SIZES: Final = (300, 1000)
NEXT: Final = 20  # articles that are added beside those held back
ADD: Final = """
import sys, time
from pathlib import Path
import msgspec
from kg import living
started = time.process_time()
arrival = msgspec.msgpack.decode(Path(sys.argv[2]).read_bytes(), type=living.Arrival)
spent, passed = time.process_time(), time.perf_counter()
living.add(Path(sys.argv[1]), [arrival])
print(started, time.process_time() - spent, time.perf_counter() - passed)
"""


@dataclass(frozen=True, slots=True)
class Added:
    """What it cost to add one article: seconds of the processor, and on the clock."""

    start: float  # of the process
    work: float
    passed: float

    @property
    def whole(self) -> float:
        """Seconds of the processor from the start of the process to its end."""
        return self.start + self.work


def report(sizes: Sequence[int] = SIZES) -> None:
    """Print a row for each size."""
    print(
        "| articles | statements of one | KB of one | build s | bare load s | start s"
        " | add one, s | slowest s | on the clock, s | retract, s | rewrite s | of a build |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        print(_row(size), flush=True)


def _row(size: int) -> str:
    kept: list[Arrival] = []
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "build"
        whole = _seconds(lambda: living.build(path, _arrivals(size, kept)))
        statements = living.open_build(path).manifest.counts["quads"]
        written = sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
        bare = bare_load(path, Path(scratch)).cpu
        late = kept[LATE // 2].article.id
        kept += (
            _arrival(*each) for each in islice(articles(size + LATE + NEXT), size + LATE, None)
        )
        found = [added(path, each) for each in kept]
        gone = _seconds(lambda: living.retract(path, [late], "measured"))
        again = _rewriting(path, Path(scratch))
    one = statistics.median(each.whole for each in found)
    return (
        f"| {size:,} | {statements / size:,.0f} | {written / size / KILOBYTE:,.0f} | {whole:.1f}"
        f" | {bare:.1f} | {statistics.median(each.start for each in found):.2f}"
        f" | {one:.2f} | {max(each.whole for each in found):.2f}"
        f" | {statistics.median(each.passed for each in found):.2f} | {gone:.2f} | {again:.1f}"
        f" | 1/{whole / one:,.0f} |"
    )


def added(path: Path, arrival: Arrival) -> Added:
    """Add an article to a build by a process of its own, and give what that cost."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(msgspec.msgpack.encode(arrival))
        file.flush()
        asked = [sys.executable, "-c", ADD, str(path), file.name]
        told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout
    return Added(*map(float, told.split()))


def bare_load(path: Path, scratch: Path) -> Spent:
    """Measure what the engine alone needs to load the graph of a build."""
    lines = scratch / "graph.nq"
    living.open_build(path).store.dump(lines, format=RdfFormat.N_QUADS)
    empty = Store(scratch / "bare")

    def load() -> None:
        empty.bulk_load(path=lines)
        empty.flush()

    _, spent = timed(load)
    lines.unlink()
    return spent


def _rewriting(path: Path, scratch: Path) -> float:
    """Measure what it costs to rewrite the tables of a graph that was changed."""
    other = scratch / "again"
    copy(path / living.open_build(path).manifest.store, other)
    return _seconds(lambda: rewrite(other))


def _arrivals(size: int, kept: list[Arrival]) -> Iterator[Arrival]:
    late = held_back(size + LATE - 1)
    for number, each in enumerate(articles(size + LATE)):
        arrival = _arrival(*each)
        if number in late:
            kept.append(arrival)
        else:
            yield arrival


def _arrival(article: Article, claims: tuple[Claim, ...]) -> Arrival:
    return Arrival(article, claims, ("generated/1",))


def _seconds(work: Callable[[], object]) -> float:
    """Measure work in seconds of the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    report([int(each) for each in sys.argv[1:]] or SIZES)
