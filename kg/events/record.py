"""Dates of measures against the legal record: an event in, disagreements with the acts out.

Only a date that no act of the same imposer on the same thing explains, and to which one is near,
is a disagreement: what the record does not hold is no error of an article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from kg import edtf
from kg.events.disputes import Bench, dispute, told
from kg.events.model import Disagreement, Event, Statement, Value
from kg.events.things import related
from kg.legal import Measure
from kg.legaltable import legal_record
from kg.terms import CONCEPTS

_NEAR: Final = 366  # days


def unlike_record(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find dates of a control measure that the acts on it do not bear out."""
    if event.kind != "control" or event.polarity:
        return
    acts = [each for each in legal_record() if _speaks_of(each, event)]
    dates = [each for each in event.statements if each.role == "date"]
    for statement in dates if acts else ():
        date = statement.value.value
        if any(edtf.compatible(date, each) for act in acts for each in _days(act)):
            continue
        near = min(((_gap(date, act), act.key, act) for act in acts), default=None)
        if near is not None and near[0] <= _NEAR:
            yield _against(event, statement, near[2], bench)


def _against(event: Event, statement: Statement, act: Measure, bench: Bench) -> Disagreement:
    day = act.in_force or act.issued
    name = f"legal-measure/{act.key}"
    told_of = f"{act.identifier}, issued {edtf.worded(act.issued)}"
    if act.in_force:
        told_of += f" and in force from {edtf.worded(act.in_force)}"
    return dispute(
        event,
        "date",
        "legal-record",
        [
            bench.option(statement.value, statement.claims),
            bench.option(Value("date", day), (), name),
        ],
        told=told(statement.articles, "dates"),
        values=edtf.worded(statement.value.value),
        act=told_of,
    )


def _speaks_of(act: Measure, event: Event) -> bool:
    """Say whether an act is of the imposer, on the thing, and not against somebody else."""
    imposers = {each.value.rpartition("/")[2] for each in event.values("imposer")}
    if act.imposer not in imposers:
        return False
    things = {each.value for each in event.values("item")}
    own = {CONCEPTS + each.replace(":", "/") for each in act.concepts}
    if not any(thing in own or any(related(thing, each) for each in own) for thing in things):
        return False
    targets = {each.value.rpartition("/")[2] for each in event.values("target")}
    return not targets or not act.targets or bool(targets & set(act.targets))


def _days(act: Measure) -> Iterable[str]:
    halts = [day for each in act.suspensions for day in (each.begins, each.ends)]
    return [each for each in (act.issued, act.in_force, act.expires, *halts) if each]


def _gap(date: str, act: Measure) -> int:
    gaps = [edtf.apart(date, each) for each in _days(act)]
    known = [each for each in gaps if each is not None]
    return min(known, default=10**6)
