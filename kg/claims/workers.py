"""Many articles at once: articles in, the claims of each out, in the order the articles came.

The work is spread over processes that each load the parser once; how many they are changes
nothing in what comes out. An article that brings a process down is tried once more by itself,
then given up with a reason, and costs no other. What waits is bounded, and so is memory.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Final

from kg.articles.model import Article, Rejection
from kg.claims.engine import Engine, load_engine
from kg.claims.extract import claims_of
from kg.claims.model import Claim

Batch = tuple[Article, ...]
Claims = tuple[Claim, ...]
Read = tuple[Article, Claims | Rejection]

BATCH: Final = 8  # articles handed over at once
AHEAD: Final = 3  # batches that wait for each process
FEW: Final = 64  # articles that are read before a second process would be up

_ENGINE: list[Engine] = []  # of this process, if it is a worker


def cores() -> int:
    """Give how many processes can work at once here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_each(
    articles: Iterable[Article],
    engine: Callable[[], Engine],
    pipeline: str | None = None,
    jobs: int = 1,
) -> Iterator[Read]:
    """Yield every article with its claims, or with why it could not be read, in order.

    `jobs` processes load `pipeline`; one job, or few articles, are read here by `engine()`.
    """
    coming = iter(articles)
    first = tuple(islice(coming, FEW + 1 if jobs > 1 else 0))
    if jobs > 1 and len(first) > FEW:
        yield from _Workers(pipeline, jobs).read(chain(first, coming))
        return
    loaded = engine()
    for article in chain(first, coming):
        yield article, tuple(claims_of(article, loaded))


class _Workers:
    """Processes with a parser each; a new set takes over where one of them dies."""

    def __init__(self, pipeline: str | None, jobs: int) -> None:
        self._pipeline = pipeline
        self._jobs = jobs
        self._waiting: deque[tuple[Batch, Future[list[Claims]]]] = deque()

    def read(self, articles: Iterable[Article]) -> Iterator[Read]:
        """Yield every article with what came of it, in order."""
        batches = _batches(articles)
        pool = self._pool(self._jobs)
        try:
            while True:
                for batch in islice(batches, self._jobs * (AHEAD + 1) - len(self._waiting)):
                    self._waiting.append((batch, pool.submit(_claims, batch)))
                if not self._waiting:
                    return
                batch, told = self._waiting.popleft()
                try:
                    yield from zip(batch, told.result(), strict=True)
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    yield from self._one_by_one(batch)
                    pool = self._again()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _again(self) -> ProcessPoolExecutor:
        """Start new processes and hand them what was waiting."""
        pool = self._pool(self._jobs)
        held = [batch for batch, _ in self._waiting]
        self._waiting = deque((batch, pool.submit(_claims, batch)) for batch in held)
        return pool

    def _one_by_one(self, batch: Batch) -> Iterator[Read]:
        """Read the articles of a batch each in a process that may die of it."""
        pool = self._pool(1)
        try:
            for article in batch:
                try:
                    yield article, pool.submit(_claims, (article,)).result()[0]
                except BrokenProcessPool:
                    pool.shutdown(wait=False)
                    pool = self._pool(1)
                    reason = "reading it brought the process down; leave it out, and report it"
                    yield article, Rejection(article.id, reason)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _pool(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")  # threads of the parser survive no fork
        return ProcessPoolExecutor(jobs, context, _start, (self._pipeline,))


def _start(pipeline: str | None) -> None:
    _ENGINE[:] = [load_engine(pipeline)]


def _claims(batch: Batch) -> list[Claims]:
    return [tuple(claims_of(article, _ENGINE[0])) for article in batch]


def _batches(articles: Iterable[Article]) -> Iterator[Batch]:
    coming = iter(articles)
    while batch := tuple(islice(coming, BATCH)):
        yield batch
