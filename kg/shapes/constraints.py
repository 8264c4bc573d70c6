"""SHACL-SPARQL constraints asked of the store instead of pySHACL.

pySHACL parses a constraint's query anew for every focus node and joins without indexes. Here the
constraints of shapes that stand for themselves (a target of their own, used by no other shape)
are taken out of the shapes graph and asked of Oxigraph with `$this` bound; results are the same,
which a test compares. Whatever is more intricate stays with pySHACL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolution, QuerySolutions, Variable
from rdflib import OWL, RDF, RDFS, SH

from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.shapes.asked import is_bound
from kg.shapes.model import Node, Severity
from kg.shapes.rdf import node_from
from kg.shapes.results import Result, severity_of

COMPONENT: Final = str(SH.SPARQLConstraintComponent)
_TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
_LEFT_TO_PYSHACL: Final = re.compile(
    r"service|values|minus|\$path|shapesgraph|currentshape|\bas\s*[?$]this\b", re.IGNORECASE
)
"""Words of queries that the standard forbids or gives a meaning of its own."""

_PROJECTION: Final = re.compile(r"\bselect\b(.*?)(?:\bwhere\b|\{)", re.IGNORECASE | re.DOTALL)

_MANY: Final = 20  # focus nodes, from which on a query is asked of all at once
_TYPE: Final = NamedNode(RDF.type)
_SUBCLASS: Final = NamedNode(RDFS.subClassOf)


@dataclass(frozen=True, slots=True)
class Constraint:
    """One SELECT of one shape, with everything that a result of it needs."""

    name: str | None
    shape: str
    targets: tuple[tuple[rdflib.URIRef, Node], ...]  # kind of target, its node
    select: str
    prefixes: Mapping[str, str]
    severity: Severity
    message: str | None


def taken_out(shapes: rdflib.Graph) -> list[Constraint]:
    """Remove from the shapes graph the constraints that can be asked here, and give them."""
    found = []
    for shape, constraint in sorted(shapes.subject_objects(SH.sparql)):
        if isinstance(shape, rdflib.URIRef) and _stands_alone(shapes, shape):
            taken = _constraint(shapes, shape, constraint)
            if taken is not None and _is_plain(taken):
                found.append(taken)
                shapes.remove((shape, SH.sparql, constraint))
    return found


def sparql_results(
    constraints: list[Constraint], dataset: Dataset, only: Collection[Node] | None = None
) -> Iterator[Result]:
    """Yield what the constraints select; `only` for these focus nodes if given.

    Of many focus nodes a query is asked once, and what it says of others is left out: `$this` has
    its value from a pattern, so that this is the same as to ask it of each.
    """
    for constraint in constraints:
        if only is None:
            nodes = _focus_nodes(constraint, dataset)
        else:
            nodes = {each for each in only if _is_targeted(constraint, each, dataset)}
        if len(nodes) > _MANY:
            yield from {*_at_once(constraint, nodes, dataset)}
            continue
        for focus in sorted(nodes, key=str):
            rows = _asked(constraint, dataset, focus)
            names = [variable.value for variable in rows.variables]
            yield from {_result(constraint, focus, row, names) for row in rows}


def _at_once(constraint: Constraint, nodes: Collection[Node], dataset: Dataset) -> Iterator[Result]:
    rows = _asked(constraint, dataset, None)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        focus = row["this"]
        if isinstance(focus, NamedNode | BlankNode | Literal) and focus in nodes:
            yield _result(constraint, focus, row, names)


def _is_plain(constraint: Constraint) -> bool:
    """Tell whether Oxigraph gives what the standard wants; no query at all is an error."""
    _asked(constraint, Dataset.of([]), NamedNode("urn:kg:nobody"))
    return is_bound(constraint.select, constraint.prefixes)


def _asked(constraint: Constraint, dataset: Dataset, focus: Node | None) -> QuerySolutions:
    where = constraint.name or constraint.shape
    try:
        bound = None if focus is None else {Variable("this"): focus}
        rows = dataset.query(constraint.select, prefixes=constraint.prefixes, bound=bound)
    except (RuntimeError, SyntaxError, ValueError) as error:
        raise ShapesError(where, f"its query cannot be asked ({error}); correct it") from error
    if not isinstance(rows, QuerySolutions):
        raise ShapesError(where, "its query is no SELECT")
    return rows


def _stands_alone(shapes: rdflib.Graph, shape: rdflib.URIRef) -> bool:
    """Tell whether a node shape has targets of its own and no part in another shape."""
    return (
        any((shape, target, None) in shapes for target in _TARGETS)
        and (shape, SH.path, None) not in shapes
        and (None, None, shape) not in shapes
        and (shape, RDF.type, RDFS.Class) not in shapes
        and (shape, RDF.type, OWL.Class) not in shapes
    )


def _constraint(
    shapes: rdflib.Graph, shape: rdflib.URIRef, node: rdflib.term.Node
) -> Constraint | None:
    """Read a constraint; None if it is one that pySHACL had better judge."""
    select = shapes.value(node, SH.select, any=False)
    off = {str(value) for each in (shape, node) for value in shapes.objects(each, SH.deactivated)}
    if select is None or "true" in off or _is_intricate(str(select)):
        return None
    messages = [*shapes.objects(node, SH.message)] or [*shapes.objects(shape, SH.message)]
    targets = (
        (kind, node_from(target)) for kind in _TARGETS for target in shapes.objects(shape, kind)
    )
    return Constraint(
        str(node) if isinstance(node, rdflib.URIRef) else None,
        str(shape),
        tuple((kind, target) for kind, target in targets if target is not None),
        str(select),
        _prefixes(shapes, node),
        severity_of(shapes.value(shape, SH.severity)),
        min(map(str, messages), default=None),
    )


def _is_intricate(select: str) -> bool:
    """Tell whether a query has words of the list, or a part that hides `$this` from the rest."""
    clauses = _PROJECTION.findall(select)
    return bool(_LEFT_TO_PYSHACL.search(select)) or not all(
        re.search(r"[?$]this\b", clause) for clause in clauses
    )


def _prefixes(shapes: rdflib.Graph, node: rdflib.term.Node) -> dict[str, str]:
    """Collect the prefixes that the declarations of a constraint, and their imports, give."""
    declaring = [
        each
        for start in shapes.objects(node, SH.prefixes)
        for each in shapes.transitive_objects(start, OWL.imports)
    ]
    return {
        str(shapes.value(each, SH.prefix)): str(shapes.value(each, SH.namespace))
        for ontology in declaring
        for each in shapes.objects(ontology, SH.declare)
    }


def _focus_nodes(constraint: Constraint, dataset: Dataset) -> set[NamedNode | BlankNode | Literal]:
    found: set[Node] = set()
    for kind, target in constraint.targets:
        if kind == SH.targetNode:
            found.add(target)
        elif isinstance(target, NamedNode):
            found.update(_targeted(kind, target, dataset))
    return found


def _targeted(kind: rdflib.URIRef, target: NamedNode, dataset: Dataset) -> Iterator[Node]:
    if kind == SH.targetClass:
        for each in _with_subclasses(target, dataset):
            yield from _subjects(dataset, _TYPE, each)
    elif kind == SH.targetSubjectsOf:
        yield from _subjects(dataset, target, None)
    else:
        for quad in dataset.quads(None, target):
            if isinstance(quad.object, NamedNode | BlankNode | Literal):
                yield quad.object


def _is_targeted(constraint: Constraint, focus: Node, dataset: Dataset) -> bool:
    """Tell of a single node what `_focus_nodes` tells of all."""
    for kind, target in constraint.targets:
        if kind == SH.targetNode:
            fits = focus == target
        elif not isinstance(target, NamedNode):
            fits = False
        elif kind == SH.targetObjectsOf:
            fits = any(dataset.quads(None, target, focus))
        elif isinstance(focus, Literal):
            fits = False
        elif kind == SH.targetSubjectsOf:
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
