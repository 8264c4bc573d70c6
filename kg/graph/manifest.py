"""The manifest of a build: what it holds, who wrote it, and the digest of each file.

No clock: the same input and the same versions give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import BuildError, RecordError
from kg.records import from_dict, to_dict

FORMAT: Final = "communique-build/1"
NAME: Final = "manifest.json"
_AGAIN: Final = "build it again with `kg build`"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a build."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build says of itself."""

    format: str
    package: str  # version of this package
    base: str  # IRI below which its data lies
    counts: Mapping[str, int]
    files: Mapping[str, Entry]
    tools: Mapping[str, str]  # name -> version of whatever took part

    def write(self, folder: Path) -> None:
        """Write it into the folder of the build."""
        text = json.dumps(to_dict(self), indent=2, sort_keys=True, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")


def entry_of(path: Path) -> Entry:
    """Measure a file."""
    with path.open("rb") as data:
        return Entry(hashlib.file_digest(data, "sha256").hexdigest(), path.stat().st_size)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build, or say why there is none to read."""
    path = folder / NAME
    if not folder.exists():
        raise BuildError(str(folder), "there is no build here; make one with `kg build PATH…`")
    if not path.is_file():
        raise BuildError(str(folder), f"is not a build (no {NAME}); name the folder of a build")
    try:
        values = json.loads(path.read_bytes())
        manifest = from_dict(values, Manifest, str(path))
    except (OSError, ValueError, RecordError) as error:
        raise BuildError(str(path), f"is damaged ({error}); {_AGAIN}") from error
    if manifest.format != FORMAT:
        raise BuildError(
            str(folder),
            f"has format {manifest.format}, this version reads {FORMAT}; {_AGAIN}",
        )
    return manifest


def check_files(manifest: Manifest, folder: Path) -> None:
    """Compare every file of a build with what its manifest says of it."""
    for name, expected in sorted(manifest.files.items()):
        path = folder / name
        try:
            found = entry_of(path)
        except OSError as error:
            raise BuildError(str(path), f"is missing from the build; {_AGAIN}") from error
        if found != expected:
            raise BuildError(str(path), f"is not what was built (digest differs); {_AGAIN}")
