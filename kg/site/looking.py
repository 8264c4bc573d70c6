"""What pages look up in the graph: one resource at a time, by patterns.

A dataset in; values, subjects and labels out, sorted, so that a page is the same however the store
orders its quads. Patterns cost microseconds where a query costs milliseconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.graph.model import Dataset, Term
from kg.resources import lexicon
from kg.site.dating import told
from kg.site.model import Holding
from kg.terms import PREFIXES

_LABELS: Final = ("rdfs:label", "skos:prefLabel", "dcterms:title")
_KEPT: Final = 65_536
_RECENT: Final = 2_048  # things of which all that is stated is kept at hand
_NAMED: Final = lru_cache(_KEPT)(NamedNode)


@dataclass(frozen=True, slots=True)
class Calling:
    """How things of a class without a label are called: some words, and what they belong to."""

    type: str
    words: str
    of: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Callings:
    """How things without a label are called."""

    callings: tuple[Calling, ...]


@lru_cache(1024)
def node(name: str) -> NamedNode:
    """Give the node of a prefixed name or an IRI.

    >>> node("rdfs:label").value
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)


class Facts:
    """What is stated of one subject."""

    def __init__(self, found: Mapping[str, Collection[Term]]) -> None:
        self._found = found

    def pairs(self) -> Iterator[tuple[str, Term]]:
        """Yield each property with each of its values."""
        return ((name, value) for name, values in self._found.items() for value in values)

    def values(self, predicate: str) -> tuple[Term, ...]:
        """Give the values of a property, sorted."""
        return tuple(sorted(self._found.get(node(predicate).value, ()), key=str))

    def text(self, predicate: str) -> str:
        """Give the first of the values as text, "" if there is none."""
        found = self.values(predicate)
        return text_of(found[0]) if found else ""

    def number(self, predicate: str) -> int:
        """Give the first of the values as a whole number, 0 if there is none."""
        text = self.text(predicate)
        return int(text) if text.isdecimal() else 0

    def nodes(self, predicate: str) -> tuple[str, ...]:
        """Give the IRIs among the values, sorted."""
        return tuple(each.value for each in self.values(predicate) if isinstance(each, NamedNode))


class Look:
    """Looks things up in a dataset that does not change."""

    def __init__(self, dataset: Dataset, *, quotes: bool = True) -> None:
        """Look into a dataset; without `quotes`, articles are not called by their titles."""
        self._dataset, self._quotes = dataset, quotes
        self.label = lru_cache(_KEPT)(self._label)
        self.about = lru_cache(_RECENT)(self._about)

    @classmethod
    def of(cls, holding: Holding) -> Look:
        """Look into what a site shows, as its settings allow; all parts of it look together."""
        key = f"look {id(holding.dataset)} {holding.settings.quotes}"
        found = holding.kept.get(key)
        if not isinstance(found, cls):
            found = cls(holding.dataset, quotes=holding.settings.quotes)
            holding.kept[key] = found
        return found

    def quads(self, subject: str | None = None, predicate: str | None = None) -> Iterator[Quad]:
        """Yield the statements of a subject, in the order of the store."""
        return self._dataset.quads(
            None if subject is None else _NAMED(subject),
            None if predicate is None else node(predicate),
        )

    def _about(self, subject: str) -> Facts:
        """Give all that is stated of a subject by one look."""
        found: dict[str, set[Term]] = {}
        for each in self.quads(subject):
            if not isinstance(each.object, Triple):
                found.setdefault(each.predicate.value, set()).add(each.object)
        return Facts(found)

    def values(self, subject: str, predicate: str) -> tuple[Term, ...]:
        """Give the values of a property of a subject, in any graph, sorted and each once."""
        found = {
            each.object
            for each in self.quads(subject, predicate)
            if not isinstance(each.object, Triple)
        }
        return tuple(found) if len(found) < 2 else tuple(sorted(found, key=str))

    def some(self, subject: str, predicate: str, most: int) -> tuple[str, ...]:
        """Give at most so many IRIs among the values, those that the store gives first, sorted."""
        found = {
            each.object.value
            for each in islice(self.quads(subject, predicate), most)
            if isinstance(each.object, NamedNode)
        }
        return tuple(sorted(found))

    def value(self, subject: str, predicate: str) -> str | None:
        """Give the first of the values as text, None if there is none."""
        found = self.values(subject, predicate)
        return text_of(found[0]) if found else None

    def text(self, subject: str, predicate: str) -> str:
        """Give the first of the values as text, "" if there is none."""
        return self.value(subject, predicate) or ""

    def number(self, subject: str, predicate: str) -> int:
        """Give the first of the values as a whole number, 0 if there is none."""
        value = self.text(subject, predicate)
        return int(value) if value.isdecimal() else 0

    def nodes(self, subject: str, predicate: str) -> tuple[str, ...]:
        """Give the IRIs among the values of a property of a subject, sorted."""
        return tuple(
            each.value for each in self.values(subject, predicate) if isinstance(each, NamedNode)
        )

    def subjects(self, predicate: str, value: Term | str) -> tuple[str, ...]:
        """Name the subjects that have a value; a string stands for an IRI. Sorted, each once."""
        term = _NAMED(value) if isinstance(value, str) else value
        found = {quad.subject for quad in self._dataset.quads(None, node(predicate), term)}
        return tuple(sorted(str(each.value) for each in found if isinstance(each, NamedNode)))

    def of_class(self, name: str, most: int) -> tuple[str, ...]:
        """Name at most so many things of a class, those that the store gives first, sorted."""
        found: set[str] = set()
        for each in self._dataset.quads(None, node("rdf:type"), node(name)):
            if len(found) == most:
                break
            if isinstance(each.subject, NamedNode):
                found.add(each.subject.value)
        return tuple(sorted(found))

    def first(self, predicate: str, value: Term) -> str:
        """Name a subject that has a value, the first of the store; "" if there is none."""
        found = self._dataset.quads(None, node(predicate), value)
        return next(
            (each.subject.value for each in found if isinstance(each.subject, NamedNode)), ""
        )

    def types(self, subject: str) -> tuple[str, ...]:
        """Name the classes of a subject."""
        return self.nodes(subject, "rdf:type")

    def exists(self, subject: str) -> bool:
        """Say whether anything is stated of a subject."""
        return next(self.quads(subject), None) is not None

    def _label(self, subject: str) -> str:
        """Give the name of a resource: its label, English first, else what it is and of what."""
        is_article = "/article/" in subject
        for name in reversed(_LABELS) if is_article else _LABELS:
            found = self.values(subject, name)
            told = [each for each in found if isinstance(each, Literal)]
            told.sort(key=lambda each: (each.language not in {"en", None}, each.value))
            if told and not (is_article and not self._quotes and name == "dcterms:title"):
                return " ".join(told[0].value.split()) or subject
        return self._called(subject) or local_name(subject)

    def _called(self, subject: str) -> str | None:
        classes = self.types(subject)
        for each in _callings():
            if node(each.type).value not in classes:
                continue
            of = self.nodes(subject, each.of) if each.of else ()
            value = self.text(subject, each.value) if each.value else ""
            name = self.label(of[0]) if of else told(value)
            return f"{each.words}: {name}" if each.words and name else each.words or name
        return None


@lru_cache(1)
def _callings() -> tuple[Calling, ...]:
    told: Callings = lexicon("site", "callings.yaml", Callings)
    return told.callings


def local_name(iri: str) -> str:
    """Give the end of an IRI.

    >>> local_name("https://example.org/id/state/JP")
    'JP'
    """
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


def text_of(term: Term | BlankNode) -> str:
    """Give the text of a term: the IRI, the lexical form."""
    return str(getattr(term, "value", term))
