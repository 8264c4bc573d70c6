"""Two readers of one article: the claims of rules and model in, one list out.

Where both report a claim of one kind and polarity in one place, with somebody or something in
common, agreement is evidence: the rules' claim stays, is surer, and gains the roles that it lacks.
What one alone reports stays as that one reported it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.articles.model import Article
from kg.claims.extract import claim_of, place_of
from kg.claims.model import Claim

AGREED: Final = 0.97  # nothing that is read by program is surer


def merged(article: Article, rules: Iterable[Claim], model: Iterable[Claim]) -> tuple[Claim, ...]:
    """Merge the claims of two readers, by where their evidence starts."""
    left = list(model)
    found: dict[str, Claim] = {}
    for claim in rules:
        other = max(
            (each for each in left if _agree(claim, each)),
            key=lambda each: _shared(claim, each),
            default=None,
        )
        if other is not None:
            left.remove(other)
        kept = claim if other is None else _agreed(article, claim, other)
        found[kept.id] = kept
    for claim in left:
        found.setdefault(claim.id, claim)
    return tuple(sorted(found.values(), key=place_of))


def _agreed(article: Article, claim: Claim, other: Claim) -> Claim:
    both = 1 - (1 - claim.confidence) * (1 - other.confidence)
    return claim_of(
        article,
        claim.kind,
        (claim.start, claim.end),
        {**other.roles, **claim.roles},
        modality=claim.modality,
        status=claim.status,
        polarity=claim.polarity,
        attribution=claim.attribution or other.attribution,
        extractor=f"{claim.extractor}+{other.extractor}",
        confidence=round(min(AGREED, max(both, claim.confidence)), 2),
    )


def _agree(one: Claim, other: Claim) -> bool:
    same = one.polarity == other.polarity and _same_place(one, other)
    return same and _shared(one, other) > 0


def _same_place(one: Claim, other: Claim) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    shorter = min(one.end - one.start, other.end - other.start)
    return one.kind == other.kind and shared * 2 >= shorter


def _shared(one: Claim, other: Claim) -> int:
    """Count the fillers that two claims have in common."""
    return sum(
        len({f.value for f in one.fillers(role)} & {f.value for f in other.fillers(role)})
        for role in one.roles
        if role != "type"
    )
