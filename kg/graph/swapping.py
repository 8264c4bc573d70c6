"""A folder replaced whole or not at all, by one writer at a time.

A path in; an aside folder to fill, then the swap. Whoever is killed at any point leaves the old
folder or the new one, never a mixture: what stays aside is put back or cleared by the next.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from weakref import finalize

from kg.errors import BuildError

_PATIENCE: Final = 40  # tries, 50 ms apart, while another writer is between two renames


@contextmanager
def writing_aside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside `target` that takes its place when the block ends well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(target):
        _clear(target)
        aside = _beside(target, f"new.{os.getpid()}")
        aside.mkdir()
        try:
            yield aside
            _swap(aside, target)
        finally:
            _clear(target)


def put_back(target: Path) -> None:
    """Put back a folder that a writer killed between two renames left aside, if there is one."""
    for _ in range(_PATIENCE):
        if target.exists() or not _beside(target, "old").exists():
            return
        try:
            with locked(target):
                _put_back(target)
        except BuildError:
            time.sleep(0.05)


class Hold:
    """Keeps a folder from being cleared away while somebody reads in it; ends with its life."""

    def __init__(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        self._end = finalize(self, os.close, handle)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if not _names(folder, handle):
                raise FileNotFoundError(folder)
        except OSError:
            self._end()
            raise


def discard(folder: Path) -> None:
    """Remove a folder, unless somebody holds it: then the next writer will."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # a reader is at work in it
    finally:
        os.close(handle)


def sync(path: Path) -> None:
    """Have the system write a file or folder to the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


def _swap(aside: Path, target: Path) -> None:
    sync(aside)
    if target.exists():
        target.rename(_beside(target, "old"))
    aside.rename(target)
    sync(target.parent)


def _put_back(target: Path) -> None:
    old = _beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)


def _clear(target: Path) -> None:
    """Remove what writers left aside; only the holder of the lock may.

    A folder that was replaced goes when the last of its readers does.
    """
    _put_back(target)
    old = _beside(target, "old")
    if old.exists():
        old.rename(_beside(target, f"gone.{old.stat().st_ino}"))
    for left in target.parent.glob(f".{_literal(target.name)}.new.*"):
        shutil.rmtree(left, ignore_errors=True)
    for left in target.parent.glob(f".{_literal(target.name)}.gone.*"):
        _bury(left)


def _bury(folder: Path) -> None:
    """Remove a replaced folder with what is in it, unless somebody still reads there."""
    for part in folder.iterdir():
        if part.is_dir():
            discard(part)
    if not any(part.is_dir() for part in folder.iterdir()):
        shutil.rmtree(folder, ignore_errors=True)


def _literal(name: str) -> str:
    """Keep the characters of a name from being wildcards."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in name)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold the lock of a folder for writing; the system lets go of it when the holder dies."""
    path = _beside(target, "lock")
    handle = _acquired(path, target)
    try:
        holder = {"pid": os.getpid(), "host": os.uname().nodename}
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps(holder).encode(), 0)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _acquired(path: Path, target: Path) -> int:
    """Open and lock the file; again if its last holder removed it in between."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(handle, 1000, 0).decode("utf-8", "replace")
            os.close(handle)
            raise BuildError(str(target), _held(holder)) from error
        if _names(path, handle):
            return handle
        os.close(handle)


def _names(path: Path, handle: int) -> bool:
    """Tell whether the path still leads to the open file."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False


def _held(holder: str) -> str:
    try:
        told = json.loads(holder)
        who = f"process {told['pid']} on {told['host']}"
    except (ValueError, KeyError, TypeError):  # it has not written its name yet
        who = "another process"
    return f"is being written by {who}; wait until it is done, or build into another folder"
