"""Rows in, a folder of CSV or Parquet files with a data dictionary out.

The dictionary is a Frictionless Data Package (`datapackage.json`): one file for all tables, with
types, keys and the definitions of the ontology, read by tools in Python, R and the browser. CSVW
would say the same in a file per table, and next to nothing reads it. Rows are written in batches.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kg.resources import data_file
from kg.site.extras import needed
from kg.site.folders import PACKAGE, PACKAGE_NAME, README
from kg.site.statements import Statements
from kg.site.tables import Column, Row, Table, rows, tables
from kg.terms import PREFIXES

_BATCH: Final = 10_000  # rows
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"
_FIELD: Final = {
    "integer": ("integer", "default"),
    "number": ("number", "default"),
    "date": ("date", "default"),
    "iri": ("string", "uri"),
}


def csv_tables(statements: Statements, folder: Path) -> None:
    """Write each table as CSV in UTF-8; a list is a JSON array."""
    for table in tables().values():
        names = [column.name for column in table.columns]
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(names)
            for row in rows(table, statements):
                writer.writerow([_cell(row[name]) for name in names])
    _describe(folder, "csv", "text/csv")


def parquet_tables(statements: Statements, folder: Path) -> None:
    """Write each table as Parquet, with lists as lists and dates as dates."""
    arrow, parquet = (
        needed(name, "-f parquet", "tables") for name in ("pyarrow", "pyarrow.parquet")
    )
    for table in tables().values():
        schema = arrow.schema([_arrow_field(column, arrow) for column in table.columns])
        with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema) as writer:
            for batch in _batches(rows(table, statements)):
                writer.write_table(arrow.Table.from_pylist(batch, schema))
    _describe(folder, "parquet", "application/vnd.apache.parquet")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value


def _batches(found: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(found, _BATCH)):
        yield batch


def _arrow_field(column: Column, arrow: Any) -> Any:
    kinds = {"integer": arrow.int64(), "number": arrow.float64(), "date": arrow.date32()}
    kind = kinds.get(column.type, arrow.string())
    described = {"description": column.says}
    return arrow.field(column.name, arrow.list_(kind) if column.many else kind, metadata=described)


def _describe(folder: Path, ending: str, media: str) -> None:
    package = {
        "$schema": _PROFILE,
        "name": PACKAGE_NAME,
        "title": "Communiqué: what articles report, with the sentence behind every statement",
        "resources": [
            _resource(table, folder / f"{table.name}.{ending}", media)
            for table in tables().values()
        ],
    }
    written = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / PACKAGE).write_text(written, "utf-8")
    readme = data_file("site", "tables-readme.md").read_bytes()
    (folder / README).write_bytes(readme)


def _resource(table: Table, path: Path, media: str) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    shown: dict[str, Any] = {
        "name": table.name,
        "type": "table",
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": media,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "description": table.says,
        "schema": _schema(table),
    }
    return shown


def _schema(table: Table) -> dict[str, Any]:
    fields = [_field(column, column.name in table.key) for column in table.columns]
    foreign = [
        {
            "fields": [column.name],
            "reference": {"resource": column.refers, "fields": list(tables()[column.refers].key)},
        }
        for column in table.columns
        if column.refers and not column.many
    ]
    return {"fields": fields, "primaryKey": list(table.key), "foreignKeys": foreign}


def _field(column: Column, required: bool) -> dict[str, Any]:
    kind, form = ("array", "default") if column.many else _FIELD.get(column.type, ("string", ""))
    field: dict[str, Any] = {"name": column.name, "type": kind}
    if form not in ("", "default"):
        field["format"] = form
    field["description"] = _explained(column)
    if ":" in column.property and column.type != "date":
        prefix, _, local = column.property.partition(":")
        field["rdfType"] = PREFIXES[prefix] + local
    if required:
        field["constraints"] = {"required": True}
    return field


def _explained(column: Column) -> str:
    """Say what a column means, and in which form it is said."""
    more = []
    if column.type == "edtf":
        more.append("An EDTF date in the precision of the sources; [a,b] is one of these.")
    if column.many and column.refers:
        more.append(f"Each is a key of `{column.refers}`.")
    return " ".join([column.says, *more])
