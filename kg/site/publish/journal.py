"""What of a site is written already: pieces that are done in, a file beside them that tells so.

A line for each piece, added when its files are written. Whoever goes on takes a line for true only
if all files that it names are there with just those contents, so that neither a process that was
killed nor a system that went down leaves anything half-written behind.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from kg.site.publish.model import Done

NAME: Final = ".journal"
_MARK: Final = 64  # characters of the checksum before a line


class Journal:
    """Tells which pieces of the site in a folder are done."""

    def __init__(self, root: Path, recipe: str, *, anew: bool = False) -> None:
        """Go on with what lies in a folder, if it was made by this recipe; else clear it away."""
        self._root, self._recipe, self._anew = root, recipe, anew
        self._places: dict[str, int] = {}

    def __enter__(self) -> Self:
        path = self._root / NAME
        begun = not self._anew and self._begun(path)
        if not begun:
            self._clear()
        self._file: IO[bytes] = path.open("r+b" if begun else "w+b")
        if begun:
            self._file.truncate(self._read())
        else:
            self._file.write(self._head)
        self._file.seek(0, 2)
        self._file.flush()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def _begun(self, path: Path) -> bool:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.readline() == self._head

    @property
    def _head(self) -> bytes:
        return f"{self._recipe}\n".encode()

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> Done:
        self._file.seek(self._places[name] + _MARK + 1)
        done = Done.unpacked(self._file.readline())
        self._file.seek(0, 2)
        return done

    def add(self, done: Done) -> None:
        """Note that a piece is done."""
        place, data = self._file.tell(), done.packed()
        self._file.write(f"{hashlib.sha256(data).hexdigest()} ".encode() + data + b"\n")
        self._file.flush()
        self._places[done.name] = place

    def remove(self) -> None:
        """Take the file away: all is done."""
        (self._root / NAME).unlink()

    def _clear(self) -> None:
        for path in self._root.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _read(self) -> int:
        """Find what is done; give where what can be read ends."""
        self._file.seek(len(self._head))
        end = len(self._head)
        for line in self._file:
            mark, _, data = line.rstrip(b"\n").partition(b" ")
            if not line.endswith(b"\n") or mark != hashlib.sha256(data).hexdigest().encode():
                break
            done = Done.unpacked(data)
            if not done.lacking and all(
                self._holds(name, sha256) for name, _, sha256 in done.files
            ):
                self._places[done.name] = end
            end += len(line)
        return end

    def _holds(self, name: str, sha256: str) -> bool:
        try:
            with (self._root / name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            return False
