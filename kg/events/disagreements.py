"""Where sources cannot all be right: events in, disagreements with both sides out.

Nothing is settled and nothing deleted. Different wordings, and dates of different precision, are
no disagreement; neither is what one article says twice. The rules and their words stand in
`data/disagreements.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg import edtf
from kg.events.disputes import Bench, dispute
from kg.events.incumbents import clashes_of
from kg.events.model import Disagreement, Event, Statement
from kg.events.presence import aimed, in_headings, left_out
from kg.events.record import unlike_record
from kg.events.standing import denied_by_some, unlike_modalities, unlike_statuses
from kg.terms import Kind

__all__ = ["Bench", "clashes", "disagreements_of"]

_FUNCTIONAL: Final[dict[Kind, tuple[str, ...]]] = {
    "meeting": ("date", "place", "ordinal"),
    "document": ("date", "title"),
    "control": ("date", "type"),
    "position": ("share",),
}
_RULES: Final = (
    left_out,
    in_headings,
    aimed,
    unlike_modalities,
    unlike_statuses,
    denied_by_some,
    unlike_record,
)
_BROAD: Final = frozenset({"export-control"})  # what every kind of control on exports is called


def disagreements_of(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find what sources disagree on about one event."""
    yield from _unlike_values(event, bench)
    for rule in _RULES:
        yield from rule(event, bench)


def clashes(holdings: Sequence[Event], bench: Bench) -> Iterator[Disagreement]:
    """Find what excludes each other among all post holdings of one person."""
    for left, right, role in clashes_of(holdings, bench.readings, bench.world):
        sides = [
            next(each for each in event.statements if each.role == role) for event in (left, right)
        ]
        yield dispute(
            left,
            role,
            f"one-office-{role}",
            [bench.option(each.value, each.claims) for each in sides],
            name=bench.world.label(left.values("person")[0].value),
            values=" and ".join(sorted(bench.shown(each.value) for each in sides)),
        )


def _unlike_values(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find roles that can have one value only and are given several."""
    for role in _FUNCTIONAL.get(event.kind, ()):
        own = [each for each in event.statements if each.role == role]
        rivals = [
            each
            for each in own
            if any(_contradict(each, other, bench) for other in own if other is not each)
        ]
        if len(rivals) < 2:
            continue
        best = min(
            rivals, key=lambda each: (-each.independent, -len(each.articles), each.value.value)
        )
        yield dispute(
            event,
            role,
            f"one-{role}",
            [bench.option(each.value, each.claims) for each in rivals],
            values=" and ".join(bench.shown(each.value) for each in rivals),
            first=bench.shown(best.value),
        )


def _contradict(left: Statement, right: Statement, bench: Bench) -> bool:
    """Say whether two values of one role exclude each other; one article may give both."""
    if set(left.articles) & set(right.articles) or left.value == right.value:
        return False
    one, other = left.value.value, right.value.value
    if left.role == "date":
        return not edtf.compatible(one, other)
    if left.role == "place":
        return not (bench.world.names_state(one) or bench.world.names_state(other))
    if left.role == "type":
        return not {one, other} & _BROAD
    if left.role == "title":
        return _named(one) and _named(other) and not _words(one) & _words(other)
    return True


def _named(title: str) -> bool:
    """Say whether a title is a name: it has capitals beyond its first letter."""
    return any(each.isupper() for word in title.split()[1:] for each in word[:1])


def _words(title: str) -> set[str]:
    return {word.casefold() for word in title.split() if len(word) > 3}
