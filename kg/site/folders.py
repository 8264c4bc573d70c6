"""Folders written whole or not at all: beside their place first, then renamed into it.

A folder that is already there is replaced only if an export of ours made it, which its file
`datapackage.json` or `import.sh` shows; nobody's own folder is ever emptied.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import OutputError

MARKS: Final = ("datapackage.json", "import.sh")


@contextmanager
def written_whole(folder: Path, marks: tuple[str, ...] = MARKS) -> Iterator[Path]:
    """Give a folder to write into, which takes the place of `folder` when all went well."""
    target = folder.resolve()
    _check(folder, target, marks)
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        beside.mkdir()
        yield beside
        _swap(beside, target)
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error}); check room and permissions"
        raise OutputError(str(folder), reason) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _check(folder: Path, target: Path, marks: tuple[str, ...]) -> None:
    if not target.parent.is_dir():
        raise OutputError(str(folder), f"there is no folder {target.parent}; make it first")
    if target.exists() and not target.is_dir():
        raise OutputError(str(folder), "is a file; name a folder")
    filled = target.is_dir() and any(target.iterdir())
    if filled and not any((target / mark).is_file() for mark in marks):
        raise OutputError(str(folder), "holds other files; name a new or an empty folder")


def _swap(beside: Path, target: Path) -> None:
    if not target.exists():
        beside.rename(target)
        return
    old = target.with_name(f".{target.name[:100]}.{os.getpid()}.old")
    target.rename(old)
    beside.rename(target)
    shutil.rmtree(old)
