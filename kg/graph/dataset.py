"""All records of a build as quads.

Records in, quads out: one graph per article and the derived, identity and reference graphs. No
blank nodes; what a quad says depends on the records alone, never on their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from kg.articles.model import Article
from kg.claims.model import Claim
from kg.entities.model import Identity, Mention
from kg.graph.claims import Source, claim_triples, paired
from kg.graph.entities import entity_node, group_entities, identity_triples
from kg.graph.events import Context, disagreement_triples, event_triples, post_triples
from kg.graph.inference import inferred
from kg.graph.minting import Mint
from kg.graph.model import Records
from kg.graph.reference import reference_quads
from kg.graph.sources import article_triples, software_triples
from kg.graph.terms import term
from kg.iris import Iris


def quads_of(records: Records, iris: Iris) -> Iterator[Quad]:
    """Yield the whole dataset of a build: what records say, the reference, what follows."""
    reference = [*reference_quads(iris)]
    known = [*_without_second_labels(record_quads(records, iris), reference), *reference]
    yield from known
    yield from inferred(known, iris)


def _without_second_labels(quads: Iterable[Quad], reference: Iterable[Quad]) -> Iterator[Quad]:
    """Leave out the label of what the reference labels, so that queries give one row for it."""
    name = term("rdfs:label")
    labelled = {quad.subject for quad in reference if quad.predicate == name}
    return (quad for quad in quads if quad.predicate != name or quad.subject not in labelled)


def record_quads(records: Records, iris: Iris) -> Iterator[Quad]:
    """Yield what the records say, each article in its own graph."""
    mint = Mint(iris)
    yield from _article_quads(records, mint)
    extractors = {each.extractor for each in records.claims} - {""}
    software = software_triples(sorted({*extractors, *records.tools}), mint)
    identity = mint.graph("identity")
    yield from _within(identity, identity_triples(records.identity, mint))
    yield from _within(identity, software)
    yield from _within(mint.graph("derived"), _derived_triples(records, mint))


def _article_quads(records: Records, mint: Mint) -> Iterator[Quad]:
    claims = _by_article(records.claims)
    mentions = _by_claim(records.identity)
    entities = group_entities(records.identity, mint)
    about = records.ledger.about
    for article in records.articles:
        source = Source.of(article, mint)
        own = claims.get(article.id, [])
        extractors = sorted({claim.extractor for claim in own} - {""})
        software = [*extractors, *records.tools]
        yield from _within(source.node, article_triples(article, software, mint))
        for claim in own:
            event = about.get(claim.id)
            node = mint.path(event) if event else None
            pairs = paired(mentions.get(claim.id, []), entities)
            yield from _within(source.node, claim_triples(claim, source, pairs, node, mint))


def _derived_triples(records: Records, mint: Mint) -> Iterator[Triple]:
    ledger = records.ledger
    context = Context(
        mint,
        {each.id: (entity_node(each, mint), each.label) for each in records.identity.entities},
        frozenset(each.id for each in records.claims if each.polarity == "negative"),
        _published(records.articles),
    )
    for event in ledger.events:
        yield from event_triples(event, context)
    yield from post_triples(ledger.events, context)
    kinds = {event.id: event.kind for event in ledger.events}
    for disagreement in ledger.disagreements:
        yield from disagreement_triples(disagreement, kinds, context)


def _within(graph: NamedNode, triples: Iterable[Triple]) -> Iterator[Quad]:
    for each in triples:
        yield Quad(each.subject, each.predicate, each.object, graph)


def _published(articles: Iterable[Article]) -> dict[str, str]:
    dates = {article.id: article.get("published") for article in articles}
    return {article: day for article, day in dates.items() if day}


def _by_article(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    grouped: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.article].append(claim)
    return grouped


def _by_claim(identity: Identity) -> dict[str, list[Mention]]:
    grouped: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in identity.mentions:
        grouped[mention.claim].append(mention)
    return grouped
