"""The verdict on a dataset by the engine that serves best, before findings have their places.

A dataset and files of shapes in, a verdict out. Shapes that mean the same to every engine are
judged by the fast one; what it might see otherwise than pySHACL, and all other shapes, is judged by
pySHACL, which is loaded only then. Asked for what changed since an earlier verdict, only nodes that
the change touches are judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from pyoxigraph import Triple

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes import fast
from kg.shapes.columns import Aside, columns
from kg.shapes.constraints import COMPONENT, Constraint, results_at, sparql_results, targeted
from kg.shapes.doubts import Doubts
from kg.shapes.focusing import SUBCLASS, surroundings, touched
from kg.shapes.model import Node
from kg.shapes.nearby import Nearby
from kg.shapes.prepared import Prepared, bundled
from kg.shapes.results import Result
from kg.shapes.ways import Chain

if TYPE_CHECKING:
    from kg.shapes.reference import Reference

Engine = Literal["auto", "shacl-rust", "pyshacl"]
ENGINES: Final[tuple[Engine, ...]] = get_args(Engine)
_FAST: Final = "shacl-rust"
_REFERENCE: Final = "pyshacl"
_READERS: Final = 2  # more are no quicker: another thread takes what they read


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
    """Shapes made ready for the fast engine, and where the reference finds them."""

    name: str
    prepared: Prepared
    shapes: Path | None

    @property
    def chains(self) -> tuple[Chain, ...]:
        """How far the core looks."""
        return self.prepared.chains


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
    if engine == _FAST and not fast.is_there():
        raise ShapesError(name, "shacl-rust is not installed; install it or choose another engine")
    ready = bundled() if shapes is None and engine != _REFERENCE and fast.is_there() else None
    if ready is None:
        reference = _reference(shapes, name)
        if engine == _REFERENCE:
            return _by_reference(reference, reference.results(dataset.quads()))
        told = reference.prepared() if fast.is_there() else "no engine"
        if isinstance(told, str):
            if engine == _FAST:
                raise ShapesError(name, f"is not for shacl-rust ({told}); choose another engine")
            return _by_both(dataset, reference)
        ready = told
    rules = _Rules(name, ready, shapes)
    if since is not None and not any(each.predicate == SUBCLASS for each in since.changed):
        return _again(dataset, rules, since)
    return _by_fast(rules, _whole(dataset, rules))


def _reference(shapes: Path | None, name: str) -> Reference:
    from kg.shapes.reference import Reference  # heavy, and needed for few data only

    return Reference(shapes, name)


def _by_both(dataset: Dataset, reference: Reference) -> Verdict:
    """Judge by the reference, but for the constraints that can be asked of the store."""
    constraints = reference.taken_out()
    found = reference.results(dataset.quads()) | {*sparql_results(constraints, dataset)}
    return _by_reference(reference, found)


def _whole(dataset: Dataset, rules: _Rules) -> set[Result]:
    """Judge all by the fast engine; ask the constraints of what passes, or of the store."""
    looked_up = [(each, each.looked_up()) for each in rules.prepared.constraints]
    aside = Aside(
        frozenset().union(*(own or () for _, own in looked_up)),
        frozenset().union(*(each.of_classes() for each, own in looked_up if own is not None)),
    )
    doubts = Doubts(rules.prepared.watched)

    def asked() -> set[Result]:
        far = [each for each, own in looked_up if own is None]
        near = [each for each, own in looked_up if own is not None]
        within = aside.dataset() or dataset
        return {*sparql_results(far, dataset), *sparql_results(near, within)}

    with ThreadPoolExecutor(_READERS) as beside:  # all engines work outside of Python
        ending: list[Future[set[Result]]] = []

        def written() -> Iterator[bytes]:
            for predicate, lines in columns(dataset, beside):
                aside.put(predicate, lines)
                yield doubts.glance(predicate, lines)
            ending.append(beside.submit(asked))

        found = {*fast.results(written(), rules.prepared, rules.name)}
        doubtful = doubts.glanced(dataset)
        found = _settled({*map(doubts.unmarked, found)}, doubtful, dataset, rules)
        if not ending:
            raise ShapesError(rules.name, "the engine did not read all; try --engine pyshacl")
        return found | ending[0].result()


def _settled(
    found: set[Result], doubtful: Iterable[Triple], dataset: Dataset, rules: _Rules
) -> set[Result]:
    """Have the reference judge the nodes whose verdict rests on what is in doubt."""
    near = Nearby(dataset)
    if not (nodes := touched(doubtful, rules.chains, near)):
        return found
    around = surroundings(nodes, rules.chains, near)
    reference = _reference(rules.shapes, rules.name)
    reference.taken_out()
    return _other(found, nodes) | _of(reference.results(around), nodes)


def _again(dataset: Dataset, rules: _Rules, since: Since) -> Verdict:
    """Judge what the change touches; what it does not is as it was."""
    near = Nearby(dataset)
    nodes = touched(since.changed, rules.chains, near)
    found = _of(_part(near, nodes, rules), nodes) if nodes else set()
    kept = {each for each in since.results if each.component != COMPONENT}
    verdict = _other(kept, nodes) | found
    looked_at = {*nodes}
    for constraint in rules.prepared.constraints:
        if constraint.chains is None:  # it looks at everything, so that everything is touched
            verdict |= {*sparql_results([constraint], dataset)}
            continue
        own = {each for each in since.results if _is_of(each, constraint)}
        asked_anew = nodes | touched(since.changed, constraint.chains, near)
        looked_at |= asked_anew
        verdict |= _other(own, asked_anew)
        focus = targeted(constraint, asked_anew, dataset)
        part = Dataset.of(surroundings(focus, constraint.chains, near))  # all that it looks at
        verdict |= {*results_at(constraint, focus, part)}
    return _by_fast(rules, verdict, len(looked_at))


def _part(near: Nearby, nodes: set[Node], rules: _Rules) -> set[Result]:
    """Judge the part of a dataset that a verdict on some nodes rests on."""
    doubts = Doubts(rules.prepared.watched)
    shown = doubts.watching(surroundings(nodes, rules.chains, near))
    found = {*fast.results(fast.lines_of(shown), rules.prepared, rules.name)}
    return _settled({*map(doubts.unmarked, found)}, doubts.found(), near.dataset, rules)


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


def _by_fast(rules: _Rules, found: Iterable[Result], judged: int | None = None) -> Verdict:
    return Verdict(f"{_FAST} {fast.version()}", rules.prepared.shown, tuple(found), judged)


def _by_reference(reference: Reference, found: Iterable[Result]) -> Verdict:
    return Verdict(f"{_REFERENCE} {reference.version}", reference.shown, tuple(found))
