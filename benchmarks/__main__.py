"""Speed side by side with what one would use instead: ratios of one run, never a test.

    python -m benchmarks [SIZE…]

Claims against the bare parser on a thousand articles made of the practice corpus, bundled questions
and writing against rdflib on the bundled articles. Times depend on the machine; the ratios do less
so. Identity and events on generated articles, as many as SIZE says (300 and 1,000 by default).
`python -m benchmarks.peers` sets the claims beside open information extraction.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib

from benchmarks import reading, resolving
from kg import pipeline
from kg.claims.engine import load_engine
from kg.graph.store import Build
from kg.queries.binding import bind
from kg.queries.catalogue import catalogue
from kg.queries.run import run
from kg.resources import folder
from kg.terms import PREFIXES

REPEATS = 3


def seconds(work: Callable[[], object]) -> float:
    """Median wall time of some work."""
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def row(what: str, ours: float, theirs: float, other: str) -> None:
    print(
        f"{what:34} {ours * 1000:10.1f} ms {other:>20} {theirs * 1000:10.1f} ms"
        f"   x {theirs / ours:8.2f}"
    )


def questions_against_rdflib(build: Build) -> None:
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=build.dataset.nquads().decode(), format="nquads")
    for question in catalogue():
        if any(each.required and each.default is None for each in question.parameters):
            continue
        ours = seconds(lambda asked=question: run(build.dataset, asked))  # type: ignore[misc]
        text = bind(question.name, question.text, {})
        start = time.perf_counter()
        list(graph.query(text, initNs=PREFIXES))
        row(question.name[:34], ours, time.perf_counter() - start, "rdflib")


def writing_against_rdflib(build: Build) -> None:
    graph = rdflib.Dataset()
    graph.parse(data=build.dataset.nquads().decode(), format="nquads")
    ours = seconds(build.dataset.trig)
    row("TriG, sorted", ours, seconds(lambda: graph.serialize(format="trig")), "rdflib, unsorted")


def main() -> None:
    reading.report()
    with tempfile.TemporaryDirectory() as scratch:
        corpus = pipeline.read([folder("articles")])
        claims = pipeline.extract(corpus.articles, load_engine())
        build = pipeline.build(corpus, claims, Path(scratch) / "build")
        print(f"{len(build.dataset):,} quads")
        writing_against_rdflib(build)
        questions_against_rdflib(build)
    resolving.report([int(each) for each in sys.argv[1:]] or resolving.SIZES)


if __name__ == "__main__":
    main()
