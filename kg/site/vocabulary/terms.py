"""Terms as people read them: the graph of the ontology in, records out.

What a page shows is what the files say; nothing is written for the pages alone.
"""

from __future__ import annotations

from functools import cached_property
from typing import Final

from pyoxigraph import NamedNode

from kg.graph.model import Dataset
from kg.site.looking import Look, text_of
from kg.site.vocabulary.model import Alignment, Concept, Link, Term
from kg.site.vocabulary.shapes import short
from kg.terms import CONCEPTS, DEFINITIONS, ONTOLOGY, PREFIXES

_OWL: Final = PREFIXES["owl"]
KINDS: Final = {
    f"{_OWL}Class": "Class",
    f"{_OWL}ObjectProperty": "Object property",
    f"{_OWL}DatatypeProperty": "Datatype property",
    f"{_OWL}AnnotationProperty": "Annotation property",
}
_TRAITS: Final = {
    f"{_OWL}{name}Property": name
    for name in (
        "Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Transitive", "Reflexive",
        "Irreflexive",
    )
}  # fmt: skip
_NEGATIVE: Final = "Negative example: "
_RELATED: Final = {
    "owl:inverseOf": "inverse of",
    "owl:disjointWith": "disjoint with",
    "owl:equivalentClass": "the same as",
    "owl:equivalentProperty": "the same as",
    "rdfs:domain": "of every",
    "rdfs:range": "values are of",
    "rdfs:seeAlso": "see also",
    "dcterms:source": "source",
}
_HIERARCHY: Final = ("rdfs:subClassOf", "rdfs:subPropertyOf")
_GENID: Final = "/.well-known/genid/"
_ALIGNMENTS: Final = f"{ONTOLOGY}/alignments/"


class Terms:
    """The terms, modules and concept schemes of a vocabulary."""

    def __init__(self, vocabulary: Dataset) -> None:
        self.look = Look(vocabulary)
        self._vocabulary = vocabulary

    @cached_property
    def all(self) -> dict[str, Term]:
        """All terms by IRI: classes first, then properties, each in order."""
        kind = {
            iri: words
            for node, words in KINDS.items()
            for iri in self.look.subjects("rdf:type", node)
            if iri.startswith(DEFINITIONS)
        }
        order = list(KINDS.values())
        return {
            iri: self._term(iri, kind[iri])
            for iri in sorted(kind, key=lambda each: (order.index(kind[each]), each.casefold()))
        }

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules, by the name of their file."""
        defined = {term.module for term in self.all.values()}
        return tuple(sorted(defined))

    @cached_property
    def vocabularies(self) -> tuple[str, ...]:
        """The files of alignments, by the name of the vocabulary."""
        found = self.look.subjects("rdf:type", f"{_OWL}Ontology")
        return tuple(
            each.removeprefix(_ALIGNMENTS) for each in found if each.startswith(_ALIGNMENTS)
        )

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """The concept schemes, by IRI."""
        found = self.look.subjects("rdf:type", f"{PREFIXES['skos']}ConceptScheme")
        return tuple(each for each in found if each.startswith(CONCEPTS))

    def ontology(self, name: str, *fields: str) -> dict[str, str]:
        """Give what a module or alignment says of itself."""
        iri = f"{ONTOLOGY}/{name}"
        return {field: self.look.value(iri, field) or "" for field in fields}

    def alignments(self, iri: str) -> list[Alignment]:
        """Tell how a term stands to those of foreign vocabularies."""
        found = []
        for quad in self.look.quads(iri):
            graph = str(getattr(quad.graph_name, "value", ""))
            if graph.startswith(_ALIGNMENTS) and isinstance(quad.object, NamedNode):
                name = graph.removeprefix(f"{ONTOLOGY}/")
                title = self.ontology(name, "dcterms:title")["dcterms:title"]
                foreign = quad.object.value
                found.append(Alignment(short(quad.predicate.value), foreign, short(foreign), title))
        return sorted(found, key=lambda each: (each.vocabulary, each.relation, each.foreign))

    def concepts(self, scheme: str) -> list[Concept]:
        """Give the concepts of a scheme as a tree written down, in the order of their rank."""
        found: list[Concept] = []
        seen: set[str] = set()
        tops = [text_of(each) for each in self.look.values(scheme, "skos:hasTopConcept")]
        held = self.look.subjects("skos:inScheme", scheme)
        for top in sorted(tops or held, key=self._rank):
            self._descend(top, 0, seen, found, frozenset(held))
        for left in sorted(set(held) - seen, key=self._rank):
            self._descend(left, 0, seen, found, frozenset(held))
        return found

    def concept(self, iri: str) -> Concept:
        """Give one concept."""
        return self._concept(iri, 0, again=False)

    def _descend(
        self, iri: str, depth: int, seen: set[str], found: list[Concept], held: frozenset[str]
    ) -> None:
        found.append(self._concept(iri, depth, again=iri in seen))
        if iri in seen:
            return
        seen.add(iri)
        below = [each for each in self.look.subjects("skos:broader", iri) if each in held]
        for each in sorted(below, key=self._rank):
            self._descend(each, depth + 1, seen, found, held)

    def _rank(self, iri: str) -> tuple[int, str]:
        return int(self.look.value(iri, "cmq:rank") or 0), self.look.label(iri).casefold()

    def _concept(self, iri: str, depth: int, *, again: bool) -> Concept:
        alternatives = [text_of(each) for each in self.look.values(iri, "skos:altLabel")]
        return Concept(
            iri,
            self.look.label(iri),
            self.look.value(iri, "skos:definition") or "",
            tuple(alternatives),
            self.look.value(iri, "skos:notation") or "",
            depth,
            again,
        )

    def _term(self, iri: str, kind: str) -> Term:
        look = self.look
        examples = [text_of(each) for each in look.values(iri, "skos:example")]
        own = {text_of(each) for each in look.values(iri, "rdf:type")}
        return Term(
            iri=iri,
            name=f"cmq:{iri.removeprefix(DEFINITIONS)}",
            label=look.label(iri),
            kind=kind,
            module=(look.value(iri, "rdfs:isDefinedBy") or "").removeprefix(f"{ONTOLOGY}/"),
            definition=look.value(iri, "skos:definition") or "",
            note=look.value(iri, "skos:scopeNote") or "",
            examples=tuple(each for each in examples if not each.startswith(_NEGATIVE)),
            negatives=tuple(
                each.removeprefix(_NEGATIVE) for each in examples if each.startswith(_NEGATIVE)
            ),
            traits=tuple(words.lower() for node, words in _TRAITS.items() if node in own),
            supers=tuple(self._links(iri, _HIERARCHY)),
            subs=tuple(
                Link(look.label(each), each)
                for name in _HIERARCHY
                for each in look.subjects(name, iri)
                if each.startswith(DEFINITIONS)
            ),
            related=tuple(self._related(iri)),
            deprecated=look.value(iri, "owl:deprecated") == "true",
            replaced=tuple(self._links(iri, ("dcterms:isReplacedBy",))),
        )

    def _links(self, iri: str, names: tuple[str, ...]) -> list[Link]:
        found = [each for name in names for each in self.look.values(iri, name)]
        return [
            Link(self.look.label(each.value), each.value)
            for each in found
            if isinstance(each, NamedNode) and each.value.startswith(DEFINITIONS)
        ]

    def _related(self, iri: str) -> list[Link]:
        return [
            self._relation(each.value, words)
            for name, words in _RELATED.items()
            for each in self.look.values(iri, name)
            if isinstance(each, NamedNode) and not each.value.startswith(ONTOLOGY)
        ]

    def _relation(self, iri: str, words: str) -> Link:
        if _GENID in iri:
            return Link("an expression of OWL, in the data below", note=words)
        return Link(short(iri), iri, note=words)
