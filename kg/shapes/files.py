"""Which files hold the shapes: those bundled, or those of whoever asks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kg.errors import ShapesError
from kg.resources import folder

_LINTS: Final = "ontology.ttl"
"""The bundled shapes that judge `ontology/` rather than data."""


def shapes_files(shapes: Path | None) -> list[Path]:
    """List the files of shapes: those bundled, those of a folder, or one file."""
    if shapes is None:
        return [path for path in sorted(folder("shapes").glob("*.ttl")) if path.name != _LINTS]
    if not shapes.is_dir():
        return [shapes]
    found = sorted(shapes.glob("*.ttl"))
    if not found:
        raise ShapesError(str(shapes), "holds no .ttl file; name a folder or file of shapes")
    return found
