"""SPARQL constraints taken out of shapes, to be asked of the store instead of pySHACL.

A shapes graph in, which then lacks them; constraints out. Taken are those of shapes that stand for
themselves (a target of their own, used by no other shape), where Oxigraph gives what the standard
wants. Whatever is more intricate stays with pySHACL.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import rdflib
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH

from kg.graph.model import Dataset
from kg.shapes.asked import chains_of, is_bound, looked_at
from kg.shapes.constraints import TARGETS, Constraint, asked
from kg.shapes.rdf import node_from
from kg.shapes.results import severity_of

_TARGETS: Final = tuple(map(rdflib.URIRef, TARGETS))
_LEFT_TO_PYSHACL: Final = re.compile(
    r"service|values|minus|\$path|shapesgraph|currentshape|\bas\s*[?$]this\b", re.IGNORECASE
)
"""Words of queries that the standard forbids or gives a meaning of its own."""

_PROJECTION: Final = re.compile(r"\bselect\b(.*?)(?:\bwhere\b|\{)", re.IGNORECASE | re.DOTALL)


def taken_out(shapes: rdflib.Graph) -> list[Constraint]:
    """Remove from the shapes graph the constraints that can be asked here, and give them."""
    found = []
    for shape, constraint in sorted(shapes.subject_objects(SH.sparql)):
        if isinstance(shape, rdflib.URIRef) and _stands_alone(shapes, shape):
            taken = _constraint(shapes, shape, constraint)
            if taken is not None and _is_plain(taken):
                found.append(_looked_into(taken))
                shapes.remove((shape, SH.sparql, constraint))
    return found


def _is_plain(constraint: Constraint) -> bool:
    """Tell whether Oxigraph gives what the standard wants; no query at all is an error."""
    asked(constraint, Dataset.of([]), NamedNode("urn:kg:nobody"))
    return is_bound(constraint.select, constraint.prefixes)


def _looked_into(constraint: Constraint) -> Constraint:
    """Note how far a query looks."""
    chains = chains_of(constraint.select, constraint.prefixes)
    looked = looked_at(constraint.select, constraint.prefixes)
    return replace(
        constraint,
        chains=None if chains is None else tuple(sorted(chains, key=str)),
        properties=None if looked is None else tuple(sorted(looked.properties)),
        classes=() if looked is None else tuple(sorted(looked.classes)),
    )


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
        (str(kind), node_from(target))
        for kind in _TARGETS
        for target in shapes.objects(shape, kind)
    )
    return Constraint(
        str(node) if isinstance(node, rdflib.URIRef) else None,
        str(shape),
        tuple(sorted((kind, str(target)) for kind, target in targets if target is not None)),
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
    found = {
        str(shapes.value(each, SH.prefix)): str(shapes.value(each, SH.namespace))
        for ontology in declaring
        for each in shapes.objects(ontology, SH.declare)
    }
    return dict(sorted(found.items()))
