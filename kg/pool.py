"""Several processes that answer, lent to one asker after the other, none of whom may take all.

What starts a process in, processes to ask out. Who asks is told by a context variable: a client
gets so much time of the processes in a minute, holds at most all but one of them at once, and waits
with a few questions at most. Asking without a name is asking for oneself, without such limits.
"""

from __future__ import annotations

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Condition, Lock, Thread
from typing import Final

from kg.errors import BusyError
from kg.workers import Worker

CLIENT: Final[ContextVar[str]] = ContextVar("client", default="")
"""Who asks, as far as limits are concerned."""

_CLIENTS: Final = 10_000  # whose use is remembered
_QUERY: Final = "the query"


@dataclass(frozen=True, slots=True)
class Share:
    """What one client may take: so much a minute, and so much more that was not used before."""

    minute: float
    burst: float


class Meter:
    """How much each client has taken of late; what it may take comes back with time."""

    def __init__(self, share: Share, clock: Callable[[], float] = time.monotonic) -> None:
        self._share, self._clock = share, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, client: str, amount: float) -> None:
        """Note what a client took."""
        if not client:
            return
        with self._lock:
            self._left[client] = (self._now(client) - amount, self._clock())
            self._left.move_to_end(client)
            while len(self._left) > _CLIENTS:
                self._left.popitem(last=False)

    def wait(self, client: str) -> int:
        """Tell for how many seconds a client has to wait, 0 if it may go on."""
        with self._lock:
            left = self._now(client) if client else 1.0
        return 0 if left > 0 else int(-left * 60 / self._share.minute) + 1

    def _now(self, client: str) -> float:
        left, since = self._left.get(client, (self._share.burst, self._clock()))
        return min(self._share.burst, left + (self._clock() - since) * self._share.minute / 60)


SECONDS: Final = Share(60, 120)  # of processes' time; the Wikidata Query Service gives as much
_WAITING: Final = 24  # askers that wait
_WAITING_EACH: Final = 6  # of one client


class Pool:
    """Processes that answer; one that was killed is started anew."""

    def __init__(
        self,
        start: Callable[[], Worker],
        size: int,
        patience: float,
        share: Share = SECONDS,
        ready: Callable[[Worker], None] = lambda _: None,
    ) -> None:
        """Keep `size` processes; an asker waits for one for `patience` seconds at most.

        `ready` waits until a new one answers, so that its first answer takes no longer than others.
        """
        self._start, self._ready, self._patience = start, ready, patience
        self._each = max(1, size - 1)
        self._meter = Meter(share)
        self._free: list[Worker] = []
        self._lent: set[Worker] = set()
        self._held: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._change = Condition()
        self._closed = False
        for _ in range(size):
            self._begin()

    @contextmanager
    def worker(self) -> Iterator[Worker]:
        """Lend a process; what it is used for ends with the block."""
        client = CLIENT.get()
        worker = self._taken(client)
        start = time.monotonic()
        try:
            yield worker
        finally:
            self._meter.take(client, time.monotonic() - start)
            self._give_back(client, worker)

    def close(self) -> None:
        """End all processes, also those that are lent."""
        with self._change:
            self._closed = True
            for worker in self._free:
                worker.kill()
            self._free.clear()
            for worker in self._lent:
                worker.end()
            self._change.notify_all()

    def _taken(self, client: str) -> Worker:
        self._admit(client)
        end = time.monotonic() + self._patience
        with self._change:
            self._enter(client)
            try:
                while not self._free or (client and self._held[client] >= self._each):
                    left = end - time.monotonic()
                    if self._closed or left <= 0 or not self._change.wait(left):
                        reason = "waited too long for its turn; ask again later"
                        raise BusyError(_QUERY, reason, int(self._patience))
            finally:
                self._leave(client)
            self._held[client] += 1
            worker = self._free.pop()
            self._lent.add(worker)
            return worker

    def _admit(self, client: str) -> None:
        wait = self._meter.wait(client)
        if wait:
            reason = "asks more than its share of time; wait, ask for less, or take a dump"
            raise BusyError("this client", reason, wait, client=True)

    def _enter(self, client: str) -> None:
        if client and self._waiting[client] >= _WAITING_EACH:
            reason = "waits for enough answers already; take those first"
            raise BusyError("this client", reason, client=True)
        if self._waiting.total() >= _WAITING:
            raise BusyError(_QUERY, "has too many before it; ask again later", int(self._patience))
        self._waiting[client] += 1

    def _leave(self, client: str) -> None:
        self._waiting[client] -= 1
        if not self._waiting[client]:
            del self._waiting[client]

    def _give_back(self, client: str, worker: Worker) -> None:
        with self._change:
            self._lent.discard(worker)
            self._held[client] -= 1
            if not self._held[client]:
                del self._held[client]
            self._change.notify_all()
        if worker.alive:
            self._put(worker)
        else:
            self._begin()

    def _begin(self) -> None:
        """Start a process, without letting anybody wait for it who need not."""
        Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        """Start a process; one that is not ready yet ends with the pool like any other."""
        with self._change:
            if self._closed:
                return
            worker = self._start()
            self._lent.add(worker)
        self._ready(worker)
        self._put(worker)

    def _put(self, worker: Worker) -> None:
        with self._change:
            self._lent.discard(worker)
            if self._closed:
                worker.kill()
            else:
                self._free.append(worker)
            self._change.notify_all()
