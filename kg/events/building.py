"""Groups of claims made into events: what each is, its statements, id and label.

Readings that are about one thing in, an event out; what its id says per kind stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from kg.events.independence import Independence
from kg.events.labels import Told, label_of
from kg.events.model import Event, Ground, Statement
from kg.events.naming import Draft, codes, ids_of, said
from kg.events.reading import Reading, World
from kg.events.statements import statements_of
from kg.events.wordings import wordings_of
from kg.terms import MODALITIES, Kind

NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})
_SHOWN: Final = 4  # values of a role in a label or path


@dataclass(frozen=True, slots=True)
class Group:
    """Readings about one thing, and what is known of it beside them."""

    kind: Kind
    readings: Sequence[Reading]
    dates: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], Sequence[Reading]] = field(default_factory=dict)
    """Relations to others, each with the readings that it follows from."""
    extras: frozenset[str] = frozenset()  # claims that only add to it, and do not say what it is

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims, sorted."""
        return tuple(sorted({reading.id for reading in self.readings}))

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that speak of it, sorted."""
        return tuple(sorted({reading.article for reading in self.readings}))

    @property
    def denied(self) -> bool:
        """Say whether a claim denies it."""
        return any(reading.denied for reading in self.readings)


@dataclass(frozen=True, slots=True)
class Built:
    """An event under an id that it may have to give up, and the id that it takes then."""

    event: Event
    spare: str


def built(
    group: Group,
    world: World,
    independence: Independence,
    days: Mapping[str, str] = NOWHERE,
) -> Built:
    """Make an event of a group; `days` are those of the meetings that it names."""
    statements = statements_of(group.kind, group.readings, independence, group.dates)
    own, spare = ids_of(_draft(group, statements))
    told = _told(group, statements, world, days)
    event = Event(
        id=own,
        kind=group.kind,
        label=label_of(group.kind, told),
        statements=told.statements,
        claims=group.claims,
        articles=group.articles,
        independent=independence.count(group.readings),
        status=told.status,
        modality=told.modality,
        polarity=("negative",) if group.denied else (),
        relations=tuple(sorted(group.relations)),
        wordings=wordings_of(group.kind, group.readings, independence),
        grounds=tuple(
            ground_of(*pair, group.relations[pair], independence)
            for pair in sorted(group.relations)
            if group.relations[pair]
        ),
    )
    return Built(event, spare)


def ground_of(
    relation: str, other: str, readings: Iterable[Reading], independence: Independence
) -> Ground:
    """Say what a relation follows from."""
    found = {reading.id: reading for reading in readings}
    articles = sorted({reading.article for reading in found.values()})
    independent = independence.count(list(found.values()))
    return Ground(relation, other, tuple(sorted(found)), tuple(articles), independent)


def _told(
    group: Group, statements: tuple[Statement, ...], world: World, days: Mapping[str, str]
) -> Told:
    claims = group.readings
    modal = {claim.modality for claim in claims if claim.modality}
    dated = {days.get(other, "") for _, other in group.relations if other.startswith("meeting/")}
    return Told(
        statements=statements,
        world=world,
        status=tuple(sorted({claim.status for claim in claims if claim.status})),
        modality=tuple(sorted(modal, key=lambda each: (_strength(each), each))),
        denied=group.denied,
        occasion=dated.pop() if len(dated) == 1 else "",
    )


def _strength(modality: str) -> int:
    known: tuple[str, ...] = MODALITIES
    return known.index(modality) if modality in known else len(known)


def _draft(group: Group, statements: Sequence[Statement]) -> Draft:
    readable, roles = _NAMED[group.kind]
    statements = [each for each in statements if not group.extras.issuperset(each.claims)]
    words = [word for role in readable for word in _words(statements, role)]
    marks = [f"{role}={value}" for role in roles for value in _told_by(statements, role)]
    marks += [f"{relation}:{other}" for relation, other in group.relations]
    if group.kind == "utterance" or not marks:
        marks += group.claims
    marks += ["denied"] * group.denied
    return Draft(group.kind, tuple(words), tuple(sorted(marks)), group.claims)


def _told_by(statements: Sequence[Statement], role: str) -> tuple[str, ...]:
    """Give the values that an event is told by: of issuers the states, of types the best."""
    values = said(statements, role)
    if role == "issuer":
        return tuple(each for each in values if each.startswith(("state/", "bloc/"))) or values
    if role == "type":
        return tuple(each.value.value for each in statements if each.role == role)[:1]
    return values


def _words(statements: Sequence[Statement], role: str) -> list[str]:
    if role == "date":
        best = [each.value.value for each in statements if each.role == "date"][:1]
        return [best[0].lower().replace("/", "-to-")] if best else []
    if role in ("title", "ordinal"):
        return [each.value.value for each in statements if each.role == role][:1]
    return codes(_told_by(statements, role))[:_SHOWN]


_NAMED: Final[dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    # what is read in the path; what it is told by
    "meeting": (("date", "party"), ("date", "party", "framework", "ordinal", "place")),
    "post": (("person", "title"), ("person", "of", "title")),
    "commitment": (("actor", "topic"), ("actor", "topic", "counterparty", "framework", "date")),
    "concern": (("holder", "target", "topic"), ("holder", "target", "topic")),
    "control": (("imposer", "item"), ("imposer", "item", "target", "date", "type")),
    "position": (("actor", "type", "item"), ("actor", "type", "item", "share")),
    "document": (("date", "type", "issuer"), ("date", "type", "issuer")),
    "utterance": (("speaker",), ("speaker",)),
}
