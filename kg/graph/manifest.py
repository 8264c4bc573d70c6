"""The manifest of a build: what it holds, who wrote it, and the digest of its graph.

It is kept among the records, so that it changes with them; the file of that name says the same to
whoever looks at the folder. No clock: the same input and the same versions give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import BuildError, RecordError
from kg.graph.reference import reference_files
from kg.graph.swapping import sync
from kg.records import from_dict, to_dict
from kg.resources import folder, package_digest

_FAMILY: Final = "communique-build/"
FORMAT: Final = f"{_FAMILY}3"  # goes up when builds of before would answer otherwise
NAME: Final = "manifest.json"
RECORDS: Final = "records.sqlite"
AGAIN: Final = "build it again with `kg build`"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a release."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build says of itself."""

    format: str
    package: str  # version of this package
    base: str  # IRI below which its data lies
    vocabulary: str  # digest of the ontology that it holds and of the rules that made it
    counts: Mapping[str, int]
    digest: str  # of the graph: the sum of the SHA-256 of its lines in N-Quads
    store: str  # folder that holds the graph
    tools: Mapping[str, str]  # name -> version of whatever took part

    def write(self, folder: Path) -> None:
        """Write it into the folder of the build, whole or not at all."""
        text = json.dumps(to_dict(self), indent=2, sort_keys=True, ensure_ascii=False)
        beside = folder / f".{NAME}.{os.getpid()}"
        beside.write_text(text + "\n", encoding="utf-8")
        sync(beside)
        beside.replace(folder / NAME)


def entry_of(path: Path) -> Entry:
    """Measure a file."""
    with path.open("rb") as data:
        return Entry(hashlib.file_digest(data, "sha256").hexdigest(), path.stat().st_size)


@cache
def vocabulary() -> str:
    """Give the digest of the ontology, rules, lexicons and weights of this version."""
    digest = hashlib.sha256(package_digest().encode())
    for path in reference_files(folder("ontology")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_build(folder: Path) -> bool:
    """Tell whether a folder holds a build, of whatever version; many programs have a manifest."""
    try:
        values = json.loads((folder / NAME).read_bytes())
    except OSError:
        return False
    except ValueError:  # damaged: the records tell
        return (folder / RECORDS).is_file()
    told = values.get("format") if isinstance(values, dict) else None
    return (folder / RECORDS).is_file() or str(told).startswith(_FAMILY)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a build, or say why there is none to read."""
    path = folder / NAME
    if not folder.exists():
        raise BuildError(str(folder), "there is no build here; make one with `kg build PATH…`")
    if not path.is_file():
        raise BuildError(str(folder), f"is not a build (no {NAME}); name the folder of a build")
    try:
        values = json.loads(path.read_bytes())
        told = values.get("format") if isinstance(values, dict) else None
        if isinstance(told, str) and told != FORMAT:
            raise BuildError(
                str(folder), f"has format {told}, this version reads {FORMAT}; {AGAIN}"
            )
        return from_dict(values, Manifest, str(path))
    except (OSError, ValueError, RecordError) as error:
        raise BuildError(str(path), f"is damaged ({error}); {AGAIN}") from error
