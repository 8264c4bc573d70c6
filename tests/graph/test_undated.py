"""Articles without a date are bounded by what they report as done; open years are told by it."""

from __future__ import annotations

from kg.articles.model import Article, Field
from kg.claims.model import Claim, Filler
from kg.entities.model import Identity
from kg.events.model import Event, EventLedger, Statement, Value
from kg.graph.dataset import record_quads
from kg.graph.model import Dataset, Records
from kg.graph.terms import term
from kg.iris import Iris


def told(
    *fillers: Filler, status: str = "held", published: str | None = None, day: str = "2031-05-06"
) -> dict[str, list[str]]:
    """What the derived graph says of an article that reports a meeting of `day`."""
    fields = (Field("published", published, "sidecar"),) if published else ()
    article = Article("a", "They met.", fields)
    claim = Claim("a", "c", "meeting", 0, 9, "They met.", {"date": fillers}, status=status)
    dated = Statement("date", Value("date", day), ("c",), ("a",), 1)
    event = Event("meeting/m", "meeting", "m", (dated,), ("c",), ("a",), 1, (status,))
    ledger = EventLedger((event,), (), {"c": event.id})
    dataset = Dataset.of(
        record_quads(Records((article,), (), (claim,), Identity((), (), ()), ledger), Iris())
    )
    names = ("appearedFrom", "boundedBy", "resolvedDate", "anchoredBy")
    return {
        name: [str(getattr(quad.object, "value", "")) for quad in found]
        for name in names
        if (found := list(dataset.quads(None, term(f"cmq:{name}"))))
    }


OPEN = Filler(ref="XXXX-05-06", text="on 6 May", rule="explicit", start=0, end=4)
BOUND = {"appearedFrom": ["2031-05-06"], "boundedBy": [Iris().base + "meeting/m"]}
ANCHORED = {"anchoredBy": [Iris().base + "meeting/m"]}


def august(anchor: str) -> Filler:
    return Filler(ref="XXXX-08", text="August last year", rule="month-of-last-year", anchor=anchor)


def test_it_appeared_no_earlier_than_the_meeting_that_it_reports() -> None:
    assert told() == BOUND


def test_neither_a_plan_nor_a_month_bounds_it_and_a_dated_article_needs_no_bound() -> None:
    assert told(OPEN, status="planned") == told(OPEN, published="2031-05-09") == {}
    assert told(OPEN, day="2031-05") == {}


def test_the_event_tells_the_year_of_its_own_day_but_not_of_another() -> None:
    assert told(OPEN) == {**BOUND, **ANCHORED, "resolvedDate": ["2031-05-06"]}
    other = Filler(ref="XXXX-04-30", text="on 30 April", rule="explicit", start=0, end=4)
    assert told(other) == BOUND


def test_what_counts_from_the_day_of_the_story_gets_its_year() -> None:
    resolved = told(august("XXXX-05-06"))
    assert resolved == {**BOUND, **ANCHORED, "resolvedDate": ["2030-08"]}


def test_what_counts_from_nothing_known_is_only_bounded() -> None:
    assert told(august("XXXX")) == {**BOUND, **ANCHORED, "resolvedDate": ["[2030-08..]"]}
