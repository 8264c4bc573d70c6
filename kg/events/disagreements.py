"""Where sources cannot all be right: events in, disagreements with both sides out.

Nothing is settled and nothing deleted: each entry names the rule that found it, what every side
says, and what a cautious reader may take. Different wordings, and dates of different precision,
are no disagreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg import edtf
from kg.events.incumbents import clashes_of
from kg.events.independence import Independence
from kg.events.model import Disagreement, Event, Option, Statement, Value
from kg.events.reading import Reading, World
from kg.iris import content_hash
from kg.terms import Kind

_FUNCTIONAL: Final[dict[Kind, tuple[str, ...]]] = {
    "meeting": ("date", "place", "ordinal"),
    "document": ("date",),
    "control": ("date",),
    "position": ("share",),
}


@dataclass(frozen=True, slots=True)
class Bench:
    """What the rules look things up in."""

    readings: Mapping[str, Reading]
    world: World
    independence: Independence

    def option(self, value: Value | None, claims: Iterable[str]) -> Option:
        """Make one side: its value, or that it leaves out what another says."""
        known = sorted(set(claims))
        articles = sorted({self.readings[claim].article for claim in known})
        return Option(
            value,
            tuple(known),
            tuple(articles),
            self.independence.count(self.readings[claim] for claim in known),
        )


def disagreements_of(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find what sources disagree on about one event."""
    yield from _left_out(event, bench)
    yield from _in_headings(event, bench)
    yield from _unlike_values(event, bench)
    yield from _unlike_modalities(event, bench)


def clashes(holdings: Sequence[Event], bench: Bench) -> Iterator[Disagreement]:
    """Find what excludes each other among all post holdings of one person."""
    yield from _unlike_offices(holdings, bench)


def _left_out(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find persons whom some articles put at a meeting and closed lists of others leave out."""
    if event.kind != "meeting":
        return
    present = [each for each in event.statements if each.role == "attendee"]
    lists: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for statement in present:
        for article in statement.articles:
            own = [each for each in statement.claims if bench.readings[each].article == article]
            lists[article][statement.value.value] = tuple(own)
    for statement in present:
        person = statement.value.value
        silent = {
            article: listed
            for article, listed in lists.items()
            if article not in statement.articles and _closed(listed, person, event, bench.world)
        }
        if silent:
            claims = [each for own in silent.values() for one in own.values() for each in one]
            yield _entry(
                event,
                "attendee",
                "closed-list",
                _omission(bench.world.label(person), statement, len(silent)),
                [bench.option(statement.value, statement.claims), bench.option(None, claims)],
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


def _omission(name: str, statement: Statement, silent: int) -> str:
    told, kept = _articles(len(statement.articles)), _articles(silent)
    return (
        f"{told} {_verb(len(statement.articles), 'puts', 'put')} {name} at the meeting; {kept} "
        f"{_verb(silent, 'lists', 'list')} those present without {name}. An omission is not a "
        "denial: take the presence as reported, not as confirmed."
    )


def _in_headings(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find parties that only titles and headings name, where the texts below name others."""
    if event.kind != "meeting" or not event.values("party"):
        return
    stated = set(event.values("party"))
    extra: defaultdict[Value, list[str]] = defaultdict(list)
    for claim in event.claims:
        reading = bench.readings[claim]
        for value in reading.roles.get("party", ()) if reading.heads else ():
            if value not in stated:
                extra[value].append(claim)
    below = [each for own in event.statements if own.role == "party" for each in own.claims]
    for value, claims in sorted(extra.items(), key=lambda pair: pair[0].value):
        label = bench.world.label(value.value)
        yield _entry(
            event,
            "party",
            "headline-against-body",
            f"Only a title or heading names {label} among the parties; no sentence of any text "
            "does. A title is no evidence of who took part.",
            [bench.option(value, claims), bench.option(None, below)],
        )


def _unlike_values(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find roles that can have one value only and are given several."""
    for role in _FUNCTIONAL.get(event.kind, ()):
        own = [each for each in event.statements if each.role == role]
        rivals = [
            each
            for each in own
            if any(_contradict(each, other) for other in own if other is not each)
        ]
        if len(rivals) < 2:
            continue
        values = ", ".join(_shown(each, bench.world) for each in rivals)
        yield _entry(
            event,
            role,
            f"one-{role}",
            f"Sources give {len(rivals)} values where there can be one {role}: {values}. Take the "
            "one that more independent sources give, or the official record, and say so.",
            [bench.option(each.value, each.claims) for each in rivals],
        )


def _contradict(left: Statement, right: Statement) -> bool:
    """Say whether two values of one role exclude each other; one article may give both."""
    if set(left.articles) & set(right.articles):
        return False
    if left.role == "date":
        return not edtf.compatible(left.value.value, right.value.value)
    return left.value != right.value


def _unlike_modalities(event: Event, bench: Bench) -> Iterator[Disagreement]:
    """Find commitments that articles report as more or less binding."""
    if event.kind != "commitment" or len(event.modality) < 2:
        return
    claims: defaultdict[str, list[str]] = defaultdict(list)
    for claim in event.claims:
        modality = bench.readings[claim].modality
        if modality:
            claims[modality].append(claim)
    options = [
        bench.option(Value("concept", modality), claims[modality]) for modality in event.modality
    ]
    if not any(
        not set(left.articles) & set(right.articles) for left, right in combinations(options, 2)
    ):
        return
    yield _entry(
        event,
        "modality",
        "modality-against-modality",
        f"Sources report one commitment as {' and as '.join(event.modality)}. Take the weaker "
        "until the document itself is at hand.",
        options,
    )


def _unlike_offices(events: Sequence[Event], bench: Bench) -> Iterator[Disagreement]:
    """Find offices of which sources cannot both be right: whose they are, or whether a deputy's."""
    for left, right, role in clashes_of(events, bench.readings, bench.world):
        person = bench.world.label(left.values("person")[0].value)
        sides = [next(each for each in event.statements if each.role == role)
                 for event in (left, right)]  # fmt: skip
        values = " and ".join(sorted(_shown(each, bench.world) for each in sides))
        yield _entry(
            left,
            role,
            f"one-office-{role}",
            f"Sources of one season give {person} an office in two ways that exclude each other: "
            f"{values}. Take neither until an official list settles it.",
            [bench.option(each.value, each.claims) for each in sides],
        )


def _entry(
    event: Event, role: str, rule: str, explanation: str, options: Sequence[Option]
) -> Disagreement:
    ordered = sorted(
        options,
        key=lambda each: (each.value is None, -len(each.articles), str(each.value), each.claims),
    )
    values = [str(each.value) for each in ordered]
    return Disagreement(
        id=content_hash(event.id, role, rule, *values),
        subject=event.id,
        role=role,
        rule=rule,
        explanation=explanation,
        options=tuple(ordered),
    )


def _shown(statement: Statement, world: World) -> str:
    value = statement.value
    return world.label(value.value) if value.type == "entity" else value.value


def _articles(count: int) -> str:
    return "One article" if count == 1 else f"{count} articles"


def _verb(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
