"""How well something is supported: what makes one claim or event come before another."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kg.graph.model import Term
from kg.queries.why.facts import Facts
from kg.queries.why.model import Branch, Extent, counted


def weight(event: NamedNode, facts: Facts) -> tuple[int, int, str, str]:
    """Give the place of an event among others: the best supported first."""
    independent = facts.number(event, "cmq:independentSources")
    sources = facts.number(event, "cmq:sources")
    return (-independent, -sources, facts.label(event), event.value)


def surest_first(claims: Iterable[NamedNode], facts: Facts) -> list[NamedNode]:
    """Order claims, one of each article before the second of any, and the surest first."""
    ranked = sorted(claims, key=lambda each: (-_confidence(each, facts), each.value))
    seen: dict[NamedNode | None, int] = {}
    turns: list[tuple[int, int, NamedNode]] = []
    for place, claim in enumerate(ranked):
        source = facts.node(claim, "prov:hadPrimarySource")
        seen[source] = seen.get(source, 0) + 1
        turns.append((seen[source], place, claim))
    return [claim for _, _, claim in sorted(turns, key=lambda each: each[:2])]


def quotes(
    claims: Iterable[NamedNode], facts: Facts, extent: Extent
) -> tuple[tuple[Branch, ...], int]:
    """Quote claims, and say how many are left out."""
    shown, more = extent.of(surest_first(claims, facts))
    return tuple(facts.quote(each) for each in shown), more


def supported(node: NamedNode, facts: Facts) -> str:
    """Say how many sources support a node, and how many of them stand on their own."""
    sources = facts.number(node, "cmq:sources")
    independent = facts.number(node, "cmq:independentSources")
    told = counted(sources, "source")
    return told if sources == independent else f"{told}, {independent:,} of them independent"


def value_told(value: Term, facts: Facts) -> str:
    """Give the value of a role in words, with its identifier where it has a name as well."""
    if not isinstance(value, NamedNode):
        return value.value
    label, short = facts.label(value), facts.short(value)
    return label if label == short else f"{label} ({short})"


def _confidence(claim: NamedNode, facts: Facts) -> float:
    return float(facts.text(claim, "cmq:confidence") or 0)
