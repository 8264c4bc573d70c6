"""SHACL-SPARQL constraints asked of the store instead of pySHACL.

pySHACL parses a constraint's query anew for every focus node and joins without indexes. Here the
constraints that can be (`taking`) are asked of Oxigraph with `$this` bound; results are the same,
which a test compares.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Variable

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes.model import Node, Severity
from kg.shapes.results import Result, read_term
from kg.shapes.ways import Chain
from kg.terms import PREFIXES

COMPONENT: Final = PREFIXES["sh"] + "SPARQLConstraintComponent"
OF_CLASS: Final = PREFIXES["sh"] + "targetClass"
THIS_NODE: Final = PREFIXES["sh"] + "targetNode"
SUBJECTS_OF: Final = PREFIXES["sh"] + "targetSubjectsOf"
OBJECTS_OF: Final = PREFIXES["sh"] + "targetObjectsOf"
TARGETS: Final = (OF_CLASS, THIS_NODE, SUBJECTS_OF, OBJECTS_OF)
_MANY: Final = 20  # focus nodes, from which on a query is asked of all at once
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_SUBCLASS: Final = NamedNode(PREFIXES["rdfs"] + "subClassOf")


@dataclass(frozen=True, slots=True)
class Constraint:
    """One SELECT of one shape, with everything that a result of it needs."""

    name: str | None
    shape: str
    targets: tuple[tuple[str, str], ...]  # kind of target; its node as N-Triples has it
    select: str
    prefixes: dict[str, str]
    severity: Severity
    message: str | None
    chains: tuple[Chain, ...] | None = None  # None: it may look at everything
    properties: tuple[str, ...] | None = None  # that its query asks about; None: any
    classes: tuple[str, ...] = ()  # likewise, of which it asks for the nodes

    def looked_up(self) -> frozenset[str] | None:
        """Name the properties that its targets and its query rest on, None if these are any."""
        if self.properties is None:
            return None
        kinds = {kind for kind, _ in self.targets}
        narrower = {_SUBCLASS.value} if OF_CLASS in kinds else set()
        found = (
            node[1:-1]
            for kind, node in self.targets
            if kind in {SUBJECTS_OF, OBJECTS_OF} and node.startswith("<")
        )
        return frozenset({*self.properties, *narrower, *found})

    def of_classes(self) -> frozenset[str]:
        """Name the classes whose nodes its targets and its query rest on, with narrower ones."""
        targets = (node[1:-1] for kind, node in self.targets if kind == OF_CLASS)
        return frozenset({*self.classes, *targets})


def sparql_results(
    constraints: Iterable[Constraint], dataset: Dataset, only: Collection[Node] | None = None
) -> Iterator[Result]:
    """Yield what the constraints select; `only` for these focus nodes if given."""
    for constraint in constraints:
        nodes = (
            _focus_nodes(constraint, dataset)
            if only is None
            else targeted(constraint, only, dataset)
        )
        yield from results_at(constraint, nodes, dataset)


def targeted(constraint: Constraint, nodes: Iterable[Node], dataset: Dataset) -> set[Node]:
    """Give those of some nodes that are focus nodes of a constraint."""
    return {each for each in nodes if _is_targeted(constraint, each, dataset)}


def results_at(
    constraint: Constraint, nodes: Collection[Node], dataset: Dataset
) -> Iterator[Result]:
    """Yield what a constraint selects of its focus nodes.

    Of many a query is asked once, and what it says of others is left out: `$this` has its value
    from a pattern, so that this is the same as to ask it of each.
    """
    if len(nodes) > _MANY:
        yield from {*_at_once(constraint, nodes, dataset)}
        return
    for focus in sorted(nodes, key=str):
        rows = asked(constraint, dataset, focus)
        names = [variable.value for variable in rows.variables]
        yield from {_result(constraint, focus, row, names) for row in rows}


def _at_once(constraint: Constraint, nodes: Collection[Node], dataset: Dataset) -> Iterator[Result]:
    rows = asked(constraint, dataset, None)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        focus = row["this"]
        if isinstance(focus, NamedNode | BlankNode | Literal) and focus in nodes:
            yield _result(constraint, focus, row, names)


def asked(constraint: Constraint, dataset: Dataset, focus: Node | None) -> QuerySolutions:
    """Ask the query of one focus node, or of all if none is given; no SELECT is an error."""
    where = constraint.name or constraint.shape
    try:
        bound = None if focus is None else {Variable("this"): focus}
        rows = dataset.query(constraint.select, prefixes=constraint.prefixes, bound=bound)
    except (RuntimeError, SyntaxError, ValueError) as error:
        raise ShapesError(where, f"its query cannot be asked ({error}); correct it") from error
    if not isinstance(rows, QuerySolutions):
        raise ShapesError(where, "its query is no SELECT")
    return rows


def _focus_nodes(constraint: Constraint, dataset: Dataset) -> set[NamedNode | BlankNode | Literal]:
    found: set[Node] = set()
    for kind, target in _read(constraint.targets):
        if kind == THIS_NODE:
            found.add(target)
        elif isinstance(target, NamedNode):
            found.update(_targeted(kind, target, dataset))
    return found


def _read(targets: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Node]]:
    return ((kind, read_term(node)) for kind, node in targets)


def _targeted(kind: str, target: NamedNode, dataset: Dataset) -> Iterator[Node]:
    if kind == OF_CLASS:
        for each in _with_subclasses(target, dataset):
            yield from _subjects(dataset, _TYPE, each)
    elif kind == SUBJECTS_OF:
        yield from _subjects(dataset, target, None)
    else:
        for quad in dataset.quads(None, target):
            if isinstance(quad.object, NamedNode | BlankNode | Literal):
                yield quad.object


def _is_targeted(constraint: Constraint, focus: Node, dataset: Dataset) -> bool:
    """Tell of a single node what `_focus_nodes` tells of all."""
    for kind, target in _read(constraint.targets):
        if kind == THIS_NODE:
            fits = focus == target
        elif not isinstance(target, NamedNode):
            fits = False
        elif kind == OBJECTS_OF:
            fits = any(dataset.quads(None, target, focus))
        elif isinstance(focus, Literal):
            fits = False
        elif kind == SUBJECTS_OF:
            fits = any(dataset.quads(focus, target))
        else:
            classes = _with_subclasses(target, dataset)
            fits = any(quad.object in classes for quad in dataset.quads(focus, _TYPE))
        if fits:
            return True
    return False


def _with_subclasses(wide: NamedNode, dataset: Dataset) -> set[Node]:
    found: set[Node] = {wide}
    waiting: list[Node] = [wide]
    while waiting:
        narrower = set(_subjects(dataset, _SUBCLASS, waiting.pop())) - found
        found |= narrower
        waiting += sorted(narrower, key=str)
    return found


def _subjects(dataset: Dataset, predicate: NamedNode, value: Node | None) -> Iterator[Node]:
    for quad in dataset.quads(None, predicate, value):
        if isinstance(quad.subject, NamedNode | BlankNode):
            yield quad.subject


def _result(constraint: Constraint, focus: Node, row: QuerySolution, names: list[str]) -> Result:
    bound = {name: row[name] for name in names}
    value, path = bound.get("value"), bound.get("path")
    return Result(
        constraint.severity,
        constraint.shape,
        COMPONENT,
        focus,
        str(path) if isinstance(path, NamedNode) else None,
        value if isinstance(value, NamedNode | BlankNode | Literal) else focus,
        _filled(constraint.message or "SPARQL constraint not met", bound, focus),
        constraint.name,
    )


def _filled(message: str, bound: Mapping[str, object], focus: Node) -> str:
    """Put the values of a solution in the place of `{?name}` or `{$name}`."""

    def value(found: re.Match[str]) -> str:
        node = focus if found[1] == "this" else bound.get(found[1])
        text = getattr(node, "value", None)
        return found[0] if text is None else str(text)

    return re.sub(r"\{[?$](\w+)\}", value, message)
