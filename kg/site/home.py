"""The first page: what is here, how much of it, and where to begin.

It shows what most sources tell of and what they dispute, so that whoever comes first sees a
sentence, and a disagreement, after one step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Final

from kg.queries.model import Question
from kg.site.evidence import Dispute, Evidence, Statement
from kg.site.looking import Look, node, text_of
from kg.site.machines.dataset import head
from kg.site.model import Asked, Holding, Page
from kg.site.pages.links import sortable

PATH: Final = "index"
_LATEST: Final = 6
_DISPUTED: Final = 3
_COUNTED: Final = {
    "articles": "articles", "claims": "claims", "events": "events", "entities": "actors and things",
    "disagreements": "disagreements",
}  # fmt: skip
_TELLING: Final = ("cmq:attendee", "cmq:party", "cmq:date", "cmq:place")
_QUESTION: Final = (
    "meetings-between-two-states",
    "commitments-of-a-state",
    "materials-under-control",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting on the first page."""

    iri: str
    date: str
    count: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a reader may begin; "" or None where there is nothing of the kind."""

    meeting: str
    sentence: Statement | None
    dispute: Dispute | None
    question: Question | None
    material: str


class Home:
    """The section of the first page."""

    def __init__(self, holding: Holding) -> None:
        self._holding, self._look = holding, Look.of(holding)
        self._evidence = Evidence.of(holding)

    def page(self, path: str, _asked: Asked) -> Page | None:
        """Find the first page."""
        if path not in {"", PATH}:
            return None
        known = self._holding.counts
        counts = [(words, known[name]) for name, words in _COUNTED.items() if name in known]
        context = {
            "counts": counts,
            "doors": self._doors,
            "latest": self._latest,
            "disputes": self._disputes,
            "dataset": head(self._holding, whole=False),
        }
        title = self._holding.settings.title
        told = "What articles state on meetings, commitments and controls, each with its sentence."
        return Page(PATH, title, "home.html", context, description=told)

    def prepare(self) -> tuple[str, ...]:
        """Name the first page."""
        return (PATH,)

    def paths(self) -> Iterator[str]:
        """Yield its address."""
        yield PATH

    @cached_property
    def _meetings(self) -> list[tuple[str, str]]:
        look = self._look
        found = look.subjects("rdf:type", node("cmq:DiplomaticMeeting"))
        return [(each, max(_dates(look, each), key=sortable, default="")) for each in found]

    @cached_property
    def _latest(self) -> tuple[Meeting, ...]:
        """Give the latest meetings, those with a full date."""
        look = self._look
        newest = nlargest(_LATEST, self._meetings, key=lambda pair: (sortable(pair[1]), pair[0]))
        return tuple(
            Meeting(
                iri,
                date,
                look.number(iri, "cmq:sources"),
                bool(look.subjects("cmq:subject", iri)),
            )
            for iri, date in newest
        )

    @cached_property
    def _disputes(self) -> tuple[Dispute, ...]:
        """Give the disagreements between most articles."""
        look = self._look
        found = look.subjects("rdf:type", node("cmq:Disagreement"))

        def weight(iri: str) -> tuple[int, str]:
            options = look.nodes(iri, "cmq:option")
            return (sum(look.number(each, "cmq:sources") for each in options), iri)

        return tuple(
            self._evidence.dispute(each, 0, 0) for each in nlargest(_DISPUTED, found, key=weight)
        )

    @cached_property
    def _doors(self) -> Doors:
        meeting = max(self._meetings, key=self._weight, default=("", ""))[0]
        stated = self._evidence.statements(meeting, shown=1) if meeting else ()
        told = [each for each in stated if each.sources]
        told.sort(key=lambda each: (_telling(each.predicate), -each.count, str(each.value)))
        return Doors(
            meeting,
            told[0] if told else None,
            self._disputes[0] if self._disputes else None,
            self._question(),
            self._material(),
        )

    def _weight(self, meeting: tuple[str, str]) -> tuple[int, str]:
        return (self._look.number(meeting[0], "cmq:sources"), meeting[0])

    def _question(self) -> Question | None:
        named = {each.name: each for each in self._holding.questions}
        known = [named[name] for name in _QUESTION if name in named]
        return known[0] if known else next(iter(self._holding.questions), None)

    def _material(self) -> str:
        """Give the material that most controls of articles are on."""
        look = self._look
        measures = look.subjects("rdf:type", node("cmq:ControlMeasure"))
        counts: dict[str, int] = {}
        for each in measures:
            for item in look.nodes(each, "cmq:item"):
                counts[item] = counts.get(item, 0) + look.number(each, "cmq:sources")
        return max(counts, key=lambda each: (counts[each], each), default="")


def _telling(predicate: str) -> int:
    """Say how much a statement of a property tells a newcomer: who came first."""
    ranked = [node(each).value for each in _TELLING]
    return ranked.index(predicate) if predicate in ranked else len(ranked)


def _dates(look: Look, iri: str) -> list[str]:
    return [text_of(each) for each in look.values(iri, "cmq:date")]
