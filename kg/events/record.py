"""Dates of measures against the legal record: an event in, disagreements with the acts out.

Only a date that no act of the same imposer on the same thing explains, and to which one is near,
is a disagreement: what the record does not hold is no error of an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg import edtf
from kg.events.disputes import Bench, dispute, told
from kg.events.model import Disagreement, Event, Value
from kg.events.things import related
from kg.legal import Measure
from kg.terms import CONCEPTS

_NEAR: Final = 366  # days


def unlike_record(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find dates of a control measure on a thing that the acts on that thing do not bear out."""
    if event.kind != "control" or event.polarity:
        return
    seen = _last_seen(event, bench)
    known = [each for each in bench.record if _fits(each, event) and not _later(each, seen)]
    dates = [each for each in event.statements if each.role == "date"] if known else []
    for item in event.values("item"):
        acts = [each for each in known if _covers(each, item.value)]
        for statement in dates if acts else ():
            date = statement.value.value
            own = [
                one for one in statement.claims if item in bench.readings[one].roles.get("item", ())
            ]
            if not own or any(edtf.compatible(date, day) for act in acts for day in _days(act)):
                continue
            gap, _, act = min((_gap(date, each), each.key, each) for each in acts)
            if gap <= _NEAR:
                yield _against(event, item, statement.value, own, act, bench)


def _against(
    event: Event, item: Value, date: Value, claims: Sequence[str], act: Measure, bench: Bench
) -> Disagreement:
    recorded = f"{act.identifier}, issued {edtf.worded(act.issued)}"
    if act.in_force:
        recorded += f" and in force from {edtf.worded(act.in_force)}"
    day = Value("date", act.in_force or act.issued)
    return dispute(
        event,
        "date",
        "legal-record",
        [bench.option(date, claims), bench.option(day, (), f"legal-measure/{act.key}")],
        told=told((bench.readings[each].article for each in claims), "dates"),
        name=bench.shown(item),
        values=edtf.worded(date.value),
        act=recorded,
    )


def _last_seen(event: Event, bench: Bench) -> str | None:
    """Give the day of the last article that speaks of it."""
    days = {bench.readings[claim].published for claim in event.claims} - {None}
    return max((day for day in days if day and edtf.bounds(day)), default=None)


def _later(act: Measure, seen: str | None) -> bool:
    """Say whether an act was issued only after the last article had appeared."""
    return seen is not None and edtf.after(act.issued, seen) == "certainly"


def _fits(act: Measure, event: Event) -> bool:
    """Say whether an act is of the imposer, and not against somebody else."""
    if act.imposer not in {each.value.rpartition("/")[2] for each in event.values("imposer")}:
        return False
    targets = {each.value.rpartition("/")[2] for each in event.values("target")}
    return not targets or not act.targets or bool(targets & set(act.targets))


def _covers(act: Measure, thing: str) -> bool:
    own = {CONCEPTS + each.replace(":", "/") for each in act.concepts}
    return thing in own or any(related(thing, each) for each in own)


def _days(act: Measure) -> Iterable[str]:
    halts = [day for each in act.suspensions for day in (each.begins, each.ends)]
    return [each for each in (act.issued, act.in_force, act.expires, *halts) if each]


def _gap(date: str, act: Measure) -> int:
    """Give the days to the nearest day of an act; a date without its year is of the nearest one."""
    gaps = [edtf.apart(each, day) for day in _days(act) for each in _in_year_of(date, day)]
    known = [each for each in gaps if each is not None]
    return min(known, default=10**6)


def _in_year_of(date: str, day: str) -> Iterable[str]:
    if not date.startswith("XXXX-"):
        return [date]
    return [f"{int(day[:4]) + step}{date[4:]}" for step in (-1, 0, 1)]
