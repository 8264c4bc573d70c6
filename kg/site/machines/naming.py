"""Where the descriptions of a site lie, and what is called how in them.

The data set is called by a hash address of its VoID description, so that whoever follows it reads
what it is. Where the operator has not said under which address the site is found, the home of the
data IRIs stands in: that is where they lead.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.iris import content_hash
from kg.site.model import Holding
from kg.site.vocabulary.shapes import short
from kg.terms import PREFIXES

VOID: Final = ".well-known/void"
DATASET: Final = f"{VOID}#dataset"
SPACES: Final = {
    **PREFIXES,
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
DESCRIPTION: Final = (
    "What news articles and official statements claim about diplomatic meetings, policy "
    "commitments and controlled materials; every statement leads back to its sentence."
)


def home(holding: Holding) -> str:
    """Give the address that the site is found under, with a slash at the end."""
    return holding.settings.address or holding.iris.base.removesuffix("id/")


def endpoint(holding: Holding) -> str:
    """Give the address of the SPARQL endpoint, "" where none answers."""
    told = holding.settings
    return told.endpoint if told.files or told.endpoint else f"{home(holding)}sparql"


def name_of(prefixed: str) -> NamedNode:
    """Give the node of a name with one of the prefixes of descriptions.

    >>> name_of("dcat:Dataset").value
    'http://www.w3.org/ns/dcat#Dataset'
    """
    prefix, _, local = prefixed.partition(":")
    return NamedNode(SPACES[prefix] + local)


def fragment(iri: str) -> str:
    """Give what a term is called in an address of ours: `cmq-Claim`, else a hash.

    >>> fragment("https://w3id.org/communique/def#Claim")
    'cmq-Claim'
    """
    name = short(iri)
    return content_hash(iri) if name == iri else name.replace(":", "-")


class Description:
    """Statements on some resources, gathered one after the other."""

    def __init__(self) -> None:
        self.quads: list[Quad] = []

    def say(
        self, subject: str, prefixed: str, *values: NamedNode | Literal | str | int | None
    ) -> None:
        """Say something of a subject: text, numbers or nodes; nothing where a value is empty."""
        for value in values:
            if value is None or value == "":
                continue
            told = value if isinstance(value, NamedNode | Literal) else Literal(value)
            self.quads.append(Quad(NamedNode(subject), name_of(prefixed), told))

    def link(self, subject: str, prefixed: str, *iris: str) -> None:
        """Lead from a subject to others; nothing where an address is empty."""
        self.say(subject, prefixed, *(NamedNode(iri) for iri in iris if iri))

    def kind(self, subject: str, *prefixed: str) -> None:
        """Say what a subject is."""
        self.say(subject, "rdf:type", *map(name_of, prefixed))
