"""The folder that a site is written into: addresses and bytes in, files with checksums out."""

from __future__ import annotations

import hashlib
from pathlib import Path

Entry = tuple[str, int, str]
"""A file: its name, its size, the SHA-256 of what is in it."""


class Tree:
    """A folder that files are written into; `files` tells which were."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: list[Entry] = []
        self._folders: set[str] = set()

    def write(self, name: str, data: bytes) -> None:
        """Write a file of a name that is safe."""
        self.place(name).write_bytes(data)
        self.enter(name, len(data), hashlib.sha256(data).hexdigest())

    def place(self, name: str) -> Path:
        """Give the path of a file, its folder made."""
        path = self.root / name
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return path

    def enter(self, name: str, size: int, sha256: str) -> None:
        """List a file that was written."""
        self.files.append((name, size, sha256))
