"""Articles as triples: their metadata, where each was read, and who read the claims.

An article in; its description, one node per metadatum, and its extraction out. Values are
published as strings except dates and web addresses; only `http` and `https` become links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.articles.model import Article, Field, FieldName
from kg.graph.literals import date, plain
from kg.graph.minting import Mint
from kg.graph.terms import Object, Triple, address, describe, term
from kg.iris import content_hash, digest

_PUBLISHED_AS: Final[dict[FieldName, str]] = {
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "author": "dcterms:creator",
    "published": "dcterms:issued",
    "url": "dcterms:source",
    "language": "dcterms:language",
    "licence": "dcterms:license",
    "rights": "dcterms:rights",
    "section": "cmq:section",
    "translation": "cmq:translation",
    "original-language": "cmq:originalLanguage",
}
_MANY: Final = {"author", "section", "rights"}
"""Metadata of which an article may have several; of the others the best source counts."""

_AS_NODE: Final[dict[FieldName, Callable[[str], Object | None]]] = {
    "published": date,
    "url": address,
    "licence": address,
}


def article_triples(article: Article, software: Iterable[str], mint: Mint) -> Iterator[Triple]:
    """Describe an article, its metadata and the reading of its claims."""
    node = mint.article(article.id)
    yield from describe(
        node,
        ("a", term("cmq:Article")),
        ("dcterms:identifier", article.id),
        *((_PUBLISHED_AS[name], _values(article, name)) for name in _PUBLISHED_AS),
        ("cmq:digest", digest(article.text)),
        ("cmq:length", len(article.text)),
    )
    for each in article.fields:
        yield from _metadatum_triples(each, article.id, node, mint)
    yield from describe(
        mint.extraction(article.id),
        ("a", term("prov:Activity")),
        ("prov:used", node),
        ("prov:wasAssociatedWith", [mint.software(each) for each in software]),
    )


def software_triples(software: Iterable[str], mint: Mint) -> Iterator[Triple]:
    """Describe the software that read the claims: `name/version`."""
    for extractor in software:
        version = extractor.partition("/")[2]
        yield from describe(
            mint.software(extractor),
            ("a", term("prov:SoftwareAgent")),
            ("rdfs:label", extractor),
            ("dcterms:hasVersion", version or None),
        )


def _values(article: Article, name: FieldName) -> list[Object | None]:
    """Give the values of a metadatum as they are published."""
    make = _AS_NODE.get(name, plain)
    if name in _MANY:
        return [make(field.value) for field in article.fields if field.name == name]
    best = article.get(name)
    return [] if best is None else [make(best)]


def _metadatum_triples(field: Field, article: str, node: NamedNode, mint: Mint) -> Iterator[Triple]:
    key = content_hash(article, field.name, field.value, field.origin, field.start, field.end)
    metadatum = mint.node("metadatum", key)
    yield from describe(node, ("cmq:metadatum", metadatum))
    yield from describe(
        metadatum,
        ("a", term("cmq:Metadatum")),
        ("cmq:field", field.name),
        ("rdf:value", field.value),
        ("cmq:origin", field.origin),
        ("cmq:start", field.start),
        ("cmq:end", field.end),
    )
