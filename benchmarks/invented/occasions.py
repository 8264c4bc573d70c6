"""What happens on a day: meetings with who was there, what came of them, how many papers report.

Most meetings have one to three reports, some forty, a few hundreds: a power law. One in ten has a
sister, another meeting of the same host on the same day in the same town.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from benchmarks.invented import chance
from benchmarks.invented.affairs import (
    BEGIN,
    Delegate,
    actors,
    adjective_of,
    capital_of,
    holder,
    lexicon,
    official,
    thing,
)

_TAIL: Final = 1.2  # of the power law of reports
_MOST: Final = 500
_SISTER: Final = 0.1
_DOCUMENTS: Final = (
    ("joint statement", "joint-statement"), ("memorandum of understanding", "memorandum"),
    ("agreement", "agreement"), ("joint declaration", "declaration"), ("action plan", "report"),
)  # fmt: skip
_MODALITIES: Final = (
    ("agreed to", "agreed"), ("pledged to", "pledged"),
    ("reaffirmed that they would", "reaffirmed"), ("plan to", "planned"),
    ("are considering whether to", "considering"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """What those who met undertook."""

    wording: str
    modality: str
    deed: str
    topics: tuple[str, ...]
    year: int | None


@dataclass(frozen=True, slots=True)
class Worry:
    """What one of them was concerned about."""

    holder: int  # place among the parties
    target: str | None
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One meeting."""

    key: str
    day: date
    parties: tuple[str, ...]
    office: int
    delegates: tuple[Delegate, ...]
    place: str
    framework: str | None
    ordinal: int | None
    document: tuple[str, str] | None
    deeds: tuple[Deed, ...]
    worries: tuple[Worry, ...]
    reports: int


def occasions(number: int, seed: int, reports: int) -> Iterator[Occasion]:
    """Yield the meetings of a day until so many reports will be written of them."""
    count = 0
    told = 0
    while told < reports:
        draw = chance.of("occasion", seed, number, count)
        one = _occasion(f"{seed}:{number}:{count}", number, draw)
        sisters = [_sister(one, number, draw)] if draw.random() < _SISTER else []
        for each in (one, *sisters):
            yield each
            told += each.reports
        count += 1


def _occasion(key: str, number: int, draw: random.Random) -> Occasion:
    parties = _parties(draw)
    office = draw.choices(range(len(lexicon().offices)), [6, 6, 3, 3, 3, 2, 2, 1, 2, 1])[0]
    framework, ordinal = _framework(parties, number, draw)
    town = capital_of(parties[0]) if draw.random() < 0.7 else None
    return Occasion(
        key=key,
        day=BEGIN + timedelta(days=number),
        parties=parties,
        office=office,
        delegates=tuple(_delegate(each, office, number, draw) for each in parties),
        place=town or draw.choice(lexicon().towns),
        framework=framework,
        ordinal=ordinal,
        document=chance.zipf(draw, _DOCUMENTS) if draw.random() < 0.75 else None,
        deeds=tuple(_deed(number, draw) for _ in range(draw.randint(3, 6))),
        worries=tuple(_worry(parties, draw) for _ in range(draw.randint(1, 3))),
        reports=min(_MOST, int((1 - draw.random()) ** (-1 / _TAIL))),
    )


def _sister(one: Occasion, number: int, draw: random.Random) -> Occasion:
    """Let the first party meet somebody else on that day in that town."""
    other = chance.zipf(draw, actors())
    while other in one.parties:
        other = chance.zipf(draw, actors())
    parties = (one.parties[0], other)
    guest = _delegate(other, one.office, number, draw)
    return replace(
        one,
        key=f"{one.key}:sister",
        parties=parties,
        delegates=(one.delegates[0], guest),
        framework=None,
        ordinal=None,
        deeds=tuple(_deed(number, draw) for _ in range(draw.randint(2, 4))),
        worries=tuple(_worry(parties, draw) for _ in range(draw.randint(1, 2))),
        reports=min(40, int((1 - draw.random()) ** (-1 / _TAIL))),
    )


def _parties(draw: random.Random) -> tuple[str, ...]:
    wanted = draw.choices((2, 3, 4, 5), (68, 20, 8, 4))[0]
    found: dict[str, None] = {}
    while len(found) < wanted:
        found[chance.zipf(draw, actors())] = None
    return tuple(found)


def _delegate(state: str, office: int, number: int, draw: random.Random) -> Delegate:
    """Send who holds the office, one time in eight an official."""
    if draw.random() < 0.875:
        return holder(state, office, number)
    return official(draw, state)


def _framework(
    parties: tuple[str, ...], number: int, draw: random.Random
) -> tuple[str | None, int | None]:
    """Give the series that a meeting is an edition of; editions are numbered by time."""
    if draw.random() > 0.35:
        return None, None
    if len(parties) == 2:
        pair = "-".join(adjective_of(each) for each in sorted(parties))
        name = f"{pair} {chance.zipf(draw, lexicon().series)}"
    else:
        name = chance.zipf(draw, lexicon().forums)
    own = chance.of("series", name)
    return name, own.randint(1, 12) + (number + own.randrange(90)) // own.randint(90, 365)


def _deed(number: int, draw: random.Random) -> Deed:
    wording, modality = chance.zipf(draw, _MODALITIES)
    topics = tuple(dict.fromkeys(thing(draw) for _ in range(draw.randint(1, 3))))
    year = BEGIN.year + number // 365 + draw.randint(1, 6) if draw.random() < 0.25 else None
    return Deed(wording, modality, draw.choice(lexicon().deeds), topics, year)


def _worry(parties: tuple[str, ...], draw: random.Random) -> Worry:
    target = chance.zipf(draw, actors())
    topics = tuple(dict.fromkeys(thing(draw) for _ in range(draw.randint(1, 2))))
    named = target if target not in parties and draw.random() < 0.6 else None
    return Worry(draw.randrange(len(parties)), named, topics)
