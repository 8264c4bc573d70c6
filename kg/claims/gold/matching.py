"""Which claim of an extractor answers which gold claim: two lists in, pairs out.

The relaxed rule is that of the shared task: evidence overlaps by half of the shorter, fillers
agree by the words they share. The exact rule wants the same evidence and, case and accents
apart, the same fillers. Both pair one to one, most shared fillers first.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.claims.gold.model import Statement, Value

OPEN_ROLES: Final = frozenset(
    {"topic", "item", "title", "place", "framework", "venue", "follows", "type", "measure"}
)
NUMBERED: Final = frozenset({"ordinal", "share"})
STOP: Final = frozenset(
    {
        "the", "a", "an", "of", "for", "and", "in", "on", "to", "its", "their", "his", "her",
        "with", "by", "from", "as", "at", "such", "key",
    }
)  # fmt: skip
_WORD: Final = re.compile(r"[a-z0-9]+")
_STATE: Final = re.compile(r"[A-Z]{2}")
_PLURAL: Final = re.compile(r"(ies|s)$")


@dataclass(frozen=True, slots=True)
class Rule:
    """When evidence of two claims is of one place, and when two fillers of a role agree."""

    name: str
    meets: Callable[[Statement, Statement], bool]
    same: Callable[[str, Value, Value], bool]

    def shared(self, role: str, gold: Sequence[Value], got: Sequence[Value]) -> int:
        """Count the fillers of a role that agree, each used once."""
        return len(self.agreeing(role, gold, got))

    def agreeing(
        self, role: str, gold: Sequence[Value], got: Sequence[Value]
    ) -> tuple[tuple[int, int], ...]:
        """Give the fillers that agree by their places in both lists, each used once."""
        left = list(range(len(got)))
        pairs = []
        for index, wanted in enumerate(gold):
            at = next((each for each in left if self.same(role, wanted, got[each])), None)
            if at is not None:
                left.remove(at)
                pairs.append((index, at))
        return tuple(pairs)

    def hits(self, gold: Statement, got: Statement) -> int:
        """Count the fillers that two claims share, role by role."""
        return sum(self.shared(role, each, got.values(role)) for role, each in gold.roles.items())

    def pairs(
        self, golds: Sequence[Statement], gots: Sequence[Statement]
    ) -> tuple[tuple[int, int], ...]:
        """Pair gold claims with claims of their kind, one to one, most shared fillers first."""
        candidates = [
            (-self.hits(golds[i], gots[j]), abs(golds[i].start - gots[j].start), i, j)
            for i, j in near(golds, gots)
            if golds[i].kind == gots[j].kind and self.meets(golds[i], gots[j])
        ]
        return one_to_one((i, j) for _, _, i, j in sorted(candidates))


def one_to_one(ranked: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Take the pairs, best first, whose two sides are both free yet."""
    used_left: set[int] = set()
    used_right: set[int] = set()
    taken = []
    for left, right in ranked:
        if left not in used_left and right not in used_right:
            used_left.add(left)
            used_right.add(right)
            taken.append((left, right))
    return tuple(taken)


def near(golds: Sequence[Statement], gots: Sequence[Statement]) -> Iterator[tuple[int, int]]:
    """Yield the pairs whose evidence can overlap, without comparing all with all."""
    order = sorted(range(len(gots)), key=lambda j: gots[j].start)
    starts = [gots[j].start for j in order]
    longest = max((each.end - each.start for each in gots), default=0)
    for i, gold in enumerate(golds):
        first = bisect_left(starts, gold.start - longest)
        for at in range(first, bisect_left(starts, gold.end)):
            yield i, order[at]


def overlaps(gold: Statement, got: Statement) -> bool:
    """Say whether the evidence of two claims shares half of the shorter one."""
    shared = min(gold.end, got.end) - max(gold.start, got.start)
    return shared > 0 and shared >= 0.5 * min(gold.end - gold.start, got.end - got.start)


def same_place(gold: Statement, got: Statement) -> bool:
    """Say whether two claims rest on the very same characters."""
    return (gold.start, gold.end) == (got.start, got.end)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Give the bare words of a text: no case, accents, possessives or punctuation.

    >>> plain("São Tomé’s oil-ministers")
    'sao tome oil ministers'
    """
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'").replace("'s", "")
    return " ".join(_WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


@lru_cache(maxsize=65536)
def content(text: str) -> frozenset[str]:
    """Give the words of a text that tell something, in the singular.

    >>> sorted(content("the supplies of rare earths"))
    ['earth', 'rare', 'supply']
    """
    words = (word for word in plain(text).split() if word not in STOP)
    return frozenset(_PLURAL.sub(lambda m: "y" if m[0] == "ies" else "", each) for each in words)


def same_date(gold: str, got: str) -> bool:
    """Say whether a date is the gold one; an X in the gold date allows any digit.

    >>> same_date("XXXX-06-26", "2024-06-26"), same_date("2024-06", "2024-06-26")
    (True, False)
    """
    if len(gold) != len(got):
        return False
    return all(wanted in (given, "X") for wanted, given in zip(gold, got, strict=True))


def agrees(role: str, gold: Value, got: Value) -> bool:
    """Say whether two fillers agree by the relaxed rule."""
    if role == "date":
        return same_date(str(gold.ref), str(got.ref))
    if role in NUMBERED:
        return plain(str(gold.ref)) == plain(str(got.ref))
    if _worded_alike(gold, got):
        return True
    if gold.ref and _STATE.fullmatch(str(gold.ref)):
        return False
    least = 0.5 if role in OPEN_ROLES else 0.6
    return any(_likeness(a, b) >= least for a in _wanted(gold) for b in _given(got))


def equals(role: str, gold: Value, got: Value) -> bool:
    """Say whether two fillers are the same, case, accents and punctuation apart."""
    if role == "date":
        return str(gold.ref) == str(got.ref)
    if role in NUMBERED:
        return plain(str(gold.ref)) == plain(str(got.ref))
    given = {plain(each) or each for each in _given(got)}  # no words are left of other scripts
    return any((plain(each) or each) in given for each in _wanted(gold))


def _worded_alike(gold: Value, got: Value) -> bool:
    given = {plain(each) for each in _given(got)}
    return any(plain(each) in given for each in _wanted(gold))


def _wanted(gold: Value) -> list[str]:
    return [str(each) for each in (gold.ref, gold.text) if each]


def _given(got: Value) -> list[str]:
    return [str(each) for each in (got.ref, got.text, got.label) if each]


def _likeness(left: str, right: str) -> float:
    one, other = content(left), content(right)
    return len(one & other) / len(one | other) if one and other else 0.0


RELAXED: Final = Rule("relaxed", overlaps, agrees)
EXACT: Final = Rule("exact", same_place, equals)
