"""A build on disk: the records of every stage, the graph as text, and a store to ask.

Records and quads in, a folder out, and the folder read again. `graph.nq` is the truth; the store
is loaded from it. A build that is missing, incomplete or damaged is an error, never an empty graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeVar

from pyoxigraph import Quad, RdfFormat, Store

from kg import __version__
from kg.articles.model import Article, Rejection
from kg.claims.model import Claim
from kg.entities.model import Entity, Identity, Judgement, Mention
from kg.errors import BuildError
from kg.events.model import Disagreement, Event, EventLedger
from kg.graph.manifest import FORMAT, NAME, Manifest, check_files, entry_of, read_manifest
from kg.graph.model import Dataset, Records
from kg.graph.swapping import put_back, sync, writing_aside
from kg.graph.writing import nquads
from kg.iris import Iris
from kg.records import read_lines, write_lines

__all__ = ["Build", "Records", "open_build", "write_build"]

GRAPH: Final = "graph.nq"
STORE: Final = "store"
_REPLACED_AT_MOST: Final = 20  # times while it is being opened
_AGAIN: Final = "build it again with `kg build`"
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Build:
    """An open build; its dataset is read only."""

    path: Path
    manifest: Manifest
    dataset: Dataset

    @property
    def store(self) -> Store:
        """The store itself, read only; `dataset` asks it over the union of its graphs."""
        return self.dataset.store

    @property
    def iris(self) -> Iris:
        """The namespace that the build was written with."""
        return Iris(self.manifest.base)

    def union(self) -> Dataset:
        """Give the dataset; its queries see the union of all graphs."""
        return self.dataset

    def articles(self) -> Iterator[Article]:
        """Yield the articles, by id."""
        return self._read("articles", Article)

    def claims(self) -> Iterator[Claim]:
        """Yield the claims, by article and place."""
        return self._read("claims", Claim)

    def mentions(self) -> Iterator[Mention]:
        """Yield the mentions, by article and place."""
        return self._read("mentions", Mention)

    def judgements(self) -> Iterator[Judgement]:
        """Yield the judgements on who is who."""
        return self._read("judgements", Judgement)

    def entities(self) -> Iterator[Entity]:
        """Yield the entities, by id."""
        return self._read("entities", Entity)

    def events(self) -> Iterator[Event]:
        """Yield the events, by id."""
        return self._read("events", Event)

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield what sources disagree on."""
        return self._read("disagreements", Disagreement)

    def rejections(self) -> Iterator[Rejection]:
        """Yield the inputs that could not be read."""
        return self._read("rejections", Rejection)

    def identity(self) -> Identity:
        """Give the view of identity that the build was made with."""
        return Identity(tuple(self.mentions()), tuple(self.judgements()), tuple(self.entities()))

    def ledger(self) -> EventLedger:
        """Give the events, the disagreements and which claim is about what."""
        events = tuple(self.events())
        about = {claim: event.id for event in events for claim in event.claims}
        return EventLedger(events, tuple(self.disagreements()), about)

    def records(self) -> Records:
        """Give all records at once."""
        return Records(
            tuple(self.articles()),
            tuple(self.rejections()),
            tuple(self.claims()),
            self.identity(),
            self.ledger(),
        )

    def check_store(self) -> None:
        """Read the whole store and compare it with the graph that it was loaded from."""
        if nquads(self.store) != (self.path / GRAPH).read_bytes():
            raise BuildError(str(self.path / STORE), f"is not what was built; {_AGAIN}")

    def _read(self, name: str, kind: type[Record]) -> Iterator[Record]:
        return read_lines(self.path / f"{name}.jsonl", kind)


def write_build(
    path: Path,
    records: Records,
    quads: Iterable[Quad],
    iris: Iris,
) -> Build:
    """Write a build into the folder `path`, whole or not at all, and open it.

    A build that stands there already is replaced; another writer at work, or a folder that is
    no build, is an error.
    """
    target = path.resolve()
    _refuse_other(target, path)
    try:
        with writing_aside(target) as aside:
            counts = {
                name: write_lines(aside / f"{name}.jsonl", rows) for name, rows in _files(records)
            }
            counts["quads"] = _write_graph(aside, quads)
            counts["graphs"] = _load_store(aside, counts["quads"])
            _write_manifest(aside, counts, records, iris)
    except OSError as error:
        raise BuildError(
            str(path), f"cannot be written ({error.strerror or error}); check room and permissions"
        ) from error
    return open_build(path, verify=False)


def open_build(path: Path, *, verify: bool = True) -> Build:
    """Open the build in the folder `path`, read only.

    Files are compared with the manifest unless `verify` is off (as for a worker of a process
    that has checked them).
    """
    target = path.resolve()
    for _ in range(_REPLACED_AT_MOST):
        put_back(target)
        before = _folder_id(target)
        try:
            build = _opened(path, target, verify)
        except BuildError:
            if _folder_id(target) == before:
                raise
            continue
        if _folder_id(target) == before:
            return build
    raise BuildError(str(path), "is replaced again and again; wait until its writer is done")


def _opened(path: Path, target: Path, verify: bool) -> Build:
    manifest = read_manifest(path)
    if verify:
        check_files(manifest, path)
    try:
        store = Store.read_only(str(target / STORE))
        quads = len(store) if verify else manifest.counts.get("quads")
    except (OSError, RuntimeError, ValueError) as error:
        raise BuildError(str(path / STORE), f"cannot be opened ({error}); {_AGAIN}") from error
    if quads != manifest.counts.get("quads"):
        raise BuildError(str(path / STORE), f"holds {quads} statements, not all; {_AGAIN}")
    return Build(path, manifest, Dataset(store))


def _folder_id(folder: Path) -> tuple[int, int] | None:
    """Tell one folder from another that took its name."""
    try:
        found = folder.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns


def _refuse_other(target: Path, path: Path) -> None:
    """Refuse to replace what this package did not write."""
    if target.is_dir():
        if any(target.iterdir()) and not (target / NAME).is_file():
            raise BuildError(str(path), "is a folder that holds no build; name another folder")
    elif target.exists():
        raise BuildError(str(path), "is a file; name a folder")


def _files(records: Records) -> Iterator[tuple[str, list[object]]]:
    """Name each file with its records, in an order that does not depend on that of arrival."""
    yield "articles", _sorted(records.articles, lambda each: (each.id,))
    yield "rejections", _sorted(records.rejections, lambda each: (each.source, each.reason))
    yield (
        "claims",
        _sorted(
            records.claims, lambda each: (each.article, each.start, each.end, each.kind, each.id)
        ),
    )
    yield (
        "mentions",
        _sorted(
            records.identity.mentions,
            lambda each: (each.article, -1 if each.start is None else each.start, each.id),
        ),
    )
    yield (
        "judgements",
        _sorted(records.identity.judgements, lambda each: (each.left, each.right, each.id)),
    )
    yield "entities", _sorted(records.identity.entities, lambda each: (each.id,))
    yield "events", _sorted(records.ledger.events, lambda each: (each.id,))
    yield "disagreements", _sorted(records.ledger.disagreements, lambda each: (each.id,))


def _sorted(
    records: Iterable[Record], key: Callable[[Record], tuple[str | int, ...]]
) -> list[object]:
    return [*sorted(records, key=key)]


def _write_graph(folder: Path, quads: Iterable[Quad]) -> int:
    written = nquads(quads)
    (folder / GRAPH).write_bytes(written)
    return written.count(b"\n")


def _load_store(folder: Path, quads: int) -> int:
    """Load the store from the graph's text and have it on disk; return how many graphs it has."""
    store = Store(str(folder / STORE))
    store.bulk_load(path=str(folder / GRAPH), format=RdfFormat.N_QUADS)
    store.flush()
    if len(store) != quads:
        raise BuildError(str(folder), f"the store took {len(store)} of {quads} statements")
    return sum(1 for _ in store.named_graphs())


def _write_manifest(
    folder: Path,
    counts: Mapping[str, int],
    records: Records,
    iris: Iris,
) -> None:
    files = sorted(path for path in folder.iterdir() if path.is_file())
    for path in files:
        sync(path)
    software = ({each.extractor for each in records.claims} | {*records.tools}) - {""}
    used = {"pyoxigraph": version("pyoxigraph")}
    for each in sorted(software):
        name, _, number = each.partition("/")
        used[name] = number
    entries = {path.name: entry_of(path) for path in files}
    Manifest(FORMAT, __version__, iris.base, counts, entries, used).write(folder)
    sync(folder / NAME)
