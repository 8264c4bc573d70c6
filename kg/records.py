"""Records in and out of JSON Lines, the form of every hand-over between stages.

A record is a frozen dataclass; its JSON leaves out what is None or empty, keeps the
order of the fields, and is checked field by field when read back. Same record, same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from kg.errors import RecordError

Record = TypeVar("Record")


def to_dict(record: object) -> dict[str, Any]:
    """Give the record as plain JSON values, without what is None or empty and may be left out."""
    plain = _plain(record)
    if not isinstance(plain, dict):
        raise TypeError(f"{type(record).__name__} is not a record")
    return plain


def to_line(record: object) -> str:
    """Give the record as one line of JSON, without the line end."""
    return json.dumps(to_dict(record), ensure_ascii=False, separators=(", ", ": "))


def from_dict(values: object, kind: type[Record], source: str) -> Record:
    """Read one record of `kind`; `source` says where it came from if it breaks the form."""
    try:
        return msgspec.convert(values, kind)
    except msgspec.ValidationError as error:
        raise RecordError(source, f"not a {kind.__name__}: {error}; check the field") from error


def read_lines(path: Path, kind: type[Record]) -> Iterator[Record]:
    """Yield the records of a JSON Lines file, in file order."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            where = f"{path}:{number}"
            try:
                values = json.loads(line)
            except json.JSONDecodeError as error:
                raise RecordError(where, f"not JSON ({error.msg}); one object a line") from error
            yield from_dict(values, kind, where) if isinstance(values, dict) else _no_object(where)


def write_lines(path: Path, records: Iterable[object]) -> int:
    """Write the records to `path` (beside it first, then renamed); return how many."""
    count = 0
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    with beside.open("w", encoding="utf-8", newline="\n") as out:
        for record in records:
            out.write(to_line(record) + "\n")
            count += 1
    beside.replace(path)
    return count


def _plain(value: Any) -> Any:
    """Turn records, mappings and tuples into JSON values, at every depth."""
    if is_dataclass(value) and not isinstance(value, type):
        return _pruned({name: getattr(value, name) for name in _names(type(value))}, type(value))
    if isinstance(value, Mapping):
        return _pruned(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _pruned(values: Mapping[str, Any], kind: type | None = None) -> dict[str, Any]:
    """Leave out None and empty collections, except in a field that a record must have."""
    kept = {name: _plain(value) for name, value in values.items()}
    required = _required(kind) if kind else frozenset()
    return {
        name: value
        for name, value in kept.items()
        if name in required or value not in (None, {}, [])
    }


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _required(kind: Any) -> frozenset[str]:
    return frozenset(
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    )


def _no_object(where: str) -> Any:
    raise RecordError(where, "not a JSON object; one object a line")
