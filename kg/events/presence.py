"""Who was there, and whom it concerned: names that some sources give and others leave out.

An event in, disagreements out: persons beside closed lists, values that stand in titles only,
targets that only some name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kg.events.disputes import Bench, dispute, lower, told
from kg.events.model import Disagreement, Event, Value
from kg.events.reading import World
from kg.terms import Kind

_HEADED: Final[dict[Kind, tuple[str, ...]]] = {
    "meeting": ("party",),
    "commitment": ("actor", "counterparty"),
    "control": ("imposer", "item", "target"),
    "document": ("issuer",),
}
_AIMED: Final[dict[Kind, str]] = {"concern": "target", "control": "target"}


def left_out(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find persons whom some articles put at a meeting and closed lists of others leave out."""
    if event.kind != "meeting":
        return
    present = [each for each in event.statements if each.role == "attendee"]
    lists: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for statement in present:
        told_by: defaultdict[str, list[str]] = defaultdict(list)
        for claim in statement.claims:
            told_by[bench.readings[claim].article].append(claim)
        for article, own in told_by.items():
            lists[article][statement.value.value] = tuple(own)
    for statement in present:
        person, naming = statement.value.value, frozenset(statement.articles)
        silent = {
            article: listed
            for article, listed in lists.items()
            if article not in naming and _closed(listed, person, event, bench.world)
        }
        if silent:
            claims = [each for own in silent.values() for one in own.values() for each in one]
            yield dispute(
                event,
                "attendee",
                "closed-list",
                [bench.option(statement.value, statement.claims), bench.option(None, claims)],
                told=told(statement.articles, "puts"),
                kept=lower(told(silent, "lists")),
                name=bench.world.label(person),
            )


def in_headings(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find values that only titles and headings give, where the texts below give others."""
    for role in _HEADED.get(event.kind, ()):
        below: defaultdict[Value, list[str]] = defaultdict(list)
        above: defaultdict[Value, list[str]] = defaultdict(list)
        for claim in event.claims:
            reading = bench.readings[claim]
            for value in reading.roles.get(role, ()):
                (above if reading.heads else below)[value].append(claim)
        extra = {value: own for value, own in above.items() if value not in below} if below else {}
        for value, claims in sorted(extra.items(), key=lambda pair: pair[0].value):
            rest = [each for own in below.values() for each in own]
            yield dispute(
                event,
                role,
                "headline-against-body",
                [bench.option(value, claims), bench.option(None, rest)],
                name=bench.shown(value),
            )


def aimed(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find targets that some articles name and others, on the same thing, do not."""
    role = _AIMED.get(event.kind)
    if role is None:
        return
    named = [each for each in event.statements if each.role == role]
    naming = {article for each in named for article in each.articles}
    silent = [
        claim
        for claim in event.claims
        if bench.readings[claim].article not in naming and not bench.readings[claim].heads
    ]
    if not silent:
        return
    for statement in named:
        yield dispute(
            event,
            role,
            "target-left-out",
            [bench.option(statement.value, statement.claims), bench.option(None, silent)],
            told=told(statement.articles, "names"),
            kept=lower(told((bench.readings[each].article for each in silent), "reports")),
            name=bench.shown(statement.value),
        )


def _closed(listed: Mapping[str, tuple[str, ...]], person: str, event: Event, world: World) -> bool:
    """Say whether a list of those present reads as whole: two or more, no party without anyone.

    A list that names nobody for the state that the person acts for is only incomplete.
    """
    if len(listed) < 2:
        return False
    parties = {value.value for value in event.values("party")}
    own = world.acts_for.get(person, frozenset()) & parties
    covered = {state for each in listed for state in world.acts_for.get(each, frozenset())}
    return not own or bool(own & covered)
