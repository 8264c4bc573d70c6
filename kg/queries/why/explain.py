"""Why something stands in the graph: what a user names in, the account of it out.

What a node is decides how it is told; evidence, name forms, options and the like are told with
what they belong to. A node of a class that is not told apart is shown by its properties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pyoxigraph import NamedNode

from kg.queries.why.claims import article, claim, mention
from kg.queries.why.disputes import disagreement, side
from kg.queries.why.entities import entity, name_branch
from kg.queries.why.events import CLASSES as EVENTS
from kg.queries.why.events import event, find_statement, stated_by, statement, wording
from kg.queries.why.facts import Facts, role_of
from kg.queries.why.finding import find
from kg.queries.why.identity import entities_of, ruling_of, rulings_on, unit_at
from kg.queries.why.judged import beyond, ruling_facts, unit_branch
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import value_told

Told = Callable[[NamedNode, Facts, Extent], Branch]


def why(typed: str, facts: Facts, extent: Extent) -> Branch:
    """Tell what is behind anything that a dataset speaks of."""
    return told_of(find(typed, facts), facts, extent)


def why_stated(typed: str, role: str, value: str, facts: Facts, extent: Extent) -> Branch:
    """Tell what is behind one statement of an event."""
    return statement(find_statement(find(typed, facts), role, value, facts), facts, extent)


def told_of(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell what is behind a node, by its class."""
    classes = facts.classes(node)
    for name in classes:
        if name in _TELLERS:
            return _TELLERS[name](node, facts, extent)
    if facts.nodes(node, "prov:wasInvalidatedBy"):  # all that is left of an article taken back
        return article(node, facts, extent)
    return _anything(node, facts, extent)


def _judgement(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell a judgement: what it relates, on which grounds, and whether it holds."""
    ruling = ruling_of(node, facts)
    if ruling is None:
        return _anything(node, facts, extent)
    units = [unit_at(each, facts) for each in (ruling.left, ruling.right)]
    sides = [unit_branch(each, facts) for each in units]
    homes = [entities_of(each.node, facts) for each in units]
    one = bool(set(homes[0]) & set(homes[1]))
    holds = "they are one entity" if one else "they are different entities"
    reasons = [Branch(each, "reason") for each in ruling.reasons]
    branches = (*sides, *reasons, Branch(f"in the graph {holds}", "outcome", None, {"one": one}))
    told = f"{ruling.verdict}, {ruling.score:.2f}, by {ruling.author}"
    return Branch(told, f"verdict {ruling.verdict}", node.value, ruling_facts(ruling), branches)


def _disagreement(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    told = disagreement(node, facts, extent)
    on = tuple(
        Branch(f"on {facts.title(each)}", "subject", each.value)
        for each in facts.nodes(node, "cmq:subject")
    )
    return Branch(told.text, told.kind, told.iri, told.facts, on + told.branches)


def _unit(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell a profile or group: whom it stands for, and every judgement on it."""
    unit = unit_at(node, facts)
    homes = entities_of(node, facts)
    found = rulings_on(node, facts)
    shown, more = extent.of(found, times=2)
    judged = [beyond(node, each, facts) for each in shown]
    branches = [
        *(Branch(f"stands for {value_told(each, facts)}", "entity", each.value) for each in homes),
        *section(f"judged: {counted(len(found), 'judgement')}", "judgements", judged, more),
    ]
    told = unit_branch(unit, facts)
    return Branch(told.text, "unit", node.value, told.facts, tuple(branches))


def _name(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    form = name_branch(node, facts.articles(facts.nodes(node, "cmq:attestedIn")), facts)
    owners = facts.subjects("cmq:name", node)
    below = tuple(entity(each, facts, extent) for each in owners)
    return Branch(form.text, form.kind, form.iri, form.facts, below)


def _support(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    stated = stated_by(node, facts)
    return statement(stated, facts, extent) if stated else _anything(node, facts, extent)


def _part(*properties: str) -> Told:
    """Tell a node with what it is a part of."""

    def told(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
        for name in properties:
            wholes = facts.subjects(name, node)
            if wholes:
                return told_of(wholes[0], facts, extent)
        return _anything(node, facts, extent)

    return told


def _anything(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Show what is said of a node, and what leads to it."""
    said = [
        Branch(f"{facts.short(name)}: {value_told(value, facts)}", "property", None)
        for name, value in facts.pairs(node)
    ]
    uses = [
        Branch(f"{role_of(name) or facts.short(name)} of {facts.title(subject)}", "use",
               subject.value)
        for subject, name in facts.uses(node)
    ]  # fmt: skip
    (shown, more), (led, rest) = extent.of(said, times=4), extent.of(uses)
    branches = [
        *_moved(node, facts, extent),
        *section(f"said of it: {counted(len(said), 'statement')}", "properties", shown, more),
        *section(f"leads to it: {counted(len(uses), 'statement')}", "uses", led, rest),
    ]
    told = f"{facts.label(node)} · {facts.kind(node)}"
    return Branch(told, "thing", node.value, {}, tuple(branches))


def _moved(node: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell what an identifier that was published earlier leads to now."""
    for each in facts.nodes(node, "dcterms:isReplacedBy"):
        told = f"published earlier; replaced by {value_told(each, facts)}"
        yield Branch(told, "replaced", each.value, {}, (told_of(each, facts, extent),))


_ENTITIES: Final = (
    "Person", "Organisation", "State", "Bloc", "Place", "Framework", "Occasion", "Topic",
    "Material", "ControlledMaterial",
)  # fmt: skip
_TELLERS: Final[Mapping[str, Told]] = {
    **{f"cmq:{name}": entity for name in _ENTITIES},
    **dict.fromkeys(EVENTS, event),
    "cmq:Article": article,
    "cmq:Claim": claim,
    "cmq:Dating": _part("cmq:dating"),
    "cmq:Disagreement": _disagreement,
    "cmq:Inference": _support,
    "cmq:Judgement": _judgement,
    "cmq:Mention": mention,
    "cmq:MentionGroup": _unit,
    "cmq:Metadatum": _part("cmq:metadatum"),
    "cmq:NameForm": _name,
    "cmq:NameProfile": _unit,
    "cmq:Option": side,
    "cmq:Support": _support,
    "cmq:Wording": wording,
    "oa:SpecificResource": _part("prov:wasDerivedFrom"),
    "oa:TextPositionSelector": _part("oa:hasSelector"),
    "oa:TextQuoteSelector": _part("oa:hasSelector"),
}
