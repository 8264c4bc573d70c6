"""The files of the vocabulary as they were written, at the addresses of what they define.

Their comments and their order are part of what they say: Turtle is sent as it stands in the
repository. The other syntaxes are written from the same statements by the pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from kg import __version__
from kg.resources import data_file, folder
from kg.site.model import Document
from kg.site.vocabulary.usage import examples

CONTEXT: Final = "context.jsonld"
_TURTLE: Final = "text/turtle; charset=utf-8"
_TRIG: Final = "application/trig"
_JSON_LD: Final = "application/ld+json"


def source_documents() -> tuple[Document, ...]:
    """Give the files of ontology, alignments and shapes, the examples, and the context."""
    ontology, shapes = folder("ontology"), folder("shapes")
    modules, shape_files = sorted(ontology.glob("*.ttl")), sorted(shapes.glob("*.ttl"))
    aligned = sorted((ontology / "alignments").glob("*.ttl"))
    named = [
        *(("ontology/", "", path) for path in modules),
        *(("ontology/", "alignments/", path) for path in aligned),
    ]
    return (
        *(_turtle(root + part + path.name, (path,)) for root, part, path in named),
        *(_turtle(f"{root}{__version__}/{part}{path.name}", (path,)) for root, part, path in named),
        *(_turtle(f"shapes/{path.name}", (path,)) for path in shape_files),
        _turtle("def.ttl", modules),
        _turtle("ontology.ttl", modules),
        _turtle("ontology/index.ttl", modules),
        _turtle("shapes.ttl", shape_files),
        *(_example(each.file, each.text) for each in examples()),
        _context(CONTEXT),
        _context(f"context/{__version__}.jsonld"),
    )


def _turtle(path: str, files: Iterable[Path]) -> Document:
    held = tuple(files)
    return Document(path, _TURTLE, lambda _: _joined(held))


def _example(path: str, text: str) -> Document:
    kind = _TRIG if path.endswith(".trig") else _TURTLE
    return Document(path, kind, lambda _: text.encode())


def _context(path: str) -> Document:
    return Document(path, _JSON_LD, lambda _: data_file("site", CONTEXT).read_bytes())


@cache
def _joined(files: tuple[Path, ...]) -> bytes:
    """Put files one after the other: each declares its prefixes anew, as Turtle lets it."""
    return b"\n".join(path.read_bytes() for path in files)
