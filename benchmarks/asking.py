"""What the bundled questions cost on a build on disk, beside a server and beside rdflib.

    python -m benchmarks.asking 80 1200 [--only NAME] [--server] [--rdflib SECONDS] [--build FOLDER]

Builds of generated articles. Each question is asked as it stands, where it needs no parameters, and
with values of each of its parameters from the most to the least frequent. CPU seconds of looking
up, sorting and taking every row; the median and the largest of 95 in a hundred. `--server` asks the
same texts of an `oxigraph` process over HTTP (wall time), `--rdflib` of an rdflib dataset in
memory, each question in a process that is ended after so many seconds; answers are compared.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pyoxigraph
import yaml

from benchmarks.generate import articles
from kg import living
from kg.graph.model import Dataset
from kg.living import Arrival
from kg.queries.binding import bind, with_prefixes
from kg.queries.catalogue import catalogue
from kg.queries.model import Question, Term
from kg.queries.run import run_text, to_term
from kg.terms import DATA, PREFIXES

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
AGAIN: Final = 3  # each is asked so often, the quickest counts
QUICK: Final = 1.0  # seconds above which it is asked once
_WAYS: Final = Path(__file__).parent / "data" / "asking.yaml"

Values = Mapping[str, Term]


@dataclass(slots=True)
class Cost:
    """What one way of asking a question cost: milliseconds and rows of each time."""

    question: str
    way: str
    embedded: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    rdflib: list[float] = field(default_factory=list)
    unlike: int = 0  # answers that are not the same

    def line(self) -> str:
        """Give the row of the table."""
        shown = [f"{statistics.median(self.embedded):,.1f}", f"{nearly_all(self.embedded):,.1f}"]
        shown += [
            f"{statistics.median(each):,.0f}" if each else "" for each in (self.server, self.rdflib)
        ]
        told = "as all" if not self.unlike else f"{self.unlike} differ"
        rows = f"{min(self.rows):,}–{max(self.rows):,}"
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
    build: Path, only: str | None, address: str | None, limit: float, file: Path | None
) -> Iterator[Cost]:
    """Yield what each way of asking each question cost."""
    dataset = living.open_build(build).dataset
    for question in catalogue():
        if only and question.name != only:
            continue
        for way, all_values in askings(question, dataset):
            cost = Cost(question.name, way)
            for given in all_values:
                text = with_prefixes(bind(question.name, question.text, given), DATA)
                _measure(cost, dataset, text, address, limit, file)
            yield cost


def _measure(
    cost: Cost, dataset: Dataset, text: str, address: str | None, limit: float, file: Path | None
) -> None:
    rows = embedded(dataset, text)
    cost.embedded.append(1000 * least(lambda: embedded(dataset, text), time.process_time))
    cost.rows.append(len(rows))
    if address:
        cost.unlike += served(address, text) != rows
        cost.server.append(1000 * least(lambda: served(address, text), time.perf_counter))
    if file:
        told = by_rdflib(file, text, limit)
        cost.rdflib.append(told["seconds"] * 1000 if told else limit * 1000)
        cost.unlike += told is not None and told["rows"] != rows


def least(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Give the least seconds that some work takes."""
    taken: list[float] = []
    while len(taken) < AGAIN and not (taken and taken[0] > QUICK):
        start = clock()
        work()
        taken.append(clock() - start)
    return min(taken)


def embedded(dataset: Dataset, text: str) -> list[list[str | None]]:
    """Answer from the store of this process, as text."""
    found: Any = dataset.store.query(text, use_default_graph_as_union=True)
    return [[None if each is None else _plain(each) for each in row] for row in found]


def _plain(found: object) -> str:
    term = to_term(found)
    return term.value if term else ""


def served(address: str, text: str) -> list[list[str | None]]:
    """Answer from a server."""
    request = Request(  # loopback
        f"{address}/query",
        urlencode({"query": text}).encode(),
        {"Accept": "application/sparql-results+json"},
    )
    with urlopen(request, timeout=600) as response:
        told = json.load(response)
    names = told["head"]["vars"]
    return [
        [row[name]["value"] if name in row else None for name in names]
        for row in told["results"]["bindings"]
    ]


@contextmanager
def server(build: Path) -> Iterator[str]:
    """Run an `oxigraph` process on a copy of the store of a build; give its address."""
    store = build / living.open_build(build).manifest.store
    program = Path(sys.executable).parent / "oxigraph"
    with tempfile.TemporaryDirectory() as scratch, socket.socket() as probe:
        copy = shutil.copytree(store, Path(scratch) / "store")
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
        probe.close()
        command = [
            str(program),
            "serve-read-only",
            "-l",
            str(copy),
            "-b",
            place,
            "--union-default-graph",
        ]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                _wait_for(f"http://{place}", process)
                yield f"http://{place}"
            finally:
                process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urlopen(f"{address}/query", timeout=5):
                return
        except URLError:
            time.sleep(0.05)
    raise RuntimeError("the server ended at once")


def by_rdflib(file: Path, text: str, limit: float) -> dict[str, Any] | None:
    """Answer by rdflib in a process that is ended in time; None if it was."""
    command = [sys.executable, "-m", "benchmarks.asking", "--answer", str(file)]
    try:
        done = subprocess.run(
            command, input=text.encode(), stdout=subprocess.PIPE, timeout=limit, check=True
        )
    except subprocess.TimeoutExpired:
        return None
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def answer(file: Path) -> None:
    """Be the process that asks rdflib: a query on standard input, rows on standard output."""
    import rdflib

    graph = rdflib.Dataset(default_union=True)
    graph.parse(file, format="nquads")
    start = time.process_time()
    rows = [
        [None if each is None else str(each) for each in row]
        for row in graph.query(sys.stdin.read(), initNs=PREFIXES)
        if isinstance(row, tuple)
    ]
    json.dump({"seconds": time.process_time() - start, "rows": rows}, sys.stdout)


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
            _table(build, options, Path(scratch))


def _table(build: Path, options: argparse.Namespace, scratch: Path) -> None:
    counts = living.open_build(build).manifest.counts
    print(f"\n{counts['quads']:,} statements of {counts['articles']:,} articles\n")
    print("| question | asked by | rows | p50 ms | p95 ms | server p50 | rdflib p50 | answers |")
    print("|---|---|--:|--:|--:|--:|--:|---|")
    file = None
    if options.rdflib:
        file = scratch / "all.nq"
        quads = living.open_build(build).dataset.store
        quads.dump(str(file), pyoxigraph.RdfFormat.N_QUADS)
    if options.server:
        with server(build) as address:
            _lines(build, options, address, file)
    else:
        _lines(build, options, None, file)


def _lines(
    build: Path, options: argparse.Namespace, address: str | None, file: Path | None
) -> None:
    for cost in measured(build, options.only, address, options.rdflib, file):
        print(cost.line(), flush=True)


def main(given: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, help="numbers of articles")
    asked.add_argument("--build", type=Path, help="a build that there is already")
    asked.add_argument("--only", help="one question")
    asked.add_argument("--server", action="store_true", help="beside an oxigraph server")
    asked.add_argument(
        "--rdflib", type=float, default=0.0, help="beside rdflib, ended after so many s"
    )
    asked.add_argument("--answer", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args(given)
    if options.answer:
        answer(options.answer)
        return
    if not options.sizes and not options.build:
        options.sizes = SIZES
    report(options)


if __name__ == "__main__":
    main(sys.argv[1:])
