"""Judgements on whether two profiles are one: a score with its reasons.

A full name that both bear is enough unless their states differ. Every weaker likeness (another
spelling, a part, a misreading) needs what stands around the name: the state, the office, the
company. Two persons listed side by side are two; so are two holders of one office whose names
have nothing in common. What falls between is `unsure`, and unsure never merges.
"""

from __future__ import annotations

from typing import Final

from kg.entities.bodies import judge_bodies
from kg.entities.circumstances import at_home, circumstances, conflict, together
from kg.entities.context import Profile
from kg.entities.holders import is_described, judge_holders
from kg.entities.lexicons import names, weights
from kg.entities.likeness import Evidence, compare
from kg.entities.model import Judgement
from kg.entities.names import name_of
from kg.entities.romanisation import backgrounds, backgrounds_of
from kg.entities.verdict import NAMESAKE, Opinion, weighed
from kg.iris import content_hash

_FULL: Final = frozenset({"identical", "reordered", "initials", "contained", "short-form"})
_ALIKE: Final = frozenset({"identical", "reordered"})
_LESS: Final = frozenset({"surname"})  # a part of a name that others of a family bear
_SYLLABLE: Final = 3  # letters of what may as well be part of a given name
_WEAK: Final = frozenset(
    {
        "part",
        "acronym",
        "junior",
        "another-language",
        "unmarked",
        "glued",
        "misread",
    }
)


def judge(left: Profile, right: Profile) -> Opinion:
    """Say whether two profiles of one kind are one, and why."""
    if left.kind != right.kind:
        return Opinion("different", 0.0, "rule/kind", (f"{left.kind} against {right.kind}",))
    if left.kind == "person":
        if is_described(left) or is_described(right):
            return judge_holders(left, right)
        return _judge_persons(left, right)
    return judge_bodies(left, right)


def judgement_of(left: str, right: str, opinion: Opinion) -> Judgement:
    """Record an opinion on two profiles."""
    low, high = sorted((left, right))
    return Judgement(
        id=content_hash(low, high, opinion.rule, opinion.verdict),
        left=low,
        right=high,
        verdict=opinion.verdict,
        author=opinion.rule,
        score=min(1.0, round(opinion.score, 4)),
        reasons=opinion.reasons,
    )


def _judge_persons(left: Profile, right: Profile) -> Opinion:
    evidence = compare(left.name, right.name, left.states | right.states)
    rule = f"rule/name-{evidence.level}"
    usual = _usual(left, right, evidence)
    score = weights().names["misread" if usual else evidence.level]
    reasons = [_named(left, right, evidence)]
    if evidence.level in ("kin", "unlike"):
        return _two_names(left, right, score, rule, reasons)
    if evidence.level not in _FULL and left.groups & right.beside:
        reasons.append("listed side by side")
        return Opinion("different", 0.0, "rule/listed-together", tuple(reasons))
    against = False
    for name, reason in circumstances(left, right):
        weak = name == "other-office" and (evidence.level in _WEAK or usual)
        less = name == "other-office" and evidence.level in _LESS
        score += weights().context["another-office" if weak or less else name]
        against = against or name == "other-state" or weak
        reasons.append(reason)
    if evidence.level in _FULL and conflict(left, right) and together(left, right):
        score = max(score, weights().same)
        reasons.append("the company and office they share outweigh the states given")
    if evidence.level in _ALIKE and _namesakes(left, right, reasons):
        score = min(score, weights().unsure)
        reasons.append("perhaps a namesake in another office")
        rule = NAMESAKE
    return weighed(score, rule, reasons, against=against)


def _usual(left: Profile, right: Profile, evidence: Evidence) -> bool:
    """Say whether what seems a slip of the pen may be another surname that many bear."""
    surnames = {name_of(each.name).tokens[-1] for each in (left, right)}
    other = len(surnames) > 1 and bool(surnames & names().common)
    return evidence.level == "similar" and other


def _namesakes(left: Profile, right: Profile, reasons: list[str]) -> bool:
    """Say whether two offices of one state may have holders of one name: one article has both."""
    apart = "hold different offices" in reasons and (
        bool(left.states & right.states) or at_home(left, right)
    )
    if not apart or left.groups & right.groups or len(left.story & right.story) > 1:
        return False
    states = left.states | right.states
    surnames = {_surname(each.name, states) for each in (left, right)}
    return bool(left.articles & right.articles) or (
        len(surnames) == 1 and surnames <= names().common
    )


def _surname(name: str, states: frozenset[str]) -> str:
    """Give the surname of a name where it is plain: none where a given name stands alone."""
    usages = [backgrounds()[each] for each in backgrounds_of(states)]
    tokens = name_of(name).tokens
    if not tokens or any(usage.alone == "given" for usage in usages):
        return ""
    first = any(usage.parts == "whole" for usage in usages)
    turned = len(tokens[-1]) > _SYLLABLE and tokens[-1] in names().common
    return tokens[0 if first and not turned else -1]


def _two_names(
    left: Profile, right: Profile, score: float, rule: str, reasons: list[str]
) -> Opinion:
    """Call two names two persons; that both hold one office is worth a note of its own."""
    apart = bool(left.states & right.states) and not left.groups & right.beside
    if apart and "same-office" in (name for name, _ in circumstances(left, right)):
        rule = "rule/another-holder"
        reasons.append("hold the same office, at another time or by another account")
    return Opinion("different", score, rule, tuple(reasons))


def _named(left: Profile, right: Profile, evidence: Evidence) -> str:
    language = backgrounds()[evidence.background].language if evidence.background else ""
    way = f" in {language} spelling" if language else ""
    low, high = sorted((left.name, right.name))
    return f"“{low}” and “{high}” are {evidence.level}{way}"
