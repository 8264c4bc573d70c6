"""The world of the generated articles: states, offices with their holders, measures, things."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Final

from benchmarks.invented import chance
from benchmarks.invented.persons import Person, person
from kg.entities.concepts import Concept
from kg.resources import table
from kg.states import blocs, states

BEGIN: Final = date(2019, 1, 1)
_CONTROLS: Final = (
    ("export-control", "export controls on"), ("tariff", "tariffs on"),
    ("sanction", "sanctions on trade in"), ("licensing", "a licensing duty for exports of"),
    ("export-ban", "an export ban on"), ("quota", "a quota for"),
    ("import-restriction", "restrictions on imports of"),
)  # fmt: skip
_GONE: Final = ("AN", "AQ", "CS", "DD", "SU", "YD", "YU")  # codes of no state of today
_STATUSES: Final = ("in-force", "announced", "considered", "lifted", "suspended")


@dataclass(frozen=True)
class Office:
    """One portfolio with its titles."""

    titles: tuple[str, ...]
    body: str
    plural: str


@dataclass(frozen=True)
class Lexicon:
    """Words of the articles, as `data/affairs.yaml` gives them."""

    prominence: tuple[str, ...]
    offices: tuple[Office, ...]
    staff: tuple[str, ...]
    towns: tuple[str, ...]
    series: tuple[str, ...]
    forums: tuple[str, ...]
    agencies: tuple[str, ...]
    outlets: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    deeds: tuple[str, ...]
    firms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """One control that articles tell of again and again."""

    imposer: str
    type: str
    wording: str
    items: tuple[str, ...]
    target: str | None
    day: date
    status: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody who acts for a state under a title."""

    person: Person
    state: str
    titles: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Give the words."""
    return chance.read("affairs.yaml", Lexicon)


@cache
def actors() -> tuple[str, ...]:
    """Give the states by prominence, those that are hardly named by code."""
    first = lexicon().prominence
    known = [code for code, row in states().items() if len(code) == 2 and row.adjectives]
    return (*first, *(code for code in sorted(known) if code not in (*first, *_GONE)))


def name_of(code: str) -> str:
    """Give the name of a state or bloc."""
    return states()[code].name if code in states() else blocs()[code].names[0]


def adjective_of(code: str) -> str:
    """Give the adjective of a state, its name if it has none."""
    row = states().get(code)
    return row.adjectives[0] if row and row.adjectives else name_of(code)


def capital_of(code: str) -> str | None:
    """Give the capital of a state, if it is used for it."""
    row = states().get(code)
    return row.capitals[0] if row and row.capitals else None


@lru_cache(maxsize=65536)
def holder(state: str, office: int, day: int) -> Delegate:
    """Say who holds an office of a state on a day; terms differ in length."""
    draw = chance.of("term", state, office)
    length = draw.randint(90, 1500)
    term = (day + draw.randrange(length)) // length
    one = person(f"office:{state}:{office}:{term}", state)
    return Delegate(one, state, lexicon().offices[office].titles)


def official(draw: random.Random, state: str | None = None) -> Delegate:
    """Draw one of the officials, of any state or of one, of whom there are ever more."""
    number = f"{state or ''}{chance.rank(draw)}"
    one = person(f"official:{number}", state)
    title = chance.of("title", number).choice(lexicon().staff)
    return Delegate(one, one.state, (title,))


def firm(draw: random.Random) -> str:
    """Draw one of the firms of which there are ever more."""
    number = chance.rank(draw, 0.6)
    own = chance.of("firm", number)
    return f"{person(f'founder:{number}').family[0].title()} {own.choice(lexicon().firms)}"


@cache
def things() -> tuple[str, ...]:
    """Give wordings of materials and topics, the most common first."""
    rows = list(table("entities", "concepts.csv", Concept))
    chance.of("things").shuffle(rows)
    return tuple(row.label for row in rows)


def thing(draw: random.Random) -> str:
    """Draw a thing: mostly a concept of the scheme, sometimes one that only this text has."""
    if draw.random() < 0.88:
        return chance.zipf(draw, things(), 0.8)
    words = lexicon().words
    return f"{draw.choice(words['adjectives'])} {draw.choice(words['nouns'])}"


@cache
def materials() -> tuple[str, ...]:
    """Give the materials among the things."""
    rows = table("entities", "concepts.csv", Concept)
    known = {row.label for row in rows if row.scheme == "material"}
    return tuple(label for label in things() if label in known)


def holding(draw: random.Random) -> tuple[str, str, int]:
    """Draw who has which share of a material: facts that articles repeat through the years."""
    own = chance.of("holding", chance.rank(draw, 0.5, 60))
    return chance.zipf(own, actors()), chance.zipf(own, materials(), 0.6), own.randrange(5, 95, 5)


def measure(draw: random.Random, day: int) -> Measure:
    """Draw one of the measures of a month not long ago; each month has its own."""
    month = day // 30
    while draw.random() < 0.5:
        month -= 1
    return _measure(month, chance.rank(draw, 0.5, 12))


@lru_cache(maxsize=4096)
def _measure(month: int, number: int) -> Measure:
    own = chance.of("measure", month, number)
    imposer = chance.zipf(own, actors())
    type_, wording = chance.zipf(own, _CONTROLS, 0.7)
    against = chance.zipf(own, actors())
    return Measure(
        imposer,
        type_,
        wording,
        tuple(dict.fromkeys(chance.zipf(own, materials(), 0.6) for _ in range(own.randint(1, 3)))),
        against if against != imposer and own.random() < 0.6 else None,
        BEGIN + timedelta(days=month * 30 - own.randrange(30)),
        chance.zipf(own, _STATUSES, 1.5),
    )
