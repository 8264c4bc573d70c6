"""Why there is an event: each statement with its support, what is disputed, and its relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.graph.model import Term
from kg.queries.why.disputes import disputed
from kg.queries.why.facts import Facts, family_of, property_of, role_of
from kg.queries.why.finding import called, folded, named
from kg.queries.why.following import grounds, inference_of, is_inference, rule_told
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import quotes, supported, value_told
from kg.terms import EVENT_CLASSES

CLASSES: Final = frozenset(f"cmq:{name}" for name in EVENT_CLASSES.values())
_STANDING: Final = ("cmq:status", "cmq:modality", "cmq:polarity")
_BESIDE: Final = frozenset({"org:post", "org:member", "rdf:type"})
"""Properties that repeat what others say, or are told elsewhere."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of an event, with the node that says what supports it, if there is one."""

    event: NamedNode
    predicate: NamedNode
    value: Term
    support: NamedNode | None

    @property
    def role(self) -> str:
        """The role that the value has, or the name of the relation."""
        return role_of(self.predicate) or re.split("[/#]", self.predicate.value)[-1]


def event(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell what bears out an event."""
    found = sorted(
        (each for each in statements(node, facts) if role_of(each.predicate)),
        key=lambda each: (each.role, str(each.value)),
    )
    told = [statement(each, facts, extent, brief=True) for each in found]
    standing = ", ".join(facts.label(each) for name in _STANDING for each in
                         facts.nodes(node, name))  # fmt: skip
    claims = facts.subjects("cmq:about", node)
    quoted, more = quotes(claims, facts, extent)
    title = f"{facts.label(node)} · {facts.kind(node)}{f', {standing}' if standing else ''}"
    branches = [
        *section(f"stated: {counted(len(found), 'statement')}", "statements", told),
        *disputed(facts.subjects("cmq:subject", node), facts, extent),
        *_wordings_of(node, facts, extent),
        *_related(node, facts, extent),
        *section(f"reported by {counted(len(claims), 'claim')}", "claims", quoted, more),
    ]
    known = {"label": facts.label(node), "class": facts.kind(node), "claims": len(claims)}
    return Branch(
        f"{title} — {supported(node, facts)}", "event", node.value, known, tuple(branches)
    )


def statements(node: NamedNode, facts: Facts) -> Iterator[Stated]:
    """Yield the statements of an event, one per role or relation and value."""
    supports = {
        (facts.node(each, "rdf:predicate"), value): each
        for each in facts.subjects("rdf:subject", node)
        for value in facts.objects(each, "rdf:object")
    }
    for predicate, value in facts.pairs(node):
        support = supports.get((predicate, value))
        if role_of(predicate) or support:
            yield Stated(node, predicate, value, support)


def statement(stated: Stated, facts: Facts, extent: Extent, *, brief: bool = False) -> Branch:
    """Tell a statement with the claims behind it; in brief, the surest of them only."""
    claims = _claims(stated, facts)
    shown = Extent(1) if brief and extent.shown else extent
    below, more = quotes(claims, facts, shown)
    told = f"{stated.role}: {value_told(stated.value, facts)}"
    if stated.support and is_inference(stated.support, facts):
        told += rule_told(stated.support, facts)
        below, more = grounds(stated.support, facts, shown), 0
    elif stated.support:
        told += f" — {supported(stated.support, facts)}"
    elif claims:
        told += f" — {supported(stated.event, facts)}"
    if not brief:
        told = f"{facts.title(stated.event)} ({facts.short(stated.event)}) · {told}"
    iri = stated.support.value if stated.support else None
    known = {
        "event": stated.event.value,
        "role": stated.role,
        "value": stated.value.value,
        "claims": [each.value for each in claims],
    }
    return Branch(told, "statement", iri, known, below, more)


def find_statement(event: NamedNode, role: str, value: str, facts: Facts) -> Stated:
    """Find the statement of an event that a user names by role and value."""
    known = [*statements(event, facts)]
    of_role = [each for each in known if each.role == role.removeprefix("cmq:")]
    if not of_role:
        roles = ", ".join(sorted({each.role for each in known})) or "none"
        raise QueryError(f"{facts.short(event)} {role}", f"no such role here; it has {roles}")
    meant = {str(each) for each in named(value, facts)} | {str(each) for each in
             called(value, facts)}  # fmt: skip
    for each in of_role:
        if str(each.value) in meant or folded(value) in _wordings(each.value, facts):
            return each
    values = ", ".join(value_told(each.value, facts) for each in of_role)
    raise QueryError(f"{facts.short(event)} {role} {value}", f"no such value; it has {values}")


def stated_by(support: NamedNode, facts: Facts) -> Stated | None:
    """Read the statement that a support node is of."""
    node, predicate = (facts.node(support, f"rdf:{part}") for part in ("subject", "predicate"))
    values = facts.objects(support, "rdf:object")
    if node is None or predicate is None or not values:
        return None
    return Stated(node, predicate, values[0], support)


def _wordings(value: Term, facts: Facts) -> set[str]:
    """Give what may be typed for a value."""
    if not isinstance(value, NamedNode):
        return {folded(value.value)}
    return {folded(each) for each in (facts.label(value), facts.short(value), value.value)}


def _claims(stated: Stated, facts: Facts) -> list[NamedNode]:
    """Give the claims behind a statement; where none are named, those of its event that say it.

    A date whose year the article leaves open is completed on the event: all claims bear it out.
    """
    if stated.support:
        return facts.nodes(stated.support, "cmq:claim")
    claims = facts.subjects("cmq:about", stated.event)
    said = (stated.predicate, stated.value)
    return [each for each in claims if said in facts.pairs(each)] or claims


def _wordings_of(node: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell in which wordings something is reported, where these are told apart."""
    found = sorted(
        facts.nodes(node, "cmq:reportedWording"),
        key=lambda each: (-facts.number(each, "cmq:sources"), each.value),
    )
    shown, more = extent.of(found)
    branches = [wording(each, facts, extent) for each in shown]
    yield from section(f"reported in {counted(len(found), 'wording')}", "wordings", branches, more)


def wording(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell one wording of what was said or promised, with the claims that give it."""
    below, more = quotes(facts.nodes(node, "cmq:claim"), facts, extent)
    return Branch(f"one wording — {supported(node, facts)}", "wording", node.value, {}, below, more)


def _related(node: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell how an event hangs together with others."""
    ahead = [
        (predicate, value, "")
        for predicate, value in facts.pairs(node)
        if isinstance(value, NamedNode) and _is_relation(predicate, facts)
    ]
    back = [
        (predicate, subject, " of")
        for subject, predicate in facts.uses(node)
        if _is_relation(predicate, facts) and _is_event(subject, facts)
    ]
    found = [
        each for each in ahead
        if _is_event(each[1], facts) or inference_of(node, each[0], each[1], facts)
    ] + back  # fmt: skip
    shown, more = extent.of(found)
    branches = [_relation(node, each, facts, extent) for each in shown]
    told = f"related: {counted(len(found), 'relation')}"
    yield from section(told, "relations", branches, more, count=len(found))
    held = facts.node(node, "org:post")
    if held:
        posts = f"holding of the post {facts.title(held)}"
        yield Branch(posts, "post", held.value)


def _relation(
    node: NamedNode, told: tuple[NamedNode, NamedNode, str], facts: Facts, extent: Extent
) -> Branch:
    """Tell one relation of an event, and what it was inferred from."""
    predicate, other, back = told
    ends = (other, node) if back else (node, other)
    inference = inference_of(ends[0], predicate, ends[1], facts)
    text = f"{facts.short(predicate).removeprefix('cmq:')}{back}: {facts.title(other)}"
    return Branch(
        text + (rule_told(inference, facts) if inference else ""),
        "relation",
        other.value,
        {"relation": predicate.value, "inverse": bool(back)},
        grounds(inference, facts, Extent(1) if extent.shown else extent) if inference else (),
    )


def _is_relation(predicate: NamedNode, facts: Facts) -> bool:
    short = facts.short(predicate)
    outside = predicate in {property_of("cmq:about"), property_of("cmq:subject")}
    return not outside and short not in _BESIDE and role_of(predicate) is None


def _is_event(node: NamedNode, facts: Facts) -> bool:
    return family_of(node) != "claim" and not CLASSES.isdisjoint(facts.classes(node))
