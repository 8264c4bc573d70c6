"""What a dataset says of a node, by look-ups alone: values, nodes, labels, quotations.

A dataset in, sorted answers out. Every look-up names a subject or an object, so that it costs
what it yields, however large the dataset; several graphs that say one thing say it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Final, TypeVar

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.model import Dataset, Term
from kg.iris import Iris
from kg.queries.why.model import Branch
from kg.queries.writers import shortened
from kg.terms import CONCEPTS, DATA, DEFINITIONS, PREFIXES, ROLES

Gathered = TypeVar("Gathered")
_LABELS: Final = ("rdfs:label", "skos:prefLabel", "dcterms:identifier", "cmq:form")
_SHARED: Final = ("identity", "derived", "reference")
_OF_ARTICLES: Final = frozenset({"dcterms:identifier", "dcterms:title"})
_ROLES: Final = frozenset(role for roles in ROLES.values() for role in roles) - {"type"}


class Facts:
    """A dataset, asked node by node."""

    def __init__(self, dataset: Dataset, base: str = DATA) -> None:
        """Ask `dataset`, whose own names begin with `base` unless its articles' do not."""
        self._dataset = dataset
        self.base = _base_of(dataset) or base
        self.iris = Iris(self.base)
        self._remembered: dict[object, Any] = {}

    def remembered(self, gather: Callable[[Facts], Gathered]) -> Gathered:
        """Give what is gathered from the whole dataset, gathered once."""
        if gather not in self._remembered:
            self._remembered[gather] = gather(self)
        found: Gathered = self._remembered[gather]
        return found

    def objects(self, subject: NamedNode, name: str) -> list[Term]:
        """Give what stands behind a property of a subject, sorted."""
        found = self._dataset.quads(subject, property_of(name))
        terms = {quad.object for quad in found if not isinstance(quad.object, Triple)}
        return sorted(terms, key=_text)

    def texts(self, subject: NamedNode, name: str) -> list[str]:
        """Give the values of a property as text, sorted."""
        return [each.value for each in self.objects(subject, name)]

    def text(self, subject: NamedNode, name: str) -> str:
        """Give the value of a property as text, "" if there is none."""
        return next(iter(self.texts(subject, name)), "")

    def number(self, subject: NamedNode, name: str) -> int:
        """Give the value of a property as a whole number, 0 if there is none."""
        value = self.text(subject, name)
        return int(value) if value.isdecimal() else 0

    def nodes(self, subject: NamedNode, name: str) -> list[NamedNode]:
        """Give the nodes that a property of a subject leads to, sorted."""
        return [each for each in self.objects(subject, name) if isinstance(each, NamedNode)]

    def node(self, subject: NamedNode, name: str) -> NamedNode | None:
        """Give the node that a property of a subject leads to."""
        return next(iter(self.nodes(subject, name)), None)

    def subjects(self, name: str | None, value: Term) -> list[NamedNode]:
        """Give the nodes whose property leads to a value, sorted; None stands for any."""
        found = self._dataset.quads(None, property_of(name) if name else None, value)
        nodes = {quad.subject for quad in found if isinstance(quad.subject, NamedNode)}
        return sorted(nodes, key=_text)

    def pairs(self, subject: NamedNode) -> list[tuple[NamedNode, Term]]:
        """Give all properties of a subject with their values, sorted."""
        found = {(quad.predicate, quad.object) for quad in self._dataset.quads(subject)}
        return sorted(found, key=str)  # type: ignore[arg-type]  # no quoted triples

    def uses(self, value: Term) -> list[tuple[NamedNode, NamedNode]]:
        """Give the nodes that lead to a value, each with the property that does."""
        found = {
            (quad.subject, quad.predicate)
            for quad in self._dataset.quads(None, None, value)
            if isinstance(quad.subject, NamedNode)
        }
        return sorted(found, key=str)

    def every(self, name: str) -> Iterator[tuple[NamedNode, Term]]:
        """Yield all nodes that have a property, with its values: a scan of these, and no more.

        Where articles have graphs of their own, these are left out except for what only they have.
        """
        graphs = [NamedNode(self.iris.graph(each)) for each in _SHARED]
        apart = name not in _OF_ARTICLES and any(map(self._has_graph, graphs))
        for graph in graphs if apart else [None]:
            for quad in self._dataset.quads(None, property_of(name), None, graph):
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject, quad.object  # type: ignore[misc]  # no quoted triples

    def _has_graph(self, graph: NamedNode) -> bool:
        return next(self._dataset.quads(None, None, None, graph), None) is not None

    def exists(self, node: NamedNode) -> bool:
        """Whether the dataset speaks of a node."""
        quads = (self._dataset.quads(node), self._dataset.quads(None, None, node))
        return any(next(found, None) is not None for found in quads)

    def classes(self, node: NamedNode) -> list[str]:
        """Give the names of the classes of a node, sorted."""
        return [shortened(each.value, self.base) for each in self.nodes(node, "rdf:type")]

    def label(self, term: Term) -> str:
        """Give what a term is called: its label in English, its number or name, else its IRI."""
        if not isinstance(term, NamedNode):
            return term.value
        for name in _LABELS:
            found = self.objects(term, name)
            english = [each for each in found if getattr(each, "language", None) in {None, "en"}]
            if english or found:
                return (english or found)[0].value
        return self.short(term)

    def short(self, node: NamedNode) -> str:
        """Give an IRI as it may be typed: a path below the base, or with a prefix."""
        return shortened(node.value, self.base)

    def title(self, node: NamedNode) -> str:
        """Give the label of a node in quotation marks, or its IRI where it has none."""
        called = self.label(node)
        return called if called == self.short(node) else f"“{called}”"

    def articles(self, nodes: Iterable[NamedNode]) -> list[str]:
        """Give the identifiers of articles, sorted."""
        return sorted(self.label(each) for each in nodes)

    def kind(self, node: NamedNode) -> str:
        """Give the word for what a node is: the local name of its class, in plain words."""
        names = [each.removeprefix("cmq:") for each in self.classes(node)]
        ours = [each for each in names if ":" not in each] or ["thing"]
        return "".join(f" {char.lower()}" if char.isupper() else char for char in ours[0]).strip()

    def quote(self, claim: NamedNode) -> Branch:
        """Give the words that a claim rests on, and where they stand."""
        evidence = self.node(claim, "prov:wasDerivedFrom")
        source = self.node(claim, "prov:hadPrimarySource")
        article = self.label(source) if source else ""
        if evidence is None:
            return Branch(f"{article}: no evidence", "quote", claim.value, {"article": article})
        line, column = (self.number(evidence, name) for name in ("cmq:line", "cmq:column"))
        selectors = self.nodes(evidence, "oa:hasSelector")
        words = next(filter(None, (self.text(each, "oa:exact") for each in selectors)), "")
        start, end = (
            max((self.number(each, name) for each in selectors), default=0)
            for name in ("oa:start", "oa:end")
        )
        shown = f"“{words}”" if words else f"(characters {start:,}–{end:,}, not quoted here)"
        facts = {"article": article, "line": line, "column": column, "quote": words}
        facts |= {"start": start, "end": end, "digest": self.text(evidence, "cmq:digest")}
        told = f"{article}:{line}:{column} {shown}{self._manner(claim)}"
        return Branch(told, "quote", claim.value, facts)

    def _manner(self, claim: NamedNode) -> str:
        """Say how sure the reading of a claim is, and that it denies if it does."""
        denies = self.text(claim, "cmq:polarity").endswith("/negative")
        confidence = self.text(claim, "cmq:confidence")
        told = ["denied"] if denies else []
        told += [f"confidence {confidence}"] if confidence else []
        return f" ({', '.join(told)})" if told else ""


def _text(term: Term) -> str:
    return term.value


@cache
def property_of(name: str) -> NamedNode:
    """Give the node of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def family_of(node: NamedNode) -> str:
    """Give the family that the IRI of a node names: the last segment but one.

    >>> family_of(NamedNode("https://w3id.org/communique/id/group/1a2b"))
    'group'
    """
    return [*node.value.rsplit("/", 2), "", ""][1]


def role_of(predicate: NamedNode) -> str | None:
    """Give the role that a property stands for, None for one that is no role.

    >>> role_of(NamedNode("https://w3id.org/communique/def#attendee"))
    'attendee'
    """
    if predicate == property_of("dcterms:type"):
        return "type"
    name = predicate.value.removeprefix(DEFINITIONS)
    return name if name in _ROLES else None


def literals(text: str) -> tuple[Literal, ...]:
    """Give a text as the literals that may hold it."""
    return Literal(text), Literal(text, language="en")


def is_concept(node: NamedNode) -> bool:
    """Whether a node is a concept of the ontology."""
    return node.value.startswith(CONCEPTS)


def _base_of(dataset: Dataset) -> str | None:
    """Find the base that the names of a dataset are below, by any article in it."""
    article = property_of("cmq:Article")
    quad = next(dataset.quads(None, property_of("rdf:type"), article), None)
    if quad is None or not isinstance(quad.subject, NamedNode):
        return None
    before, found, _ = quad.subject.value.rpartition("article/")
    return before if found else None
