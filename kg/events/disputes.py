"""Entries of the ledger of disagreements: what a rule found in, an entry with its words out.

Nothing is settled and nothing deleted. Each entry names its rule, gives both sides with the
sources of each, and says why they cannot all be right and what a cautious reader should take.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.events.independence import Independence
from kg.events.model import Disagreement, Event, Option, Value
from kg.events.reading import Reading, World
from kg.iris import content_hash
from kg.legal import Measure
from kg.resources import lexicon


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule finds: a title, and sentences with places for what it found."""

    title: str
    why: str
    advice: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The words of the ledger, as their data file gives them."""

    rules: dict[str, Rule]
    verbs: dict[str, tuple[str, str]]
    conflicts: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Bench:
    """What the rules look things up in."""

    readings: Mapping[str, Reading]
    world: World
    independence: Independence
    record: Sequence[Measure]  # legal measures that dates are compared with

    def option(self, value: Value | None, claims: Iterable[str], act: str | None = None) -> Option:
        """Make one side: its value, or that it leaves out what another says."""
        known = sorted(set(claims))
        own = [self.readings[claim] for claim in known]
        articles = tuple(sorted({each.article for each in own}))
        return Option(value, tuple(known), articles, self.independence.count(own), act)

    def shown(self, value: Value) -> str:
        """Give a value as a reader knows it."""
        return self.world.label(value.value) if value.type == "entity" else value.value


@cache
def rules() -> Rules:
    """Read the words of the ledger."""
    words: Rules = lexicon("events", "disagreements.yaml", Rules)
    return words


def dispute(
    event: Event, role: str, rule: str, options: Sequence[Option], **words: str
) -> Disagreement:
    """Make an entry: the best supported side first, what is left out and the record last."""
    ordered = sorted(
        options,
        key=lambda each: (
            each.act is not None,
            each.value is None,
            -each.independent,
            -len(each.articles),
            str(each.value),
            each.claims,
        ),
    )
    known = rules().rules[rule]
    return Disagreement(
        id=content_hash(event.id, role, rule, *(f"{each.value} {each.act}" for each in ordered)),
        subject=event.id,
        role=role,
        rule=rule,
        explanation=known.why.format_map(words),
        options=tuple(ordered),
        advice=known.advice.format_map(words),
    )


def told(articles: Iterable[str], verb: str) -> str:
    """Say that so many articles do something.

    >>> told({"a"}, "names"), told({"a", "b"}, "names")
    ('One article names', '2 articles name')
    """
    number = len(set(articles))
    one, many = rules().verbs[verb]
    return f"One article {one}" if number == 1 else f"{number} articles {many}"


def lower(words: str) -> str:
    """Let a sentence go on."""
    return words[:1].lower() + words[1:]
