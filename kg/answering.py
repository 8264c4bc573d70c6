"""The process that answers requests: what the other end of `kg.workers` runs.

Requests come on standard input and answers go to standard output, in frames. It starts with next to
nothing imported, has no network where the system lets it do without, and cannot take more memory
than it may.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import struct
import sys
from collections.abc import Callable
from importlib import import_module
from queue import SimpleQueue
from threading import Thread
from typing import Final

from kg.errors import KgError, LocatedError

Emit = Callable[[bytes], None]
Answer = Callable[[bytes, Emit], None]
"""Takes a request, and emits the parts of its answer."""

FRAME: Final = struct.Struct(">cI")
PART, END, ERROR = b"p", b"e", b"x"
_NEW_USER: Final = 0x10000000
_NEW_NETWORK: Final = 0x40000000


def serve(entry: str, memory: str, *arguments: str) -> None:
    """Be the process: prepare, then answer one request after the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    cut_off()
    requests: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(requests,), daemon=True).start()
    size = os.open("/proc/self/statm", os.O_RDONLY) if _has_proc() else -1
    module, _, function = entry.partition(":")
    try:
        answer: Answer = getattr(import_module(module), function)(*arguments)
    except KgError as error:
        requests.get()
        _write(ERROR, _told(error))
        return
    _limit_memory(int(memory), size)
    while True:
        request = requests.get()
        try:
            answer(request, lambda part: _write(PART, part))
        except KgError as error:
            _write(ERROR, _told(error))
        else:
            _write(END, b"")


def cut_off() -> bool:
    """Take the network away from this process, where the system lets us; say whether it did.

    A process must do this before it starts a second thread.
    """
    if not sys.platform.startswith("linux"):
        return False
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    ways = (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER)
    return unshare is not None and any(unshare(way) == 0 for way in ways)


def _listen(requests: SimpleQueue[bytes]) -> None:
    """Take requests; end the process at once when nobody is there to ask any more."""
    while True:
        header = _taken(FRAME.size)
        requests.put(_taken(FRAME.unpack(header)[1]))


def _taken(size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = os.read(0, size - len(found))
        if not part:
            os._exit(0)
        found += part
    return found


def _write(kind: bytes, payload: bytes) -> None:
    data = memoryview(FRAME.pack(kind, len(payload)) + payload)
    while data:
        data = data[os.write(1, data) :]


def _told(error: KgError) -> bytes:
    located = isinstance(error, LocatedError)
    given = [error.source, error.reason] if isinstance(error, LocatedError) else [str(error)]
    return json.dumps([type(error).__name__ if located else "KgError", *given]).encode()


def _limit_memory(memory: int, size: int) -> None:
    """Keep the process to so much memory beyond what it has; `size` is where it stands."""
    if not memory or size < 0:
        return
    import resource

    pages = int(os.pread(size, 100, 0).split()[0])
    most = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _has_proc() -> bool:
    return os.path.isdir("/proc/self/fd")  # noqa: PTH112 - no more is needed of paths here
