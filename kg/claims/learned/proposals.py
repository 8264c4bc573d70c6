"""Proposals: a reading and what the rules found in it in, drafts of what they left out.

At most one claim of a kind is proposed for a sentence, and only where the rules have none of that
kind; in an article in which the rules find little, hardly any, and never what is only asked or
supposed. A filler is given where claim and filler together are likely enough; a claim without one
is none. Confidence is the model's own probability that there is such a claim.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from kg.claims.draft import Draft
from kg.claims.learned.candidates import Sort, candidates
from kg.claims.learned.judging import Weighed, evidence, kind_logits, roles_of, sorts_of, weighed
from kg.claims.learned.signs import Seen, Whole
from kg.claims.learned.weights import Weights, probability
from kg.claims.model import Filler
from kg.claims.reading import Reading
from kg.terms import KINDS, Kind

LOOK: Final = 0.3  # below it a kind is not looked at any further
BELIEVE: Final = 0.4  # a claim is proposed from here on
STRICTER: Final[Mapping[Kind, float]] = {"meeting": 0.5}  # a wrong one draws other claims to it
FILL: Final = 0.3  # claim and filler together
SILENCE: Final = -0.7  # what it tells that the rules, which find most claims, are silent
SPARSE: Final = 0.4  # claims of the rules for each sentence; where they are fewer, the article is
DOUBT: Final = -2.0  # mostly about other affairs, and proposals are trusted so much less
ENOUGH: Final = 10  # sentences that can tell so
READ: Final = frozenset(("body", "caption", "title", "heading"))
SINGLE: Final = frozenset(
    ("date", "place", "ordinal", "framework", "person", "title", "speaker", "venue", "share",
     "host", "of")
)  # fmt: skip
WORDED: Final = frozenset(("topic", "item"))
APART: Final[frozenset[Sort]] = frozenset(("place", "title", "document", "date"))
MOST: Final = 5
TOLD: Final = "type"  # a role that is a value, not a wording


def claims_in(reading: Reading, found: Collection[Draft], learnt: Weights) -> Iterator[Draft]:
    """Yield drafts of the claims that the rules left out of an article, in text order."""
    told = {(draft.sentence.index, draft.kind) for draft in found}
    worried = {
        draft.sentence.index: {holder.value for holder in draft.roles.get("holder", ())}
        for draft in found
        if draft.kind == "concern"
    }
    whole = Whole(reading)
    sentences = [sentence for sentence in reading.sentences if sentence.role in READ]
    sparse = len(sentences) >= ENOUGH and len(found) < SPARSE * len(sentences)
    silence = SILENCE + DOUBT if sparse else SILENCE
    for sentence in sentences:
        told_of = told | reading.refused
        silent = [kind for kind in KINDS if (sentence.index, kind) not in told_of]
        for draft in _in_sentence(Seen(whole, sentence), silent, learnt, silence):
            yield _unblamed(draft, worried.get(sentence.index, set()))


def _unblamed(draft: Draft, worried: Collection[str]) -> Draft:
    """Give a control without those for its imposers who only worry about it."""
    if draft.kind != "control" or not worried:
        return draft
    imposers = tuple(f for f in draft.roles.get("imposer", ()) if f.value not in worried)
    roles = {**draft.roles, "imposer": imposers}
    return replace(draft, roles={name: found for name, found in roles.items() if found})


def _in_sentence(
    seen: Seen, silent: list[Kind], learnt: Weights, silence: float
) -> Iterator[Draft]:
    logits = dict(zip(KINDS, kind_logits(learnt.kinds, seen), strict=True))
    looked = [kind for kind in silent if probability(logits[kind]) >= LOOK]
    if not looked:
        return
    given = candidates(seen, frozenset().union(*map(sorts_of, looked)))
    for kind in looked:
        found = weighed(learnt, seen, given, kind, probability(logits[kind]))
        told = evidence(seen, found, logits[kind])
        sure = probability(learnt.accept.measure(told) + silence)
        if sure < STRICTER.get(kind, BELIEVE) or _is_unreal(seen, found):
            continue
        draft = _draft(learnt, seen, found, sure)
        if draft is not None:
            yield draft


def _is_unreal(seen: Seen, found: Weighed) -> bool:
    """Tell whether what would be claimed is only asked or supposed; a question may be said."""
    told = found.anchors["m"]
    if found.kind == "utterance" or not told:
        return False
    facts = seen.reading.factuality(seen.sentence, told[0])
    return facts.question or facts.hypothetical


def _is_denied(seen: Seen, found: Weighed) -> bool:
    """Tell whether it is called untrue, said of nobody, or a document that did not come about."""
    told = found.anchors["m"]
    if found.kind == "utterance" or not told:
        return False
    facts = seen.reading.factuality(seen.sentence, told[0])
    return facts.untrue or (facts.negative and found.kind == "document")


def _is_absence(found: Weighed, status: str | None) -> bool:
    """Tell whether somebody is said not to have come to a meeting, which may have been held."""
    told = found.anchors["m"]
    absent = bool(told) and any(child.dep_ == "neg" for child in told[0].children)
    return absent and found.kind == "meeting" and status in ("held", "planned")


def _draft(learnt: Weights, seen: Seen, found: Weighed, sure: float) -> Draft | None:
    roles = fillers(found, sure)
    if not roles:
        return None
    values = {field: _value(learnt, seen, found.kind, field) for field in _FIELDS}
    denied = values["polarity"] == "negative" or _is_denied(seen, found)
    if _is_absence(found, values["status"]):
        return None
    sort = values.get(TOLD)
    if sort is not None:
        roles[TOLD] = (Filler(ref=sort),)
    told = found.anchors["m"]
    return Draft(
        found.kind,
        seen.sentence,
        roles,
        modality=values["modality"],
        status=values["status"],
        polarity="negative" if denied else None,
        attribution=seen.reading.attribution(seen.sentence, told[0]) if told else (),
        confidence=sure,
        token=told[0] if told else None,
        learned=True,
    )


_FIELDS: Final = ("modality", "status", "polarity", TOLD)


def _value(learnt: Weights, seen: Seen, kind: Kind, field: str) -> str | None:
    """Give the likeliest value of a field; None where the kind has no such field."""
    models = learnt.values.get((kind, field))
    if not models:
        return None
    return max(models, key=lambda value: (models[value].score(seen.told), value))


def fillers(found: Weighed, sure: float) -> dict[str, tuple[Filler, ...]]:
    """Choose the fillers of a claim that is believed with a probability, surest first."""
    roles: dict[str, list[Filler]] = {}
    used: dict[str, bool] = {}
    order = {role: place for place, (role, _) in enumerate(roles_of(found.kind))}
    ranked = sorted(
        enumerate(found.fits), key=lambda each: (-each[1][2], order[each[1][0]], each[0])
    )
    for _, (role, candidate, fits) in ranked:
        if fits * sure < FILL:
            break
        held = roles.get(role, [])
        for filler in candidate.fillers:
            apart = candidate.sort in APART
            value = filler.value.casefold()
            if (role in SINGLE and held) or (value in used and not (apart or used[value])):
                continue
            if role in WORDED and (len(held) >= MOST or _overlaps(filler, held)):
                continue
            used[value] = apart
            held = roles.setdefault(role, [])
            held.append(filler)
    return {role: tuple(sorted(held, key=_place)) for role, held in roles.items()}


def _overlaps(filler: Filler, held: list[Filler]) -> bool:
    start, end = filler.start or 0, filler.end or 0
    return any((each.start or 0) < end and start < (each.end or 0) for each in held)


def _place(filler: Filler) -> tuple[int, str]:
    return (filler.start if filler.start is not None else -1), filler.value
