"""What one article tells of the names in it, beside the names themselves.

Claims of one article in, its cell out: per group of mentions the states it acts for, its offices,
who was listed beside it, whom its meetings brought together. Groups of one name with the same
states are one profile, wherever they stand, so that work grows with names and not with articles.
A name that is only meant within its article stands for one that the article names in full there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.claims.model import Claim
from kg.entities.canon import attested
from kg.entities.descriptions import described, describes_place, relative, well_known
from kg.entities.labels import commonplace, generic, label_of
from kg.entities.mentions import mentions_of, unnamed
from kg.entities.model import EntityKind, Mention
from kg.entities.names import name_of
from kg.entities.story import Story, marks_of_date, story_of
from kg.iris import content_hash
from kg.offices import Office, office

JUDGED: Final[frozenset[EntityKind]] = frozenset(
    {"person", "organisation", "framework", "place", "occasion"}
)
_COMPANY: Final = ("attendee", "issuer", "actor", "speaker", "host")
_CODED: Final = ("state", "bloc")
_TAKE_PART: Final = frozenset({*_COMPANY, "party", "counterparty"})
_OF_MEMBERS: Final = frozenset({"framework", "organisation"})


@dataclass(slots=True)
class Profile:
    """Groups that bear one name and act for the same states, with what is known of them.

    `groups` holds its own key; `beside` the keys of profiles with a name alike that were listed
    beside it, `articles` a mark for each profile with a name alike that an article names as well.
    Offices, company, parties, story and what is around it are those most attested.
    """

    key: str
    kind: EntityKind
    name: str
    groups: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    states: frozenset[str] = frozenset()
    offices: set[Office] = field(default_factory=set)
    company: set[str] = field(default_factory=set)  # names of persons listed in the same claims
    beside: set[str] = field(default_factory=set)
    parties: set[str] = field(
        default_factory=set
    )  # states that meetings it attended brought together, or that take part in a body
    around: set[str] = field(default_factory=set)  # states that its articles name, if it has none
    story: set[str] = field(default_factory=set)  # marks of other persons in its articles
    scene: set[str] = field(default_factory=set)  # days and numbers of meetings there or under it


Counted = tuple[str, int, int]
"""A name form with its mentions, and whether it counts for its class of like forms."""


class Group(NamedTuple):
    """One article-level group of mentions with what its article tells of it."""

    key: str
    kind: EntityKind
    ref: str
    profile: str  # key of its profile; empty where a code tells who it is
    alone: bool  # the name is only meant within its article
    states: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()  # keys of the groups listed beside it
    forms: tuple[Counted, ...] = ()
    around: tuple[str, ...] = ()
    story: tuple[str, ...] = ()
    scene: tuple[str, ...] = ()


@dataclass(slots=True)
class _Context:
    states: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    scene: set[str] = field(default_factory=set)


def groups_of(claims: Iterable[Claim]) -> list[Group]:
    """Give the groups of one article, by key."""
    known = in_order(claims)
    by_claim: defaultdict[str, list[Mention]] = defaultdict(list)
    by_key: defaultdict[str, list[Mention]] = defaultdict(list)
    mentions = mentions_of(known)
    for mention in mentions:
        by_claim[mention.claim].append(mention)
        by_key[mention.key].append(mention)
    contexts = _contexts(known, by_claim)
    story = story_of(mentions)
    return [_group(own, contexts[key], story) for key, own in sorted(by_key.items())]


def in_order(claims: Iterable[Claim]) -> list[Claim]:
    """Sort claims by place; an extractor that names two alike shall not make it matter which."""
    return sorted(claims, key=_order)


def _order(claim: Claim) -> tuple[str, int, int, str, str]:
    manner = f"{claim.modality} {claim.status} {claim.polarity}"
    return claim.article, claim.start, claim.end, claim.id, manner


def _group(own: Sequence[Mention], context: _Context, story: Story) -> Group:
    head = own[0]
    forms = _forms(head.type, head.ref, tuple(sorted(each.form for each in own)))
    if head.type not in JUDGED:
        return Group(head.key, head.type, head.ref, "", alone=False, forms=forms)
    ref = _read_as(head, story)
    alone = nobodys(head.type, ref)
    told = head.type == "person" and described(ref) is not None
    told = told or (head.type == "place" and describes_place(ref))
    named = label_of(ref).states if ref != head.ref else frozenset()
    states = tuple(sorted(context.states | named))
    where = head.article if alone or told else ""
    poor = not states or head.type in _OF_MEMBERS
    return Group(
        key=head.key,
        kind=head.type,
        ref=ref,
        profile=content_hash(head.type, _signature(head.type, ref), list(states), where),
        alone=alone,
        states=states,
        offices=tuple(sorted(map(written, context.offices))),
        company=tuple(sorted(context.company)),
        parties=tuple(sorted(context.parties)),
        beside=tuple(sorted(context.beside)),
        forms=forms,
        around=story.states if poor else (),
        story=story.around(head.key, head.type),
        scene=tuple(sorted(context.scene)),
    )


def _read_as(head: Mention, story: Story) -> str:
    """Give the full name of a well-known body that a bare word stands for."""
    known = well_known(head.ref, story.states) if head.type == "organisation" else ""
    return known or head.ref


@lru_cache(maxsize=65536)
def _forms(kind: EntityKind, ref: str, wordings: tuple[str, ...]) -> tuple[Counted, ...]:
    found = attested(kind, ref, wordings).items()
    return tuple((form, counted.mentions, counted.support) for form, counted in found)


@lru_cache(maxsize=16384)
def written(held: Office) -> str:
    """Write an office as one text."""
    parts = (held.ranks, held.portfolio, held.modifiers)
    return "|".join(",".join(sorted(part)) for part in parts)


@lru_cache(maxsize=16384)
def read_office(text: str) -> Office:
    """Read what `written` wrote.

    >>> read_office(written(office("Deputy Minister of Salt"))) == office("Deputy Salt Minister")
    True
    """
    return Office(*(frozenset(filter(None, part.split(","))) for part in text.split("|")))


def nobodys(kind: EntityKind, ref: str) -> bool:
    """Say whether a name is only meant within its article: a common noun, a bare ministry."""
    if kind == "organisation" and generic(ref):
        return True
    if kind in ("organisation", "framework", "occasion") and commonplace(ref):
        return True
    return kind != "place" and unnamed(ref)


def _signature(kind: EntityKind, ref: str) -> str:
    if kind == "person":
        return " ".join("-".join(word) for word in name_of(ref).words)
    label = label_of(ref)
    return "|".join((" ".join(label.words), *sorted(label.acronyms | label.states)))


def _contexts(
    claims: Iterable[Claim], by_claim: Mapping[str, list[Mention]]
) -> defaultdict[str, _Context]:
    found: defaultdict[str, _Context] = defaultdict(_Context)
    for claim in claims:
        own = by_claim.get(claim.id, [])
        if claim.kind == "post":
            _read_post(claim, own, found)
        _read_company(own, found)
        _read_scene(claim, own, found)
    for mentions in by_claim.values():
        for mention in mentions:
            if mention.type in _OF_MEMBERS:
                found[mention.key].states |= label_of(mention.ref).states
            elif mention.type == "person":
                _read_description(mention, found[mention.key])
    for mentions in by_claim.values():
        _read_members(mentions, found)
    return found


def _read_description(mention: Mention, context: _Context) -> None:
    """Take what a wording says that stands for a person: an office, and whose it is."""
    told = described(mention.ref)
    if told:
        context.states |= told.states
        context.offices.add(told.office)


def _read_members(own: Sequence[Mention], found: defaultdict[str, _Context]) -> None:
    """Note which states take part in a body or plan, by themselves or by those who act for them."""
    bodies = [each for each in own if each.type == "framework"]
    if not bodies:
        return
    taking = [each for each in own if each.role in _TAKE_PART]
    members = {each.ref for each in taking if each.type in _CODED}
    for each in taking:
        members |= found[each.key].states if each.type == "person" else set()
    for body in bodies:
        found[body.key].parties |= members


def _read_post(claim: Claim, own: list[Mention], found: defaultdict[str, _Context]) -> None:
    bodies = [mention for mention in own if mention.role == "of"]
    named = [mention.ref for mention in bodies if mention.type == "organisation"]
    states = {mention.ref for mention in bodies if mention.type in _CODED}
    for mention in bodies:
        states |= label_of(mention.form).states if mention.type == "organisation" else set()
    titles = [filler.label or filler.value for filler in claim.fillers("title")]
    held = [title for title in titles if not relative(title)]
    offices = {office(title, named[0] if named else "") for title in held}
    for mention in own:
        if mention.role == "person" and mention.type == "person":
            found[mention.key].states |= states
            found[mention.key].offices |= offices


def _read_scene(claim: Claim, own: list[Mention], found: defaultdict[str, _Context]) -> None:
    """Note when something took place somewhere or under a framework, and for which time."""
    scene = {mark for each in claim.fillers("date") for mark in marks_of_date(each.value)}
    scene |= {f"#{each.value}" for each in claim.fillers("ordinal")}
    for mention in own if scene else ():
        if mention.type in ("place", "framework"):
            found[mention.key].scene |= scene


def _read_company(own: list[Mention], found: defaultdict[str, _Context]) -> None:
    parties = {each.ref for each in own if each.role == "party" and each.type in _CODED}
    for role in _COMPANY:
        listed = [each for each in own if each.role == role and each.type == "person"]
        for mention in listed:
            others = [each for each in listed if each.key != mention.key]
            found[mention.key].company |= {each.ref for each in others}
            found[mention.key].beside |= {each.key for each in others}
            if role == "attendee":
                found[mention.key].parties |= parties
    for mention in own:
        if mention.role == "follows":
            found[mention.key].parties |= parties
