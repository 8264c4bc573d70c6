"""Bundled files: where `ontology/`, `shapes/`, `queries/`, `articles/` stand.

In a checkout they are folders beside the package; in an installation they travel inside
it, under `bundled/`. Data files of a stage stand in the stage's own `data/` folder.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_origin, get_type_hints

import msgspec

from kg.errors import LexiconError

PACKAGE = Path(__file__).parent
Row = TypeVar("Row")


def folder(name: str) -> Path:
    """Give the folder `name`, inside the installed package or beside it in a checkout."""
    for candidate in (PACKAGE / "bundled" / name, PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise LexiconError(name, "bundled folder not found; reinstall the package")


def data_file(stage: str, name: str) -> Path:
    """Give the path of a data file of a stage."""
    path = PACKAGE / stage / "data" / name
    if not path.is_file():
        raise LexiconError(str(path), "bundled data file not found; reinstall the package")
    return path


@cache
def package_digest() -> str:
    """Give one SHA-256 of all rules, lexicons and weights that the stages read."""
    sums = hashlib.sha256()
    for path in sorted([*PACKAGE.glob("data/*"), *PACKAGE.glob("*/data/*")]):
        sums.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0")
        sums.update(hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


@cache
def table(stage: str, name: str, row: type[Row]) -> tuple[Row, ...]:
    """Read a CSV table (header = field names, `|` inside a cell separates values).

    Lines that start with `#` are comments: they give the source of the rows below.
    """
    path = data_file(stage, name)
    with path.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(line for line in lines if line[:1] not in "#\r\n")
    many = {name for name, kind in get_type_hints(row).items() if get_origin(kind) is tuple}
    for place, cells in enumerate(rows, 1):
        if len(cells) != len(header):
            raise LexiconError(f"{path}:{place}", f"has {len(cells)} cells, not {len(header)}")
    values = [_cells(header, cells, many) for cells in rows]
    try:
        return msgspec.convert(values, tuple[row, ...], strict=False)  # type: ignore[valid-type]
    except msgspec.ValidationError:  # say which row
        return tuple(_checked(path, place, row, each) for place, each in enumerate(values, 1))


@cache
def lexicon(stage: str, name: str, schema: type[Row]) -> Row:
    """Read a YAML data file as `schema`; a field that the schema lacks is an error."""
    import yaml  # not needed by who asks for a folder only

    path = data_file(stage, name)
    # Plain strings, typed by the schema: YAML itself would take on, off, yes, no for truths.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    values = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - strings only
    return _checked(path, 0, schema, values)


def _cells(header: list[str], cells: list[str], many: set[str]) -> dict[str, Any]:
    """Leave out empty cells; split those whose field holds a tuple."""
    return {
        name: cell.split("|") if name in many else cell
        for name, cell in zip(header, cells, strict=True)
        if cell
    }


def _checked(path: Path, number: int, schema: type[Row], values: Any) -> Row:
    try:
        return msgspec.convert(values, schema, strict=False)
    except msgspec.ValidationError as error:
        raise LexiconError(f"{path}:{number}" if number else str(path), f"{error}") from error
