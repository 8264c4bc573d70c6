"""Articles put down on disk while they are sorted: what is held in memory is their keys only.

The file is temporary, nameless and private to the process; articles come back as they were.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from kg.articles.model import Article
from kg.iris import digest


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an article lies in the spool, and what tells it from others."""

    id: str
    source: str
    text: str  # SHA-256
    place: int


class Spool:
    """A place on disk for any number of articles."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(prefix="kg-articles-")  # noqa: SIM115 - closed by `close`
        self._kept: list[Kept] = []

    def add(self, source: str, article: Article) -> None:
        """Put an article down."""
        place = self._file.tell()
        pickle.dump(article, self._file, pickle.HIGHEST_PROTOCOL)
        self._kept.append(Kept(article.id, source, digest(article.text), place))

    def in_order(self) -> Iterator[Kept]:
        """Yield the keys of all articles, by id, then by source."""
        yield from sorted(self._kept, key=lambda each: (each.id, each.source))

    def article(self, kept: Kept) -> Article:
        """Take an article up again."""
        self._file.seek(kept.place)
        article: Article = pickle.load(self._file)  # noqa: S301 - our own file, which has no name
        return article

    def close(self) -> None:
        """Give the room on disk back."""
        self._file.close()
