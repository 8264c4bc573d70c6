"""Events as triples: what the claims of all articles together say, with the support of each.

Events and disagreements in, the derived graph out. A statement that only denying claims give is
left out unless the whole event is denied: then its polarity says so for all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Triple

from kg.events.model import Disagreement, Event, Option, Statement, Value
from kg.graph.claims import TYPE_SCHEMES, role_property
from kg.graph.literals import date, label, plain, read_number
from kg.graph.minting import Mint
from kg.graph.terms import Object, concept, describe, term
from kg.iris import content_hash, slug
from kg.terms import EVENT_CLASSES, Kind

_RELATIONS: Final = {
    "madeAt": "cmq:madeAt",
    "documentedIn": "cmq:documentedIn",
    "produced": "cmq:produced",
}


@dataclass(frozen=True, slots=True)
class Context:
    """What the description of events needs beside them.

    `entities` gives the node and label of an entity's id, `negative` holds the ids of claims
    that deny, `published` the date of each article that has one.
    """

    mint: Mint
    entities: Mapping[str, tuple[NamedNode, str]]
    negative: frozenset[str]
    published: Mapping[str, str]


def event_triples(event: Event, context: Context) -> Iterator[Triple]:
    """Describe an event: its class, roles, status, support and relations to other events."""
    node = context.mint.path(event.id)
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
    for statement in _stated(event, context.negative):
        value = _node_of(statement.role, statement.value, event.kind, context)
        yield from describe(node, (role_property(statement.role), value))
    for relation, other in event.relations:
        yield from describe(node, (_RELATIONS[relation], context.mint.path(other)))
    if event.kind == "post":
        yield from _holding_triples(event, node, context)


def disagreement_triples(
    disagreement: Disagreement, kinds: Mapping[str, Kind], context: Context
) -> Iterator[Triple]:
    """Describe a disagreement and each of its sides, numbered from the best supported."""
    mint = context.mint
    subject = disagreement.subject
    known = context.entities.get(subject)
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
            side, option, disagreement.role, kinds.get(subject, "meeting"), context
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
        known = context.entities.get(value.value)
        return known[0] if known else context.mint.path(value.value)
    if value.type == "concept":
        scheme = kind if role == "type" and kind in TYPE_SCHEMES else role
        return concept(scheme, value.value)
    if value.type == "date":
        return date(value.value)
    if value.type == "number":
        return read_number(value.value)
    return plain(value.value)


def post_triples(events: Iterable[Event], context: Context) -> Iterator[Triple]:
    """Describe the posts that holdings are of, each once whatever the case of its title."""
    found = (_post_of(event, context) for event in events if event.kind == "post")
    first: dict[NamedNode, _Post] = {}
    for post in sorted(filter(None, found), key=lambda each: each.title):
        first.setdefault(post.node, post)
    for post in first.values():
        yield from describe(
            post.node,
            ("a", term("org:Post")),
            ("rdfs:label", post.title),
            ("org:postIn", post.body),
        )


@dataclass(frozen=True, slots=True)
class _Post:
    """An office: the state or organisation that has it, and what it is called."""

    node: NamedNode
    title: str
    body: NamedNode | None


def _holding_triples(event: Event, node: NamedNode, context: Context) -> Iterator[Triple]:
    """Say who holds which post, and at which dates articles report it."""
    persons = [_node_of("person", each, "post", context) for each in event.values("person")]
    days = sorted({context.published[each] for each in event.articles if each in context.published})
    post = _post_of(event, context)
    yield from describe(
        node,
        ("org:member", persons),
        ("org:post", post.node if post else None),
        ("cmq:observed", [date(day) for day in days]),
    )


def _post_of(event: Event, context: Context) -> _Post | None:
    """Give the post of a holding, named after the best supported title and the body it is in.

    Other wordings of the title stand on the holding.
    """
    titles = event.values("title")
    if not titles:
        return None
    body = next((each.value for each in event.values("of") if _known(each, context)), None)
    node, label_ = context.entities[body] if body else (None, "")
    held_in = (body,) if body else tuple(each.value for each in event.values("person"))
    name = _post_name(titles[0].value, label_, held_in)
    return _Post(context.mint.node("post", name), titles[0].value, node)


def _known(value: Value, context: Context) -> bool:
    return value.type == "entity" and value.value in context.entities


def _post_name(title: str, body: str, held_in: tuple[str, ...]) -> str:
    """Name a post: readable, and never shared by two that only look alike.

    `held_in` is the body; where no article says whose minister somebody is, the post is that
    person's: two "ministers" are not one office.
    """
    named = slug(f"{title} {body}") if body else slug(title)
    return f"{named}-{content_hash(title.casefold(), *held_in)[:8]}"
