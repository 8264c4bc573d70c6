"""Data IRIs as nodes.

A family and segments in, a node out, always through `kg.iris`. The one policy: an entity is named
by its id below the base, or is a concept of the ontology and keeps the concept's own IRI.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.iris import Iris, content_hash, literal_segment
from kg.terms import CONCEPTS


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes the nodes of a build from its base IRI."""

    iris: Iris

    def node(self, family: str, *segments: str) -> NamedNode:
        """Give the node `<base><family>/<segment>…`."""
        return NamedNode(self.iris.of(family, *segments))

    def graph(self, name: str) -> NamedNode:
        """Give the name of a graph that holds no article: derived, identity, reference."""
        return NamedNode(self.iris.graph(name))

    def article(self, article: str) -> NamedNode:
        """Give the node of an article, which names its graph too.

        >>> mint = Mint(Iris())
        >>> mint.article("a b") == mint.article("a%20b")
        False
        """
        return self.node("article", literal_segment(article))

    def extraction(self, article: str) -> NamedNode:
        """Give the node of the activity that read an article's claims."""
        return self.node("extraction", literal_segment(article))

    def claim(self, claim: str) -> NamedNode:
        """Give the node of a claim."""
        return self.node("claim", claim)

    def software(self, extractor: str) -> NamedNode:
        """Give the node of `name/version`."""
        return self.node("software", extractor.replace("/", "-"))

    def path(self, identifier: str) -> NamedNode:
        """Give the node of an event or entity: a path below the base, or a concept's own IRI.

        >>> Mint(Iris()).path("person/mary-robinson").value
        'https://w3id.org/communique/id/person/mary-robinson'
        """
        if identifier.startswith(CONCEPTS):
            try:
                return NamedNode(identifier)
            except ValueError:  # text that only begins like a concept
                return self.node("topic", content_hash(identifier))
        return self.node(*identifier.split("/"))
