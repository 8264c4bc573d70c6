"""What this stage hands on: events with their supported statements, and disagreements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from kg.terms import Kind

ValueType = Literal["entity", "concept", "date", "number", "string"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a role of an event holds: an entity's id, a concept's name, or a literal."""

    type: ValueType
    value: str

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True)
class Statement:
    """One role of one event with one value, and everything it rests on.

    `sources` counts articles, `independent` counts them with copies and citations of one
    origin taken together.
    """

    role: str
    value: Value
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which articles word what was said; the words stand in the claims."""

    claims: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a relation of an event to another is inferred from: no claim states it by itself."""

    relation: str
    other: str  # id of the event or entity at its end
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Event:
    """What claims of one or more articles are about; `kind` gives its class."""

    id: str  # IRI path below the base, "meeting/2024-06-26-jp-kr-us-1a2b3c4d"
    kind: Kind
    label: str
    statements: tuple[Statement, ...]
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int
    status: tuple[str, ...] = ()  # of meetings and measures, as claims give it
    modality: tuple[str, ...] = ()  # of commitments
    polarity: tuple[str, ...] = ()  # "negative" where a claim denies it
    relations: tuple[tuple[str, str], ...] = ()  # ("produced", "document/…")
    wordings: tuple[Wording, ...] = ()  # of what was said, where there are several
    grounds: tuple[Ground, ...] = ()  # of the relations

    def values(self, role: str) -> tuple[Value, ...]:
        """Give the values of a role, best supported first."""
        return tuple(each.value for each in self.statements if each.role == role)


@dataclass(frozen=True, slots=True)
class Option:
    """One side of a disagreement: a value and who gives it."""

    value: Value | None  # None where articles leave out what the other option says
    claims: tuple[str, ...]
    articles: tuple[str, ...]
    independent: int
    act: str | None = None  # the legal measure that says so, where it is the record


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Sources that cannot all be right; nothing is deleted, both sides stay."""

    id: str
    subject: str  # id of an event or entity
    role: str
    rule: str  # name of the rule that found it
    explanation: str  # why the sides cannot all be right
    options: tuple[Option, ...]
    advice: str = ""  # what a cautious reader should take


@dataclass(frozen=True, slots=True)
class EventLedger:
    """Everything that the claims of a set of articles are about, and where they part."""

    events: tuple[Event, ...]
    disagreements: tuple[Disagreement, ...]
    about: Mapping[str, str]  # id of a claim -> id of the event it is about


@dataclass(frozen=True, slots=True)
class EventChanges:
    """What a change of articles or of identity did to events; ids not to be looked up are gone."""

    events: frozenset[str]
    disagreements: frozenset[str]
    articles: frozenset[str]  # those of which a claim is about another event than before


class EventView(Protocol):
    """The read-only view of events that later stages see, whatever keeps it."""

    def event(self, key: str) -> Event | None:
        """Give an event."""

    def events(self) -> Iterator[Event]:
        """Yield all events, by id."""

    def disagreement(self, key: str) -> Disagreement | None:
        """Give a disagreement."""

    def disagreements(self) -> Iterator[Disagreement]:
        """Yield all disagreements, by id."""

    def about(self, article: str) -> Mapping[str, str]:
        """Give for each claim of an article the id of the event that it is about."""


class WholeEvents(EventView, Protocol):
    """A view of events that can also give all of them at once."""

    def ledger(self) -> EventLedger:
        """Give all of them, in memory."""
