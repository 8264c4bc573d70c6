"""Rows of tables in, a folder of CSV for `neo4j-admin database import` out.

Each table is a kind of node with its columns as properties; a column that refers to others is
relationships, named after the property that it comes from. Headers stand in files of their own, as
the importer wants them. Lists are separated by U+001F, which no text of ours holds.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.resources import data_file
from kg.site.folders import IMPORT, README, SCRIPT
from kg.site.statements import Statements
from kg.site.tables import Cell, Column, Row, Table, keys, rows, tables

_LABELS: Final = {
    "meetings": "Meeting", "commitments": "Commitment", "concerns": "Concern",
    "controls": "Control", "positions": "Position", "posts": "PostHolding",
    "documents": "Document", "utterances": "Utterance",
    "claims": "Claim", "evidence": "Evidence", "articles": "Article", "entities": "Entity",
    "names": "Name", "disagreements": "Option",
}  # fmt: skip
_OPEN: Final = {"about", "follows", "subject"}  # refer to events of any kind
_TYPES: Final = {"integer": "long", "number": "double", "date": "date"}
_BETWEEN: Final = "\x1f"
_LINKS: Final = "relationships"
_COMMAND: Final = f"{IMPORT} --array-delimiter=U+001F --multiline-fields=true {{}} neo4j\n"


def neo4j_folder(statements: Statements, folder: Path) -> None:
    """Write nodes, relationships, their headers and the command that imports them."""
    known = {iri for name in _LABELS for iri in keys(tables()[name], statements)}
    _header(folder, _LINKS, [":START_ID", ":END_ID", ":TYPE"])
    with (folder / f"{_LINKS}.csv").open("w", encoding="utf-8", newline="") as stream:
        links = csv.writer(stream, lineterminator="\n")
        for name in _LABELS:
            _nodes(tables()[name], statements, folder, known, links)
    _attendance(statements, folder)
    command = _COMMAND.format(
        " ".join([*map(_nodes_option, _LABELS), *map(_links_option, (_LINKS, "attendance"))])
    )
    (folder / SCRIPT).write_text(f"#!/bin/sh\n# Run it in this folder.\n{command}", "utf-8")
    readme = data_file("site", "neo4j-readme.md").read_text("utf-8")
    (folder / README).write_text(readme.replace("COMMAND", command.strip()), "utf-8")


def _nodes(table: Table, statements: Statements, folder: Path, known: set[str], links: Any) -> None:
    own = [column for column in table.columns if not _refers(column)]
    _header(folder, table.name, ["iri:ID", *map(_property, own[1:]), ":LABEL"])
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in rows(table, statements):
            labels = [_LABELS[table.name], *([row["kind"]] if table.name == "entities" else [])]
            writer.writerow(
                [
                    *(_cell(row[each.name]) for each in own),
                    _cell(list(filter(None, map(str, labels)))),
                ]
            )
            links.writerows(_links(table, row, known))


def _links(table: Table, row: Row, known: set[str]) -> Iterable[tuple[str, str, str]]:
    for column in filter(_refers, table.columns):
        value = row[column.name]
        for other in value if isinstance(value, list) else [value]:
            if other in known and column.name != "attendees":  # which have a file of their own
                yield str(row[table.key[0]]), str(other), _type(column)


def _attendance(statements: Statements, folder: Path) -> None:
    shown = ("sources", "independent_sources")
    _header(
        folder, "attendance", [":START_ID", ":END_ID", ":TYPE", *(f"{each}:long" for each in shown)]
    )
    with (folder / "attendance.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in rows(tables()["attendance"], statements):
            writer.writerow(
                [row["meeting"], row["person"], "ATTENDEE", *(row[each] for each in shown)]
            )


def _refers(column: Column) -> bool:
    return bool(column.refers) or column.name in _OPEN


def _type(column: Column) -> str:
    """Name a relationship: `cmq:madeAt` is MADE_AT."""
    name = column.property.partition(":")[2] or column.name
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).upper()


def _property(column: Column) -> str:
    kind = _TYPES.get(column.type, "string")
    return f"{column.name}:{kind}{'[]' if column.many else ''}"


def _cell(value: Cell) -> Cell:
    return _BETWEEN.join(value) if isinstance(value, list) else value


def _header(folder: Path, name: str, fields: list[str]) -> None:
    (folder / f"{name}-header.csv").write_text(",".join(fields) + "\n", "utf-8")


def _nodes_option(name: str) -> str:
    return f"--nodes={name}-header.csv,{name}.csv"


def _links_option(name: str) -> str:
    return f"--relationships={name}-header.csv,{name}.csv"
