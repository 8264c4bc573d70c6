"""Shapes made ready for the fast engine, and those bundled as they are kept beside their files.

The preparation (`preparing`) reads shapes with rdflib and tells whether they mean the same to all
engines, which takes longer than to judge a small graph. Of the bundled shapes it is kept in a file
that names the digest of what it was made from; where that is another, it counts for nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kg.resources import folder
from kg.shapes.constraints import Constraint
from kg.shapes.doubts import Watched
from kg.shapes.files import shapes_files
from kg.shapes.ways import Chain

NAME: Final = "prepared.json"


@dataclass(frozen=True, slots=True)
class About:
    """What results say of a shape."""

    name: str
    path: str | None
    message: str | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Shapes that mean the same to all engines."""

    shown: tuple[str, ...]  # IRIs of the shapes that take part
    core: tuple[str, ...]  # lines of N-Triples, in which each shape has an IRI
    about: dict[str, About]  # shapes, by these IRIs
    constraints: tuple[Constraint, ...]
    chains: tuple[Chain, ...]  # how far the core looks
    watched: Watched


@dataclass(frozen=True, slots=True)
class Kept:
    """Prepared shapes with the digest of the files that they were made from."""

    digest: str
    prepared: Prepared


def bundled() -> Prepared | None:
    """Give the bundled shapes as they were prepared, None where that was from other files."""
    return kept(kept_in(), digest())


def kept(path: Path, made_from: str) -> Prepared | None:
    """Read what was made from files of this digest; what is damaged counts for nothing."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return found.prepared if found.digest == made_from else None


def kept_in() -> Path:
    """Give the path of the file."""
    return folder("shapes") / NAME


def digest() -> str:
    """Give the digest of the bundled shapes."""
    sums = hashlib.sha256()
    for path in shapes_files(None):
        sums.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()
