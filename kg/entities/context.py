"""What is known of a group of mentions beside its name.

Claims and mentions in, one context per article-level group out: the states it acts for, its
offices, who was listed beside it, whom its meetings brought together. Contexts of one name with
the same states are one profile, so that the work grows with names and not with articles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.claims.model import Claim
from kg.entities.labels import commonplace, generic, label_of
from kg.entities.mentions import unnamed
from kg.entities.model import EntityKind, Mention
from kg.entities.names import name_of
from kg.iris import content_hash
from kg.offices import Office, office

JUDGED: Final[frozenset[EntityKind]] = frozenset(
    {"person", "organisation", "framework", "place", "occasion"}
)
_COMPANY: Final = ("attendee", "issuer", "actor", "speaker", "host")


@dataclass(slots=True)
class Profile:
    """Groups that bear one name and act for the same states, with all that is known of them."""

    key: str
    kind: EntityKind
    name: str
    groups: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    states: frozenset[str] = frozenset()
    offices: set[Office] = field(default_factory=set)
    company: set[str] = field(default_factory=set)  # names of persons listed in the same claims
    beside: set[str] = field(default_factory=set)  # keys of the groups that bear these names
    parties: set[str] = field(
        default_factory=set
    )  # states that meetings it attended brought together

    @property
    def representative(self) -> str:
        """The group that stands for all in judgements."""
        return min(self.groups)


@dataclass(slots=True)
class _Context:
    states: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)


def profiles_of(claims: Iterable[Claim], mentions: Iterable[Mention]) -> list[Profile]:
    """Gather the profiles of all groups whose identity is for judgements to say, by key."""
    by_claim: defaultdict[str, list[Mention]] = defaultdict(list)
    heads: dict[str, Mention] = {}
    for mention in mentions:
        by_claim[mention.claim].append(mention)
        heads.setdefault(mention.key, mention)
    contexts = _contexts(claims, by_claim)
    profiles: dict[str, Profile] = {}
    for key, head in sorted(heads.items()):
        if head.type in JUDGED:
            _enter(profiles, key, head, contexts[key])
    return [profile for _, profile in sorted(profiles.items())]


def _enter(profiles: dict[str, Profile], key: str, head: Mention, context: _Context) -> None:
    """Put a group into the profile of its name and states; one that nothing names stays alone."""
    states = frozenset(context.states)
    alone = head.article if nobodys(head.type, head.ref) else ""
    name = content_hash(head.type, _signature(head), sorted(states), alone)
    profile = profiles.setdefault(name, Profile(name, head.type, head.ref, states=states))
    profile.name = min(profile.name, head.ref)
    profile.groups.add(key)
    profile.articles.add(head.article)
    profile.offices |= context.offices
    profile.company |= context.company
    profile.beside |= context.beside
    profile.parties |= context.parties


def nobodys(kind: EntityKind, ref: str) -> bool:
    """Say whether a name is only meant within its article: a common noun, a bare ministry."""
    if kind == "organisation" and generic(ref):
        return True
    if kind in ("organisation", "framework", "occasion") and commonplace(ref):
        return True
    return kind != "place" and unnamed(ref)


def _signature(head: Mention) -> str:
    if head.type == "person":
        return " ".join("-".join(word) for word in name_of(head.ref).words)
    label = label_of(head.ref)
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
    for mentions in by_claim.values():
        for mention in mentions:
            if mention.type in ("organisation", "framework"):
                found[mention.key].states |= label_of(mention.ref).states
    return found


def _read_post(claim: Claim, own: list[Mention], found: defaultdict[str, _Context]) -> None:
    bodies = [mention for mention in own if mention.role == "of"]
    named = [mention.ref for mention in bodies if mention.type == "organisation"]
    states = {mention.ref for mention in bodies if mention.type in ("state", "bloc")}
    for mention in bodies:
        states |= label_of(mention.form).states if mention.type == "organisation" else set()
    titles = [filler.label or filler.value for filler in claim.fillers("title")]
    offices = {office(title, named[0] if named else "") for title in titles}
    for mention in own:
        if mention.role == "person" and mention.type == "person":
            found[mention.key].states |= states
            found[mention.key].offices |= offices


def _read_company(own: list[Mention], found: defaultdict[str, _Context]) -> None:
    parties = {each.ref for each in own if each.role == "party" and each.type in ("state", "bloc")}
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
