"""The folder that a site is written into: addresses and bytes in, files with checksums out.

Every file is listed in `SHA256SUMS` as it is written, so that nothing has to be remembered.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

SUMS: Final = "SHA256SUMS"


class Tree:
    """A folder being filled."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files = self.bytes = 0
        self._folders: set[str] = set()

    def __enter__(self) -> Self:
        self._sums: IO[str] = (self.root / SUMS).open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._sums.close()

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
        self.files += 1
        self.bytes += size
        self._sums.write(f"{sha256}  {name}\n")
