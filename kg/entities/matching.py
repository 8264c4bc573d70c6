"""The parts of one name set against those of another: two names and a background in, a match out.

The surest relations are taken first, each part once; neighbours that the other name writes as one
word are one. What is left over on either side is kept, for it says most of all.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final, Literal, get_args

from kg.entities.lexicons import names
from kg.entities.names import Name
from kg.entities.romanisation import skeleton
from kg.entities.spelling import Relation, relation

Side = Literal[0, 1]
SIDES: Final[tuple[Side, Side]] = (0, 1)
TELLING: Final[frozenset[Relation]] = frozenset({"same", "sounded", "respelt"})
_LONGEST: Final = 8  # parts of a name that are looked at
_NEAR: Final = 4  # letters by which two spellings of a compound may differ in length
_ALONE: Final = 5  # letters of a name that may stand alone for its bearer


@dataclass(frozen=True, slots=True)
class Match:
    """Parts of two names set against each other: pairs of places, and the places left over."""

    pairs: tuple[tuple[int, int, Relation], ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    rest: tuple[tuple[int, ...], tuple[int, ...]]

    @property
    def relations(self) -> Counter[Relation]:
        """How often each relation was found."""
        return Counter(each for _, _, each in self.pairs)

    @property
    def telling(self) -> list[str]:
        """The full parts that both have, but for titles."""
        both = [self.left[at] for at, _, each in self.pairs if each in TELLING]
        return [part for part in both if len(part) > 1 and part not in names().within]

    @property
    def in_order(self) -> bool:
        """Whether the pairs come in one order on both sides."""
        order = self._order()
        return order == sorted(order)

    @property
    def turned(self) -> bool:
        """Whether the order is the same from another beginning: surname first, or last."""
        order = self._order()
        start = order.index(min(order))
        return order[start:] + order[:start] == sorted(order)

    def parts(self, side: Side) -> tuple[str, ...]:
        """Give the parts of one side."""
        return (self.left, self.right)[side]

    def over(self, side: Side) -> list[str]:
        """Give the full parts that are left over on a side, but for titles."""
        rest = [self.parts(side)[place] for place in self.rest[side]]
        return [part for part in rest if len(part) > 1 and part not in names().within]

    def clash(self) -> bool:
        """Say whether both sides have full parts left over; within a name a title may be one."""
        rest = [self.over(side) for side in SIDES]
        inner = [
            [at for at in self.rest[side] if at and self.parts(side)[at] in names().within]
            for side in SIDES
        ]
        return bool((rest[0] or inner[0]) and (rest[1] or inner[1]))

    def abbreviated(self, side: Side) -> bool:
        """Say whether an initial on a side stands for a full part of the other."""
        return any(
            len(self.parts(side)[pair[side]]) == 1 for pair in self.pairs if pair[2] == "initial"
        )

    def letters(self, side: Side) -> int:
        """Count the initials that are left over on a side."""
        return sum(len(self.parts(side)[place]) == 1 for place in self.rest[side])

    def begins_with(self, side: Side) -> bool:
        """Say whether the first part of a side, and no other, is what the other side is."""
        part = self.parts(side)[0]
        alone = len(part) >= _ALONE and part not in names().light | names().within
        return alone and [pair[side] for pair in self.pairs] == [0]

    def both_ends_are_over(self, side: Side) -> bool:
        """Say whether a side begins and ends with what is left over, but for what many bear."""
        parts = self.parts(side)
        last = len(parts) - 1
        full = [at for at, part in enumerate(parts) if at == last or part not in names().light]
        return {full[0], last} <= set(self.rest[side])

    def only_goes_on(self, side: Side) -> bool:
        """Say whether what is left over on a side comes after all that both have."""
        places = [pair[side] for pair in self.pairs]
        return max(places, default=0) < min(self.rest[side], default=0)

    def first_is_over(self, side: Side) -> bool:
        """Say whether what a side begins with is left over."""
        full = [place for place, part in enumerate(self.parts(side)) if len(part) > 1]
        first = full[0] if full else -1
        return first in self.rest[side] and self.parts(side)[first] not in names().light

    def _order(self) -> list[int]:
        return [right for _, right, _ in sorted(self.pairs)]


def matched(one: Name, other: Name, background: str) -> Match:
    """Set the parts of two names against each other.

    >>> from kg.entities.names import name_of
    >>> found = matched(name_of("Haile Mariam Abebe"), name_of("Hailemariam Alemu Abebe"), "am")
    >>> sorted(found.telling), found.over(0), found.over(1)
    (['abebe', 'hailemariam'], [], ['alemu'])
    """
    short, long = one.parts[:_LONGEST], other.parts[:_LONGEST]
    left, right = fused(one, long, background), fused(other, short, background)
    related = {
        (a, b): found
        for a, part in enumerate(left)
        for b, against in enumerate(right)
        if (found := relation(part, against, background))
    }
    # of two parts alike the nearer one is meant
    if len(set(left)) < len(left) or len(set(right)) < len(right):
        related = dict(sorted(related.items(), key=lambda each: _aside(each[0], left, right)))
    pairs: list[tuple[int, int, Relation]] = []
    free, unmatched = set(range(len(left))), set(range(len(right)))
    for stage in get_args(Relation):
        for (a, b), found in related.items():
            if found == stage and a in free and b in unmatched:
                pairs.append((a, b, found))
                free.remove(a)
                unmatched.remove(b)
    return Match(tuple(pairs), left, right, (tuple(sorted(free)), tuple(sorted(unmatched))))


def _aside(places: tuple[int, int], left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """Give how far apart two parts stand, counted from the beginning or the end."""
    apart = places[0] - places[1]
    return min(abs(apart), abs(apart - len(left) + len(right)))


def fused(name: Name, others: tuple[str, ...], background: str) -> tuple[str, ...]:
    """Join two neighbours that the other name writes as one word.

    A surname is not joined to the first half of a given name with a hyphen: that is garbled.
    """
    parts = name.parts[:_LONGEST]
    found: list[str] = []
    at = 0
    while at < len(parts):
        pair = "" if at in name.seams else "".join(parts[at : at + 2])
        full = pair and at + 1 < len(parts) and all(map(_full, parts[at : at + 2]))
        joins = full and any(_telling(pair, each, background) for each in others)
        found.append(pair if joins else parts[at])
        at += 2 if joins else 1
    return tuple(found)


def _telling(pair: str, other: str, background: str) -> bool:
    near = abs(len(pair) - len(other)) <= _NEAR and _last(pair) == _last(other)
    return near and relation(pair, other, background) in TELLING


def _last(token: str) -> str:
    """Give the last consonant of a token; a last r, l or n is one sound in many languages."""
    return skeleton(token)[-1:].replace("l", "n")


def _full(part: str) -> bool:
    return len(part) > 1
