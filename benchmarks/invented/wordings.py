"""Words for states, persons, things, days: what stands for what, as the reader would give it."""

from __future__ import annotations

import random
from datetime import date
from typing import Final

from benchmarks.invented import chance
from benchmarks.invented.affairs import Delegate, Measure, adjective_of, name_of
from benchmarks.invented.page import Words
from kg.claims.model import Filler
from kg.states import blocs

_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_ARTICLE: Final = ("United ", "Netherlands", "Philippines", "European ", "Democratic ", "Czech ")


def title_of(one: Delegate, draw: random.Random) -> Words:
    """Write one of somebody's titles."""
    return Words(chance.zipf(draw, one.titles), (Filler(type="thing"),))


def place_words(name: str) -> Words:
    """Write a place."""
    return Words(name, (Filler(type="place"),))


def thing_words(label: str) -> Words:
    """Write a material or topic."""
    return Words(label, (Filler(label=label, type="thing"),))


def state_words(code: str, adjective: bool = False) -> Words:
    """Write a state or bloc by name, or by its adjective."""
    name = name_of(code)
    type_ = "bloc" if code in blocs() else "state"
    filler = Filler(ref=code, label=name, type=type_)  # type: ignore[arg-type]
    return Words(adjective_of(code) if adjective else name, (filler,))


def with_article(state: Words, first: bool = False) -> list[str | Words]:
    """Write a state as English does: the Netherlands, but Peru."""
    if not state.text.startswith(_ARTICLE):
        return [state]
    return ["The " if first else "the ", state]


def listing(words: list[Words], article: bool = False) -> list[str | Words]:
    """Write a list."""
    pieces: list[str | Words] = []
    for place, each in enumerate(words):
        if place:
            pieces.append(" and " if place == len(words) - 1 else ", ")
        is_state = each.fillers[0].type in ("state", "bloc")
        pieces += with_article(each, first=article and not place) if is_state else [each]
    return pieces


def verb_of(one: Measure) -> str:
    """Say what was done with a measure."""
    verbs = {
        "in-force": "imposed",
        "announced": "announced",
        "considered": "considered",
        "lifted": "lifted",
        "suspended": "suspended",
    }
    return verbs[one.status]


def ordinal_of(number: int) -> str:
    """Write an ordinal."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{ending}"


def date_words(
    day: date, published: date | None, draw: random.Random, exact: bool = False
) -> Words:
    """Write a day, with its year or counted from the day of the article."""
    with_year, by_weekday = draw.random() < 0.4, draw.random() < 0.4
    if exact or with_year:
        filler = Filler(ref=day.isoformat(), type="date", rule="explicit")
        return Words(f"{day.day} {day:%B} {day.year}", (filler,))
    if published is None:
        return Words(f"{day:%B} {day.day}", (Filler(ref=f"XXXX-{day:%m-%d}", type="date"),))
    anchor = published.isoformat()
    if by_weekday and 0 <= (published - day).days < 6:
        return Words(
            f"{day:%A}",
            (Filler(ref=day.isoformat(), type="date", anchor=anchor, rule="last-weekday"),),
        )
    return Words(
        f"{day:%B} {day.day}",
        (Filler(ref=day.isoformat(), type="date", anchor=anchor, rule="nearest-year"),),
    )
