"""Statements: the claims about one event in, each role and value with its support out.

Dates of meetings and documents that say the same with more or less precision are one value, the
most precise; dates of measures stay as each source gives them. A title or heading supports
nothing on who took part in a meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg import edtf
from kg.events.independence import Independence
from kg.events.model import Statement, Value
from kg.events.reading import Reading
from kg.terms import ROLES, Kind

PRESENCE: Final = ("party", "attendee")
_ONE_DATE: Final = ("meeting", "document")


def statements_of(
    kind: Kind,
    readings: Sequence[Reading],
    independence: Independence,
    dates: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Give the statements on one event, by role, best supported first.

    `dates` says for a date as a claim gives it which date of the event it is.
    """
    support: defaultdict[tuple[str, Value], dict[str, Reading]] = defaultdict(dict)
    for reading in readings:
        for role, values in reading.roles.items():
            if kind == "meeting" and reading.heads and role in PRESENCE:
                continue
            for value in values:
                support[role, _value(role, value, dates or {})][reading.id] = reading
    known: dict[tuple[str, ...], tuple[tuple[str, ...], int]] = {}  # of the same claims
    found = []
    for (role, value), own in support.items():
        claims = tuple(sorted(own))
        if claims not in known:
            articles = tuple(sorted({reading.article for reading in own.values()}))
            known[claims] = (articles, independence.count(own.values()))
        found.append(Statement(role, value, claims, *known[claims]))
    return tuple(sorted(found, key=lambda each: _rank(kind, each)))


def one_date(dates: Iterable[str], hints: Iterable[str] = ()) -> dict[str, str]:
    """Say for each date which date it stands for, once compatible ones are taken together.

    `hints` are dates that are not the event's own (of what it issued) and only complete a year.

    >>> one_date(["XXXX-06-26", "2024-06", "2023-06-01"])["XXXX-06-26"]
    '2024-06-26'
    """
    classes: list[tuple[str, list[str]]] = []
    for date in sorted(set(dates), key=lambda each: (-edtf.precision(each), each)):
        for place, (known, own) in enumerate(classes):
            both = edtf.meet(known, date)
            if both:
                classes[place] = (both, [*own, date])
                break
        else:
            classes.append((date, [date]))
    return {date: _completed(known, hints) for known, own in classes for date in own}


def _completed(known: str, hints: Iterable[str]) -> str:
    """Complete a date that lacks its year by what was issued on that day."""
    if not known.startswith("X"):
        return known
    for hint in sorted(set(hints), key=lambda each: (-edtf.precision(each), each)):
        both = edtf.meet(known, hint)
        if both and not both.startswith("X"):
            return both
    return known


def _value(role: str, value: Value, dates: Mapping[str, str]) -> Value:
    if role == "date" and value.value in dates:
        return Value("date", dates[value.value])
    return value


def _rank(kind: Kind, statement: Statement) -> tuple[int, str, int, int, int, str, str]:
    """Order by role, then by support; of texts with equal support the fuller comes first."""
    order = ROLES[kind]
    role = statement.role
    place = order.index(role) if role in order else len(order)
    support = (-len(statement.articles), -len(statement.claims))
    value = statement.value
    fuller = -len(value.value) if value.type == "string" else 0
    return (place, role, *support, fuller, value.type, value.value)
