"""Shapes as people read them: what each looks at, what it demands, and what it says.

The graph of the shapes in, records out. Every component of SHACL is shown by its own name and
value, so that a shape with a component that nobody foresaw is shown whole all the same.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.graph.model import Dataset, Term
from kg.site.looking import Look, text_of
from kg.site.vocabulary.model import Constraint, Link, Rule, Shape
from kg.terms import PREFIXES, SHAPES

_SH: Final = PREFIXES["sh"]
_TOLD: Final = {
    f"{_SH}{name}"
    for name in (
        "path", "name", "message", "severity", "order", "property", "targetClass", "targetNode",
        "targetSubjectsOf", "targetObjectsOf", "sparql", "prefixes", "declare", "description",
    )
}  # fmt: skip
_TARGETS: Final = {
    "targetClass": "every",
    "targetNode": "the node",
    "targetSubjectsOf": "whatever has",
    "targetObjectsOf": "every value of",
}
_STEPS: Final = {
    "inversePath": "^{}", "zeroOrMorePath": "{}*", "oneOrMorePath": "{}+", "zeroOrOnePath": "{}?",
}  # fmt: skip
_NIL: Final = f"{PREFIXES['rdf']}nil"


def short(iri: str) -> str:
    """Give the prefixed name of an IRI, the IRI itself where we have no prefix.

    >>> short("http://www.w3.org/2004/02/skos/core#Concept")
    'skos:Concept'
    """
    fitting = [(space, name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    space, name = max(fitting)
    local = iri.removeprefix(space)
    return iri if not local or "/" in local or "#" in local else f"{name}:{local}"


class Shapes:
    """The shapes of a vocabulary."""

    def __init__(self, vocabulary: Dataset) -> None:
        self._look = Look(vocabulary)
        self._dataset = vocabulary

    @cached_property
    def all(self) -> dict[str, Shape]:
        """All node shapes by IRI, in order."""
        found = self._look.subjects("rdf:type", f"{_SH}NodeShape")
        return {iri: self._shape(iri) for iri in found if iri.startswith(SHAPES)}

    @cached_property
    def constraints(self) -> dict[str, Constraint]:
        """All constraints with an IRI of ours, in order: property shapes and queries."""
        found = {
            iri
            for kind in ("PropertyShape", "SPARQLConstraint")
            for iri in self._look.subjects("rdf:type", f"{_SH}{kind}")
        }
        return {iri: self.constraint(iri) for iri in sorted(found) if iri.startswith(SHAPES)}

    def for_class(self, iri: str) -> list[Shape]:
        """Give the shapes whose targets are the instances of a class."""
        return [
            shape
            for shape in self.all.values()
            if any(each.iri == iri and each.note == "every" for each in shape.targets)
        ]

    def for_property(self, iri: str) -> list[Constraint]:
        """Give the constraints on values of a property."""
        return [each for each in self.constraints.values() if iri in each.properties]

    def with_values_of(self, iri: str) -> list[Constraint]:
        """Give the constraints that demand values of a class."""
        return [each for each in self.constraints.values() if iri in each.classes]

    def constraint(self, iri: str) -> Constraint:
        """Read one property shape."""
        look = self._look
        paths = look.values(iri, "sh:path")
        holders = (*look.subjects("sh:property", iri), *look.subjects("sh:sparql", iri))
        owners = [each for each in holders if each.startswith(SHAPES)]
        return Constraint(
            iri=iri,
            name=look.value(iri, "sh:name") or "",
            path=" ".join(self._path(each) for each in paths),
            properties=tuple(sorted({step for each in paths for step in self._steps(each)})),
            classes=tuple(sorted(self._classes(iri, set()))),
            message=look.value(iri, "sh:message") or "",
            severity=self._severity(iri),
            rules=self._rules(iri),
            shapes=tuple(Link(self._label(each), each) for each in owners),
        )

    def _shape(self, iri: str) -> Shape:
        look = self._look
        held = [
            text_of(each)
            for name in ("property", "sparql")
            for each in look.values(iri, f"sh:{name}")
        ]
        constraints = [self.constraint(each) for each in held]
        order = {each.iri: int(look.value(each.iri, "sh:order") or 0) for each in constraints}
        constraints.sort(key=lambda each: (order[each.iri], each.iri))
        return Shape(
            iri=iri,
            label=self._label(iri),
            module=self._module(iri),
            comment=look.value(iri, "rdfs:comment") or "",
            targets=tuple(self._targets(iri)),
            message=look.value(iri, "sh:message") or "",
            severity=self._severity(iri),
            rules=self._rules(iri),
            constraints=tuple(constraints),
        )

    def _label(self, iri: str) -> str:
        return self._look.value(iri, "rdfs:label") or iri.rpartition("#")[2]

    def _module(self, iri: str) -> str:
        graphs = {str(getattr(quad.graph_name, "value", "")) for quad in self._look.quads(iri)}
        return min(graphs).rpartition("/")[2]

    def _severity(self, iri: str) -> str:
        return (self._look.value(iri, "sh:severity") or "").rpartition("#")[2]

    def _targets(self, iri: str) -> list[Link]:
        return [
            Link(short(text_of(each)), text_of(each), note=words)
            for name, words in _TARGETS.items()
            for each in self._look.values(iri, f"sh:{name}")
        ]

    def _rules(self, iri: str) -> tuple[Rule, ...]:
        said = sorted(
            {
                (quad.predicate.value, text_of(quad.object), quad.object)
                for quad in self._look.quads(iri)
                if quad.predicate.value.startswith(_SH)
                and quad.predicate.value not in _TOLD
                and not isinstance(quad.object, Triple)
            },
            key=lambda each: each[:2],
        )
        return tuple(Rule(name.removeprefix(_SH), self._value(value)) for name, _, value in said)

    def _value(self, value: Term) -> str:
        """Write a value: a name, a text, the members of a list, or what an inner shape says."""
        if not isinstance(value, NamedNode):
            return text_of(value)
        if self._is_list(value.value):
            return ", ".join(self._value(each) for each in self._members(value.value))
        if "/.well-known/genid/" not in value.value:
            return short(value.value)
        paths = [f"path {self._path(each)}" for each in self._look.values(value.value, "sh:path")]
        inner = [self._value(each) for each in self._look.values(value.value, "sh:property")]
        rules = [f"{rule.name} {rule.value}" for rule in self._rules(value.value)]
        return f"({'; '.join([*paths, *inner, *rules])})"

    def _path(self, value: Term) -> str:
        iri = text_of(value)
        if self._is_list(iri):
            return "/".join(self._path(each) for each in self._members(iri))
        for name, form in _STEPS.items():
            for inner in self._look.values(iri, f"sh:{name}"):
                return form.format(self._path(inner))
        for inner in self._look.values(iri, "sh:alternativePath"):
            return "|".join(self._path(each) for each in self._members(text_of(inner)))
        return short(iri)

    def _steps(self, value: Term) -> set[str]:
        iri = text_of(value)
        if self._is_list(iri):
            return set().union(*(self._steps(each) for each in self._members(iri)))
        for name in (*_STEPS, "alternativePath"):
            for inner in self._look.values(iri, f"sh:{name}"):
                return self._steps(inner)
        return {iri}

    def _classes(self, iri: str, seen: set[str]) -> set[str]:
        """Name the classes that values have to be of, also in inner shapes."""
        seen.add(iri)
        found = {text_of(each) for each in self._look.values(iri, "sh:class")}
        for name in ("sh:or", "sh:and", "sh:xone", "sh:node", "sh:qualifiedValueShape"):
            for each in self._look.values(iri, name):
                inner = text_of(each)
                members = self._members(inner) if self._is_list(inner) else [each]
                for member in members:
                    if text_of(member) not in seen:
                        found |= self._classes(text_of(member), seen)
        return found

    def _is_list(self, iri: str) -> bool:
        return iri == _NIL or bool(self._look.value(iri, "rdf:rest"))

    def _members(self, iri: str) -> list[Term]:
        found: list[Term] = []
        while iri != _NIL and self._look.value(iri, "rdf:rest"):
            found.extend(self._look.values(iri, "rdf:first"))
            iri = self._look.value(iri, "rdf:rest") or _NIL
        return found
