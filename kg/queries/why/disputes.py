"""Disagreements told: what is disputed, which rule found it, who says what, what to take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from kg.queries.why.facts import Facts, role_of
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import quotes, supported, value_told


def disputed(found: Iterable[NamedNode], facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell disagreements under a heading of their own."""
    known = sorted(set(found), key=str)
    shown, more = extent.of(known)
    branches = [disagreement(each, facts, extent) for each in shown]
    told = f"disputed: {counted(len(known), 'disagreement')}"
    yield from section(told, "disagreements", branches, more, count=len(known))


def disagreement(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell a disagreement with each of its sides and the sentences behind it."""
    subject, predicate = (facts.node(node, name) for name in ("cmq:subject", "cmq:disputedRole"))
    known_role = role_of(predicate) if predicate else None
    role = known_role or (facts.short(predicate).rpartition(":")[2] if predicate else "role")
    rule, comment = facts.text(node, "cmq:rule"), facts.text(node, "rdfs:comment")
    branches = [side(each, facts, extent) for each in facts.nodes(node, "cmq:option")]
    advice = facts.text(node, "cmq:advice")
    if advice:
        branches.append(Branch(f"a cautious reader takes: {advice}", "advice"))
    told = f"{role}, found by the rule {rule}: {comment}"
    known = {"role": role, "rule": rule, "subject": subject.value if subject else None}
    known |= {"explanation": comment, "advice": advice}
    return Branch(told, "disagreement", node.value, known, tuple(branches))


def side(option: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell one side of a disagreement."""
    values = facts.objects(option, "cmq:value")
    value = value_told(values[0], facts) if values else "left out"
    below, more = quotes(facts.nodes(option, "cmq:claim"), facts, extent)
    acts = facts.nodes(option, "cmq:act")
    by = [f"the legal record: {facts.title(each)}" for each in acts]
    by += [supported(option, facts)] if not acts or facts.number(option, "cmq:sources") else []
    articles = facts.articles(facts.nodes(option, "cmq:article"))
    known = {"value": value, "articles": articles, "acts": [each.value for each in acts]}
    return Branch(f"{value} — {'; '.join(by)}", "option", option.value, known, below, more)
