"""A process that answers: whole, in time, within its memory, or with an error."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator

import pytest

from kg.answering import Answer, Emit
from kg.errors import BuildError, LimitError, QueryError, WorkerError
from kg.workers import MEMORY, Worker


def echoing(*arguments: str) -> Answer:
    """What the processes of these tests do: they echo, or misbehave as they are told."""
    if "unreadable" in arguments:
        raise BuildError("somewhere", "is not there; look elsewhere")

    def answer(request: bytes, emit: Emit) -> None:
        match request.split():
            case [b"sleep", seconds]:
                time.sleep(float(seconds))
            case [b"take", size]:
                emit(bytes(bytearray(int(size)))[:1])
            case [b"flood"]:
                while True:
                    emit(b"x" * 1000)
            case [b"refuse"]:
                raise QueryError("mine:1:1", "makes no sense; say it otherwise")
            case [b"die"]:
                os.abort()
            case [b"reach", port]:
                with socket.socket() as out:
                    emit(str(out.connect_ex(("127.0.0.1", int(port)))).encode())
            case _:
                emit(b" ".join(part.encode() for part in arguments))
                emit(request)

    return answer


def worker(*arguments: str, memory: int = MEMORY) -> Worker:
    return Worker("tests.test_workers:echoing", *arguments, memory=memory)


@pytest.fixture(scope="module")
def echo() -> Iterator[Worker]:
    with worker("a", "b c") as running:
        yield running


def test_parts_come_as_they_were_given(echo: Worker) -> None:
    large = os.urandom(3_000_000)
    assert list(echo.ask(large, 20)) == [b"a b c", large]
    assert list(echo.ask(b"again", 20)) == [b"a b c", b"again"]


def test_an_error_of_ours_comes_through_and_the_process_goes_on(echo: Worker) -> None:
    with pytest.raises(QueryError, match="mine:1:1: makes no sense"):
        list(echo.ask(b"refuse", 20))
    assert list(echo.ask(b"again", 20))[1] == b"again"


def test_what_takes_too_long_is_killed() -> None:
    with worker() as slow:
        list(slow.ask(b"ready", 20))
        start = time.monotonic()
        with pytest.raises(LimitError, match=r"not there after 0\.3 seconds"):
            list(slow.ask(b"sleep 60", 0.3))
        assert time.monotonic() - start < 5
        assert not running(slow.pid)


def test_what_gives_too_much_is_killed() -> None:
    with worker() as flood:
        with pytest.raises(LimitError, match="more than 5,000 bytes"):
            list(flood.ask(b"flood", 20, 5000))
        assert not running(flood.pid)


def test_what_takes_too_much_memory_gives_no_answer() -> None:
    with worker(memory=50 * 2**20) as small:
        assert list(small.ask(b"take 1000000", 20)) == [b"\0"]
        with pytest.raises(WorkerError, match=r"is lost: .*it may take 50 MB.*MemoryError"):
            list(small.ask(b"take 500000000", 20))


def test_a_crash_is_an_error() -> None:
    with worker() as dying:
        with pytest.raises(WorkerError, match="SIGABRT"):
            list(dying.ask(b"die", 20))
        with pytest.raises(WorkerError):
            list(dying.ask(b"again", 20))


def test_what_cannot_be_opened_is_told() -> None:
    with worker("unreadable") as none, pytest.raises(BuildError, match="is not there"):
        list(none.ask(b"anything", 20))


def test_an_answer_left_before_its_end_ends_the_process() -> None:
    """What was not read could be taken for a part of the next answer."""
    with worker() as left:
        parts = left.ask(b"flood", 20)
        next(parts)
        with pytest.raises(WorkerError, match="not taken yet"):
            list(left.ask(b"again", 20))
        del parts
        assert not running(left.pid)


def test_nothing_stays_behind() -> None:
    stopped = worker()
    list(stopped.ask(b"ready", 20))
    with pytest.raises(KeyboardInterrupt):
        interrupted(stopped)
    assert not running(stopped.pid)


def interrupted(stopped: Worker) -> None:
    with stopped:
        raise KeyboardInterrupt


def test_the_process_has_no_network() -> None:
    """Where the system lets it do without: elsewhere the gate alone refuses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with worker() as apart:
            (told,) = apart.ask(b"reach %d" % listener.getsockname()[1], 20)
    if told == b"0":
        pytest.skip("this system lets no process give up its network")
    assert int(told) > 0


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
