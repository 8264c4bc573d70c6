"""Why a sentence gave the claims that it gave: an article in, one account per sentence out.

An account names the triggers that stand in the sentence, for every claim the word that suggested
it and how each role was found, and for every candidate that gave none the reason. Reading is the
same as without it; nothing is guessed afterwards but the name of the construction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from kg.articles.model import Article, LineRole
from kg.claims.draft import Draft
from kg.claims.engine import Engine
from kg.claims.extract import drafted
from kg.claims.model import Claim, Filler
from kg.claims.reading import Reading, read
from kg.claims.sentences import Sentence
from kg.claims.trail import Drop, Trail
from kg.claims.triggers import trigger_at
from kg.terms import KINDS, Kind

RELATIONS: Final = {
    "nsubj": "subject of",
    "csubj": "subject of",
    "nsubjpass": "passive subject of",
    "dobj": "object of",
    "dative": "object of",
    "poss": "owner of",
    "compound": "part of",
    "amod": "modifier of",
    "nmod": "modifier of",
    "appos": "beside",
    "conj": "listed with",
    "attr": "said of",
    "acomp": "said of",
    "ccomp": "clause of",
    "xcomp": "clause of",
    "agent": "doer of",
}


@dataclass(frozen=True, slots=True)
class Fired:
    """A trigger of the lexicon that stands in a sentence."""

    kind: Kind
    word: str
    entry: str  # the words of the lexicon entry
    source: str
    needs: str | None = None  # what must stand beside a weak word before it counts


@dataclass(frozen=True, slots=True)
class Found:
    """A filler of a role, and how it was found."""

    role: str
    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A claim, with the word that suggested it and how its roles were found."""

    claim: str
    kind: Kind
    confidence: float
    trigger: str | None
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What one sentence suggested, what it gave and what was left out."""

    article: str
    start: int
    end: int
    role: LineRole
    text: str
    fired: tuple[Fired, ...] = ()
    claims: tuple[Reason, ...] = ()
    dropped: tuple[Drop, ...] = ()


def explain(article: Article, engine: Engine) -> tuple[Account, ...]:
    """Give an account of every sentence of an article, in text order."""
    return explained(article, engine)[1]


def explained(article: Article, engine: Engine) -> tuple[Reading, tuple[Account, ...]]:
    """Give the reading of an article with an account of every sentence of it, in text order."""
    trail = Trail()
    reading = read(article, engine, trail)
    return reading, tuple(_accounts(reading, trail))


def _accounts(reading: Reading, trail: Trail) -> Iterator[Account]:
    claims = drafted(reading)
    for sentence in reading.sentences:
        own = [(claim, draft) for claim, draft in claims if draft.sentence is sentence]
        yield Account(
            reading.article.id,
            sentence.start,
            sentence.end,
            sentence.role,
            sentence.text,
            tuple(_fired(sentence)),
            tuple(_reason(reading, claim, draft) for claim, draft in own),
            tuple(_dropped(trail, sentence, own)),
        )


def _fired(sentence: Sentence) -> Iterator[Fired]:
    for token in sentence.tokens:
        for kind in KINDS:
            trigger = trigger_at(token, kind)
            if trigger is not None:
                entry = " ".join(trigger.words)
                yield Fired(kind, token.text, entry, trigger.source, trigger.needs)


def _dropped(trail: Trail, sentence: Sentence, own: list[tuple[Claim, Draft]]) -> Iterator[Drop]:
    """Yield each left-out candidate once, unless its word gave a claim of its kind after all."""
    gave = {(draft.kind, draft.token.text) for _, draft in own if draft.token is not None}
    drops = (drop for drop in trail.drops if drop.sentence == sentence.index)
    yield from dict.fromkeys(drop for drop in drops if (drop.kind, drop.word) not in gave)


def _reason(reading: Reading, claim: Claim, draft: Draft) -> Reason:
    found = tuple(
        Found(role, filler.value, _how(reading, draft, filler))
        for role, fillers in claim.roles.items()
        for filler in fillers
    )
    word = draft.token.text if draft.token is not None else None
    return Reason(claim.id, claim.kind, claim.confidence, word, found)


def _how(reading: Reading, draft: Draft, filler: Filler) -> str:
    """Say how a filler was found: its wording and construction, its rule, or where it came from."""
    if filler.type == "date" and filler.rule:
        counted = f", counted from {filler.anchor}" if filler.anchor else ""
        return f"{filler.text!r} by the rule {filler.rule}{counted}"
    if filler.start is None or filler.end is None:
        return "from the sentence as a whole"
    sentence = draft.sentence
    wording = reading.article.text[filler.start : filler.end]
    if not sentence.start <= filler.start < sentence.end:
        return f"{wording!r}, carried over from another sentence"
    low, high = filler.start - sentence.base, filler.end - sentence.base
    span = sentence.span.doc.char_span(low, high, alignment_mode="expand")
    return f"{wording!r}, {_construction(span.root)}" if span is not None else repr(wording)


def _construction(token: Token) -> str:
    """Name how a word hangs on the one above it."""
    head = token.head
    if token.dep_ in {"pobj", "pcomp"}:
        return f"after {head.text!r}"
    if token.dep_ == "ROOT":
        return "head of the sentence"
    return f"{RELATIONS.get(token.dep_, token.dep_ + ' of')} {head.text!r}"


def told(account: Account) -> Iterator[str]:
    """Yield the lines that tell an account to a reader."""
    yield f"{account.article}:{account.start}-{account.end} {' '.join(account.text.split())}"
    if account.fired:
        words = (f"{each.word} ({each.kind}: {each.entry})" for each in account.fired)
        yield f"  triggers  {', '.join(words)}"
    for reason in account.claims:
        word = f" by {reason.trigger!r}" if reason.trigger else ""
        yield f"  claim     {reason.kind}{word}, confidence {reason.confidence}"
        for found in reason.found:
            yield f"    {found.role:12} {found.value}  <- {found.how}"
    for drop in account.dropped:
        yield f"  left out  {drop.kind} at {drop.word!r}: {drop.reason}"
