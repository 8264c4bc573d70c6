"""Whether two labels name one organisation, framework, place or occasion, and why.

The wording weighs most. A common word ("the council") tells which one is meant only within its
article; beyond it the states that take part and a shared story must say so.
"""

from __future__ import annotations

from kg.entities.circumstances import conflict, retold, same_time
from kg.entities.context import Profile, nobodys
from kg.entities.descriptions import describes_place
from kg.entities.labels import Level, compare_labels, label_of
from kg.entities.lexicons import weights
from kg.entities.places import judge_described
from kg.entities.verdict import Opinion, weighed
from kg.states import blocs

OTHERWISE = "rule/otherwise-named"
_FEW = 3  # states that an article names, so that a plan in it may be all of theirs
_FULL = frozenset({"identical", "introduced", "reordered", "renamed"})
_PART_OF = frozenset({"headed", "contained"})


def judge_bodies(left: Profile, right: Profile) -> Opinion:
    """Say whether two profiles that bear labels are one."""
    if left.kind == "place" and any(describes_place(each.name) for each in (left, right)):
        return judge_described(left, right)
    level = compare_labels(left.kind, left.name, right.name)
    low, high = sorted((left.name, right.name))
    reasons = [f"“{low}” and “{high}” are {level}"]
    if level != "unlike":
        return _judge_worded(left, right, level, reasons)
    if left.kind == "framework" and _of_one_sort(left, right):
        return _otherwise_named(left, right, reasons)
    return Opinion("different", 0.0, "rule/name-unlike", tuple(reasons))


def _judge_worded(left: Profile, right: Profile, level: Level, reasons: list[str]) -> Opinion:
    """Judge two labels whose wordings have something to do with each other."""
    score = weights().labels[level]
    rule = f"rule/label-{level}"
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
        score += _around(left, right, level, reasons)
    return weighed(score, rule, reasons, against=against)


def _around(left: Profile, right: Profile, level: Level, reasons: list[str]) -> float:
    """Weigh what the articles tell besides, of labels that say no state."""
    score = 0.0
    for name, reason in retold(left, right):
        score += weights().context[name]
        reasons.append(reason)
    if level == "rendered" and _at_home(left, right):
        score += weights().context["home-state"]
        reasons.append("their articles tell of one state")
    return score


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
    home = left.kind == "organisation" and _at_home(left, right)
    for name, reason in retold(left, right):
        score += weights().context[name] * (1 if left.kind == "organisation" and not home else 2)
        reasons.append(reason)
    if home:
        score += weights().context["home-state"]
        reasons.append("their articles tell of one state")
    return weighed(score, rule, reasons, against=False)


def _at_home(left: Profile, right: Profile) -> bool:
    """Say whether one is of a single state, or in articles on a single one, as is the other."""
    one, other = (set(each.states or each.around) - blocs().keys() for each in (left, right))
    return bool(one & other) and min(len(one), len(other)) == 1


def _of_one_sort(left: Profile, right: Profile) -> bool:
    """Say whether two are councils, or dialogues, of the very same states."""
    one, other = members_of(left), members_of(right)
    alike = label_of(left.name).head == label_of(right.name).head
    return alike and len(one) > 1 and one == other


def _otherwise_named(left: Profile, right: Profile, reasons: list[str]) -> Opinion:
    """Judge two names that have but their head in common: perhaps one is in another language."""
    found = weights().context
    score = weights().labels["otherwise-named"] + found["same-members"]
    reasons.append("of the very same states")
    for name, reason in (*retold(left, right), *same_time(left, right)):
        score += found[name]
        reasons.append(reason)
    if score < weights().same:
        return Opinion("different", 0.0, "rule/name-unlike", tuple(reasons))
    return weighed(score, OTHERWISE, reasons, against=False)


def members_of(profile: Profile) -> frozenset[str]:
    """Give the states that take part in a body, as far as its name or its articles tell."""
    named = label_of(profile.name).states | profile.parties
    if len(named) < 2 and len(profile.around) <= _FEW:
        return named | profile.around
    return named
