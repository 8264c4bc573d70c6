"""Whether a wording that describes a place ("the port city", "the capital") means a named one.

Such a wording stands for its article alone. That another article has something happen in the
named place on the same day, or tells of the same persons, says which one is meant; what is known
of the place (its state, that it is a capital) must fit.
"""

from __future__ import annotations

from functools import lru_cache

from kg.entities.circumstances import retold, same_time
from kg.entities.context import Profile
from kg.entities.descriptions import describes_place
from kg.entities.labels import is_seat, label_of, state_of_city
from kg.entities.lexicons import weights
from kg.entities.verdict import Opinion, weighed


def judge_described(left: Profile, right: Profile) -> Opinion:
    """Say whether a place that is named is the one that is described."""
    low, high = sorted((left.name, right.name))
    reasons = [f"“{low}” and “{high}” by what is told of the place"]
    told, named = (left, right) if describes_place(left.name) else (right, left)
    code, states = state_of_city(named.name), label_of(told.name).states
    elsewhere = bool(states) and not code and not states & named.around
    if describes_place(named.name) or elsewhere or not _fits(told.name, named.name):
        return Opinion("different", 0.0, "rule/name-unlike", tuple(reasons))
    found = weights().context
    score = weights().labels["described"]
    if code and code in (states or (told.around if _seat(told.name) else ())):
        score += found["described-state"]
        reasons.append("of the same state")
    elif states:
        score += found["home-state"]
        reasons.append("the articles of one name the state of the other")
    for name, reason in (*retold(told, named), *same_time(told, named)):
        score += found[name]
        reasons.append(reason)
    return weighed(score, "rule/place-described", reasons, against=False)


@lru_cache(maxsize=16384)
def _fits(told: str, named: str) -> bool:
    """Say whether what is known of a named place does not belie a description."""
    states, code = label_of(told).states, state_of_city(named)
    if states and code and code not in states:
        return False
    return not _seat(told) or is_seat(named)


def _seat(told: str) -> bool:
    return "capital" in label_of(told).words
