"""Events as triples: what the claims of all articles together say, with the support of each.

Events and disagreements in, the derived graph out. A statement that only denying claims give is
left out unless the whole event is denied: then its polarity says so for all of it. One that all
claims of its event give has no support of its own: it is as well supported as the event. What no
claim states by itself says from which claims, and by which rule, it is inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pyoxigraph import NamedNode

from kg.events.model import Disagreement, Event, Ground, Option, Statement, Value, Wording
from kg.graph.claims import TYPE_SCHEMES, role_property
from kg.graph.entities import entity_node
from kg.graph.literals import date, label, plain, read_number
from kg.graph.minting import Mint
from kg.graph.model import Views, statement_key
from kg.graph.tenure import tenure_of
from kg.graph.terms import Object, Triple, concept, describe, term
from kg.iris import content_hash, slug
from kg.resources import lexicon
from kg.terms import EVENT_CLASSES, Kind


@dataclass(frozen=True, slots=True)
class Context:
    """What the description of events needs beside them."""

    mint: Mint
    views: Views

    def entity(self, key: str) -> tuple[NamedNode, str] | None:
        """Give the node and the label of an entity, None if nobody knows it."""
        entity = self.views.identity.entity(key)
        return (entity_node(entity, self.mint), entity.label) if entity else None

    def denials(self, event: Event) -> frozenset[str]:
        """Give the claims that deny an event."""
        if "negative" not in event.polarity:
            return frozenset()
        found = (self.views.claims.get(each) for each in event.articles)
        return frozenset(
            claim.id
            for own in found
            if own is not None
            for claim in own.claims
            if claim.polarity == "negative"
        )


def event_triples(event: Event, context: Context) -> Iterator[Triple]:
    """Describe an event: its class, roles, status, relations, and the support of each statement."""
    mint, node = context.mint, context.mint.path(event.id)
    yield from describe(
        node,
        ("a", term(f"cmq:{EVENT_CLASSES[event.kind]}")),
        ("rdfs:label", label(event.label)),
        ("cmq:status", [concept("status", each) for each in event.status]),
        ("cmq:modality", [concept("modality", each) for each in event.modality]),
        ("cmq:polarity", [concept("polarity", each) for each in event.polarity]),
        ("cmq:sources", len(event.articles)),
        ("cmq:independentSources", event.independent),
    )
    for statement in _stated(event, context.denials(event)):
        value = _node_of(statement.role, statement.value, event.kind, context)
        if value is not None:
            yield node, role_property(statement.role), value
            if not _as_its_event(statement, event):
                yield from _support_triples(node, value, statement, mint)
    for relation, other in event.relations:
        yield from describe(node, (term(f"cmq:{relation}"), mint.path(other)))
    for ground in event.grounds:
        yield from _inference_triples(node, ground, mint)
    for wording in event.wordings:
        yield from _wording_triples(node, wording, mint)
    if event.kind == "post":
        yield from _holding_triples(event, node, context)


def _as_its_event(statement: Statement, event: Event) -> bool:
    """Say whether a statement rests on all that its event rests on."""
    numbers = len(statement.articles), statement.independent
    return {*statement.claims} == {*event.claims} and numbers == (
        len(event.articles), event.independent
    )  # fmt: skip


def _support_triples(
    event: NamedNode, value: Object, statement: Statement, mint: Mint
) -> Iterator[Triple]:
    """Say what one statement of an event rests on."""
    predicate = role_property(statement.role)
    yield from describe(
        mint.node("support", statement_key(event, predicate, value)),
        ("a", term("cmq:Support")),
        ("rdf:subject", event),
        ("rdf:predicate", predicate),
        ("rdf:object", value),
        ("cmq:sources", len(statement.articles)),
        ("cmq:independentSources", statement.independent),
        ("cmq:claim", [mint.claim(each) for each in statement.claims]),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """How a relation between events is inferred."""

    relation: str
    rule: str
    comment: str


@dataclass(frozen=True, slots=True)
class Rules:
    """How all relations between events are inferred."""

    relations: tuple[Rule, ...]


@cache
def _rules() -> dict[str, Rule]:
    told: Rules = lexicon("graph", "relations.yaml", Rules)
    return {each.relation: each for each in told.relations}


def _inference_triples(event: NamedNode, ground: Ground, mint: Mint) -> Iterator[Triple]:
    """Say from which claims, and how, a relation of an event is inferred."""
    predicate, other = term(f"cmq:{ground.relation}"), mint.path(ground.other)
    rule = _rules()[ground.relation]
    yield from describe(
        mint.node("inference", statement_key(event, predicate, other)),
        ("a", term("cmq:Inference")),
        ("rdf:subject", event),
        ("rdf:predicate", predicate),
        ("rdf:object", other),
        ("rdfs:comment", label(rule.comment)),
        ("cmq:rule", rule.rule),
        ("cmq:sources", len(ground.articles)),
        ("cmq:independentSources", ground.independent),
        ("cmq:claim", [mint.claim(each) for each in ground.claims]),
    )


def _wording_triples(event: NamedNode, wording: Wording, mint: Mint) -> Iterator[Triple]:
    """Say which claims report an event in the same words, and how many sources have these."""
    node = mint.node("wording", content_hash(event, *wording.claims))
    yield from describe(event, ("cmq:reportedWording", node))
    yield from describe(
        node,
        ("a", term("cmq:Wording")),
        ("cmq:claim", [mint.claim(each) for each in wording.claims]),
        ("cmq:sources", len(wording.articles)),
        ("cmq:independentSources", wording.independent),
    )


def disagreement_triples(disagreement: Disagreement, context: Context) -> Iterator[Triple]:
    """Describe a disagreement and each of its sides, numbered from the best supported."""
    mint = context.mint
    subject = disagreement.subject
    known = context.entity(subject)
    event = context.views.events.event(subject)
    sides = [
        (mint.node("disagreement", disagreement.id, "option", str(number)), option)
        for number, option in enumerate(disagreement.options, start=1)
    ]
    yield from describe(
        mint.node("disagreement", disagreement.id),
        ("a", term("cmq:Disagreement")),
        ("cmq:subject", known[0] if known else mint.path(subject)),
        ("cmq:disputedRole", role_property(disagreement.role)),
        ("cmq:rule", disagreement.rule),
        ("rdfs:comment", label(disagreement.explanation)),
        ("cmq:advice", label(disagreement.advice) if disagreement.advice else None),
        ("cmq:option", [side for side, _ in sides]),
    )
    for side, option in sides:
        yield from _option_triples(
            side, option, disagreement.role, event.kind if event else "meeting", context
        )


def _option_triples(
    node: NamedNode, option: Option, role: str, kind: Kind, context: Context
) -> Iterator[Triple]:
    value = None if option.value is None else _node_of(role, option.value, kind, context)
    yield from describe(
        node,
        ("a", term("cmq:Option")),
        ("cmq:value", value),
        ("cmq:claim", [context.mint.claim(each) for each in option.claims]),
        ("cmq:article", [context.mint.article(each) for each in option.articles]),
        ("cmq:act", context.mint.path(option.act) if option.act else None),
        ("cmq:sources", len(option.articles)),
        ("cmq:independentSources", option.independent),
    )


def _stated(event: Event, negative: frozenset[str]) -> Iterator[Statement]:
    """Yield the statements that some claim affirms; all of them if no claim of the event does."""
    denied = all(claim in negative for claim in event.claims)
    for statement in event.statements:
        if denied or any(claim not in negative for claim in statement.claims):
            yield statement


def _node_of(role: str, value: Value, kind: Kind, context: Context) -> Object | None:
    if value.type == "entity":
        known = context.entity(value.value)
        return known[0] if known else context.mint.path(value.value)
    if value.type == "concept":
        scheme = kind if role == "type" and kind in TYPE_SCHEMES else role
        return concept(scheme, value.value)
    if value.type == "date":
        return date(value.value)
    if value.type == "number":
        return read_number(value.value)
    return plain(value.value)


def post_triples(holdings: Iterable[Event], context: Context) -> Iterator[Triple]:
    """Describe the post that holdings are of, once whatever the case of its title."""
    found = sorted(filter(None, (post_of(each, context) for each in holdings)), key=_title)
    for post in found[:1]:
        yield from describe(
            context.mint.node("post", post.name),
            ("a", term("org:Post")),
            ("rdfs:label", post.title),
            ("org:postIn", post.body),
        )


@dataclass(frozen=True, slots=True)
class Post:
    """An office: what it is called, and the state or organisation that has it."""

    name: str  # of its node
    title: str
    body: NamedNode | None
    held_in: str | None  # id of the entity that has it


def _holding_triples(event: Event, node: NamedNode, context: Context) -> Iterator[Triple]:
    """Say who holds which post, and between which dates articles attest it."""
    persons = [_node_of("person", each, "post", context) for each in event.values("person")]
    post = post_of(event, context)
    tenure = tenure_of(event, context.views)
    yield from describe(
        node,
        ("org:member", persons),
        ("org:post", context.mint.node("post", post.name) if post else None),
        ("cmq:observed", [date(day) for day in tenure.observed]),
        ("cmq:observedFrom", date(tenure.first) if tenure.first else None),
        ("cmq:observedUntil", date(tenure.last) if tenure.last else None),
        ("cmq:endedBy", date(tenure.ended) if tenure.ended else None),
    )


def post_of(event: Event, context: Context) -> Post | None:
    """Give the post of a holding, named after the best supported title and the body it is in.

    Other wordings of the title stand on the holding.
    """
    titles = event.values("title")
    if not titles:
        return None
    bodies = (each.value for each in event.values("of") if each.type == "entity")
    known = ((each, context.entity(each)) for each in bodies)
    body, found = next(((each, entity) for each, entity in known if entity), (None, None))
    node, named = found or (None, "")
    held_in = (body,) if body else tuple(each.value for each in event.values("person"))
    return Post(_post_name(titles[0].value, named, held_in), titles[0].value, node, body)


def _title(post: Post) -> str:
    return post.title


def _post_name(title: str, body: str, held_in: tuple[str, ...]) -> str:
    """Name a post: readable, and never shared by two that only look alike.

    `held_in` is the body; where no article says whose minister somebody is, the post is that
    person's: two "ministers" are not one office.
    """
    named = slug(f"{title} {body}") if body else slug(title)
    return f"{named}-{content_hash(title.casefold(), *held_in)[:8]}"
