"""Folders written whole or not at all: beside their place first, then swapped into it.

A folder that is already there is replaced only if every file in it is one that an earlier export
of ours lists as its own; nobody's own file is ever removed. One process writes at a time; what one
that was killed left beside is put back, cleared away, or gone on with.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import OutputError

Listed = Callable[[Path], set[str]]
"""Names the files that an earlier export says it wrote into a folder; none if there was none."""
PACKAGE: Final = "datapackage.json"
PACKAGE_NAME: Final = "communique"
SCRIPT: Final = "import.sh"
IMPORT: Final = "neo4j-admin database import full"
README: Final = "README.md"
_STRAY: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})  # left by who looked in
_NAME: Final = 100  # characters of a name; file systems take 255 bytes
_HERE: Final = -100  # AT_FDCWD
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


def exported(folder: Path) -> set[str]:
    """Name the files that an earlier export of tables, or for Neo4j, wrote into a folder."""
    try:
        told = json.loads((folder / PACKAGE).read_bytes())
        if told["name"] == PACKAGE_NAME:
            return {PACKAGE, README, *(str(each["path"]) for each in told["resources"])}
    except (OSError, ValueError, KeyError, TypeError):
        pass  # no tables of ours
    try:
        script = (folder / SCRIPT).read_text("utf-8")
    except (OSError, ValueError):
        return set()
    return {SCRIPT, README, *re.findall(r"[\w-]+\.csv", script)} if IMPORT in script else set()


@contextmanager
def written_whole(
    folder: Path, listed: Listed = exported, *, lasting: bool = False
) -> Iterator[Path]:
    """Give a folder to write into, which takes the place of `folder` when all went well.

    It is empty; a `lasting` one holds what was written when the last try was interrupted, and is
    on the disk itself before it takes the place.
    """
    target = folder.resolve()
    _check(folder, target, listed)
    beside = aside(target)
    try:
        with _alone(beside, folder):
            _put_back(target)
            if not lasting:
                _empty(beside)
            try:
                yield beside
                _swap(beside, target, lasting=lasting)
            finally:
                if not lasting:
                    shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        reason = f"cannot be written ({error.strerror or error}); check room and permissions"
        raise OutputError(str(folder), reason) from error


def aside(target: Path) -> Path:
    """Name the folder that is written before it takes the place of another."""
    return target.with_name(f".{target.name[:_NAME]}.part")


def _check(folder: Path, target: Path, listed: Listed) -> None:
    if not target.parent.is_dir():
        raise OutputError(str(folder), f"there is no folder {target.parent}; make it first")
    if target.exists() and not target.is_dir():
        raise OutputError(str(folder), "is a file; name a folder")
    other = next(_others(target, listed(target)), None) if target.is_dir() else None
    if other is not None:
        reason = f"holds other files, such as {other}; name a new or an empty folder"
        raise OutputError(str(folder), reason)


def _others(target: Path, known: set[str]) -> Iterator[str]:
    """Yield the files in a folder that are not known."""
    for parent, folders, files in os.walk(target):
        inner = Path(parent)
        linked = [each for each in folders if (inner / each).is_symlink()]
        for name in sorted([*files, *linked]):
            place = (inner / name).relative_to(target).as_posix()
            if place not in known and name not in _STRAY:
                yield place


@contextmanager
def _alone(beside: Path, folder: Path) -> Iterator[None]:
    """Make a folder, and hold its lock; the system lets go of that when the holder dies."""
    while True:
        beside.mkdir(exist_ok=True)
        handle = os.open(beside, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(handle)
            reason = "is being written by another process; wait until it is done"
            raise OutputError(str(folder), reason) from error
        if beside.is_dir() and os.path.samestat(beside.stat(), os.fstat(handle)):
            break
        os.close(handle)  # its last holder swapped it away in between
    try:
        yield
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name[:_NAME]}.old")


def _put_back(target: Path) -> None:
    """Put back a folder that a process killed between two renames left aside; clear others."""
    old = _old(target)
    if old.is_dir() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _swap(beside: Path, target: Path, *, lasting: bool) -> None:
    if lasting:
        os.sync()
    if not target.exists():
        beside.rename(target)
    elif _exchanged(beside, target):
        _settle(target.parent)
        shutil.rmtree(beside)
    else:
        target.rename(_old(target))
        beside.rename(target)
        _settle(target.parent)
        shutil.rmtree(_old(target))


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders by one step, so that there is one at any moment; say if that works."""
    exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    if exchange is None:
        return False
    given = (_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return bool(exchange(*given) == 0)


def _settle(folder: Path) -> None:
    """Have the system write the names in a folder to the disk itself."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
