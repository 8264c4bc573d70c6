"""What a site is made of, joined: a build or a release in, a holding out.

Strangers' questions are answered by processes of their own; pages read the graph in this one, and
texts and names by a connection of their own for each look, since threads must not share one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import IO, cast

from kg.articles.model import Article
from kg.errors import BuildError
from kg.graph.manifest import NAME
from kg.graph.model import Dataset
from kg.graph.reference import vocabulary_quads
from kg.graph.releasing import is_release
from kg.graph.store import RECORDS
from kg.queries.catalogue import catalogue
from kg.queries.model import Question, Rows
from kg.queries.reader import Reader, reading
from kg.shelves import Shelves
from kg.site.model import Found, Holding, Settings
from kg.targets import open_target
from kg.words import search


def hold(target: Path, settings: Settings | None = None) -> Holding:
    """Open a build for a site."""
    if not (target / NAME).is_file() or is_release(target):
        raise BuildError(str(target), "is not a build; make one with `kg build PATH…`")
    opened = open_target(str(target))
    manifest = opened.build.manifest if opened.build else None
    asking = Asking(target)
    return Holding(
        dataset=opened.dataset,
        iris=opened.iris,
        digest=manifest.digest if manifest else "",
        questions=catalogue(),
        search=Searching(target),
        ask=asking.rows,
        serialise=asking.bytes,
        article=Texts(target),
        counts=manifest.counts if manifest else {},
        tools=opened.tools,
        folder=target,
        settings=settings or Settings(),
        vocabulary=cache(lambda: Dataset.of(vocabulary_quads(opened.iris))),
    )


class Asking:
    """Asks a process of its own; a new one takes the place of one that was killed."""

    def __init__(self, target: Path) -> None:
        self._target, self._lock = target, Lock()
        self._worker = reading(target)

    def _reader(self) -> Reader:
        if not self._worker.alive:
            self._worker = reading(self._target)
        return Reader(self._worker)

    def rows(
        self, question: Question, parameters: Mapping[str, str], limit: int | None = None
    ) -> Rows:
        """Answer a question in rows."""
        with self._lock:
            return self._reader().rows(question, parameters, limit)

    def bytes(
        self,
        question: Question,
        media_type: str,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
    ) -> IO[bytes]:
        """Answer a query in a media type."""
        whole = SpooledTemporaryFile(1 << 20)  # noqa: SIM115 - handed on
        with self._lock:
            whole.writelines(
                self._reader().serialised(question, media_type, default_graphs, named_graphs)
            )
        whole.seek(0)
        return cast("IO[bytes]", whole)


class Searching:
    """Searches the index of words of a build."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __call__(self, text: str, kind: str = "", limit: int = 20) -> tuple[Found, ...]:
        """Find what bears the words, the best first."""
        rows = (hit.row for hit in search(self._target, text, kind, limit))
        return tuple(Found(row.iri, row.kind, row.label, row.field, row.text) for row in rows)


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
