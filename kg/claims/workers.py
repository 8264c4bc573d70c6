"""Many articles at once: articles in, the claims of each out, in the order the articles came.

The work is spread over processes that each load the parser once; how many they are changes
nothing in what comes out. An article that brings a process down is tried once more by itself,
then given up with a reason, and costs no other. What waits is bounded, and so is memory.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from functools import cache
from itertools import chain, islice
from multiprocessing.connection import Connection
from threading import Thread
from typing import Final

from kg.articles.model import Article, Rejection
from kg.claims.engine import Engine, load_engine
from kg.claims.extract import claims_of_each
from kg.claims.model import Claim
from kg.errors import PipelineError
from kg.workers import cores

Batch = tuple[Article, ...]
Claims = tuple[Claim, ...]
Read = tuple[Article, Claims | Rejection]

HERE: Final = 0  # no process besides this one
BATCH: Final = 8  # articles handed over at once
HEAVY: Final = 100_000  # characters of a batch that no further article joins
AHEAD: Final = 3  # batches that wait for each process
FEW: Final = 64  # articles that are read before a second process would be up


def read_each(
    articles: Iterable[Article],
    engine: Callable[[], Engine],
    pipeline: str | None = None,
    jobs: int | None = HERE,
) -> Iterator[Read]:
    """Yield every article with its claims, or with why it could not be read, in order.

    `jobs` processes load `pipeline`: as many as there are cores if it is None and the articles
    are not few. What is not given to processes is read here, by `engine()`.
    """
    coming = iter(articles)
    first = tuple(islice(coming, FEW + 1)) if jobs is None else ()
    if jobs or len(first) > FEW:
        yield from _Workers(pipeline, jobs or cores()).read(chain(first, coming))
        return
    loaded = engine()
    for batch in _batches(chain(first, coming)):
        yield from zip(batch, claims_of_each(batch, loaded), strict=True)


class _Workers:
    """Processes with a parser each; a new set takes over where one of them dies."""

    def __init__(self, pipeline: str | None, jobs: int) -> None:
        self._pipeline = pipeline
        self._jobs = jobs
        self._waiting: deque[tuple[Batch, Future[list[Claims]]]] = deque()

    def read(self, articles: Iterable[Article]) -> Iterator[Read]:
        """Yield every article with what came of it, in order."""
        batches = _batches(articles)
        pool = _Pool(self._pipeline, self._jobs)
        try:
            while True:
                for batch in islice(batches, self._jobs * (AHEAD + 1) - len(self._waiting)):
                    self._waiting.append((batch, pool.submit(batch)))
                if not self._waiting:
                    return
                batch, told = self._waiting.popleft()
                try:
                    found = told.result()
                except BrokenProcessPool:
                    pool.end()
                    yield from self._one_by_one(batch)
                    pool = _Pool(self._pipeline, self._jobs)
                    self._hand_over(pool)
                else:
                    yield from zip(batch, found, strict=True)
        finally:
            pool.end()

    def _hand_over(self, pool: _Pool) -> None:
        """Give new processes what was waiting and is not done."""
        for at, (batch, told) in enumerate(self._waiting):
            if not told.done() or told.exception() is not None:
                self._waiting[at] = batch, pool.submit(batch)

    def _one_by_one(self, batch: Batch) -> Iterator[Read]:
        """Read the articles of a batch each in a process that may die of it."""
        pool = _Pool(self._pipeline, 1)
        try:
            pool.check()
            for article in batch:
                try:
                    found: Claims | Rejection = pool.submit((article,)).result()[0]
                except BrokenProcessPool:
                    pool.end()
                    reason = "reading it brought the process down; leave it out, and report it"
                    found = Rejection(article.id, reason)
                    pool = _Pool(self._pipeline, 1)
                    pool.check()
                yield article, found
        finally:
            pool.end()


class _Pool:
    """Processes on a leash: they end at once when it is let go of, or its holder dies."""

    def __init__(self, pipeline: str | None, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")  # threads of the parser survive no fork
        self._pipeline = pipeline
        self._far, self._leash = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(jobs, context, _start, (self._far,))

    def submit(self, batch: Batch) -> Future[list[Claims]]:
        """Hand a batch to a process, which is started if there are fewer than there may be."""
        with _undisturbed():
            try:
                return self._pool.submit(_claims, self._pipeline, batch)
            except BrokenProcessPool as error:  # since it was looked at last
                broken: Future[list[Claims]] = Future()
                broken.set_exception(error)
                return broken

    def check(self) -> None:
        """Raise if no process comes up, whatever it is given to read."""
        try:
            self.submit(()).result()
        except BrokenProcessPool as error:
            raise PipelineError(
                "the processes that read die before they read anything; free memory for them"
            ) from error

    def end(self) -> None:
        """End the processes, whatever they are at."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._leash.close()
        self._far.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let processes that are started within not see Ctrl-C: whoever holds them answers it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(leash: Connection) -> None:
    Thread(target=_follow, args=(leash,), daemon=True).start()


def _follow(leash: Connection) -> None:
    """Wait until the other end of the leash is let go, then end this process."""
    with suppress(EOFError, OSError):
        leash.recv_bytes()
    os._exit(0)


@cache
def _engine(pipeline: str | None) -> Engine:
    """Load the parser of this process, when it is first needed: its errors are then results."""
    return load_engine(pipeline)


def _claims(pipeline: str | None, batch: Batch) -> list[Claims]:
    engine = _engine(pipeline)
    with engine.forgetting():
        return list(claims_of_each(batch, engine))


def _batches(articles: Iterable[Article]) -> Iterator[Batch]:
    """Yield articles in batches, neither of many nor of very long ones."""
    held: list[Article] = []
    length = 0
    for article in articles:
        held.append(article)
        length += len(article.text)
        if len(held) == BATCH or length >= HEAVY:
            yield tuple(held)
            held, length = [], 0
    if held:
        yield tuple(held)
