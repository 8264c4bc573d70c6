"""What pages look up in the graph: one resource at a time, by patterns.

A dataset in; values, subjects and labels out, sorted, so that a page is the same however the store
orders its quads. Patterns cost microseconds where a query costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph.model import Dataset, Term
from kg.terms import PREFIXES

_LABELS: Final = ("skos:prefLabel", "rdfs:label", "dcterms:title")
_KEPT: Final = 65_536


def node(name: str) -> NamedNode:
    """Give the node of a prefixed name or an IRI.

    >>> node("rdfs:label").value
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)


class Look:
    """Looks things up in a dataset that does not change."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self.label = lru_cache(_KEPT)(self._label)

    def quads(self, subject: str | None = None, predicate: str | None = None) -> Iterator[Quad]:
        """Yield the statements of a subject, in the order of the store."""
        return self._dataset.quads(
            None if subject is None else NamedNode(subject),
            None if predicate is None else node(predicate),
        )

    def values(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Give the values of a property of a subject, in any graph, sorted and each once."""
        found = {
            each.object
            for each in self.quads(subject, predicate)
            if not isinstance(each.object, Triple)
        }
        return tuple(sorted(found, key=str))

    def value(self, subject: str, predicate: str) -> str | None:
        """Give the first of the values as text, None if there is none."""
        found = self.values(subject, predicate)
        return text_of(found[0]) if found else None

    def subjects(self, predicate: str, value: Term | str) -> tuple[str, ...]:
        """Name the subjects that have a value; a string stands for an IRI. Sorted, each once."""
        term = NamedNode(value) if isinstance(value, str) else value
        found = {quad.subject for quad in self._dataset.quads(None, node(predicate), term)}
        return tuple(sorted(str(each.value) for each in found if isinstance(each, NamedNode)))

    def types(self, subject: str) -> tuple[str, ...]:
        """Name the classes of a subject."""
        return tuple(
            text_of(each)
            for each in self.values(subject, "rdf:type")
            if isinstance(each, NamedNode)
        )

    def exists(self, subject: str) -> bool:
        """Say whether anything is stated of a subject."""
        return next(self.quads(subject), None) is not None

    def _label(self, subject: str) -> str:
        """Give the name of a resource: its label, English first, else the end of its IRI."""
        for name in _LABELS:
            found = self.values(subject, name)
            told = [each for each in found if isinstance(each, Literal)]
            told.sort(key=lambda each: (each.language not in {"en", None}, each.value))
            if told:
                return str(told[0].value)
        return subject.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def text_of(term: Term | BlankNode) -> str:
    """Give the text of a term: the IRI, the lexical form."""
    return str(getattr(term, "value", term))
