"""A dataset and the name of a format in, the bytes of an export out; same dataset, same bytes.

Bytes come as they are written and never stand in memory whole. Formats without named graphs hold
the merge of all graphs. An export without quotes leaves out the text of articles; their offsets
and digests stay, so that whoever holds the articles can verify it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, Literal, get_args

from kg.errors import GraphError
from kg.graph.model import Dataset
from kg.site.claimtable import claim_table
from kg.site.folders import written_whole
from kg.site.ftm import followthemoney
from kg.site.jsonld import jsonld, jsonlines
from kg.site.neo4j import neo4j_folder
from kg.site.network import gexf, graphml
from kg.site.rdfxml import rdfxml
from kg.site.sorting import MEMORY
from kg.site.statements import Quotes, Statements
from kg.site.tablefiles import csv_tables, parquet_tables
from kg.site.turtle import trig, turtle
from kg.terms import DATA

ExportFormat = Literal[
    "turtle", "trig", "nquads", "ntriples", "jsonld", "jsonl", "rdfxml", "sheet",
    "graphml", "gexf", "ftm",
]  # fmt: skip
EXPORT_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
FolderFormat = Literal["csv", "parquet", "neo4j"]
FOLDER_FORMATS: Final[tuple[FolderFormat, ...]] = get_args(FolderFormat)
_PART: Final = 4096  # lines that are written at once


def export(
    dataset: Dataset, export_format: str, *, quotes: Quotes = "full", base: str = DATA
) -> bytes:
    """Write a dataset in a format, at once; `base` is what its data IRIs start with."""
    return b"".join(stream(dataset, export_format, quotes=quotes, base=base))


def stream(
    dataset: Dataset,
    export_format: str,
    *,
    quotes: Quotes = "full",
    base: str = DATA,
    memory: int = MEMORY,
    beside: Path | None = None,
) -> Iterator[bytes]:
    """Yield the parts of an export as they are written.

    What does not fit into `memory` bytes waits in files without a name in the folder `beside`.
    """
    if export_format not in _WRITERS:
        known = ", ".join(EXPORT_FORMATS)
        raise GraphError(export_format, f"no such export format; give one of {known}")
    return _WRITERS[export_format](Statements(dataset, quotes, memory, beside), base)


def export_folder(
    dataset: Dataset,
    export_format: str,
    folder: Path,
    *,
    quotes: Quotes = "full",
    base: str = DATA,
    memory: int = MEMORY,
) -> None:
    """Write an export of several files into a folder, whole or not at all."""
    if export_format not in _FOLDER_WRITERS:
        known = ", ".join(FOLDER_FORMATS)
        raise GraphError(export_format, f"no such folder of exports; give one of {known}")
    with written_whole(folder) as place:
        statements = Statements(dataset, quotes, memory, place.parent)
        _FOLDER_WRITERS[export_format](statements, place, base)


def _many(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Join lines, so that not each is written on its own."""
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if len(held) == _PART:
            yield b"".join(held)
            held.clear()
    yield b"".join(held)


_WRITERS: Final[dict[str, Callable[[Statements, str], Iterator[bytes]]]] = {
    "turtle": turtle,
    "trig": trig,
    "nquads": lambda statements, _: _many(statements.quads()),
    "ntriples": lambda statements, _: _many(statements.triples()),
    "jsonld": jsonld,
    "jsonl": jsonlines,
    "rdfxml": lambda statements, _: rdfxml(statements),
    "sheet": lambda statements, _: claim_table(statements),
    "graphml": graphml,
    "gexf": gexf,
    "ftm": followthemoney,
}
_FOLDER_WRITERS: Final[dict[str, Callable[[Statements, Path, str], None]]] = {
    "csv": lambda statements, folder, _: csv_tables(statements, folder),
    "parquet": lambda statements, folder, _: parquet_tables(statements, folder),
    "neo4j": lambda statements, folder, _: neo4j_folder(statements, folder),
}
