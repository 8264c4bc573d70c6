"""Whether a wording that gives an office instead of a name means a person, and why.

"The Norwegian minister" is whoever held that office when the article was written: so it stands
for its article alone, and beside the office of the state it takes a shared story to say who.
"""

from __future__ import annotations

from kg.entities.circumstances import conflict, office_likeness, retold
from kg.entities.context import Profile
from kg.entities.descriptions import described
from kg.entities.lexicons import weights
from kg.entities.verdict import Opinion, weighed

_RULE = "rule/office-described"


def is_described(profile: Profile) -> bool:
    """Say whether a profile of a person has an office in the place of a name."""
    return described(profile.name) is not None


def judge_holders(left: Profile, right: Profile) -> Opinion:
    """Say whether two are one of which at least one is told by an office."""
    low, high = sorted((left.name, right.name))
    reasons = [f"“{low}” and “{high}” by the office that they tell"]
    best = office_likeness(left, right)
    if left.groups & right.beside or conflict(left, right) or best == 0:
        return Opinion("different", 0.0, "rule/name-unlike", tuple(reasons))
    found = weights().context
    score = weights().names["described"]
    if left.states & right.states:
        score += found["same-state"]
        reasons.append("both act for the same state")
    if best:
        score += found["same-office" if best > 0.5 else "bare-office"]
        reasons.append("hold the same office" if best > 0.5 else "titles that may be one office")
    for name, reason in retold(left, right):
        score += found[name]
        reasons.append(reason)
    if left.articles & right.articles and (best == 1 or left.states & right.states):
        score += found["described-within"]
        reasons.append("one article uses both")
    return weighed(score, _RULE, reasons, against=False)
