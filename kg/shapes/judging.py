"""The verdict on a dataset by the engine that serves best, before findings have their places.

A dataset and files of shapes in, a verdict out. Shapes that mean the same to every engine are
judged by the fast one; what it might see otherwise than pySHACL, and all other shapes, is judged by
pySHACL. Asked for what changed since an earlier verdict, only nodes that the change touches are
judged again.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal, get_args

import rdflib
from pyoxigraph import Quad, Triple

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes import fast
from kg.shapes.asked import asked
from kg.shapes.constraints import COMPONENT, Constraint, sparql_results, taken_out
from kg.shapes.doubts import Doubts
from kg.shapes.engine import named_shapes, results, shapes_files, shapes_graph
from kg.shapes.focusing import SUBCLASS, surroundings, touched
from kg.shapes.model import Node
from kg.shapes.portable import unfit
from kg.shapes.rdf import graph_of
from kg.shapes.reach import Chain, Unreachable, chains
from kg.shapes.results import Result

Engine = Literal["auto", "shacl-rust", "pyshacl"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
_FAST: Final = "shacl-rust"
_REFERENCE: Final = "pyshacl"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an engine says of a dataset."""

    engine: str  # name and version
    shapes: tuple[str, ...]  # IRIs of those that took part
    results: tuple[Result, ...]
    judged: int | None = None  # focus nodes, where not all were


@dataclass(frozen=True, slots=True)
class Since:
    """An earlier verdict, and every statement that came or went since."""

    results: tuple[Result, ...]
    changed: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class _Rules:
    """Shapes made ready: the core, the constraints that are asked, and how far they look."""

    name: str
    core: rdflib.Graph
    constraints: list[Constraint]
    chains: frozenset[Chain] | None = None  # None: not for the fast engine
    doubts: Doubts | None = field(default=None, compare=False)


def judged(
    dataset: Dataset,
    shapes: Path | None = None,
    engine: Engine = "auto",
    since: Since | None = None,
) -> Verdict:
    """Judge a dataset by the bundled shapes, or by those of a file or folder.

    Raises ShapesError where there is no verdict.
    """
    name = str(shapes or "bundled shapes")
    graph = shapes_graph(shapes_files(shapes))
    shown = named_shapes(graph)
    if engine == _REFERENCE:
        return Verdict(_versioned(_REFERENCE), shown, _by_reference(dataset.quads(), graph, name))
    rules = _rules(graph, name, engine)
    if rules.chains is None:
        found = [*_by_reference(dataset.quads(), rules.core, name)]
        found += sparql_results(rules.constraints, dataset)
        return Verdict(_versioned(_REFERENCE), shown, tuple(found))
    if since is not None and not any(each.predicate == SUBCLASS for each in since.changed):
        return _again(dataset, rules, rules.chains, since, shown)
    with ThreadPoolExecutor(1) as beside:  # both engines work outside of Python
        asked_anew = beside.submit(lambda: [*sparql_results(rules.constraints, dataset)])
        found = [*_by_fast(dataset, None, rules, rules.chains)]
        found += asked_anew.result()
    return Verdict(_versioned(_FAST), shown, tuple(found))


def _rules(graph: rdflib.Graph, name: str, engine: Engine) -> _Rules:
    """Say what the fast engine is to judge, if anything."""
    constraints = taken_out(graph)
    if engine == _FAST and not fast.is_there():
        raise ShapesError(name, "shacl-rust is not installed; install it or choose another engine")
    odd = unfit(graph) if fast.is_there() else "no engine"
    try:
        if odd is None:
            return _Rules(name, graph, constraints, chains(graph), Doubts(graph))
    except Unreachable:
        odd = "a path or pair that it may see otherwise than pySHACL"
    if engine == _FAST:
        raise ShapesError(name, f"is not for shacl-rust ({odd}); choose another engine")
    return _Rules(name, graph, constraints)


def _by_reference(quads: Iterable[Quad], shapes: rdflib.Graph, name: str) -> tuple[Result, ...]:
    try:
        return tuple(results(graph_of(quads), shapes, name))
    except TypeError as error:
        raise ShapesError("data", str(error)) from error


def _by_fast(
    dataset: Dataset, quads: Iterable[Quad] | None, rules: _Rules, ways: frozenset[Chain]
) -> set[Result]:
    """Judge quads, all if none are given, by the fast engine; by the reference what is in doubt."""
    doubts = rules.doubts or Doubts(rules.core)
    doubts.found.clear()
    data = dataset.store if quads is None else doubts.watching(quads)
    found = {*fast.results(data, rules.core, rules.name)}
    doubtful = doubts.among(dataset) if quads is None else doubts.found
    if not doubtful:
        return found
    nodes = touched(doubtful, ways, dataset)
    near = surroundings(nodes, ways, dataset)
    again = _by_reference(near, rules.core, rules.name)
    return _other(found, nodes) | _of(again, nodes)


def _again(
    dataset: Dataset,
    rules: _Rules,
    ways: frozenset[Chain],
    since: Since,
    shown: tuple[str, ...],
) -> Verdict:
    """Judge what the change touches; what it does not is as it was."""
    nodes = touched(since.changed, ways, dataset)
    near = surroundings(nodes, ways, dataset)
    found = _of(_by_fast(dataset, near, rules, ways), nodes) if nodes else set()
    kept = {each for each in since.results if each.component != COMPONENT}
    verdict = _other(kept, nodes) | found
    looked_at = {*nodes}
    for constraint in rules.constraints:
        own = {each for each in since.results if _is_of(each, constraint)}
        try:
            asked_anew = touched(
                since.changed, asked(constraint.select, constraint.prefixes) | ways, dataset
            )
        except Unreachable:  # it looks at everything, so that everything is touched
            verdict |= {*sparql_results([constraint], dataset)}
            continue
        looked_at |= asked_anew
        verdict |= _other(own, asked_anew)
        verdict |= {*sparql_results([constraint], dataset, asked_anew)}
    return Verdict(_versioned(_FAST), shown, tuple(verdict), len(looked_at))


def _other(found: Iterable[Result], nodes: set[Node]) -> set[Result]:
    return {each for each in found if each.focus not in nodes}


def _of(found: Iterable[Result], nodes: set[Node]) -> set[Result]:
    return {each for each in found if each.focus in nodes}


def _is_of(result: Result, constraint: Constraint) -> bool:
    return (result.component, result.shape, result.constraint) == (
        COMPONENT,
        constraint.shape,
        constraint.name,
    )


def _versioned(name: str) -> str:
    return f"{name} {version(name)}"
