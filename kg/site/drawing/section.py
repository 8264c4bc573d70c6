"""The section of pictures: an address in; a picture, its words and the same data as a table out.

Pictures are drawn from the lists, so that whatever is clicked leads to entries that are there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NoReturn
from urllib.parse import urlencode

import numpy as np
from pyoxigraph import NamedNode

from kg.errors import BusyError, QueryError
from kg.site.drawing.circle import circle
from kg.site.drawing.columns import columns
from kg.site.drawing.matrix import COLUMNS, ROWS, Matrix, matrix
from kg.site.drawing.model import Choice, Linked, Picture
from kg.site.drawing.strips import Judged, Said, strips
from kg.site.evidence import Dispute, Evidence, Side
from kg.site.lists.index import Chosen, Index
from kg.site.lists.section import FOLDER, Lists
from kg.site.lists.state import State, state_of
from kg.site.lists.words import term_words
from kg.site.looking import Look, text_of
from kg.site.model import Asked, Holding, Page

PATH: Final = "picture/"
STRIPS: Final = 40
_KINDS: Final = {
    "commitments": "Commitments",
    "measures": "Measures in articles",
    "concerns": "Concerns",
    "supply-positions": "Supply positions",
}
_EVENTS: Final = ("meetings", "commitments", "concerns", "measures", "documents")
_ASKED: Final = ("of", "state", "person", "status", "from", "to")
_WHO: Final = {"state": "States", "person": "Persons"}


class Pictures:
    """The section of pictures."""

    def __init__(self, holding: Holding, lists: Lists) -> None:
        self._lists = lists
        self._look = Look.of(holding)
        self._evidence = Evidence.of(holding)
        self._base = holding.iris.base
        self._drawn: dict[str, tuple[str, str, Callable[[Asked], Picture]]] = {
            "meetings": (
                "Timeline of meetings",
                "How many meetings were held, planned or denied, by day, month or year.",
                self._timeline,
            ),
            "matrix": (
                "Who and what",
                "States by materials and topics: commitments, controls, concerns and positions.",
                self._matrix,
            ),
            "who-met-whom": (
                "Who met whom",
                "States or persons that met, and how often.",
                self._met,
            ),
            "agreement": (
                "How far sources agree",
                "How many independent sources say what of an event; disagreements first.",
                self._agreement,
            ),
        }

    def page(self, path: str, asked: Asked) -> Page | None:
        """Find a picture, or the page that names all."""
        if path == "pictures":
            named = [(name, title, about) for name, (title, about, _) in self._drawn.items()]
            return Page(path, "Pictures", "pictures.html", {"pictures": named})
        name = path.removeprefix(PATH)
        if not path.startswith(PATH) or name not in self._drawn:
            return None
        title, about, draw = self._drawn[name]
        status, error = 200, ""
        try:
            earlier = self._lists.earlier
        except BusyError as busy:
            return _begun(path, title, about, busy)
        try:
            picture = draw(asked)
        except QueryError as wrong:
            status, error, picture = 400, str(wrong), draw({})
        return Page(
            path,
            picture.title,
            "picture.html",
            {
                "picture": picture,
                "about": about,
                "error": error,
                "query": _query(asked),
                "asked": bool(asked),
                "earlier": earlier,
            },
            description=about,
            table=lambda: picture.rows,
            status=status,
            passing=bool(earlier),
        )

    def paths(self) -> Iterator[str]:
        """Yield the addresses of all pictures."""
        yield "pictures"
        yield from (PATH + name for name in self._drawn)

    def _state(self, name: str, asked: Asked) -> State:
        return state_of(self._lists.specs[name], asked)

    def _timeline(self, asked: Asked) -> Picture:
        state = self._state("meetings", asked)
        index = self._lists.index("meetings")
        chosen = index.members(self._lists.chosen(index, state), "name").tolist()
        told = zip(index.spans(chosen), index.entries(chosen, ("status",)), strict=True)
        dated = [(span[0], _first(entry[2]["status"])) for span, entry in told if span]
        drawn = columns(dated)
        lines = tuple(
            (
                (each.period, _list("meetings", {"from": each.period, "to": each.period})),
                *((str(_of(each.blocks, group)), "") for group in drawn.groups),
                (str(each.number), ""),
            )
            for each in drawn.columns
            if each.number
        )
        undated = len(chosen) - len(dated)
        words = f"{len(dated)} meetings with a date{f'; {undated} have none' if undated else ''}."
        return Picture(
            "meetings", "Timeline of meetings", words, "columns", drawn,
            ("when", *drawn.groups, "all"), lines,
            dated=True, first=state.first, last=state.last,
        )  # fmt: skip

    def _matrix(self, asked: Asked) -> Picture:
        kind = _one_of("of", asked.get("of", ""), tuple(_KINDS))
        state = self._state(kind, {**asked, "q": ""})
        index = self._lists.index(kind)
        drawn = self._squares(index, self._lists.chosen(index, state))
        lines: tuple[tuple[Linked, ...], ...] = tuple(
            (
                (each.row.text, _page(each.row.iri, self._base)),
                (each.column.text, _page(each.column.iri, self._base)),
                (str(each.number), _cell(kind, each.row.key, each.column.key)),
            )
            for each in sorted(
                drawn.squares, key=lambda each: (-each.number, each.row, each.column)
            )
        )
        choices = tuple(Choice(name, title, name == kind) for name, title in _KINDS.items())
        size = f"{len(drawn.rows)} states and others by {len(drawn.columns)} materials and topics"
        told = f"{_KINDS[kind]}: {size}, those with most first."
        return Picture(
            "matrix", f"{_KINDS[kind]} by state and material", told, "matrix", (kind, drawn),
            ("who", "what", "number"), lines, choices,
            dated=state.spec.date is not None, first=state.first, last=state.last,
        )  # fmt: skip

    def _squares(self, index: Index, chosen: Chosen) -> Matrix:
        """Count what the commonest states and materials have in common."""
        sides = []
        for field, most in (("state", ROWS), ("material", COLUMNS)):
            counts = index.counts(field, chosen)
            found = index.values(field, np.flatnonzero(counts).tolist())
            order = sorted(found, key=lambda at: (-counts[at], found[at].text, found[at]))
            sides.append([(found[at], index.having(field, [at])) for at in order[:most]])
        rows, across = sides
        return matrix(
            {
                (row, column): int((here & there & chosen).sum())
                for row, here in rows
                for column, there in across
            }
        )

    def _met(self, asked: Asked) -> Picture:
        who = _one_of("of", asked.get("of", ""), tuple(_WHO))
        state = self._state("meetings", {"status": "held", **asked})
        index = self._lists.index("meetings")
        chosen = index.members(self._lists.chosen(index, state), "name").tolist()
        drawn = circle(told[who] for _, _, told in index.entries(chosen, (who,)))
        lines: tuple[tuple[Linked, ...], ...] = tuple(
            (
                (each.one.text, _page(each.one.iri, self._base)),
                (each.other.text, _page(each.other.iri, self._base)),
                (str(each.number), _between(who, each.one.iri, each.other.iri, self._base)),
            )
            for each in reversed(drawn.arcs)
        )
        rest = f"; {drawn.left_out} that met less are left out" if drawn.left_out else ""
        told = f"{len(drawn.points)} {_WHO[who].lower()} and {len(drawn.arcs)} pairs{rest}."
        choices = tuple(Choice(name, title, name == who) for name, title in _WHO.items())
        return Picture(
            "who-met-whom", f"{_WHO[who]} that met", told, "circle", (who, drawn),
            ("one", "other", "meetings"), lines, choices,
            dated=True, first=state.first, last=state.last,
        )  # fmt: skip

    def _agreement(self, asked: Asked) -> Picture:
        kind = _one_of("of", asked.get("of", "all"), ("all", *_EVENTS))
        judged = self._judged(_EVENTS if kind == "all" else (kind,))
        drawn = strips(judged)
        lines: tuple[tuple[Linked, ...], ...] = tuple(
            (
                (each.label, each.address),
                (each.about, ""),
                (side.value, ""),
                (str(side.independent), ""),
            )
            for each in judged
            for side in each.sides
        )
        titles = {"all": "All kinds", **{each: self._lists.specs[each].title for each in _EVENTS}}
        choices = tuple(Choice(name, title, name == kind) for name, title in titles.items())
        disputed = sum(bool(each.about) for each in judged)
        told = f"{disputed} disagreements, then the events with most independent sources."
        return Picture(
            "agreement", "How far sources agree", told, "strips", drawn,
            ("event", "disputed", "what they say", "independent sources"), lines, choices,
        )  # fmt: skip

    def _judged(self, kinds: tuple[str, ...]) -> list[Judged]:
        """Give disagreements first, then what most independent sources bear out."""
        disputed: list[Judged] = []
        agreed: list[tuple[int, str, Judged]] = []
        for kind in kinds:
            index = self._lists.index(kind)
            in_doubt = index.holding("disputed", ("yes",))
            most = index.members(in_doubt, "-independent")[:STRIPS].tolist()
            for iri, _, _ in index.entries(most):
                disputed += map(self._dispute, self._evidence.disputes(iri))
            at_one = index.at_least("independent", 2) & ~in_doubt
            most = index.members(at_one, "-independent")[:STRIPS].tolist()
            for iri, label, told in index.entries(most, ("independent",)):
                independent = _number(told["independent"])
                said = (Said("all say the same", independent),)
                judged = Judged(label, _page(iri, self._base), "", said)
                agreed.append((-independent, label, judged))
        disputed.sort(key=lambda each: (-sum(side.independent for side in each.sides), each.label))
        borne = [told for _, _, told in sorted(agreed, key=lambda each: each[:2])]
        return [*disputed[: STRIPS // 2], *borne[: STRIPS // 2]]

    def _dispute(self, dispute: Dispute) -> Judged:
        sides = tuple(
            Said(self._value(side), side.independent or side.count)
            for side in sorted(dispute.sides, key=lambda each: (-each.independent, each.option))
        )
        label = self._look.label(dispute.subject)
        return Judged(label, _page(dispute.iri, self._base), self._words(dispute.predicate), sides)

    def _words(self, predicate: str) -> str:
        return (term_words(predicate) or self._look.label(predicate)).lower()

    def _value(self, side: Side) -> str:
        value = side.value
        if value is None:
            return "left out"
        iri = isinstance(value, NamedNode)
        told = self._look.label(text_of(value)) if iri else text_of(value)
        return f"{told} (legal record)" if side.acts else told


def _begun(path: str, title: str, about: str, busy: BusyError) -> Page:
    """Say how far the lists are that a picture is drawn from."""

    def refuse() -> NoReturn:
        raise busy

    what = "What this picture is drawn from"
    context = {"what": what, "entries": (), "busy": busy, "asked": True}
    return Page(
        path,
        title,
        "beginning.html",
        context,
        description=about,
        table=refuse,
        status=503,
        passing=True,
    )


def _query(asked: Asked) -> str:
    return urlencode({name: asked[name] for name in _ASKED if asked.get(name)})


def _list(name: str, asked: Asked) -> str:
    return f"{FOLDER}{name}.html?{urlencode(asked)}"


def _cell(kind: str, state: str, material: str) -> str:
    return _list(kind, {"state": state, "material": material})


def _page(iri: str | None, base: str) -> str:
    if iri is None:
        return ""
    if iri.startswith(base):
        return f"id/{iri.removeprefix(base)}.html"
    return f"concept/{iri.partition('/concept/')[2]}.html"


def _between(who: str, one: str | None, other: str | None, base: str) -> str:
    """Lead to the question that names the meetings of two."""
    first, second = ((each or "").removeprefix(base) for each in (one, other))
    if who == "person":
        return f"question/co-participants-of-a-person.html?{urlencode({'person': first})}"
    asked = urlencode({"first": first, "second": second})
    return f"question/meetings-between-two-states.html?{asked}"


def _one_of(name: str, given: str, known: tuple[str, ...]) -> str:
    if given and given not in known:
        raise QueryError(f"{name}={given}", f"is none of {', '.join(known)}")
    return given or known[0]


def _first(values: tuple[object, ...]) -> str:
    return str(getattr(values[0], "text", "")) if values else "status not known"


def _number(values: tuple[object, ...]) -> int:
    return int(getattr(values[0], "key", 0)) if values else 0


def _of(blocks: tuple[object, ...], group: str) -> int:
    return sum(getattr(each, "number", 0) for each in blocks if getattr(each, "group", "") == group)
