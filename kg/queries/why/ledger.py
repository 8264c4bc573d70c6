"""The ledger of disagreements: a dataset and what to look for in, accounts or rows out.

Ordered by how much is at stake: first what most independent sources part on. Nothing is settled:
each entry gives all its sides with their sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.queries.model import Rows, Term
from kg.queries.why.disputes import disagreement
from kg.queries.why.facts import Facts, property_of
from kg.queries.why.finding import find
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import quotes, value_told

COLUMNS: Final = (
    "disagreement", "subject", "label", "role", "rule", "value", "sources", "independentSources",
    "articles", "quotes", "why", "advice",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; what is None is not asked for."""

    on: str | None = None  # the event, entity or article that it concerns
    rule: str | None = None
    role: str | None = None
    independent: int = 0  # sources that each side needs at least


def disagreements(facts: Facts, wanted: Wanted) -> list[NamedNode]:
    """Find the disagreements that fit, those with the best supported sides first."""
    found = facts.subjects("rdf:type", property_of("cmq:Disagreement"))
    if wanted.on is not None:
        near = _near(find(wanted.on, facts), facts)
        found = [each for each in found if each in near]
    _known("rule", wanted.rule, {facts.text(each, "cmq:rule") for each in found})
    _known("role", wanted.role, {role_name(each, facts) for each in found})
    fitting = [
        each
        for each in found
        if wanted.rule in (None, facts.text(each, "cmq:rule"))
        and wanted.role in (None, role_name(each, facts))
        and min(_counts(each, facts), default=0) >= wanted.independent
    ]
    return sorted(fitting, key=lambda each: _weight(each, facts))


def account_of(found: Sequence[NamedNode], facts: Facts, extent: Extent) -> Branch:
    """Tell disagreements event by event, with the sentences of every side."""
    shown, more = extent.of(found, times=4)
    by_subject: dict[NamedNode, list[NamedNode]] = {}
    for each in shown:
        for subject in facts.nodes(each, "cmq:subject"):
            by_subject.setdefault(subject, []).append(each)
    branches = tuple(
        branch
        for subject, own in by_subject.items()
        for branch in section(
            f"{facts.title(subject)} · {facts.short(subject)}",
            "event",
            [disagreement(each, facts, extent) for each in own],
        )
    )
    rules = Counter(facts.text(each, "cmq:rule") for each in found)
    told = ", ".join(f"{rule} {number}" for rule, number in sorted(rules.items()))
    text = f"{counted(len(found), 'disagreement')}{f': {told}' if told else ''}"
    return Branch(text, "ledger", None, {"rules": dict(sorted(rules.items()))}, branches, more)


def rows_of(found: Sequence[NamedNode], facts: Facts) -> Rows:
    """Give one row for each side of each disagreement."""
    rows = [row for each in found for row in _rows(each, facts)]
    return Rows(COLUMNS, tuple(rows))


def role_name(node: NamedNode, facts: Facts) -> str:
    """Give the name of the role that sources part on."""
    property_ = facts.node(node, "cmq:disputedRole")
    if property_ == property_of("dcterms:type"):
        return "type"
    return facts.short(property_).rpartition(":")[2] if property_ else ""


def _rows(node: NamedNode, facts: Facts) -> list[tuple[Term | None, ...]]:
    subject = facts.node(node, "cmq:subject")
    entry = [node.value, subject.value if subject else "", facts.label(subject) if subject else ""]
    entry += [role_name(node, facts), facts.text(node, "cmq:rule")]
    why, advice = facts.text(node, "rdfs:comment"), facts.text(node, "cmq:advice")
    return [
        tuple(map(_cell, [*entry, *_side(option, facts), why, advice]))
        for option in facts.nodes(node, "cmq:option")
    ]


def _side(option: NamedNode, facts: Facts) -> list[str]:
    values = facts.objects(option, "cmq:value")
    said, _ = quotes(facts.nodes(option, "cmq:claim"), facts, Extent(None))
    named = facts.articles(facts.nodes(option, "cmq:article"))
    named += [facts.label(each) for each in facts.nodes(option, "cmq:act")]
    return [
        value_told(values[0], facts) if values else "left out",
        facts.text(option, "cmq:sources"),
        facts.text(option, "cmq:independentSources"),
        "; ".join(named),
        " | ".join(each.text for each in said),
    ]


def _cell(value: str) -> Term | None:
    if not value:
        return None
    return Term("uri" if value.startswith(("http://", "https://")) else "literal", value)


def _near(node: NamedNode, facts: Facts) -> set[NamedNode]:
    """Give the disagreements on a node, on what it takes part in, or in an article."""
    found = set(facts.subjects("cmq:subject", node))
    for option in {*facts.subjects("cmq:value", node), *facts.subjects("cmq:article", node)}:
        found |= set(facts.subjects("cmq:option", option))
    for subject, _ in facts.uses(node):
        found |= set(facts.subjects("cmq:subject", subject))
    return found


def _known(name: str, value: str | None, values: set[str]) -> None:
    if value is not None and values and value not in values:
        raise QueryError(value, f"is no {name} of a disagreement here; one of {_listed(values)}")


def _listed(values: set[str]) -> str:
    return ", ".join(sorted(values))


def _counts(node: NamedNode, facts: Facts) -> list[int]:
    options = facts.nodes(node, "cmq:option")
    return [facts.number(each, "cmq:independentSources") for each in options]


def _weight(node: NamedNode, facts: Facts) -> tuple[int, int, str, str]:
    counts = _counts(node, facts)
    subject = facts.node(node, "cmq:subject")
    return (-min(counts, default=0), -sum(counts), str(subject), node.value)
