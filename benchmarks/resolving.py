"""What identity and events cost as a corpus grows, and what one more article costs.

    python -m benchmarks.resolving 1000 3000 10000 30000 100000

Generated articles with their claims (`benchmarks.generate`), each size in a process of its own with
its state in a file: CPU seconds, which do not depend on what else the machine does, for entities
and for events, the most memory, and the exponent from one size to the next (1 is linear). Then
articles that were held back are added one by one, and what was found is compared with what the
articles were made for.
"""

from __future__ import annotations

import argparse
import cProfile
import math
import pstats
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.generate import articles, written
from kg.articles.model import Article
from kg.claims.model import ArticleClaims, Claim
from kg.entities.register import Register
from kg.events.chronicle import Chronicle
from kg.shelves import Shelves

SIZES: Final = (300, 1000)  # what `make bench` measures
TOP: Final = 10
LATE: Final = 7  # articles held back, to be added one by one
KILOBYTE: Final = 1024
MEGABYTE: Final = 2**20

Told = tuple[Article, tuple[Claim, ...]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """B-cubed precision and recall of clusters."""

    precision: float
    recall: float


@dataclass(frozen=True, slots=True)
class Cost:
    """what one size cost; CPU seconds, and the most memory in bytes."""

    articles: int
    claims: int
    entities: float
    events: float
    memory: int
    one: tuple[float, ...]  # seconds to add one more article, for several
    found: int  # entities and events there are in the end
    written: int  # bytes of the state
    meetings: Likeness  # claims on meetings against the meetings they were made for
    persons: Likeness

    @property
    def whole(self) -> float:
        """Seconds for all but reading."""
        return self.entities + self.events


class Corpus:
    """A corpus that lives in a file: shelves with the two registers on them."""

    def __init__(self, path: Path | None) -> None:
        self.shelves = Shelves(path)
        self._articles = self.shelves.shelf("articles", Article, keep=64)
        self._claims = self.shelves.shelf("claims", ArticleClaims, keep=64)
        self.register = Register(self.shelves)
        self.chronicle = Chronicle(self.shelves, self.register)

    def put(self, told: Iterable[Told]) -> list[str]:
        """Put articles with their claims on the shelves; give their ids."""
        touched = []
        for article, claims in told:
            self._articles.put(article.id, article)
            self._claims.put(article.id, ArticleClaims(claims))
            touched.append(article.id)
        return touched

    def ids(self) -> Iterator[str]:
        """Yield the ids of the articles there are."""
        return self._articles.keys()

    def drop(self, article: str) -> None:
        """Take an article away."""
        self._articles.drop(article)
        self._claims.drop(article)

    def update(self, touched: Sequence[str]) -> tuple[float, float]:
        """Bring identity and events up to date; give the seconds of each."""
        start = time.process_time()
        changes = self.register.update(touched)
        middle = time.process_time()
        self.chronicle.update(touched, changes)
        self.shelves.commit()
        return middle - start, time.process_time() - middle


def held_back(count: int) -> frozenset[int]:
    """Say which of some articles are held back: some early, some late."""
    return frozenset(count * part // LATE for part in range(1, LATE + 1))


def cost(count: int, path: Path | None) -> Cost:
    """Measure one size in this process."""
    late = held_back(count + LATE - 1)
    kept: list[Told] = []
    corpus = Corpus(path)
    claims = 0

    def first() -> Iterator[Told]:
        nonlocal claims
        for number, told in enumerate(articles(count + LATE)):
            if number in late:
                kept.append(told)
            else:
                claims += len(told[1])
                yield told

    entities, events = corpus.update(corpus.put(first()))
    return Cost(
        articles=count,
        claims=claims,
        entities=entities,
        events=events,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE,
        one=tuple(sum(corpus.update(corpus.put([told]))) for told in kept),
        found=sum(1 for _ in corpus.register.entities())
        + sum(1 for _ in corpus.chronicle.events()),
        written=path.stat().st_size if path else 0,
        **likenesses(corpus, count + LATE),
    )


def likenesses(corpus: Corpus, count: int) -> dict[str, Likeness]:
    """Compare what was found with what the articles were made for."""
    meetings: Counter[tuple[str, str]] = Counter()
    persons: Counter[tuple[str, str]] = Counter()
    for each in written(count):
        own = each.article.id
        about, groups = corpus.chronicle.about(own), corpus.register.groups_of(own)
        for claim in each.claims:
            if claim.kind == "meeting":
                meetings[about[claim.id], each.occasion] += 1
        known = {
            mention.key: each.persons[mention.ref]
            for mention in corpus.register.mentions(own)
            if mention.type == "person" and mention.ref in each.persons
        }
        persons.update((groups[key], person) for key, person in known.items())
    return {"meetings": likeness(meetings), "persons": likeness(persons)}


def likeness(pairs: Mapping[tuple[str, str], int]) -> Likeness:
    """Give B-cubed of how often a cluster found and a true one go together."""
    found: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for (left, right), count in pairs.items():
        found[left] += count
        true[right] += count
    total = max(1, sum(pairs.values()))
    return Likeness(
        sum(count**2 / found[left] for (left, _), count in pairs.items()) / total,
        sum(count**2 / true[right] for (_, right), count in pairs.items()) / total,
    )


def exponent(small: Cost, large: Cost, what: str) -> float:
    """Say how seconds grow with claims: 1 is linear, 2 quadratic."""
    seconds = getattr(large, what) / getattr(small, what)
    return math.log(seconds) / math.log(large.claims / small.claims)


def report(sizes: Sequence[int] = SIZES) -> None:
    """Print the curve, and what one more article costs, as tables."""
    costs: list[Cost] = []
    print("| articles | claims | entities s | exponent | events s | exponent | both | memory MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|")
    for size in sizes:
        costs.append(_apart(size))
        print(_row(costs), flush=True)
    print()
    print("| articles | one more, s | slowest s | of a full build |")
    print("|--:|--:|--:|--:|")
    for each in costs:
        one = statistics.median(each.one)
        print(
            f"| {each.articles:,} | {one:.3f} | {max(each.one):.3f} | 1/{each.whole / one:,.0f} |"
        )

    print()
    print("| articles | meetings P | R | persons P | R | state MB |")
    print("|--:|--:|--:|--:|--:|--:|")
    for each in costs:
        print(
            f"| {each.articles:,} | {each.meetings.precision:.3f} | {each.meetings.recall:.3f}"
            f" | {each.persons.precision:.3f} | {each.persons.recall:.3f}"
            f" | {each.written / MEGABYTE:,.0f} |"
        )


def _row(costs: Sequence[Cost]) -> str:
    last = costs[-1]
    grown = ["", "", ""]
    if len(costs) > 1:
        names = ("entities", "events", "whole")
        grown = [f"{exponent(costs[-2], last, name):.2f}" for name in names]
    return (
        f"| {last.articles:,} | {last.claims:,} | {last.entities:.1f} | {grown[0]}"
        f" | {last.events:.1f} | {grown[1]} | {grown[2]} | {last.memory / MEGABYTE:,.0f} |"
    )


def _apart(size: int) -> Cost:
    """Measure one size in a process of its own, so that memory is only its own."""
    command = [sys.executable, "-m", "benchmarks.resolving", "--alone", str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=Cost)


def profile(size: int) -> None:
    """Print where the time goes in each stage."""
    corpus = Corpus(None)
    touched = corpus.put(articles(size))
    stages = cProfile.Profile(), cProfile.Profile()
    changes = stages[0].runcall(corpus.register.update, touched)
    stages[1].runcall(corpus.chronicle.update, touched, changes)
    for stage in stages:
        pstats.Stats(stage).sort_stats("tottime").print_stats(TOP)
        pstats.Stats(stage).sort_stats("cumtime").print_stats(3 * TOP)


def main(given: Sequence[str]) -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of articles")
    asked.add_argument("--alone", action="store_true", help="one size in this process, as JSON")
    asked.add_argument("--profile", action="store_true", help="where the time of each size goes")
    options = asked.parse_args(given)
    if options.alone:
        with tempfile.TemporaryDirectory() as scratch:
            found = cost(options.sizes[0], Path(scratch) / "state.sqlite")
        sys.stdout.buffer.write(msgspec.json.encode(found))
    elif options.profile:
        for size in options.sizes:
            profile(size)
    else:
        report(options.sizes)


if __name__ == "__main__":
    main(sys.argv[1:])
