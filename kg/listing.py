"""The lists of a large build, made by a process beside and kept beside it: a build in, a file out.

The file is named after the state of the graph that it lists. That of an earlier state is shown
until that of now is there, and taken away then. Where the folder of the build may not be written
to, a place of its own that goes with the site does.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Event, Lock, Thread
from typing import Final
from weakref import finalize

from kg.answering import Answer, Emit
from kg.errors import BusyError, KgError, WorkerError
from kg.graph.laying import stand
from kg.graph.manifest import read_manifest
from kg.iris import Iris
from kg.site.lists.making import Making, check, key_of, told_by
from kg.site.looking import Look
from kg.site.machines.statistics import statistics, written
from kg.workers import Worker

LARGE: Final = 50_000  # statements; the lists of fewer take half a second
_NAME: Final = "lists-{}.sqlite"
_LONGEST: Final = 86_400.0  # seconds to make them
_SHORT: Final = 0.3  # seconds that somebody waits who asks for a list
_LATER: Final = 5  # seconds after which it is worth asking again
_NICE: Final = 10


class Listing:
    """The file of the lists of one state of a graph."""

    def __init__(
        self, store: Path, base: str, digest: str, build: Path | None, *, quotes: bool
    ) -> None:
        """List a store; the file is kept in the folder of a build, if one is named."""
        self._arguments = (str(store), base, "quotes" if quotes else "")
        self._digest, self._key = digest, key_of(digest, quotes=quotes)
        self._build, self._quotes = build, quotes
        self._earlier: Path | None = None
        self._lock, self._over = Lock(), Event()
        self._path: Path | None = None
        self._worker: Worker | None = None
        self._failed: KgError | None = None
        self._begun = self._closed = False
        self._done, self._all = 0, 0

    def __call__(self, *, wait: bool) -> Path:
        """Give the file, made if it is not there; a `BusyError` says how far that is."""
        self.begin()
        self._over.wait(None if wait else _SHORT)
        if self._path is not None:
            return self._path
        if self._failed is not None:
            raise self._failed
        part = f"{100 * self._done // self._all} % of it is" if self._all else "nothing of it is"
        reason = f"is being made, once for this state of the graph; {part} read so far"
        raise BusyError("the list", reason, _LATER)

    def begin(self) -> None:
        """Make the file, if it is neither there nor being made."""
        with self._lock:
            if self._begun or self._closed:
                return
            self._begun = True
            kept = self._build / _NAME.format(self._key[:16]) if self._build else None
            if kept is not None and told_by(kept).get("key") == self._key:
                self._path = kept
                self._over.set()
                return
            self._earlier = self._before()
        Thread(target=self._make, args=(kept,), daemon=True).start()

    def earlier(self) -> Path | None:
        """Give the file of an earlier state, as long as that of now is not there."""
        self.begin()
        return None if self._path is not None else self._earlier

    def close(self) -> None:
        """End what makes it."""
        with self._lock:
            self._closed = True
            if self._worker is not None:
                self._worker.end()

    def _make(self, kept: Path | None) -> None:
        try:
            path = self._place(kept)
            with self._lock:
                if self._closed:
                    return
                self._worker = Worker("kg.listing:maker", *self._arguments, memory=0)
            request = json.dumps([str(path), self._digest, self._key]).encode()
            for told in self._worker.ask(request, _LONGEST):
                self._done, self._all = json.loads(told)
            self._worker.kill()
            self._path = path
            self._clear(kept)
        except KgError as error:
            self._failed = error
        except OSError as error:
            reason = f"cannot be made ({error.strerror or error}); check room and permissions"
            self._failed = WorkerError("the list", reason)
        finally:
            self._over.set()

    def _place(self, kept: Path | None) -> Path:
        """Give where the file goes, rid of those of earlier states."""
        if kept is None or not os.access(kept.parent, os.W_OK):
            place = Path(mkdtemp(prefix="communique-lists-"))
            finalize(self, rmtree, place, ignore_errors=True)
            return place / "lists.sqlite"
        for other in self._others(kept):
            if other != self._earlier:
                other.unlink(missing_ok=True)
        for left in kept.parent.glob(f"{_NAME.format('*')}.*.part"):
            if not _lives(left.name.split(".")[-2]):
                left.unlink(missing_ok=True)
        return kept

    def _clear(self, kept: Path | None) -> None:
        """Take away what was shown meanwhile; whoever has opened it goes on reading it."""
        if kept is not None and self._path == kept:
            for other in self._others(kept):
                other.unlink(missing_ok=True)

    def _others(self, kept: Path) -> list[Path]:
        """Name the files of other states of the graph, and those of other versions."""
        ours = {key_of(self._digest, quotes=quotes) for quotes in (True, False)}
        found = sorted(kept.parent.glob(_NAME.format("*")))
        return [each for each in found if told_by(each).get("key") not in ours]

    def _before(self) -> Path | None:
        """Name the newest file of another state that was made as this one is."""
        found = self._build.glob(_NAME.format("*")) if self._build else ()
        told = ((each, told_by(each)) for each in found)
        fit = [
            each
            for each, said in told
            if said.get("key") == key_of(said.get("digest", ""), quotes=self._quotes)
        ]
        return max(fit, key=lambda each: (each.stat().st_mtime_ns, each.name), default=None)


def maker(store: str, base: str, quotes: str) -> Answer:
    """Make lists in the process in which this is called: where they go in, how far it is out."""
    with suppress(OSError):
        os.nice(_NICE)
    dataset = stand(Path(store))
    look = Look(dataset, quotes=bool(quotes))

    def make(request: bytes, emit: Emit) -> None:
        path, digest, key = json.loads(request)
        making = Making(dataset, Iris(base), look, lambda *told: emit(json.dumps(told).encode()))
        counted = {"statistics": lambda: written(statistics(dataset, base))}
        making.write(Path(path), digest, key, counted)

    return make


def check_lists(build: Path) -> None:
    """Read the lists that are kept of a build; those that are not what was written are an error."""
    digest = read_manifest(build).digest
    for path in sorted(build.glob(_NAME.format("*"))):
        if told_by(path).get("digest") in {digest, None}:
            check(path)


def _lives(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    return True
