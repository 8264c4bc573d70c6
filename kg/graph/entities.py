"""Identity as triples: entities with every attested name, and the judgements that made them.

The read-only view of the entities stage in, its description out. A concept of the ontology keeps
its own label; all other entities are labelled here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.entities.model import Entity, EntityKind, Form, Identity, Judgement
from kg.graph.literals import decimal
from kg.graph.minting import Mint
from kg.graph.terms import describe, term
from kg.iris import content_hash

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


def group_entities(identity: Identity, mint: Mint) -> dict[str, NamedNode]:
    """Say which entity each article-level group of mentions is."""
    return {key: entity_node(entity, mint) for entity in identity.entities for key in entity.groups}


def identity_triples(identity: Identity, mint: Mint) -> Iterator[Triple]:
    """Describe entities, groups of mentions and judgements."""
    for entity in identity.entities:
        yield from _entity_triples(entity, mint)
    for judgement in identity.judgements:
        yield from _judgement_triples(judgement, mint)
    nodes = group_entities(identity, mint)
    for mention in identity.mentions:
        yield from describe(
            mint.node("group", mention.key),
            ("a", term("cmq:MentionGroup")),
            ("cmq:refersTo", nodes.get(mention.key)),
            ("rdfs:label", mention.ref),
            ("prov:hadPrimarySource", mint.article(mention.article)),
        )


def _entity_triples(entity: Entity, mint: Mint) -> Iterator[Triple]:
    node = entity_node(entity, mint)
    yield from describe(
        node,
        ("a", term(CLASSES[entity.type])),
        ("rdfs:label", None if entity.concept else entity.label),
        ("skos:notation", sorted((entity.codes or {}).values())),
    )
    for form in entity.forms:
        yield from _form_triples(form, node, mint)


def _form_triples(form: Form, node: NamedNode, mint: Mint) -> Iterator[Triple]:
    name = mint.node("name", content_hash(node.value, form.form, form.variant, form.rule))
    yield from describe(node, ("cmq:name", name))
    yield from describe(
        name,
        ("a", term("cmq:NameForm")),
        ("cmq:form", form.form),
        ("cmq:variant", form.variant),
        ("cmq:rule", form.rule),
        ("cmq:attestedIn", [mint.article(each) for each in form.articles]),
    )


def _judgement_triples(judgement: Judgement, mint: Mint) -> Iterator[Triple]:
    yield from describe(
        mint.node("judgement", judgement.id),
        ("a", term("cmq:Judgement")),
        ("cmq:left", mint.node("group", judgement.left)),
        ("cmq:right", mint.node("group", judgement.right)),
        ("cmq:verdict", judgement.verdict),
        ("cmq:score", decimal(judgement.score)),
        ("cmq:author", judgement.author),
        ("cmq:reason", judgement.reasons),
    )
