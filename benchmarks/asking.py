"""What the bundled questions cost on a build on disk, beside a server and beside libraries.

    python -m benchmarks.asking 80 1200 [--only NAME] [--beside oxigraph virtuoso rdflib oxrdflib]
    python -m benchmarks.asking --build FOLDER

Builds of generated articles. Each question is asked as it stands, where it needs no parameters, and
with values of each of its parameters from the most to the least frequent. CPU milliseconds of the
process that answers; the median and what 95 in a hundred do not exceed. Answers are compared with
ours, row by row in their order.
"""

from __future__ import annotations

import argparse
import math
import re
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph
import yaml

from benchmarks import engines
from benchmarks.engines import Engine, Loaded, RefusedError, timed
from benchmarks.generate import articles
from kg import living
from kg.graph.model import Dataset
from kg.living import Arrival
from kg.queries.binding import bind, with_prefixes
from kg.queries.catalogue import catalogue
from kg.queries.model import Question, Term
from kg.queries.run import run_text
from kg.terms import DATA

SIZES: Final = (80,)
RANKS: Final = (
    0.0,
    0.002,
    0.01,
    0.05,
    0.1,
    0.2,
    0.35,
    0.5,
    0.7,
    1.0,
)  # of the values, by frequency
NONE: Final = -1  # rows of an answer of ours that did not come in time
PEERS: Final = ("oxigraph", "virtuoso", "rdflib", "oxrdflib")
_ONE_PATTERN: Final = re.compile(
    r"\{ SELECT (?:\*|\?\w+(?: \?\w+)*) WHERE \{ (\?\w+ \S+ \S+) \} \}"
)
_WAYS: Final = Path(__file__).parent / "data" / "asking.yaml"

Values = Mapping[str, Term]


@dataclass(slots=True)
class Cost:
    """What one way of asking a question cost: milliseconds of each engine, ours first, and rows."""

    question: str
    way: str
    rows: list[int] = field(default_factory=list)
    taken: dict[str, list[float | None]] = field(default_factory=dict)  # None where refused
    late: dict[str, int] = field(default_factory=dict)  # answers that did not come in time
    unlike: dict[str, int] = field(default_factory=dict)  # answers that are not ours

    def line(self) -> str:
        """Give the row of the table."""
        mine, *others = ([each for each in of if each is not None] for of in self.taken.values())
        shown = [f"{statistics.median(mine):,.1f}", f"{nearly_all(mine):,.1f}"]
        shown += [f"{statistics.median(each):,.0f}" if each else "" for each in others]
        odd = [f"{who}: {many} differ" for who, many in self.unlike.items()]
        odd += [f"{who}: {many} late" for who, many in self.late.items()]
        rows = f"{min(self.rows):,}–{max(self.rows):,}"
        told = "; ".join(odd) or "as all"
        return f"| {self.question} | {self.way} | {rows} | {' | '.join(shown)} | {told} |"


def nearly_all(values: Sequence[float]) -> float:
    """Give the value that 95 in a hundred do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def askings(question: Question, dataset: Dataset) -> Iterator[tuple[str, list[Values]]]:
    """Yield the ways in which a question is asked, and the values of its parameters for each."""
    needed = [each for each in question.parameters if each.required and each.default is None]
    if not needed:
        yield "all", [{}]
    ways = yaml.safe_load(_WAYS.read_text("utf-8")).get(question.name, {})
    for way, patterns in ways.items():
        drawn: dict[str, list[Term]] = {}
        for name, pattern in patterns.items():
            drawn[name] = drawn[pattern[1:]] if pattern[0] == "=" else values(dataset, pattern)
        many = max(map(len, drawn.values()))
        if all(drawn.values()):
            yield (
                way,
                [
                    {
                        name: found[(at + nth) % len(found)]
                        for nth, (name, found) in _numbered(drawn)
                    }
                    for at in range(many)
                ],
            )


def _numbered(drawn: Mapping[str, list[Term]]) -> Iterator[tuple[int, tuple[str, list[Term]]]]:
    """Number parameters, so that two of a kind do not always get the same value."""
    lists: list[list[Term]] = []
    for name, found in drawn.items():
        again = any(each is found for each in lists)
        yield (0 if again else sum(each == found for each in lists)), (name, found)
        lists.append(found)


def values(dataset: Dataset, pattern: str) -> list[Term]:
    """Draw values that a pattern gives, from the most frequent to the rarest."""
    text = "SELECT ?value (COUNT(*) AS ?many) WHERE { @ } GROUP BY ?value".replace("@", pattern)
    found = [row for row in run_text(dataset, text).rows if row[0] and row[1]]
    found.sort(key=lambda row: (-int(str(row[1])), str(row[0])))
    at = sorted({round(rank * (len(found) - 1)) for rank in RANKS}) if found else []
    return [term for term in (found[each][0] for each in at) if term]


def measured(
    build: Path, asked: Sequence[Engine], only: str | None = None, most: int = len(RANKS)
) -> Iterator[Cost]:
    """Yield what each way of asking each question cost, with at most so many values."""
    dataset = living.open_build(build).dataset
    for question in catalogue():
        if only and question.name != only:
            continue
        for way, all_values in askings(question, dataset):
            cost = Cost(question.name, way)
            step = max(1, math.ceil(len(all_values) / most))
            for given in all_values[step // 2 :: step]:
                _measure(cost, question, given, asked)
            yield cost


def _measure(cost: Cost, question: Question, given: Values, asked: Sequence[Engine]) -> None:
    text = with_prefixes(bind(question.name, question.text, given), DATA)
    mine: list[engines.Row] | None = None
    for engine in asked:
        taken = cost.taken.setdefault(engine.name, [])
        try:
            rows, seconds = timed(engine, unfolded(text) if engine.name == "rdflib" else text)
        except RefusedError:
            taken.append(None)
            cost.unlike[engine.name] = cost.unlike.get(engine.name, 0) + 1
            continue
        taken.append(1000 * seconds)
        if engine is asked[0]:
            mine = rows
            cost.rows.append(NONE if rows is None else len(rows))
        if rows is None:
            cost.late[engine.name] = cost.late.get(engine.name, 0) + 1
        elif mine is not None and rows != mine:
            cost.unlike[engine.name] = cost.unlike.get(engine.name, 0) + 1


def unfolded(text: str) -> str:
    """Write sub-selects of one pattern as that pattern, for an engine that joins all with all.

    >>> unfolded("{ SELECT * WHERE { ?claim cmq:about ?event } }  # unless event")
    '?claim cmq:about ?event .  # unless event'
    """
    return _ONE_PATTERN.sub(r"\1 .", text)


@contextmanager
def beside(
    build: Path, peers: Sequence[str], limit: float, url: str | None = None
) -> Iterator[tuple[list[Engine], list[Loaded]]]:
    """Have a build asked by ours and by some peers; say what loading cost those that load."""
    asked: list[Engine] = []
    loaded: list[Loaded] = []
    with ExitStack() as running:
        scratch = Path(running.enter_context(tempfile.TemporaryDirectory()))
        asked.append(running.enter_context(engines.ours(build, limit)))
        if "oxigraph" in peers:
            asked.append(running.enter_context(engines.oxigraph(build)))
        if "virtuoso" in peers:
            server, pushed = running.enter_context(engines.virtuoso(build, url))
            asked.append(server)
            loaded.append(pushed)
        file = scratch / "all.nq"
        for name in ("oxrdflib", "rdflib"):
            if name in peers:
                if not file.exists():
                    living.open_build(build).store.dump(str(file), pyoxigraph.RdfFormat.N_QUADS)
                library = running.enter_context(engines.library(name, file, limit))
                asked.append(library)
                loaded.append(library.loaded())
        yield asked, loaded


def made(count: int, path: Path) -> Path:
    """Build generated articles."""
    arrivals = (Arrival(each, claims, ("generated/1",)) for each, claims in articles(count))
    living.build(path, arrivals)
    return path


def report(options: argparse.Namespace) -> None:
    """Print a table for each size."""
    with tempfile.TemporaryDirectory() as scratch:
        builds = [options.build] if options.build else []
        builds += [made(size, Path(scratch) / str(size)) for size in options.sizes]
        for build in builds:
            _table(build, options)


def _table(build: Path, options: argparse.Namespace) -> None:
    counts = living.open_build(build).manifest.counts
    print(f"\n{counts['quads']:,} statements of {counts['articles']:,} articles\n")
    with beside(build, options.beside, options.limit, options.url) as (asked, _):
        names = [f"{each.name} p50" for each in asked[1:]]
        titles = ["question", "asked by", "rows", "p50 ms", "p95 ms", *names, "answers"]
        print(f"| {' | '.join(titles)} |")
        print(f"|---|---|{'--:|' * (len(names) + 3)}---|")
        for cost in measured(build, asked, options.only, options.most):
            print(cost.line(), flush=True)


def main(given: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, help="numbers of articles")
    asked.add_argument("--build", type=Path, help="a build that there is already")
    asked.add_argument("--only", help="one question")
    asked.add_argument("--most", type=int, default=len(RANKS), help="values for one parameter")
    asked.add_argument("--beside", nargs="+", default=(), choices=PEERS, help="engines to compare")
    asked.add_argument("--limit", type=float, default=60.0, help="seconds that an answer may take")
    asked.add_argument("--url", help="a Virtuoso that runs: http://USER:PASSWORD@HOST:PORT")
    options = asked.parse_args(given)
    if not options.sizes and not options.build:
        options.sizes = SIZES
    report(options)


if __name__ == "__main__":
    main(sys.argv[1:])
