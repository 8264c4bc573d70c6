"""What was taken out of the corpus, as triples.

A retraction in, its tombstone out. It stands in a graph of its own that nothing else is derived
from and that only grows, also when the article comes back.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph.literals import date
from kg.graph.minting import Mint
from kg.graph.model import Retraction
from kg.graph.terms import Triple, describe, term


def retraction_triples(retraction: Retraction, mint: Mint) -> Iterator[Triple]:
    """Say that an article was withdrawn, why, when if anybody said so, and which text it was."""
    node = mint.node("retraction", retraction.key)
    yield from describe(mint.article(retraction.article), ("prov:wasInvalidatedBy", node))
    yield from describe(
        node,
        ("a", term("prov:Invalidation")),
        ("dcterms:date", date(retraction.date) if retraction.date else None),
        ("rdfs:comment", retraction.reason),
        ("cmq:digest", retraction.digest),
    )
