"""Terms that data use and nobody defines.

A dataset with its ontology in; a result per property, class or concept in our namespaces that
stands in the data and is described nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode, Quad

from kg.shapes.engine import Result
from kg.terms import CONCEPTS, DEFINITIONS, SHAPES

SHAPE: Final = f"{SHAPES}Term-defined"
COMPONENT: Final = f"{SHAPES}DefinitionConstraintComponent"


def undefined_terms(quads: Iterable[Quad]) -> Iterator[Result]:
    """Yield a result for each undefined term, at the first statement that uses it."""
    known = sorted(quads, key=str)
    defined = {quad.subject for quad in known}
    first: dict[NamedNode, Quad] = {}
    for quad in known:
        for term in (quad.predicate, quad.object):
            if isinstance(term, NamedNode) and _is_ours(term) and term not in defined:
                first.setdefault(term, quad)
    for term, quad in sorted(first.items(), key=str):
        if isinstance(quad.subject, NamedNode):
            message = f"Terms in use are defined by the ontology; {term} is not."
            path = str(quad.predicate)
            yield Result("violation", SHAPE, COMPONENT, quad.subject, path, term, message)


def _is_ours(term: NamedNode) -> bool:
    return term.value.startswith((DEFINITIONS, CONCEPTS))
