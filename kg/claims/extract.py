"""From an article to its claims: every kind reads the same reading, in one order.

Where the rules are silent on a kind in a sentence, the trained part may propose a claim of it.
An article that names no state, bloc or public body is about other affairs and gives none.

A claim's identifier is a hash of what it says and where, so that the same article gives the same
claims in the same bytes. Of two claims that say the same of one place the surer stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from kg.claims.confidence import calibrated
from kg.claims.draft import Draft
from kg.claims.engine import Engine
from kg.claims.learned import proposals
from kg.claims.learned.weights import Weights, weights
from kg.claims.model import Claim, Filler
from kg.claims.organisations import bodies
from kg.claims.reading import Reading, read
from kg.claims.sentences import sentences_of_each
from kg.claims.tenures import tenure_of
from kg.iris import content_hash
from kg.provenance import EXTRACTOR, LEARNED
from kg.terms import KINDS, ROLES, Kind

UNASKED: Final = frozenset(("post", "utterance"))  # what holds whoever's words tell it
SHORT: Final = 8  # sentences: a shorter text may leave unsaid whose affairs it tells
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


def claims_of(article: Article, engine: Engine, learned: bool | Weights = True) -> Iterator[Claim]:
    """Yield the claims of an article, by where their evidence starts; the rules' only, if asked."""
    for claim, _ in drafted(read(article, engine), learned):
        yield claim


def claims_of_each(
    articles: Sequence[Article], engine: Engine, learned: bool | Weights = True
) -> Iterator[tuple[Claim, ...]]:
    """Yield the claims of each of a handful of articles; parsed together they take less time."""
    for article, sentences in zip(articles, sentences_of_each(articles, engine), strict=True):
        reading = Reading(article, engine, sentences=sentences)
        yield tuple(claim for claim, _ in drafted(reading, learned))


def drafted(reading: Reading, learned: bool | Weights = True) -> list[tuple[Claim, Draft]]:
    """Give the claims of a reading with the drafts they were made of, by where they start."""
    found: dict[str, tuple[Claim, Draft]] = {}
    if not _of_public_affairs(reading):
        return []
    drafts = [draft for reader in READERS for draft in reader(reading)]
    if learned:
        known = learned if isinstance(learned, Weights) else weights()
        drafts.extend(proposals.claims_in(reading, drafts, known))
    for draft in filter(None, (_heard(reading, draft) for draft in drafts)):
        claim = _claim(reading.article, draft)
        held = found.get(claim.id)
        if held is None or claim.confidence > held[0].confidence:
            found[claim.id] = claim, draft
    return sorted(found.values(), key=lambda each: place_of(each[0]))


def _heard(reading: Reading, draft: Draft) -> Draft | None:
    """Give what a draft of an interview claims: an answer on the word of who gives it.

    What is asked is asserted by nobody, unless the question cites somebody for it.
    """
    turn = reading.interview_turn(draft.sentence)
    if turn is None:
        return draft
    if turn.asked:
        media = reading.media_named(draft.sentence, turn.end)
        if draft.attribution or not media:
            told = not draft.learned and (draft.kind in UNASKED or bool(draft.attribution))
            return draft if told else None
        return replace(draft, attribution=media)
    if draft.attribution or draft.kind in UNASKED or turn.speaker is None:
        return draft
    return replace(draft, attribution=(Filler(ref=turn.speaker, type="person"),))


def _of_public_affairs(reading: Reading) -> bool:
    """Tell whether an article names a state, a bloc or a public body; too short a one may."""
    if len(reading.sentences) < SHORT:
        return True
    named = (
        mention.type in {"state", "bloc"}
        or bool(set(mention.text.lower().split()) & bodies().public)
        for sentence in reading.sentences
        for mention in reading.mentions(sentence)
        if mention.type in {"state", "bloc", "organisation"}
    )
    return any(named)


def place_of(claim: Claim) -> tuple[int, int, int, str]:
    """Give what claims are sorted by: their place in the text, then their kind."""
    return claim.start, claim.end, KINDS.index(claim.kind), claim.id


def claim_of(
    article: Article,
    kind: Kind,
    span: tuple[int, int],
    roles: Mapping[str, tuple[Filler, ...]],
    *,
    modality: str | None,
    status: str | None,
    polarity: str | None,
    attribution: tuple[Filler, ...],
    extractor: str,
    confidence: float,
) -> Claim:
    """Make a claim with the identifier that what it says, and where, gives it."""
    start, end = span
    filled = {name: _once(roles[name]) for name in ROLES[kind] if roles.get(name)}
    said = [f"{name}={'|'.join(sorted(f.value for f in each))}" for name, each in filled.items()]
    said += [f"{modality}", f"{status}", f"{polarity or 'positive'}"]
    claim = Claim(
        article=article.id,
        id=content_hash(article.id, kind, start, end, *said),
        kind=kind,
        start=start,
        end=end,
        quote=article.text[start:end],
        roles=filled,
        modality=modality,
        status=status,
        polarity=None if polarity == "positive" else polarity,
        attribution=attribution,
        extractor=extractor,
        confidence=confidence,
    )
    return replace(claim, tenure=tenure_of(claim, article.get("published")))


def _claim(article: Article, draft: Draft) -> Claim:
    tool = LEARNED if draft.learned else EXTRACTOR
    return claim_of(
        article,
        draft.kind,
        draft.span,
        draft.roles,
        modality=draft.modality,
        status=draft.status,
        polarity=draft.polarity,
        attribution=draft.attribution,
        extractor=str(tool),
        confidence=calibrated(tool.name, draft.kind, draft.confidence),
    )


def _once(fillers: tuple[Filler, ...]) -> tuple[Filler, ...]:
    """Keep the first of fillers of a role that say the same."""
    found: dict[str, Filler] = {}
    for filler in fillers:
        found.setdefault(filler.value.casefold(), filler)
    return tuple(found.values())
