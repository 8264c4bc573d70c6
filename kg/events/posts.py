"""Post holdings across articles: claims on posts in, groups of one person in one office out.

Two renderings of one office ("trade minister", "minister of economy, trade and industry") are one;
an office of another portfolio or another state is another holding of the same person. A rendering
that says less is read as the fullest one of the same person that it fits, if there is one only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from kg.events.grouping import Linkage
from kg.events.reading import Reading, World
from kg.events.wording import stem, wordings
from kg.offices import WEAK, Office, likeness, office

ENOUGH: Final = 3.0
_LONG: Final = 7  # letters that words of rank begin with alike
_RANKED: Final = {"vice": "deputy", "under": "deputy", "junior": "deputy"}
_STATE: Final = stem("state")  # a minister of state is a minister's deputy
_LETTERS: Final = 3  # of an acronym
_CHIEF: Final = frozenset({"chief"})  # of a portfolio, as newspapers call its minister
_HEADS: Final = frozenset({"minister", "secretary"})
_ADORNING: Final = frozenset({"special", "senior", "principal", "parliamentary"})


def linkage(world: World, known: Mapping[str, Collection[Office]]) -> Linkage[Reading]:
    """Say how the claims on posts are linked by person and office.

    `known` holds for each person all offices that claims name, as `offices_of` gives them.
    """
    return Linkage(
        name=lambda each: each.id,
        keys=lambda each: each.of("person"),
        weigh=_weigher(world, known),
        enough=ENOUGH,
        same=lambda each: (each.of("person"), each.of("of"), each.of("title"), each.denied),
        spreads=True,
    )


def known_offices(readings: Iterable[Reading], world: World) -> dict[str, set[Office]]:
    """Give for each person all offices that claims name."""
    known: defaultdict[str, set[Office]] = defaultdict(set)
    for reading in readings:
        for person in reading.of("person"):
            known[person].update(offices_of(reading, world))
    return known


def offices_of(reading: Reading, world: World) -> tuple[Office, ...]:
    """Give the offices that a claim names; "counterpart" and "colleague" name none."""
    bodies = sorted(each for each in reading.of("of") if world.kind(each) == "organisation")
    body = world.label(bodies[0]) if bodies else ""
    titles = (title for title in sorted(reading.of("title")) if not relational(title))
    return tuple(_plain(office(title, body)) for title in titles)


def relational(title: str) -> bool:
    """Say whether a title names a person from another's side only, and so no office.

    >>> relational("his counterpart"), relational("trade minister")
    (True, False)
    """
    plain = title.casefold()
    return any(re.search(rf"\b{word}s?\b", plain) for word in wordings().relational)


def _plain(read: Office) -> Office:
    """Bring the words of an office to their stems; a special envoy is an envoy, a vice a deputy."""
    heads = read.ranks == _CHIEF and bool(read.portfolio)
    portfolio = frozenset(map(stem, read.portfolio))
    deputy = _STATE in portfolio and "minister" in read.ranks
    modifiers = frozenset(_RANKED.get(each, each) for each in read.modifiers - _ADORNING)
    return Office(
        ranks=read.ranks | _HEADS if heads else read.ranks,
        portfolio=portfolio - {_STATE} if deputy else portfolio,
        modifiers=modifiers | {"deputy"} if deputy else modifiers,
    )


def _fullest(own: Office, others: Iterable[Office]) -> Office:
    """Give the one office of a larger portfolio that a rendering may be short for."""
    wider = [
        each
        for each in set(others)
        if each.portfolio > own.portfolio
        and each.modifiers == own.modifiers
        and each.ranks & own.ranks
    ]
    top = sorted(
        (each for each in wider if not any(other.portfolio > each.portfolio for other in wider)),
        key=lambda each: (-len(each.portfolio), sorted(each.portfolio), sorted(each.ranks)),
    )
    alike = all(likeness(one, other) > 0.5 for one, other in combinations(top, 2))
    return top[0] if top and alike else own


def _weigher(
    world: World, known: Mapping[str, Collection[Office]]
) -> Callable[[Reading, Reading], float | None]:
    filled: dict[str, tuple[Office, ...]] = {}

    def offices(reading: Reading) -> tuple[Office, ...]:
        """Give the offices that a claim names, each as full as other claims make it."""
        if reading.id not in filled:
            others = [each for person in reading.of("person") for each in known.get(person, ())]
            own = offices_of(reading, world)
            filled[reading.id] = tuple(_fullest(each, others) for each in own)
        return filled[reading.id]

    def weigh(left: Reading, right: Reading) -> float | None:
        if left.of("person") != right.of("person") or left.denied != right.denied:
            return None
        bodies, others = left.of("of"), right.of("of")
        alike = max(_alike(offices(left), offices(right)), default=WEAK)
        if not alike or _contradict(bodies, others, world):
            return None
        return 2.0 + 2.0 * alike + 1.0 * bool(bodies & others)

    return weigh


def _alike(offices: Iterable[Office], others: Sequence[Office]) -> Iterator[float]:
    return (
        max(likeness(one, other), _misspelt(one, other), _partly(one, other))
        for one in offices
        for other in others
    )


def _partly(one: Office, other: Office) -> float:
    """Weigh two titles of one person and rank whose portfolios share a word, or its letters."""
    if one.modifiers != other.modifiers or not one.ranks & other.ranks:
        return 0.0
    for short, full in ((one, other), (other, one)):
        letters = sorted(word[0] for word in full.portfolio)
        if any(len(word) >= _LETTERS and sorted(word) == letters for word in short.portfolio):
            return 1.0
    shared = len(one.portfolio & other.portfolio)
    return WEAK if 2 * shared >= min(len(one.portfolio), len(other.portfolio)) > 0 else 0.0


def _misspelt(one: Office, other: Office) -> float:
    """Weigh two titles of which one has no rank that is known: "trade commissionary"."""
    if (one.ranks and other.ranks) or one.modifiers != other.modifiers:
        return 0.0
    words, others = one.portfolio | one.ranks, other.portfolio | other.ranks
    alike = sum(any(_begin_alike(word, each) for each in others) for word in words)
    return alike / max(1, min(len(words), len(others))) if alike else 0.0


def _begin_alike(word: str, other: str) -> bool:
    return word == other or (len(word) >= _LONG and word[:_LONG] == other[:_LONG])


def _contradict(bodies: frozenset[str], others: frozenset[str], world: World) -> bool:
    """Say whether two offices are of different states or of different blocs."""
    states, rivals = (
        {each for each in of if world.kind(each) in ("state", "bloc")} for of in (bodies, others)
    )
    return bool(states and rivals and not states & rivals)
