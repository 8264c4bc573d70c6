"""Judgements on whether two profiles are one: a score with its reasons.

A full name that both bear is enough unless their states differ. Every weaker likeness (another
spelling, a part, a misreading) needs what stands around the name: the state, the office, the
company. Two persons listed side by side are two; so are two holders of one office whose names
have nothing in common. What falls between is `unsure`, and unsure never merges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.entities.context import Profile, nobodys
from kg.entities.labels import compare_labels
from kg.entities.lexicons import names, weights
from kg.entities.likeness import Evidence, compare
from kg.entities.model import Judgement, Verdict
from kg.entities.names import name_of
from kg.entities.romanisation import backgrounds, backgrounds_of
from kg.iris import content_hash
from kg.offices import Office, likeness
from kg.states import blocs

_FULL: Final = frozenset({"identical", "reordered", "initials", "contained", "short-form"})
_ALIKE: Final = frozenset({"identical", "reordered"})
_WEAK: Final = frozenset(
    {
        "part",
        "acronym",
        "junior",
        "another-language",
        "unmarked",
        "clipped",
        "glued",
        "misread",
        "similar",
    }
)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the rules say of two profiles."""

    verdict: Verdict
    score: float
    rule: str
    reasons: tuple[str, ...]

    def worth_noting(self) -> bool:
        """Say whether the log should hold it: names that have nothing in common are no news."""
        return self.rule not in ("rule/name-kin", "rule/name-unlike")


def judge(left: Profile, right: Profile) -> Opinion:
    """Say whether two profiles of one kind are one, and why."""
    if left.kind != right.kind:
        return Opinion("different", 0.0, "rule/kind", (f"{left.kind} against {right.kind}",))
    if left.kind == "person":
        return _judge_persons(left, right)
    return _judge_labels(left, right)


def judgement_of(left: str, right: str, opinion: Opinion) -> Judgement:
    """Record an opinion on two profiles."""
    low, high = sorted((left, right))
    return Judgement(
        id=content_hash(low, high, opinion.rule, opinion.verdict),
        left=low,
        right=high,
        verdict=opinion.verdict,
        author=opinion.rule,
        score=round(opinion.score, 4),
        reasons=opinion.reasons,
    )


def _judge_persons(left: Profile, right: Profile) -> Opinion:
    evidence = compare(left.name, right.name, left.states | right.states)
    rule = f"rule/name-{evidence.level}"
    score = weights().names[evidence.level]
    reasons = [_named(left, right, evidence)]
    if evidence.level in ("kin", "unlike"):
        return _two_names(left, right, score, rule, reasons)
    if evidence.level not in _FULL and left.groups & right.beside:
        reasons.append("listed side by side")
        return Opinion("different", 0.0, "rule/listed-together", tuple(reasons))
    against = False
    for name, reason in _circumstances(left, right):
        weak = name == "other-office" and evidence.level in _WEAK
        score += weights().context["another-office" if weak else name]
        against = against or name == "other-state" or weak
        reasons.append(reason)
    if evidence.level in _FULL and _conflict(left, right) and _together(left, right):
        score = max(score, weights().same)
        reasons.append("the company and office they share outweigh the states given")
    if evidence.level in _ALIKE and _namesakes(left, right, reasons):
        score = min(score, weights().unsure)
        reasons.append("perhaps a namesake in another office")
    return _weighed(score, rule, reasons, against=against)


def _namesakes(left: Profile, right: Profile, reasons: list[str]) -> bool:
    """Say whether two offices of one state may have holders of one name: one article has both."""
    apart = "hold different offices" in reasons and bool(left.states & right.states)
    if not apart or left.groups & right.groups:
        return False
    surnames = {_surname(left), _surname(right)}
    return bool(left.articles & right.articles) or (
        len(surnames) == 1 and surnames <= names().common
    )


def _surname(profile: Profile) -> str:
    """Give the surname of a name where it is plain: none where a given name stands alone."""
    usages = [backgrounds()[each] for each in backgrounds_of(profile.states)]
    tokens = name_of(profile.name).tokens
    if not tokens or any(usage.alone == "given" for usage in usages):
        return ""
    return tokens[0 if any(usage.parts == "whole" for usage in usages) else -1]


def _two_names(
    left: Profile, right: Profile, score: float, rule: str, reasons: list[str]
) -> Opinion:
    """Call two names two persons; that both hold one office is worth a note of its own."""
    apart = bool(left.states & right.states) and not left.groups & right.beside
    if apart and "same-office" in (name for name, _ in _circumstances(left, right)):
        rule = "rule/another-holder"
        reasons.append("hold the same office, at another time or by another account")
    return Opinion("different", score, rule, tuple(reasons))


def _named(left: Profile, right: Profile, evidence: Evidence) -> str:
    language = backgrounds()[evidence.background].language if evidence.background else ""
    way = f" in {language} spelling" if language else ""
    low, high = sorted((left.name, right.name))
    return f"“{low}” and “{high}” are {evidence.level}{way}"


def _circumstances(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    """Yield what stands around two names, for or against their being one."""
    shared = left.states & right.states
    if shared:
        yield "same-state", f"both act for {', '.join(sorted(shared))}"
    elif _conflict(left, right):
        named = [", ".join(sorted(each.states)) for each in (left, right)]
        yield "other-state", f"one acts for {' and the other for '.join(sorted(named))}"
    elif bool(left.states) != bool(right.states):
        yield "one-state", "only one of them says the state"
    elif left.states:
        yield "one-state", "one of them acts for a bloc"
    if not _conflict(left, right):
        yield from _office(left, right)
    if _together(left, right):
        yield "shared-company", "listed with the same other person"
    if len(left.parties & right.parties) > 1:
        yield "shared-parties", "attend meetings of the same states"
    if left.articles & right.articles:
        yield "same-article", "one article uses both names"


def _office(left: Profile, right: Profile) -> Iterator[tuple[str, str]]:
    if not left.offices or not right.offices:
        return
    best = max(_likeness(one, other) for one in left.offices for other in right.offices)
    if best > 0.5:
        yield "same-office", "hold the same office"
    elif best:
        yield "bare-office", "titles that may be the same office"
    else:
        yield "other-office", "hold different offices"


@lru_cache(maxsize=65536)
def _likeness(one: Office, other: Office) -> float:
    return likeness(one, other)


def _conflict(left: Profile, right: Profile) -> bool:
    """Say whether they act for different states; who acts for a bloc may come from any."""
    one, other = left.states - blocs().keys(), right.states - blocs().keys()
    return bool(one and other and not left.states & right.states)


def _together(left: Profile, right: Profile) -> bool:
    """Say whether somebody is listed with both: the same name, in any order."""
    one, other = ({_spelling(name) for name in each.company} for each in (left, right))
    return bool(one & other)


@lru_cache(maxsize=65536)
def _spelling(name: str) -> tuple[str, ...]:
    return tuple(sorted(name_of(name).tokens))


def _judge_labels(left: Profile, right: Profile) -> Opinion:
    level = compare_labels(left.kind, left.name, right.name)
    low, high = sorted((left.name, right.name))
    reasons = [f"“{low}” and “{high}” are {level}"]
    score = weights().labels[level]
    rule = f"rule/label-{level}"
    if level == "unlike":
        return Opinion("different", score, "rule/name-unlike", tuple(reasons))
    if _meant_elsewhere(left, right):
        reasons.append("each article means one of its own")
        return Opinion("unsure", weights().unsure, "rule/common-name", tuple(reasons))
    against = _conflict(left, right)
    if level == "occasion-contained" and len(left.parties & right.parties) > 1:
        score += weights().context["shared-parties"]
        reasons.append("meetings of the same states followed it")
    if left.states & right.states:
        score += weights().context["same-state"]
        reasons.append("of the same state")
    elif against:
        score += weights().context["other-state"]
        reasons.append("of different states")
    return _weighed(score, rule, reasons, against=against)


def _meant_elsewhere(left: Profile, right: Profile) -> bool:
    """Say whether two articles use common words, which say not whose body or plan is meant."""
    common = nobodys(left.kind, left.name) and nobodys(right.kind, right.name)
    return common and not left.articles & right.articles and not left.states & right.states


def _weighed(score: float, rule: str, reasons: Iterable[str], *, against: bool) -> Opinion:
    """Turn a score into a verdict; a weak likeness alone is no sign of two, only of none."""
    bounded = max(0.0, min(1.0, round(score, 4)))
    verdict: Verdict = "different" if against else "unsure"
    if bounded >= weights().same:
        verdict = "same"
    elif bounded >= weights().unsure:
        verdict = "unsure"
    return Opinion(verdict, bounded, rule, tuple(reasons))
