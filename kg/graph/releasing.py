"""Releases: a graph in, a folder out that is never changed again.

A release holds the sorted graph, what changed since the one before, and a manifest with counts,
digests and the versions of all that took part. Identifiers that an earlier release published lead
on. What is suspicious is not released, and nothing is half-written. No clock: the same state gives
the same bytes.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final, cast

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kg import __version__
from kg.errors import BuildError, RecordError
from kg.graph.bands import Bands, complaints
from kg.graph.difference import Difference, difference, write_difference
from kg.graph.lineage import Lineage, lineage, redirects
from kg.graph.manifest import Entry, entry_of
from kg.graph.model import Dataset
from kg.graph.swapping import sync, writing_aside
from kg.graph.terms import term
from kg.graph.writing import nquads
from kg.iris import Iris
from kg.records import from_dict, to_dict
from kg.resources import package_digest
from kg.terms import DEFINITIONS

FORMAT: Final = "communique-release/1"
GRAPH: Final = "graph.nq.gz"
CHANGES: Final = "changes.rdfp.gz"
NAME: Final = "manifest.json"
_READ_ONLY: Final = 0o444


@dataclass(frozen=True, slots=True)
class Release:
    """What a release says of itself."""

    format: str
    name: str
    base: str
    package: str  # version of this package, and of the ontology
    data: str  # digest of the rules, lexicons and weights that came with it
    tools: Mapping[str, str]  # name -> version of whatever took part
    statements: int
    counts: Mapping[str, int]  # resources of each class
    files: Mapping[str, Entry]
    previous: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was written, and what it changed."""

    manifest: Release
    changes: Difference | None
    lineage: Lineage | None


def write_release(
    dataset: Dataset,
    name: str,
    folder: Path,
    bands: Bands,
    tools: Mapping[str, str],
    iris: Iris | None = None,
    *,
    force: bool = False,
) -> Released:
    """Write the release `name` into `folder`, unless its numbers are suspicious.

    `force` writes it all the same; a release of that name is never replaced.
    """
    minted = iris or Iris()
    target = folder / name
    if target.exists() or not _is_name(name):
        reason = "is released already" if target.exists() else "is no name for a folder"
        raise BuildError(str(target), f"{reason}; choose another name")
    last = latest(folder)
    before = open_release(folder / last.name) if last else None
    known = lineage(before, dataset) if before else None
    held = Dataset.of([*dataset.quads(), *redirects(before, dataset, known, minted)])
    counts = class_counts(held)
    doubts = [*complaints(counts, last.counts if last else None, bands), *_estranged(known)]
    if doubts and not force:
        told = "; ".join(doubts)
        raise BuildError(str(target), f"not released: {told}; check, or release with --force")
    found = difference(before, held) if before else None
    with writing_aside(target) as aside:
        statements = _write_files(aside, held, found)
        files = {path.name: entry_of(path) for path in sorted(aside.iterdir())}
        manifest = Release(
            FORMAT, name, minted.base, __version__, package_digest(), _tools(tools), statements,
            counts, files, last.name if last else None,
        )  # fmt: skip
        _write(aside / NAME, _json(manifest))
    return Released(manifest, found, known)


def is_release(folder: Path) -> bool:
    """Say whether a folder holds a release."""
    return (folder / GRAPH).is_file() and (folder / NAME).is_file()


def read_release(folder: Path) -> Release:
    """Read what a release says of itself."""
    path = folder / NAME
    try:
        manifest = from_dict(json.loads(path.read_bytes()), Release, str(path))
    except (OSError, ValueError, RecordError) as error:
        raise BuildError(str(path), f"is no manifest of a release ({error})") from error
    if manifest.format != FORMAT:
        raise BuildError(str(path), f"has format {manifest.format}; this version reads {FORMAT}")
    return manifest


def open_release(folder: Path) -> Dataset:
    """Open a release whose files are what its manifest says."""
    manifest = read_release(folder)
    for name, expected in sorted(manifest.files.items()):
        path = folder / name
        if not path.is_file() or entry_of(path) != expected:
            raise BuildError(str(path), "is not what was released; take the release anew")
    with gzip.open(folder / GRAPH) as data:
        return Dataset.of(parse(cast("IO[bytes]", data), format=RdfFormat.N_QUADS))


def replaced(folder: Path) -> dict[str, tuple[str, ...]]:
    """Tell what took the place of identifiers that the releases in a folder published."""
    last = latest(folder)
    leads, found = term("dcterms:isReplacedBy"), dict[str, set[str]]()
    if last is None:
        return {}
    with gzip.open(folder / last.name / GRAPH) as lines:
        told = b"".join(line for line in lines if str(leads).encode() in line)
    for quad in parse(told, format=RdfFormat.N_QUADS):
        both = quad.subject, quad.object
        if quad.predicate == leads and all(isinstance(each, NamedNode) for each in both):
            found.setdefault(str(both[0].value), set()).add(str(both[1].value))
    return {name: tuple(sorted(heirs)) for name, heirs in sorted(found.items())}


def latest(folder: Path) -> Release | None:
    """Give the release that none of the others names as the one before it."""
    found = [read_release(each) for each in _folders(folder)]
    named = {each.previous for each in found}
    last = [each for each in found if each.name not in named]
    if len(last) > 1:
        names = ", ".join(each.name for each in last)
        raise BuildError(str(folder), f"has no single last release ({names}); keep one line")
    return last[0] if last else None


def class_counts(dataset: Dataset) -> dict[str, int]:
    """Count the resources of each class of ours, outside the reference graph."""
    counts: Counter[str] = Counter()
    for quad in dataset.quads(predicate=term("rdf:type")):
        kind, graph = quad.object, quad.graph_name
        reference = isinstance(graph, NamedNode) and graph.value.endswith("/graph/reference")
        if isinstance(kind, NamedNode) and kind.value.startswith(DEFINITIONS) and not reference:
            counts[f"cmq:{kind.value.removeprefix(DEFINITIONS)}"] += 1
    return dict(sorted(counts.items()))


def _folders(folder: Path) -> Iterable[Path]:
    return sorted(each for each in folder.glob("*") if is_release(each)) if folder.exists() else ()


def _write_files(aside: Path, held: Dataset, found: Difference | None) -> int:
    graph = nquads(_quads(held))
    _write(aside / GRAPH, _packed(graph))
    if found is not None:
        _write(aside / CHANGES, _packed(write_difference(found, "patch").encode()))
    return graph.count(b"\n")


def _quads(held: Dataset) -> Iterable[Quad]:
    return held.quads()


def _packed(data: bytes) -> bytes:
    """Compress without a clock or a name, so that the same data give the same bytes."""
    return gzip.compress(data, compresslevel=6, mtime=0)


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    path.chmod(_READ_ONLY)
    sync(path)


def _json(manifest: Release) -> bytes:
    text = json.dumps(to_dict(manifest), indent=2, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".encode()


def _tools(tools: Mapping[str, str]) -> dict[str, str]:
    return {**tools, "pyoxigraph": version("pyoxigraph")}


def _estranged(known: Lineage | None) -> list[str]:
    if not known:
        return []
    return [f"{each} has come to mean something else" for each in known.estranged]


def _is_name(name: str) -> bool:
    return (
        bool(name) and name[0].isalnum() and all(each.isalnum() or each in "-._" for each in name)
    )
