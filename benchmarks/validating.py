"""What a verdict on a build costs as it grows, beside pySHACL, and after one article more.

    python -m benchmarks.validating 10 100 800 --reference 100 --spoil 0.001

Builds of generated articles (about 900 statements each), judged by the bundled shapes in a process
of its own, as `kg validate` does: CPU seconds, which hardly depend on what else the machine does,
seconds on the clock, which use of both cores makes fewer, the most memory of that process, and the
exponent from one size to the next (1 is linear). Up to
`--reference` articles pySHACL judges the same, SPARQL constraints included, and its results are
compared one by one; a share of the statements is spoilt before, so that there is something to
find. Then an article is added, and what is judged again is compared with a verdict on everything.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Store

from benchmarks.clocks import Spent, timed
from benchmarks.generate import articles
from kg import living
from kg.graph.model import Dataset
from kg.living import Arrival
from kg.shapes.guarded import Limits, judged_apart
from kg.shapes.judging import Engine, Since, Verdict

SIZES: Final = (10, 30)  # what is quick
REFERENCE: Final = 10  # articles that pySHACL is asked about, at most
SPOILT: Final = 0.001  # share of the statements
_LIMITS: Final = Limits(7200.0, 8192)
_KILOBYTE: Final = 1024
_MEGABYTE: Final = 2**20


@dataclass(frozen=True, slots=True)
class Cost:
    """What verdicts on one size cost: seconds of all, and the most memory of any, in bytes."""

    articles: int
    statements: int
    spent: Spent
    memory: int  # of any process so far; sizes go up
    results: int
    reference: Spent | None  # by pySHACL
    again: Spent  # after one article more
    judged: int  # nodes judged then


def cost(size: int, reference: int, share: float) -> Cost:
    """Measure one size; results that differ are an error."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "build"
        arrivals = [Arrival(one, claims, ("made/1",)) for one, claims in articles(size + 1)]
        living.build(path, arrivals[:-1])
        before = spoilt(path, Path(scratch) / "before", share)
        verdict, spent = timed(lambda: judged_now(before))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KILOBYTE
        slow = None
        if size <= reference:
            told, slow = timed(lambda: judged_now(before, "pyshacl"))
            agree(told, verdict, f"pySHACL and {verdict.engine} on {size} articles")
        living.add(path, arrivals[-1:])
        after = spoilt(path, Path(scratch) / "after", share)
        changed = tuple(quad.triple for quad in {*before.quads()} ^ {*after.quads()})
        since = Since(verdict.results, changed)
        again, briefly = timed(lambda: judged_now(after, since=since))
        agree(judged_now(after), again, f"a verdict on everything and on what changed, {size}")
        return Cost(
            size,
            len(before),
            spent,
            memory,
            len({*verdict.results}),
            slow,
            briefly,
            again.judged or 0,
        )


def judged_now(dataset: Dataset, engine: Engine = "auto", since: Since | None = None) -> Verdict:
    return judged_apart(dataset, _LIMITS, engine=engine, since=since)


def agree(left: Verdict, right: Verdict, who: str) -> None:
    if {*left.results} != {*right.results}:
        odd = {*left.results} ^ {*right.results}
        raise SystemExit(f"{who} differ: {sorted(map(str, odd))[:3]}")


def spoilt(build: Path, folder: Path, share: float) -> Dataset:
    """Copy the graph of a build and spoil some statements, the same ones whatever else there is."""
    store = Store(str(folder))
    store.bulk_extend(_with_faults(living.open_build(build).dataset.quads(), share))
    store.flush()
    del store
    return Dataset(Store.read_only(str(folder)), folder=folder)


def _with_faults(quads: Iterator[Quad], share: float) -> Iterator[Quad]:
    values = (Literal("odd"), Literal(-1), Literal("2031"), NamedNode("http://x.example/nobody"))
    for quad in quads:
        draw = random.Random(str(quad))
        if draw.random() >= share:
            yield quad
        elif draw.random() < 0.5:
            yield Quad(quad.subject, quad.predicate, draw.choice(values), quad.graph_name)


def report(
    sizes: Sequence[int] = SIZES, reference: int = REFERENCE, share: float = SPOILT
) -> list[Cost]:
    """Print a row for each size."""
    print(
        "| articles | statements | results | s | on the clock | exponent | MB | pySHACL s | ratio"
        " | on the clock | one more, s | on the clock |"
    )
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    costs: list[Cost] = []
    for size in sizes:
        costs.append(cost(size, reference, share))
        print(_row(costs), flush=True)
    return costs


def _row(costs: Sequence[Cost]) -> str:
    last = costs[-1]
    slow, mine = last.reference, last.spent
    ratios = (
        f"{slow.cpu:.1f} | {slow.cpu / mine.cpu:.0f} × | {slow.clock / mine.clock:.0f} ×"
        if slow
        else "| | "
    )
    return (
        f"| {last.articles:,} | {last.statements:,} | {last.results:,} | {mine.cpu:.1f}"
        f" | {mine.clock:.1f} | {_exponent(costs)} | {last.memory / _MEGABYTE:,.0f} | {ratios}"
        f" | {last.again.cpu:.1f} ({last.judged:,} nodes) | {last.again.clock:.1f} |"
    )


def _exponent(costs: Sequence[Cost]) -> str:
    if len(costs) < 2:
        return ""
    small, large = costs[-2:]
    grown = math.log(large.spent.cpu / small.spent.cpu)
    return f"{grown / math.log(large.statements / small.statements):.2f}"


def main(given: Sequence[str]) -> None:
    """Read the command line."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of articles")
    asked.add_argument("--reference", type=int, default=REFERENCE, help="articles for pySHACL")
    asked.add_argument("--spoil", type=float, default=SPOILT, help="share of statements")
    options = asked.parse_args(given)
    report(options.sizes, options.reference, options.spoil)


if __name__ == "__main__":
    main(sys.argv[1:])
