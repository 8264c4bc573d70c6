"""Processes that are lent: fairly, to nobody all, and anew where one was killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

import pytest

from kg.errors import BusyError, LimitError, WorkerError
from kg.pool import CLIENT, Meter, Pool, Share
from kg.workers import Worker
from tests.test_workers import worker

LARGE = Share(1_000_000, 1_000_000)


@contextmanager
def as_client(name: str) -> Iterator[None]:
    token = CLIENT.set(name)
    try:
        yield
    finally:
        CLIENT.reset(token)


@pytest.fixture
def pool() -> Iterator[Callable[..., Pool]]:
    made: list[Pool] = []

    def make(size: int = 2, patience: float = 10, share: Share = LARGE) -> Pool:
        made.append(Pool(lambda: worker("a"), size, patience, share))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_process_is_lent_and_given_back(pool: Callable[..., Pool]) -> None:
    lending = pool(1)
    for _ in range(3):
        with lending.worker() as lent:
            assert list(lent.ask(b"x", 20)) == [b"a", b"x"]


def test_one_that_was_killed_has_a_successor(pool: Callable[..., Pool]) -> None:
    lending = pool(1)
    with pytest.raises(LimitError), lending.worker() as lent:
        list(lent.ask(b"sleep 60", 0.1))
    with lending.worker() as other:
        assert list(other.ask(b"x", 20)) == [b"a", b"x"]
    assert other.pid != lent.pid


def test_nobody_takes_all(pool: Callable[..., Pool]) -> None:
    lending = pool(2, patience=0.3)
    with as_client("one"), lending.worker():
        with pytest.raises(BusyError, match="waited too long"), lending.worker():
            pytest.fail("two of two")
        with as_client("two"), lending.worker() as lent:
            assert lent.alive


def test_who_asks_without_a_name_may_take_all(pool: Callable[..., Pool]) -> None:
    lending = pool(2)
    with lending.worker() as one, lending.worker() as two:
        assert one.pid != two.pid


def test_time_that_is_used_up_comes_back() -> None:
    now = [0.0]
    meter = Meter(Share(60, 120), lambda: now[0])
    assert meter.wait("a") == 0
    meter.take("a", 150)
    assert meter.wait("a") == 31
    assert meter.wait("b") == 0
    now[0] = 31
    assert meter.wait("a") == 0
    now[0] = 10_000
    meter.take("a", 119)
    assert meter.wait("a") == 0, "no more is saved than the burst"
    meter.take("a", 2)
    assert meter.wait("a") > 0


def test_many_names_are_forgotten() -> None:
    meter = Meter(Share(60, 1), lambda: 0.0)
    for number in range(10_001):
        meter.take(str(number), 5)
    assert meter.wait("0") == 0
    assert meter.wait("10000") > 0


def test_closing_ends_who_waits(pool: Callable[..., Pool]) -> None:
    lending = pool(1)
    begun, told = Event(), list[str]()

    def ask() -> None:
        try:
            with lending.worker() as lent:
                begun.set()
                list(lent.ask(b"sleep 60", 50))
        except WorkerError as error:
            told.append(str(error))

    thread = Thread(target=ask)
    thread.start()
    assert begun.wait(20)
    lending.close()
    thread.join(20)
    assert told
    with pytest.raises(BusyError), lending.worker():
        pytest.fail("it is closed")


def test_closing_right_after_opening_is_quiet_and_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[object] = []
    monkeypatch.setattr("threading.excepthook", said.append)
    started: list[Worker] = []
    asked = Event()

    def start() -> Worker:
        started.append(worker("a"))
        return started[-1]

    def ready(new: Worker) -> None:
        asked.set()
        with suppress(WorkerError):
            list(new.ask(b"sleep 60", 60))

    for wait in (False, True):
        closing = Pool(start, 2, 10, LARGE, ready)
        if wait:
            asked.wait(20)
        closing.close()
    end = time.monotonic() + 20
    while any(each.alive for each in started) and time.monotonic() < end:
        time.sleep(0.02)
    assert not any(each.alive for each in started)
    assert said == []
