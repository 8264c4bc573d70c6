"""Identity as triples: entities with every attested name, and the judgements that made them.

Records of the entities stage in, their descriptions out. A concept of the ontology keeps its own
label; all other entities are labelled here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.entities.model import Entity, EntityKind, Judgement, Mention, NameProfile
from kg.graph.literals import decimal
from kg.graph.minting import Mint
from kg.graph.terms import Triple, describe, term
from kg.iris import content_hash
from kg.states import blocs

CLASSES: Final[dict[EntityKind, str]] = {
    "person": "cmq:Person",
    "organisation": "cmq:Organisation",
    "state": "cmq:State",
    "bloc": "cmq:Bloc",
    "place": "cmq:Place",
    "framework": "cmq:Framework",
    "material": "cmq:Material",
    "topic": "cmq:Topic",
    "occasion": "cmq:Occasion",
}


def entity_node(entity: Entity, mint: Mint) -> NamedNode:
    """Give the node of an entity: the concept that it is, or its path below the base."""
    return mint.path(entity.concept or entity.id)


def entity_triples(entity: Entity, mint: Mint, *, labelled: bool = False) -> Iterator[Triple]:
    """Describe an entity and each form of its name; which articles bear it out, these say.

    One that is `labelled` elsewhere gets no second label, so that queries give one row for it.
    """
    node = entity_node(entity, mint)
    yield from describe(
        node,
        ("a", term(CLASSES[entity.type])),
        ("rdfs:label", None if entity.concept or labelled else entity.label),
        ("skos:notation", sorted((entity.codes or {}).values())),
    )
    for form in entity.forms:
        name = name_node(node, form.form, mint)
        yield from describe(node, ("cmq:name", name))
        yield from describe(
            name,
            ("a", term("cmq:NameForm")),
            ("cmq:form", form.form),
            ("cmq:variant", form.variant),
            ("cmq:rule", form.rule),
        )


def name_node(entity: NamedNode, form: str, mint: Mint) -> NamedNode:
    """Give the node of a form of an entity's name."""
    return mint.node("name", content_hash(entity.value, form))


def group_triples(
    mention: Mention, entity: NamedNode | None, profile: str | None, mint: Mint
) -> Iterator[Triple]:
    """Describe the article-level group of a mention: whom it stands for, by which profile."""
    yield from describe(
        mint.node("group", mention.key),
        ("a", term("cmq:MentionGroup")),
        ("cmq:refersTo", entity),
        ("cmq:profile", mint.node("profile", profile) if profile else None),
        ("rdfs:label", mention.ref),
        ("prov:hadPrimarySource", mint.article(mention.article)),
    )


def profile_triples(profile: NameProfile, mint: Mint) -> Iterator[Triple]:
    """Describe a profile: the name, and the states that its bearer acts for."""
    yield from describe(
        mint.node("profile", profile.key),
        ("a", term("cmq:NameProfile")),
        ("rdfs:label", profile.name),
        ("cmq:actsFor", [mint.path(_state(each)) for each in profile.states]),
    )


def judgement_triples(
    judgement: Judgement, sides: tuple[NamedNode, NamedNode], mint: Mint
) -> Iterator[Triple]:
    """Describe a judgement on two profiles or groups."""
    yield from describe(
        mint.node("judgement", judgement.id),
        ("a", term("cmq:Judgement")),
        ("cmq:left", sides[0]),
        ("cmq:right", sides[1]),
        ("cmq:verdict", judgement.verdict),
        ("cmq:score", decimal(judgement.score)),
        ("cmq:author", judgement.author),
        ("cmq:reason", judgement.reasons),
    )


def _state(code: str) -> str:
    return f"bloc/{code}" if code in blocs() else f"state/{code}"
