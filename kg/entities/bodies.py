"""Whether two labels name one organisation, framework, place or occasion, and why.

The wording weighs most. A common word ("the council") tells which one is meant only within its
article; beyond it the states that take part and a shared story must say so.
"""

from __future__ import annotations

from kg.entities.circumstances import conflict, retold
from kg.entities.context import Profile, nobodys
from kg.entities.labels import compare_labels, label_of
from kg.entities.lexicons import weights
from kg.entities.verdict import Opinion, weighed
from kg.states import blocs

_FEW = 3  # states that an article names, so that a plan in it may be all of theirs
_PART_OF = frozenset({"headed", "contained"})


def judge_bodies(left: Profile, right: Profile) -> Opinion:
    """Say whether two profiles that bear labels are one."""
    level = compare_labels(left.kind, left.name, right.name)
    low, high = sorted((left.name, right.name))
    reasons = [f"“{low}” and “{high}” are {level}"]
    score = weights().labels[level]
    rule = f"rule/label-{level}"
    if level == "unlike":
        return Opinion("different", score, "rule/name-unlike", tuple(reasons))
    within = bool(left.articles & right.articles)
    common = [nobodys(each.kind, each.name) for each in (left, right)]
    against = conflict(left, right)
    if any(common) and not within and left.kind != "place":
        return _meant_elsewhere(left, right, score, rule, reasons)
    if any(common) and within and level in _PART_OF:
        score = weights().context["part-within"]
        reasons.append("one article names the one after the other")
    if level == "occasion-contained" and len(left.parties & right.parties) > 1:
        score += weights().context["shared-parties"]
        reasons.append("meetings of the same states followed it")
    if left.states & right.states:
        score += weights().context["same-state"]
        reasons.append("of the same state")
    elif against:
        score += weights().context["other-state"]
        reasons.append("of different states")
    elif level not in _FULL:
        for name, reason in retold(left, right):
            score += weights().context[name]
            reasons.append(reason)
        home = left.around & right.around - blocs().keys()
        if level == "rendered" and home and not left.states | right.states:
            score += weights().context["home-state"]
            reasons.append("their articles tell of one state")
    return weighed(score, rule, reasons, against=against)


_FULL = frozenset({"identical", "introduced", "reordered", "renamed"})


def _meant_elsewhere(
    left: Profile, right: Profile, score: float, rule: str, reasons: list[str]
) -> Opinion:
    """Judge common words of two articles, which do not say whose body or plan is meant."""
    score = min(score, weights().context["meant-elsewhere"])
    reasons.append("each article may mean one of its own")
    one, other = members_of(left), members_of(right)
    if conflict(left, right):
        return Opinion("different", 0.0, "rule/name-unlike", tuple(reasons))
    if len(one & other) > 1:
        score += weights().context["same-members"]
        reasons.append(f"of {', '.join(sorted(one & other))}")
    elif left.kind == "framework" and one and other and not one & other:
        score += weights().context["other-state"]
        reasons.append("of different states")
    for name, reason in retold(left, right):
        score += weights().context[name] * 2
        reasons.append(reason)
    return weighed(score, rule, reasons, against=False)


def members_of(profile: Profile) -> frozenset[str]:
    """Give the states that take part in a body, as far as its name or its articles tell."""
    named = label_of(profile.name).states | profile.parties
    if len(named) < 2 and len(profile.around) <= _FEW:
        return named | profile.around
    return named
