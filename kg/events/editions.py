"""Editions of one series: meetings of a framework by their ordinals in, what each follows out.

The fourth ministerial of a partnership is an edition of it and follows the third, where exactly
one meeting is told of as the third and it was not held later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg import edtf
from kg.events.keeping import kinded
from kg.events.model import Event, Ground, Statement
from kg.events.rounds import Round
from kg.shelves import Shelves


class Editions:
    """Which meetings are told of as which edition of which framework."""

    def __init__(self, shelves: Shelves) -> None:
        self._series = shelves.index("events_series")  # groups of meetings by edition

    def update(self, now: Round, anew: Iterable[str]) -> set[str]:
        """Take in groups of meetings made anew or gone; give those whose relations may change."""
        touched, marks = set(anew), set[str]()
        for name in sorted(touched):
            event = now.keeper.event_of(kinded("meeting", name))
            new = sorted(_editions(event)) if event else []
            marks.update(self._series.marks(name), new)
            self._series.set(name, new)
        for mark in sorted(marks):
            framework, _, ordinal = mark.rpartition("#")
            touched.update(self._series.items(f"{framework}#{int(ordinal) + 1}"))
        return touched

    def of(self, now: Round, event: Event) -> tuple[Ground, ...]:
        """Say of a meeting which series it is an edition of, and which meeting it follows."""
        found: dict[tuple[str, str], set[str]] = {}
        for mark in _editions(event):
            framework, _, ordinal = mark.rpartition("#")
            told = _telling(event, framework)
            found["editionOf", framework] = told
            before = self._series.items(f"{framework}#{int(ordinal) - 1}", 2)
            known = now.keeper.event_of(kinded("meeting", before[0])) if len(before) == 1 else None
            if known and known.id != event.id and _earlier(known, event):
                found.setdefault(("follows", known.id), set()).update(
                    told, _telling(known, framework)
                )
        return tuple(now.keeper.ground(*pair, claims) for pair, claims in sorted(found.items()))


def _editions(event: Event) -> Iterator[str]:
    """Yield the editions that a meeting is told of as: framework and best supported ordinal."""
    ordinal = next((value.value for value in event.values("ordinal")), "")
    if not ordinal.isdigit():
        return
    for framework in event.values("framework"):
        if framework.value.startswith("framework/"):
            yield f"{framework.value}#{ordinal}"


def _telling(event: Event, framework: str) -> set[str]:
    """Give the claims that tell of a meeting as an edition: those of one breath, if there are."""
    ordinal = _first(event, "ordinal")
    series = _first(event, "framework", framework)
    claims = [set(each.claims) for each in (ordinal, series) if each]
    return set.intersection(*claims) or set.union(*claims) if claims else set()


def _first(event: Event, role: str, value: str = "") -> Statement | None:
    """Give the best supported statement of a role, or the one with a value."""
    own = (each for each in event.statements if each.role == role)
    return next((each for each in own if value in ("", each.value.value)), None)


def _earlier(known: Event, event: Event) -> bool:
    """Say whether a meeting may have been held before another, as far as both are dated."""
    days = [value.value for value in known.values("date")[:1]]
    others = [value.value for value in event.values("date")[:1]]
    return all(edtf.before(day, other) != "no" for day in days for other in others)
