"""Groups of claims made into events: what each is, its statements, id and label.

Readings that are about one thing in, an event out; how it is named per kind stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.events.independence import Independence
from kg.events.model import Event, Statement
from kg.events.naming import Draft, codes, ids_of, said
from kg.events.reading import Reading, World
from kg.events.statements import statements_of
from kg.terms import MODALITIES, Kind

_SHOWN: Final = 4  # values of a role in a label or path


@dataclass(frozen=True, slots=True)
class Group:
    """Readings about one thing, and what is known of it beside them."""

    kind: Kind
    readings: Sequence[Reading]
    dates: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[tuple[str, str], ...] = ()

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


def built(groups: Sequence[Group], world: World, independence: Independence) -> list[Event]:
    """Make an event of each group, in their order."""
    stated = [
        statements_of(group.kind, group.readings, independence, group.dates) for group in groups
    ]
    drafts = [_draft(group, own) for group, own in zip(groups, stated, strict=True)]
    return [
        _event(identifier, group, own, world, independence)
        for identifier, group, own in zip(ids_of(drafts), groups, stated, strict=True)
    ]


def _event(
    identifier: str,
    group: Group,
    statements: tuple[Statement, ...],
    world: World,
    independence: Independence,
) -> Event:
    claims = [reading.claim for reading in group.readings]
    modal = {claim.modality for claim in claims if claim.modality}
    return Event(
        id=identifier,
        kind=group.kind,
        label=_LABELS[group.kind](statements, world),
        statements=statements,
        claims=group.claims,
        articles=group.articles,
        independent=independence.count(group.claims),
        status=tuple(sorted({claim.status for claim in claims if claim.status})),
        modality=tuple(sorted(modal, key=lambda each: (_strength(each), each))),
        polarity=("negative",) if group.denied else (),
        relations=tuple(sorted(set(group.relations))),
    )


def _strength(modality: str) -> int:
    known: tuple[str, ...] = MODALITIES
    return known.index(modality) if modality in known else len(known)


def _draft(group: Group, statements: Sequence[Statement]) -> Draft:
    readable, roles = _NAMED[group.kind]
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


def _listed(statements: Sequence[Statement], role: str, world: World) -> str:
    found = sorted(world.label(value) for value in _told_by(statements, role))
    rest = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return ", ".join(found[:_SHOWN]) + rest


def _first(statements: Sequence[Statement], role: str) -> str:
    return next((each.value.value for each in statements if each.role == role), "")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _after(lead: str, text: str) -> str:
    return f"{lead} {text}" if text else ""


def _meeting(own: Sequence[Statement], world: World) -> str:
    who = _listed(own, "party", world) or _listed(own, "attendee", world)
    name = _listed(own, "framework", world)
    begins = f"{name} meeting" if name else "Meeting"
    return _joined(begins, _after("of", who), _after("on", _first(own, "date")))


def _post(own: Sequence[Statement], world: World) -> str:
    office = _joined(_first(own, "title") or "post", _after("of", _listed(own, "of", world)))
    return f"{_listed(own, 'person', world)}, {office}"


def _commitment(own: Sequence[Statement], world: World) -> str:
    return _joined(
        "Commitment",
        _after("of", _listed(own, "actor", world)),
        _after("on", _listed(own, "topic", world)),
    )


def _concern(own: Sequence[Statement], world: World) -> str:
    return _joined(
        "Concern",
        _after("of", _listed(own, "holder", world)),
        _after("about", _listed(own, "topic", world)),
        _after("toward", _listed(own, "target", world)),
    )


def _control(own: Sequence[Statement], world: World) -> str:
    kind = _first(own, "type").replace("-", " ") or "control"
    return _joined(
        kind.capitalize(),
        _after("by", _listed(own, "imposer", world)),
        _after("on", _listed(own, "item", world)),
        _after("against", _listed(own, "target", world)),
    )


def _position(own: Sequence[Statement], world: World) -> str:
    kind = _first(own, "type").capitalize() or "Position"
    return _joined(
        kind,
        _after("of", _listed(own, "actor", world)),
        _after("in", _listed(own, "item", world)),
    )


def _document(own: Sequence[Statement], world: World) -> str:
    title = _first(own, "title") or _first(own, "type").replace("-", " ") or "document"
    return _joined(
        title[:1].upper() + title[1:],
        _after("of", _listed(own, "issuer", world)),
        _after("of", _first(own, "date")),
    )


def _utterance(own: Sequence[Statement], world: World) -> str:
    return _joined("Statement", _after("by", _listed(own, "speaker", world)))


_LABELS: Final[dict[Kind, Callable[[Sequence[Statement], World], str]]] = {
    "meeting": _meeting,
    "post": _post,
    "commitment": _commitment,
    "concern": _concern,
    "control": _control,
    "position": _position,
    "document": _document,
    "utterance": _utterance,
}
