"""Claims as this stage reads them: every filler as the entity or literal that it stands for.

Claims, the identity of their mentions and the articles in; readings, ordered by article and
place in the text, out. What stands in a title or heading is marked: it never says who took part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.articles.model import Article, LineRole
from kg.claims.model import Claim, Filler
from kg.entities.model import Entity, Identity
from kg.events.model import Value
from kg.states import state_names
from kg.terms import Kind

NUMBERS: Final = ("ordinal", "share")
CITED: Final = ("organisation", "person")  # who can be the origin of what others repeat
TEXTS: Final = ("title", "venue")
_NOTHING: Final[frozenset[str]] = frozenset()
HEADINGS: Final[frozenset[LineRole]] = frozenset({"title", "heading"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One claim with its roles resolved; `plain` holds the values of each role as strings."""

    id: str  # of its claim
    article: str
    kind: Kind
    start: int
    end: int
    quote: str
    roles: Mapping[str, tuple[Value, ...]]
    modality: str | None
    status: str | None
    polarity: str | None
    sources: tuple[str, ...]  # ids of the entities it is attributed to
    origins: tuple[str, ...]  # who is cited for it, else whose article it is, where that is known
    line: LineRole
    published: str | None
    plain: Mapping[str, frozenset[str]]

    @property
    def heads(self) -> bool:
        """Say whether it rests on a title or heading."""
        return self.line in HEADINGS

    @property
    def denied(self) -> bool:
        """Say whether the text denies it."""
        return self.polarity == "negative"

    def of(self, role: str) -> frozenset[str]:
        """Give the values of a role as plain strings."""
        return self.plain.get(role, _NOTHING)


@dataclass(frozen=True, slots=True)
class World:
    """What is known of the entities: labels, kinds, the states that persons act for."""

    entities: Mapping[str, Entity]
    acts_for: Mapping[str, frozenset[str]]
    states: frozenset[str] = frozenset()  # names of all states there are

    def label(self, entity: str) -> str:
        """Give the label of an entity, its id if it is not known."""
        return self.entities[entity].label if entity in self.entities else entity

    def kind(self, entity: str) -> str:
        """Give the kind of an entity."""
        return self.entities[entity].type if entity in self.entities else ""

    def names_state(self, place: str) -> bool:
        """Say whether a place bears the name of a state."""
        return self.label(place) in self.states

    def states_of(self, actors: Iterable[str]) -> frozenset[str]:
        """Give the states and blocs among actors and those that persons among them act for."""
        found: set[str] = set()
        for actor in actors:
            if self.kind(actor) in ("state", "bloc"):
                found.add(actor)
            else:
                found |= self.acts_for.get(actor, frozenset())
        return frozenset(found)


def readings_of(
    claims: Iterable[Claim], identity: Identity, articles: Mapping[str, Article]
) -> list[Reading]:
    """Resolve the fillers of all claims; one that stands for no entity keeps its text."""
    entity_of = {key: entity.id for entity in identity.entities for key in entity.groups}
    kinds: dict[str, str] = {entity.id: entity.type for entity in identity.entities}
    publisher = _publishers(articles.values(), identity.entities)
    filled: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for mention in identity.mentions:
        if mention.key in entity_of:
            filled[mention.claim, mention.role].append(entity_of[mention.key])
    found = []
    for claim in sorted(claims, key=_order):
        article = articles.get(claim.article)
        roles = {
            role: tuple(dict.fromkeys(_values(role, fillers, filled.get((claim.id, role), ()))))
            for role, fillers in claim.roles.items()
        }
        sources = tuple(dict.fromkeys(filled.get((claim.id, "attribution"), ())))
        own = publisher.get(claim.article)
        cited = {each for each in sources if kinds[each] in CITED}
        found.append(
            Reading(
                id=claim.id,
                article=claim.article,
                kind=claim.kind,
                start=claim.start,
                end=claim.end,
                quote=claim.quote,
                roles=roles,
                modality=claim.modality,
                status=claim.status,
                polarity=claim.polarity,
                sources=sources,
                origins=tuple(sorted(cited)) or ((own,) if own else ()),
                line=_line(article, claim.start),
                published=article.get("published") if article else None,
                plain={
                    role: frozenset(value.value for value in values)
                    for role, values in roles.items()
                },
            )
        )
    return found


def _publishers(articles: Iterable[Article], entities: Iterable[Entity]) -> dict[str, str]:
    """Give the organisation that publishes each article, where one bears the publisher's name."""
    bodies = sorted(
        (each for each in entities if each.type == "organisation"), key=lambda each: each.id
    )
    named = {_bare(each.label): each.id for each in reversed(bodies)}
    found = {each.id: named.get(_bare(each.get("publisher") or "")) for each in articles}
    return {article: body for article, body in found.items() if body}


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def world_of(readings: Iterable[Reading], identity: Identity) -> World:
    """Learn from claims on posts which states persons act for."""
    entities = {entity.id: entity for entity in identity.entities}
    acts_for: defaultdict[str, set[str]] = defaultdict(set)
    for reading in readings:
        if reading.kind != "post" or reading.denied:
            continue
        for body in reading.of("of"):
            if body in entities and entities[body].type in ("state", "bloc"):
                for person in reading.of("person"):
                    acts_for[person].add(body)
    acting = {person: frozenset(states) for person, states in acts_for.items()}
    return World(entities, acting, state_names())


def _order(claim: Claim) -> tuple[str, int, int, str, str]:
    """Order claims; an extractor that gives two of them one id shall not make it matter which."""
    manner = f"{claim.modality} {claim.status} {claim.polarity}"
    return claim.article, claim.start, claim.end, claim.id, manner


def _values(role: str, fillers: Iterable[Filler], entities: Iterable[str]) -> Iterable[Value]:
    if role == "date":
        return [Value("date", filler.value) for filler in fillers if filler.value]
    if role in NUMBERS:
        return [_number(filler) for filler in fillers if filler.value]
    if role == "type":
        return [Value("concept", filler.value) for filler in fillers if filler.value]
    if role in TEXTS:
        texts = (filler.label or filler.value for filler in fillers)
        return [Value("string", text) for text in texts if text]
    return [Value("entity", entity) for entity in entities]


def _number(filler: Filler) -> Value:
    value = filler.value
    try:
        float(value)
    except ValueError:  # "nearly half", where the extractor found no figure
        return Value("string", value)
    return Value("number", value)


def _line(article: Article | None, offset: int) -> LineRole:
    if article is None or not article.lines:
        return "body"
    place = bisect_right([line.start for line in article.lines], offset) - 1
    return article.lines[max(place, 0)].role
