"""Stage 4 as a whole: claims about resolved entities in, events and the ledger of rivals out.

Nothing is kept: the same steps that move a chronicle on are taken once, in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.articles.model import Article
from kg.claims.model import ArticleClaims, Claim
from kg.entities.model import EntityChanges, Identity
from kg.events.chronicle import Chronicle
from kg.events.model import EventLedger
from kg.events.whole import Whole
from kg.shelves import Shelves


def resolve(
    claims: Iterable[Claim], identity: Identity, articles: Mapping[str, Article]
) -> EventLedger:
    """Say which events the claims are about, what supports each statement, where sources part."""
    shelves = Shelves()
    own: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[claim.article].append(claim)
    kept = shelves.shelf("articles", Article)
    for key, article in articles.items():
        kept.put(key, article)
    told = shelves.shelf("claims", ArticleClaims)
    for key, found in own.items():
        told.put(key, ArticleClaims(tuple(found)))
    view = Whole(identity)
    chronicle = Chronicle(shelves, view)
    nothing: frozenset[str] = frozenset()
    every = frozenset(entity.id for entity in identity.entities)
    chronicle.update({*articles, *own}, EntityChanges(every, nothing, nothing, nothing))
    ledger = chronicle.ledger()
    shelves.close()
    return ledger
