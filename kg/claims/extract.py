"""From an article to its claims: every kind reads the same reading, in one order.

A claim's identifier is a hash of what it says and where, so that the same article gives the same
claims in the same bytes. Of two claims that say the same of one place the surer stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from kg.articles.model import Article
from kg.claims import (
    commitments,
    concerns,
    controls,
    documents,
    meetings,
    positions,
    posts,
    utterances,
)
from kg.claims.draft import Draft
from kg.claims.engine import Engine
from kg.claims.model import Claim, Filler
from kg.claims.reading import Reading, read
from kg.iris import content_hash
from kg.provenance import EXTRACTOR
from kg.terms import KINDS, ROLES

READERS: Final[tuple[Callable[[Reading], Iterator[Draft]], ...]] = (
    meetings.claims_in,
    posts.claims_in,
    commitments.claims_in,
    concerns.claims_in,
    controls.claims_in,
    positions.claims_in,
    documents.claims_in,
    utterances.claims_in,
)


def claims_of(article: Article, engine: Engine) -> Iterator[Claim]:
    """Yield the claims of an article, by where their evidence starts."""
    reading = read(article, engine)
    found: dict[str, Claim] = {}
    for reader in READERS:
        for draft in reader(reading):
            claim = _claim(article, draft)
            held = found.get(claim.id)
            if held is None or claim.confidence > held.confidence:
                found[claim.id] = claim
    yield from sorted(found.values(), key=_place)


def _place(claim: Claim) -> tuple[int, int, int, str]:
    return claim.start, claim.end, KINDS.index(claim.kind), claim.id


def _claim(article: Article, draft: Draft) -> Claim:
    start, end = draft.span
    roles = {name: _once(draft.roles[name]) for name in ROLES[draft.kind] if draft.roles.get(name)}
    said = [f"{name}={'|'.join(sorted(f.value for f in each))}" for name, each in roles.items()]
    said += [f"{draft.modality}", f"{draft.status}", f"{draft.polarity or 'positive'}"]
    return Claim(
        article=article.id,
        id=content_hash(article.id, draft.kind, start, end, *said),
        kind=draft.kind,
        start=start,
        end=end,
        quote=article.text[start:end],
        roles=roles,
        modality=draft.modality,
        status=draft.status,
        polarity=None if draft.polarity == "positive" else draft.polarity,
        attribution=draft.attribution,
        extractor=str(EXTRACTOR),
        confidence=round(draft.confidence, 2),
    )


def _once(fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Keep the first of fillers of a role that say the same."""
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value.casefold(), filler)
    return tuple(found.values())
