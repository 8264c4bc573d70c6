"""What a site is made of, joined: a build, a release or an RDF file in, a holding out.

Strangers' questions are answered by processes of their own; pages read the graph in this one, and
texts and names by a connection of their own for each look, since threads must not share one. What
is not a store on disk already is put into one that goes with the site. Where quotations are to be
left out, they are not in the store that everything reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final, cast

from kg.articles.model import Article
from kg.errors import BuildError, KgError
from kg.graph.laying import lay, stand
from kg.graph.manifest import NAME, RECORDS, read_manifest, vocabulary
from kg.graph.model import Dataset
from kg.graph.reference import vocabulary_quads
from kg.graph.releasing import GRAPH, is_release, latest, read_release, replaced
from kg.graph.store import Build
from kg.iris import Iris
from kg.listing import LARGE, Listing
from kg.pool import SECONDS, Pool, Share
from kg.queries.catalogue import catalogue
from kg.queries.gate import inspect
from kg.queries.model import Question, Rows
from kg.queries.reader import Reader
from kg.queries.run import bound
from kg.shelves import Shelves
from kg.site.model import Found, Holding, Settings
from kg.site.statements import Statements
from kg.targets import Target, open_target
from kg.words import called, search
from kg.workers import Worker

_IN_MEMORY: Final = 1 << 20  # bytes of an answer; more waits in a file
_FIRST: Final = Question("the first question", "", "ASK {}")
_PATIENCE: Final = 10.0  # seconds to wait for a process at least: longer than one takes to start
_TEXT: Final = 300  # characters that are searched for
_SPOKEN: Final = frozenset({"quote", "title"})  # fields of the index that hold text of articles


@dataclass(frozen=True, slots=True)
class Limits:
    """What answers to strangers may cost."""

    seconds: float = 10.0  # of one answer
    memory: int = 3 * 2**29  # bytes of one process
    workers: int = 3
    most: int = 64 * 2**20  # bytes of one answer
    share: Share = SECONDS  # of one client
    large: int = LARGE  # statements from which on lists are made by a process beside


def hold(
    target: Path,
    settings: Settings | None = None,
    limits: Limits | None = None,
    releases: Path | None = None,
    standing: Path | None = None,
) -> Holding:
    """Open a build, a release or an RDF file for a site.

    `releases` holds those of a build: identifiers that they published and that are gone lead on.
    `standing` is the store of a holding of the same, which another process reads too.
    """
    told, allowed = settings or Settings(), limits or Limits()
    opened = _opened(target, standing)
    build = opened.build
    dataset = stand(standing) if standing else _standing(opened, quotes=told.quotes)
    names = str(target.resolve()) if build else ""
    arguments = (str(dataset.folder), opened.iris.base, names)
    start = partial(Worker, "kg.opening:answer_store", *arguments, memory=allowed.memory)
    asking = Asking(start, allowed)
    digest = build.manifest.digest if build else _digest_of(target)
    counts = _counts(build, target, dataset)
    lists = None
    if max(counts.values(), default=0) >= allowed.large and dataset.folder is not None:
        kept = target if build else None
        lists = Listing(dataset.folder, opened.iris.base, digest, kept, quotes=told.quotes)
    release, previous = _versions(target, releases)
    return Holding(
        dataset=dataset,
        iris=opened.iris,
        digest=digest,
        questions=catalogue(),
        search=Searching(target, quotes=told.quotes) if build else _nothing,
        ask=asking.rows,
        serialise=asking.file,
        article=Texts(target) if build and told.texts and told.quotes else lambda _: None,
        counts=counts,
        tools=opened.tools,
        folder=target,
        settings=told,
        vocabulary=cache(lambda: Dataset.of(vocabulary_quads(opened.iris))),
        inspect=lambda asked: inspect(asked.name, asked.text),
        bound=lambda asked, given: bound(
            dataset, asked, given, opened.iris.base, partial(called, target) if build else None
        ),
        replaced=replaced(releases) if releases else {},
        older=build is not None and build.manifest.vocabulary != vocabulary(),
        release=release,
        previous=previous,
        lists=lists,
        close=partial(_close, asking, lists),
    )


def mark(target: Path) -> object:
    """Tell one state of a target from another, without opening it."""
    if not target.is_dir():
        return _stamp(target)
    try:
        return _stamp(target / NAME) if is_release(target) else read_manifest(target).digest
    except BuildError:  # between two states
        return None


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        told = path.stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_mtime_ns, told.st_size


def _digest_of(target: Path) -> str:
    """Give the digest of what has no manifest of a build."""
    source = target / GRAPH if target.is_dir() else target
    with source.open("rb") as data:
        return sha256(data.read()).hexdigest()


def _counts(build: Build | None, target: Path, dataset: Dataset) -> Mapping[str, int]:
    if build:
        return build.manifest.counts
    if is_release(target):
        return read_release(target).counts
    return {"statements": len(dataset)}


def _versions(target: Path, releases: Path | None) -> tuple[str, str]:
    """Name the release that is shown, if it is one, and the one before."""
    if is_release(target):
        told = read_release(target)
        return told.name, told.previous or ""
    before = latest(releases) if releases else None
    return "", before.name if before else ""


def _close(asking: Asking, lists: Listing | None) -> None:
    asking.close()
    if lists is not None:
        lists.close()


def _opened(target: Path, standing: Path | None) -> Target:
    """Open a target; one whose graph stands somewhere already is not read for that."""
    if standing is None or ((target / NAME).is_file() and not is_release(target)):
        return open_target(str(target))
    iris = Iris(read_release(target).base) if is_release(target) else Iris()
    return Target(stand(standing), None, iris)


def _standing(opened: Target, *, quotes: bool) -> Dataset:
    """Give the dataset of a target as a store on disk, without text of articles if so wanted."""
    if opened.dataset.folder is not None and quotes:
        return opened.dataset
    return lay(Statements(opened.dataset, "full" if quotes else "none").quads())


class Asking:
    """Asks one of several processes; a new one takes the place of one that was killed."""

    def __init__(self, start: Callable[[], Worker], limits: Limits) -> None:
        self._limits = limits
        patience = max(_PATIENCE, limits.seconds)
        self._pool = Pool(start, limits.workers, patience, limits.share, self._wait_for)
        self.close = self._pool.close

    def _wait_for(self, worker: Worker) -> None:
        """Wait until a process has answered once; what is wrong with it tells who asks."""
        with suppress(KgError):
            Reader(worker).rows(_FIRST, {})

    def _reader(self, worker: Worker) -> Reader:
        return Reader(worker, self._limits.seconds, self._limits.most)

    def rows(
        self, question: Question, parameters: Mapping[str, str], limit: int | None = None
    ) -> Rows:
        """Answer a question in rows."""
        with self._pool.worker() as worker:
            return self._reader(worker).rows(question, parameters, limit)

    def file(
        self,
        question: Question,
        media_type: str,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> IO[bytes]:
        """Answer a query in a media type, whole."""
        with ExitStack() as unless_whole:
            whole = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - handed on
            unless_whole.callback(whole.close)
            with self._pool.worker() as worker:
                reader = self._reader(worker)
                whole.writelines(
                    reader.serialised(question, media_type, default_graphs, named_graphs)
                )
            unless_whole.pop_all()  # it is handed on open
        whole.seek(0)
        return cast("IO[bytes]", whole)


class Searching:
    """Searches the index of words of a build."""

    def __init__(self, target: Path, *, quotes: bool = True) -> None:
        self._target, self._quotes = target, quotes

    def __call__(self, text: str, kind: str = "", limit: int = 20) -> tuple[Found, ...]:
        """Find what bears the words, the best first."""
        rows = (hit.row for hit in search(self._target, text[:_TEXT], kind, limit))
        found = (Found(row.iri, row.kind, row.label, row.field, row.text) for row in rows)
        if self._quotes:
            return tuple(found)
        heard = (each for each in found if each.matched not in _SPOKEN)
        return tuple(
            replace(each, label=each.text) if each.kind == "article" else each for each in heard
        )


def _nothing(text: str, kind: str = "", limit: int = 20) -> tuple[Found, ...]:
    """Find nothing: only builds have an index."""
    del text, kind, limit
    return ()


class Texts:
    """Reads the articles of a build."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __call__(self, key: str) -> Article | None:
        """Give the article of an id."""
        shelves = Shelves(self._target / RECORDS, read_only=True)
        try:
            return shelves.shelf("articles", Article).get(key)
        finally:
            shelves.close()
