"""What the models say of a sentence: weights and a sentence in, weighed claims out.

Three steps, each a linear model: how likely the sentence states a kind; for each role, how likely
each candidate fills it; and, knowing how well the main roles could be filled, whether to believe
that there is such a claim at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from spacy.tokens import Token

from kg.claims.learned.candidates import Candidate, Sort
from kg.claims.learned.signs import Seen
from kg.claims.learned.traits import Anchors, pooled, traits
from kg.claims.learned.weights import KindModel, Weights, probability
from kg.terms import KINDS, Kind

ACTORS: Final[frozenset[Sort]] = frozenset(("party", "name", "before", "served", "often"))
PERSONS: Final[frozenset[Sort]] = frozenset(("party", "person"))
SPEAKERS: Final[frozenset[Sort]] = frozenset(("party", "person", "name"))
ALLOWED: Final[Mapping[tuple[Kind, str], frozenset[Sort]]] = {
    ("meeting", "party"): ACTORS,
    ("meeting", "attendee"): PERSONS,
    ("meeting", "host"): SPEAKERS,
    ("meeting", "date"): frozenset(("date",)),
    ("meeting", "place"): frozenset(("place",)),
    ("meeting", "ordinal"): frozenset(("ordinal",)),
    ("meeting", "framework"): frozenset(("name", "thing")),
    ("post", "person"): PERSONS,
    ("post", "title"): frozenset(("title",)),
    ("post", "of"): ACTORS,
    ("commitment", "actor"): ACTORS,
    ("commitment", "counterparty"): ACTORS,
    ("commitment", "topic"): frozenset(("thing",)),
    ("commitment", "framework"): frozenset(("name", "thing")),
    ("commitment", "date"): frozenset(("date",)),
    ("concern", "holder"): ACTORS,
    ("concern", "target"): ACTORS,
    ("concern", "topic"): frozenset(("thing",)),
    ("control", "imposer"): ACTORS,
    ("control", "target"): ACTORS,
    ("control", "item"): frozenset(("thing",)),
    ("control", "date"): frozenset(("date",)),
    ("position", "actor"): ACTORS,
    ("position", "item"): frozenset(("thing",)),
    ("position", "share"): frozenset(("share",)),
    ("document", "issuer"): ACTORS,
    ("document", "title"): frozenset(("document",)),
    ("document", "date"): frozenset(("date",)),
    ("document", "place"): frozenset(("place",)),
    ("utterance", "speaker"): SPEAKERS,
    ("utterance", "date"): frozenset(("date",)),
    ("utterance", "venue"): frozenset(("venue",)),
}
"""The sorts of candidates that may fill a role; roles that are not here are not proposed."""

MAIN: Final[Mapping[Kind, tuple[str, ...]]] = {
    "meeting": ("party", "attendee", "date", "place"),
    "post": ("person",),
    "commitment": ("actor",),
    "concern": ("holder",),
    "control": ("imposer",),
    "position": ("actor",),
    "document": ("title", "issuer"),
    "utterance": ("speaker",),
}
SECOND: Final[Mapping[Kind, tuple[str, ...]]] = {
    "meeting": ("date", "place"),
    "post": ("title",),
    "commitment": ("topic",),
    "concern": ("topic",),
    "control": ("item",),
    "position": ("item",),
    "document": ("title",),
    "utterance": ("speaker",),
}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim of a kind that a sentence may state, with what may fill its roles."""

    kind: Kind
    likely: float
    anchors: Anchors
    fits: tuple[tuple[str, Candidate, float], ...]  # role, candidate, probability


def kind_logits(model: KindModel, seen: Seen) -> tuple[float, ...]:
    """Give the logit of each kind that a sentence states it."""
    return model.logits(seen.told)


def teller(model: KindModel, seen: Seen, kind: Kind) -> Token | None:
    """Give the word of a sentence that speaks most for a kind."""
    place = KINDS.index(kind)
    sums: dict[int, float] = {}
    for i, signs in seen.signs:
        if i is not None:
            held = (model.rows.get(sign, ()) for sign in signs)
            sums[i] = sum(weight for row in held for at, weight in row if at == place)
    best = min(sums, key=lambda i: (-sums[i], i), default=None)
    return None if best is None or sums[best] <= 0 else seen.sentence.span.doc[best]


def anchors_of(model: KindModel, seen: Seen, kind: Kind) -> Anchors:
    """Give the words that tell a claim of a kind, by the lexicon and by the model."""
    told = teller(model, seen, kind)
    return {"t": seen.holds(kind), "m": () if told is None else (told,)}


def weighed(
    learnt: Weights, seen: Seen, given: Sequence[Candidate], kind: Kind, likely: float
) -> Weighed:
    """Weigh every candidate of a sentence for every role of a kind."""
    anchors = anchors_of(learnt.kinds, seen, kind)
    models = [(role, learnt.roles[kind, role], allowed) for role, allowed in roles_of(kind)
              if (kind, role) in learnt.roles]  # fmt: skip
    described = traits(seen, given, anchors, sorts_of(kind))
    groups = {
        allowed: pooled(seen, described, allowed) for allowed in {each for _, _, each in models}
    }
    fits = [
        (role, each, probability(model.score(features)))
        for role, model, allowed in models
        for each, features in groups[allowed]
    ]
    return Weighed(kind, likely, anchors, tuple(fits))


@cache
def sorts_of(kind: Kind) -> frozenset[Sort]:
    """Give the sorts of candidates that may fill a role of a kind."""
    return frozenset(sort for _, allowed in roles_of(kind) for sort in allowed)


@cache
def roles_of(kind: Kind) -> tuple[tuple[str, frozenset[Sort]], ...]:
    """Give the roles of a kind that are proposed, with the sorts that may fill them."""
    return tuple((role, allowed) for (each, role), allowed in ALLOWED.items() if each == kind)


def evidence(seen: Seen, found: Weighed, logit: float) -> dict[str, float]:
    """Give the features by which a claim is believed or not."""
    best: dict[str, float] = {}
    for role, _, fits in found.fits:
        best[role] = max(best.get(role, 0.0), fits)
    told = found.anchors["m"]
    facts = seen.reading.factuality(seen.sentence, told[0]) if told else None
    kind = found.kind
    return {
        "logit": logit,
        "main": max((best.get(role, 0.0) for role in MAIN[kind]), default=0.0),
        "second": max((best.get(role, 0.0) for role in SECOND[kind]), default=0.0),
        "trigger": float(bool(found.anchors["t"])),
        f"kind={kind}": 1.0,
        f"logit={kind}": logit / 2,
        f"role={seen.sentence.role}": 1.0,
        "supposed": float(facts is not None and facts.hypothetical),
        "asked": float(facts is not None and facts.question),
        "quoted": float(facts is not None and facts.quoted),
        "denied": float(facts is not None and facts.negative),
    }
