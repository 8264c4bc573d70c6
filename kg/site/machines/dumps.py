"""The whole graph as files to download: which there are, how they are written.

A holding in, files out, packed without a clock, so that the same graph gives the same bytes. A site
of files holds them all; a server makes them when somebody asks, and only of graphs that are small
enough for that.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from kg.site.exports import stream
from kg.site.model import Document, Dump, Holding
from kg.site.statements import Quotes

FOLDER: Final = "dumps/"
LARGEST: Final = 100_000  # statements that a server packs when asked
_LEVEL: Final = 6
_GZIP: Final = "application/gzip"


@dataclass(frozen=True, slots=True)
class Format:
    """One format of a dump."""

    name: str  # as `kg export -f` has it
    file: str
    title: str
    media_type: str
    packed: bool = True

    @property
    def path(self) -> str:
        """Its address."""
        return FOLDER + self.file


FORMATS: Final = (
    Format("nquads", "graph.nq.gz", "N-Quads", "application/n-quads"),
    Format("trig", "graph.trig.gz", "TriG", "application/trig"),
    Format("turtle", "graph.ttl.gz", "Turtle, graphs merged", "text/turtle"),
    Format("jsonld", "graph.jsonld.gz", "JSON-LD", "application/ld+json"),
    Format("jsonl", "graph.jsonl.gz", "JSON Lines, a resource a line", "application/x-ndjson"),
    Format("sheet", "claims.csv", "Claims as a table for spreadsheets", "text/csv", packed=False),
)


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Pack parts as they come, without a name or a time."""
    held = io.BytesIO()
    with gzip.GzipFile("", "wb", _LEVEL, held, mtime=0) as file:
        for part in parts:
            file.write(part)
            yield held.getvalue()
            held.seek(0)
            held.truncate()
    yield held.getvalue()


def parts_of(holding: Holding, form: Format, beside: Path | None = None) -> Iterator[bytes]:
    """Write a dump, packed if it is to be."""
    quotes: Quotes = "full" if holding.settings.quotes else "none"
    parts = stream(holding.dataset, form.name, quotes=quotes, base=holding.iris.base, beside=beside)
    return packed(parts) if form.packed else parts


def write_dump(holding: Holding, form: Format, file: IO[bytes], beside: Path | None) -> Dump:
    """Write a dump into a file and say what was written."""
    size, sums = 0, hashlib.sha256()
    for part in parts_of(holding, form, beside):
        file.write(part)
        size += len(part)
        sums.update(part)
    media_type = form.media_type
    return Dump(form.path, form.title, media_type, size, sums.hexdigest(), form.packed)


def dumps(holding: Holding) -> tuple[Dump, ...]:
    """Give the dumps of a site: those that are written, else those that it makes when asked."""
    if holding.dumps is not None:
        return holding.dumps()
    return tuple(dump for dump, _ in _made(holding).values())


def dump_documents(holding: Holding) -> tuple[Document, ...]:
    """Offer the dumps that a server makes when asked."""
    if holding.dumps is not None or not _small(holding):
        return ()
    return tuple(
        Document(form.path, _sent(form), lambda _, form=form: _made(holding)[form.name][1])  # type: ignore[misc]
        for form in FORMATS
    )


def _sent(form: Format) -> str:
    return _GZIP if form.packed else f"{form.media_type}; charset=utf-8"


def _small(holding: Holding) -> bool:
    told = holding.counts.get("quads")
    return (len(holding.dataset) if told is None else told) <= LARGEST


def _made(holding: Holding) -> dict[str, tuple[Dump, bytes]]:
    """Make the dumps of a small graph, once."""
    if not _small(holding):
        return {}
    found: dict[str, tuple[Dump, bytes]] | None = holding.kept.get("dumps")
    if found is None:
        found = {}
        for form in FORMATS:
            file = io.BytesIO()
            dump = write_dump(holding, form, file, None)
            found[form.name] = (dump, file.getvalue())
        holding.kept["dumps"] = found
    return found
