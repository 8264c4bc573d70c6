"""Engines that answer the same query in the same way: ours, and those that one would use instead.

A build, or the file of its statements, in; engines to ask out, each a process of its own that is
ended at the end: our reader, an `oxigraph` server, Virtuoso, rdflib and oxrdflib in memory. What
counts are CPU seconds of the process that answers; where it is out of sight, those on the clock.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from kg import living
from kg.answering import Answer, Emit
from kg.errors import LimitError
from kg.queries.model import Question
from kg.queries.push import push
from kg.queries.reader import Reader, reading
from kg.queries.sending import Access
from kg.terms import PREFIXES
from kg.workers import Worker

Row = list[str | None]

LIMIT: Final = 600.0  # seconds that an answer may take unless told otherwise
AGAIN: Final = 3  # each is asked so often, the quickest counts
QUICK: Final = 1.0  # seconds above which it is asked once
_RESULTS: Final = "application/sparql-results+json"
_WAIT: Final = 120.0  # seconds for a server to start
_LOADED: Final = b"?"  # asks a library what loading cost it
_SCHEDULED: Final = 2  # which clock of a process: clock_getcpuclockid(3)
_VIRTUOSO: Final = Path(__file__).parent / "data" / "virtuoso.ini"


class RefusedError(Exception):
    """An engine cannot answer a query at all."""


class Engine(Protocol):
    """Something that answers queries."""

    @property
    def name(self) -> str: ...

    @property
    def limit(self) -> float:
        """How many seconds an answer may take."""
        ...

    def rows(self, text: str) -> list[Row] | None:
        """Answer a query, as text; None stands for no answer in time.

        Raises RefusedError where the engine cannot answer it at all.
        """
        ...

    def clock(self) -> float:
        """Give the seconds it has worked so far."""
        ...

    def memory(self) -> int:
        """Give the most memory it has held, in bytes; 0 where nobody says."""
        ...


@dataclass(frozen=True, slots=True)
class Loaded:
    """What it cost to have an engine hold the statements of a build."""

    engine: str
    seconds: float
    memory: int
    clock: float | None = None  # seconds on the clock


def timed(engine: Engine, text: str) -> tuple[list[Row] | None, float]:
    """Ask a query; give its rows and the least seconds that they took, the limit if too many."""
    taken: list[float] = []
    rows: list[Row] | None = None
    while len(taken) < AGAIN and not (taken and taken[0] > QUICK):
        start = engine.clock()
        rows = engine.rows(text)
        if rows is None:
            return None, engine.limit
        taken.append(engine.clock() - start)
    return rows, min(taken)


# ---- processes that are ended in time --------------------------------------------


@dataclass(slots=True)
class _Kept:
    """A process that is started again after it was ended."""

    start: Callable[[], Worker]
    limit: float
    _worker: Worker | None = None
    _most: int = 0

    @property
    def worker(self) -> Worker:
        """The process, ready to be asked."""
        if self._worker is None or not self._worker.alive:
            self._worker = self.start()
        return self._worker

    def clock(self) -> float:
        return busy(self.worker.pid)

    def memory(self) -> int:
        self._most = max(self._most, peak(self.worker.pid))
        return self._most

    def close(self) -> None:
        """End the process."""
        if self._worker:
            self._worker.kill()


class Ours(_Kept):
    """The process that `kg query` asks."""

    name = "kg"

    def rows(self, text: str) -> list[Row] | None:
        try:
            found = Reader(self.worker, self.limit).rows(Question("measured", "", text), {})
        except LimitError:
            return None
        self.memory()
        return [[term.value if term else None for term in row] for row in found.rows]


class Library(_Kept):
    """A library that holds the statements of a file in memory."""

    def __init__(self, name: str, file: Path, limit: float) -> None:
        entry = f"benchmarks.engines:by_{name}"
        super().__init__(lambda: Worker(entry, str(file), memory=0), limit)
        self.name = name

    def loaded(self) -> Loaded:
        """Say what loading cost; it is done at once."""
        told: Mapping[str, Any] = json.loads(b"".join(self.worker.ask(_LOADED, LIMIT)))
        return Loaded(self.name, told["seconds"], told["memory"])

    def clock(self) -> float:
        self.loaded()  # a new process loads before its time runs
        return super().clock()

    def rows(self, text: str) -> list[Row] | None:
        try:
            found: list[Row] = json.loads(b"".join(self.worker.ask(text.encode(), self.limit)))
        except LimitError:
            return None
        self.memory()
        return found


@contextmanager
def ours(build: Path, limit: float = LIMIT) -> Iterator[Ours]:
    """Have a build asked by a process of its own, as on the command line."""
    with closing(Ours(lambda: reading(build), limit)) as engine:
        yield engine


@contextmanager
def library(name: str, file: Path, limit: float = LIMIT) -> Iterator[Library]:
    """Have the statements of a file asked by "rdflib" or "oxrdflib"."""
    with closing(Library(name, file, limit)) as engine:
        yield engine


# ---- servers ---------------------------------------------------------------------


@dataclass(slots=True)
class Server:
    """A SPARQL endpoint, and the process that it is, if we know that."""

    name: str
    address: str  # of its queries
    pid: int | None = None
    limit: float = LIMIT

    def rows(self, text: str) -> list[Row] | None:
        request = Request(self.address, urlencode({"query": text}).encode(), {"Accept": _RESULTS})
        try:
            with urlopen(request, timeout=self.limit) as response:
                told = json.load(response)
        except TimeoutError:
            return None
        except HTTPError as error:
            with error:
                raise RefusedError(error.read(300).decode("utf-8", "replace")) from error
        names = told["head"]["vars"]
        return [
            [row[name]["value"] if name in row else None for name in names]
            for row in told["results"]["bindings"]
        ]

    def clock(self) -> float:
        return time.perf_counter() if self.pid is None else busy(self.pid)

    def memory(self) -> int:
        return 0 if self.pid is None else peak(self.pid)


@contextmanager
def oxigraph(build: Path) -> Iterator[Server]:
    """Run an `oxigraph` process on a copy of the store of a build."""
    store = build / living.open_build(build).manifest.store
    program = Path(sys.executable).parent / "oxigraph"
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(store, Path(scratch) / "store")
        place = f"127.0.0.1:{_port()}"
        command = [str(program), "serve-read-only", "-l", str(copy), "-b", place]
        with _running([*command, "--union-default-graph"], f"http://{place}/query") as process:
            yield Server("oxigraph server", f"http://{place}/query", process.pid)


@contextmanager
def virtuoso(build: Path, url: str | None = None) -> Iterator[tuple[Server, Loaded]]:
    """Push a build to Virtuoso, and have it asked there; say what loading cost the server.

    Without the address of one that runs (its user and password in front of the host), `virtuoso-t`
    is started on loopback.
    """
    if url is not None:
        access, host = _access(url)
        server = Server("Virtuoso", f"{host}/sparql")
        yield server, _pushed(build, host, access, server)
        return
    program = shutil.which("virtuoso-t")
    if program is None:
        raise FileNotFoundError("no virtuoso-t here: apt-get install virtuoso-opensource-7-bin")
    with tempfile.TemporaryDirectory() as scratch:
        port = _port()
        told = _VIRTUOSO.read_text("utf-8").replace("FOLDER", scratch)
        told = told.replace("HTTP_PORT", str(port)).replace("SQL_PORT", str(_port()))
        (Path(scratch) / "virtuoso.ini").write_text(told, "utf-8")
        command = [program, "+foreground", "+configfile", f"{scratch}/virtuoso.ini"]
        address = f"http://127.0.0.1:{port}"
        with _running(command, f"{address}/sparql?query=ASK%7B%7D", scratch) as process:
            server = Server("Virtuoso", f"{address}/sparql", process.pid)
            yield server, _pushed(build, address, Access("dba", "dba"), server)


def _pushed(build: Path, host: str, access: Access | None, server: Server) -> Loaded:
    dataset = living.open_build(build).dataset
    start = server.clock()
    push(dataset, f"{host}/sparql-graph-crud-auth", access=access)
    return Loaded(server.name, server.clock() - start, server.memory())


def _access(url: str) -> tuple[Access | None, str]:
    """Take user and password out of an address.

    >>> _access("http://dba:secret@127.0.0.1:8890/")
    (Access(user='dba'), 'http://127.0.0.1:8890')
    """
    found = re.fullmatch(r"(https?://)(?:([^:@/]+):([^@/]*)@)?([^/]+)/?", url)
    if found is None:
        raise ValueError(f"{url}: give http://USER:PASSWORD@HOST:PORT")
    scheme, user, password, host = found.groups()
    return (Access(user, password) if user else None), f"{scheme}{host}"


@contextmanager
def _running(
    command: list[str], address: str, folder: str | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until nobody needs it any more."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder) as process:
        try:
            _wait_for(address, process)
            yield process
        finally:
            process.kill()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _WAIT
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise RuntimeError(f"{command_of(process)} does not answer")


def command_of(process: subprocess.Popen[bytes]) -> str:
    """Name the program of a process."""
    given: Any = process.args
    return Path(given[0]).name


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# ---- libraries: what their processes do -------------------------------------------


def by_rdflib(file: str) -> Answer:
    """Be the process that asks rdflib."""
    return _answering("default", "nquads", file)


def by_oxrdflib(file: str) -> Answer:
    """Be the process that asks rdflib on an Oxigraph store in memory."""
    return _answering("Oxigraph", "ox-nquads", file)


def _answering(store: str, form: str, file: str) -> Answer:
    import rdflib

    start = time.process_time()
    graph = rdflib.Dataset(store=store, default_union=True)
    graph.parse(file, format=form)
    told = {"seconds": time.process_time() - start, "memory": peak("self")}

    def answer(request: bytes, emit: Emit) -> None:
        if request == _LOADED:
            emit(json.dumps(told).encode())
            return
        rows = [
            [None if each is None else str(each) for each in row]
            for row in graph.query(request.decode(), initNs=PREFIXES)
            if isinstance(row, tuple)
        ]
        emit(json.dumps(rows).encode())

    return answer


# ---- what a process did ----------------------------------------------------------


def busy(process: int) -> float:
    """Give the CPU seconds of a process, of threads that have ended too."""
    if sys.platform.startswith("linux"):
        return time.clock_gettime((~process << 3) | _SCHEDULED)
    return time.perf_counter()


def peak(process: int | str) -> int:
    """Give the most memory that a process held so far, in bytes; 0 where nobody says."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) * 1024 if found else 0
