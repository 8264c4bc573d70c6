"""The verdict on a build kept beside it, so that only what changes touch is judged again.

A build in, its report out. A verdict belongs to one graph and one set of rules, both told by their
digests; where it is not known what came and went since, everything is judged.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec
from pyoxigraph import Quad

from kg import __version__
from kg.articles.model import Article
from kg.graph.model import Dataset
from kg.resources import package_digest
from kg.shapes import evidence, fast
from kg.shapes.files import shapes_files
from kg.shapes.focusing import touched
from kg.shapes.guarded import Limits, judged_apart
from kg.shapes.judging import Engine, Since, Verdict
from kg.shapes.model import Report
from kg.shapes.nearby import Nearby
from kg.shapes.results import Result
from kg.shapes.validate import reported
from kg.shapes.worker import Answer, Told, answered

NAME: Final = "verdict.json"
_DIGEST: Final = 64  # characters


@dataclass(frozen=True, slots=True)
class Built:
    """A build to judge: its folder, the digest of its graph, and what changed since another."""

    folder: Path
    digest: str
    dataset: Dataset
    articles: Mapping[str, Article]
    since: Callable[[str], Sequence[Quad] | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A verdict with what it belongs to."""

    graph: str
    rules: str
    answer: Answer
    reread: tuple[Told, ...]


def validate_build(
    built: Built,
    shapes: Path | None = None,
    engine: Engine = "auto",
    limits: Limits | None = None,
    *,
    everything: bool = False,
) -> tuple[Report, int | None]:
    """Judge a build; also say how many nodes were judged, None if all were.

    What did not change since the last verdict is not judged again, unless `everything` shall be.
    Raises ShapesError where there is no verdict.
    """
    rules = _rules(shapes)
    kept = None if everything or engine == "pyshacl" else _read(built.folder)
    changed = built.since(kept.graph) if kept and kept.rules == rules else None
    verdict, reread = _judged(built, shapes, engine, limits or Limits(), kept, changed)
    if engine != "pyshacl":
        told = tuple(Told.of(each) for each in reread)
        _write(built.folder, Kept(built.digest, rules, answered(verdict), told))
    return reported(verdict, reread, built.dataset, built.articles), verdict.judged


def _judged(
    built: Built,
    shapes: Path | None,
    engine: Engine,
    limits: Limits,
    kept: Kept | None,
    changed: Sequence[Quad] | None,
) -> tuple[Verdict, tuple[Result, ...]]:
    """Judge what changed, if that is known."""
    if kept is None or changed is None:
        verdict = judged_apart(built.dataset, limits, shapes, engine)
        return verdict, tuple(evidence.reread(built.dataset, built.articles))
    before = tuple(each.result() for each in kept.answer.results)
    reread = tuple(each.result() for each in kept.reread)
    if not changed:
        return Verdict(kept.answer.engine, kept.answer.shapes, before, 0), reread
    triples = tuple(quad.triple for quad in changed)
    verdict = judged_apart(built.dataset, limits, shapes, engine, Since(before, triples))
    nodes = touched(triples, evidence.CHAINS, Nearby(built.dataset))
    again = evidence.reread(built.dataset, built.articles, nodes)
    return verdict, (*(each for each in reread if each.focus not in nodes), *again)


def _rules(shapes: Path | None) -> str:
    """Give the digest of all that a verdict on one and the same graph depends on."""
    engines = [version(name) for name in ("pyoxigraph", "pyshacl", "rdflib")]
    engines += [version("shacl-rust")] if fast.is_there() else []
    digest = hashlib.sha256(" ".join([__version__, package_digest(), *engines]).encode())
    for path in shapes_files(shapes):
        with suppress(OSError):  # whoever reads them says what is wrong
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _read(folder: Path) -> Kept | None:
    """Read the verdict that is kept; one that is damaged is none."""
    try:
        data = (folder / NAME).read_bytes()
        if hashlib.sha256(data[_DIGEST:]).hexdigest().encode() != data[:_DIGEST]:
            return None
        return msgspec.json.decode(data[_DIGEST:], type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None


def _write(folder: Path, kept: Kept) -> None:
    """Keep a verdict, whole or not at all; a folder that cannot be written to keeps none."""
    data = msgspec.json.encode(kept)
    beside = folder / f".{NAME}.{os.getpid()}"
    with suppress(OSError):
        beside.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
        beside.replace(folder / NAME)
