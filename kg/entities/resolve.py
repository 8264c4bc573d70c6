"""Stage 3: claims in, the identity of everything they speak of out.

States, blocs and concepts are told by their codes; all else is clustered from a log of
judgements. The outcome depends on the set of claims, never on their order; what is published is
a read-only view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.articles.model import Article
from kg.claims.model import ArticleClaims, Claim
from kg.entities.model import Identity, Judgement
from kg.entities.register import Register
from kg.shelves import Shelves


def resolve(
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    judgements: Iterable[Judgement] = (),
) -> Identity:
    """Say who and what the claims speak of; judgements by persons win over the rules.

    `articles` takes part for what later rules read of them (dates, copies); names and offices
    come from the claims alone.
    """
    del articles
    by_article: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_article[claim.article].append(claim)
    shelves = Shelves()
    kept = shelves.shelf("claims", ArticleClaims)
    for article, own in sorted(by_article.items()):
        kept.put(article, ArticleClaims(tuple(own)))
    register = Register(shelves)
    register.update(by_article.keys(), judgements)
    identity = register.identity()
    shelves.close()
    return identity
