"""Claims as this stage reads them: every filler as the entity or literal that it stands for.

The claims of an article and the identity of their mentions in; readings, in the order of its
text, out. What stands in a title or heading is marked: it never says who took part.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from kg.articles.model import Article, LineRole
from kg.claims.model import Claim, Filler
from kg.entities.model import EntityKind, Mention
from kg.events.model import Value
from kg.events.whereabouts import powers_in, without_powers
from kg.events.wording import nameless, public
from kg.resources import lexicon
from kg.terms import Kind

NUMBERS: Final = ("ordinal", "share")
CITED: Final = ("organisation", "person")  # who can be the origin of what others repeat
TEXTS: Final = ("title", "venue")
_SAID: Final[frozenset[Kind]] = frozenset({"commitment", "concern", "utterance"})
_KEPT: Final = 65536  # answers that are at hand
_NOTHING: Final[frozenset[str]] = frozenset()
HEADINGS: Final[frozenset[LineRole]] = frozenset({"title", "heading"})


@dataclass(frozen=True, slots=True)
class _Origins:
    documents: dict[str, tuple[str, ...]]


@dataclass(frozen=True)  # without slots: what is worked out once stays with it, but is not kept
class Reading:
    """One claim with its roles resolved."""

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
        return self._plain.get(role, _NOTHING)

    @cached_property
    def _plain(self) -> dict[str, frozenset[str]]:
        return {
            role: frozenset(value.value for value in values) for role, values in self.roles.items()
        }


@dataclass(frozen=True, slots=True)
class Named:
    """What this stage knows an entity by."""

    kind: EntityKind
    label: str


@dataclass(frozen=True, slots=True)
class World:
    """What is known of the entities: labels, kinds, the states that persons act for."""

    entities: Mapping[str, Named]
    acts_for: Mapping[str, frozenset[str]]
    states: frozenset[str]  # names of all states there are
    _told: dict[tuple[Among, frozenset[str]], frozenset[str]] = field(
        default_factory=dict, repr=False
    )

    def once(self, among: Among, entities: frozenset[str]) -> frozenset[str]:
        """Give what a function tells of some entities, asking it once for the same ones."""
        key = (among, entities)
        known = self._told.get(key)
        if known is None:
            if len(self._told) >= _KEPT:
                self._told.clear()
            known = self._told[key] = among(entities, self)
        return known

    def label(self, entity: str) -> str:
        """Give the label of an entity, its id if it is not known."""
        known = self.entities.get(entity)
        return known.label if known else entity

    def kind(self, entity: str) -> str:
        """Give the kind of an entity."""
        known = self.entities.get(entity)
        return known.kind if known else ""

    def names_state(self, place: str) -> bool:
        """Say whether a place bears the name of a state."""
        return self.label(place) in self.states

    def states_of(self, actors: frozenset[str]) -> frozenset[str]:
        """Give the states and blocs among actors and those that persons among them act for."""
        return self.once(_states_among, actors)


Among = Callable[[frozenset[str], World], frozenset[str]]
"""What is told of some entities by what is known of them."""


def _states_among(actors: frozenset[str], world: World) -> frozenset[str]:
    found: set[str] = set()
    for actor in actors:
        kind = world.kind(actor)
        if kind in ("state", "bloc"):
            found.add(actor)
        else:
            found |= world.acts_for.get(actor) or _called_after(kind, world.label(actor))
    return frozenset(found)


def _called_after(kind: str, label: str) -> frozenset[str]:
    """Give the states for which those act by their wording: ministries, colleagues from there."""
    if kind == "organisation":
        return powers_in(label) if public(label) else frozenset()
    if kind == "person" and nameless(label):
        return powers_in(label)
    several = kind == "person" and len(powers_in(label)) > 1
    only = several and set(without_powers(label).split()) <= {"and"}  # those from two capitals
    return powers_in(label) if only else frozenset()


def readings_of(
    claims: Iterable[Claim],
    article: Article | None,
    mentions: Iterable[Mention],
    entity_of: Mapping[str, str],
    world: World,
    publisher: str | None,
) -> list[Reading]:
    """Resolve the fillers of all claims of one article, in the order of its text.

    A filler that stands for no entity is left out; of claims that share an id the first counts.
    `publisher` is the organisation whose article it is, where that is known.
    """
    filled: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.key in entity_of:
            filled[mention.claim, mention.role].append(entity_of[mention.key])
    published = article.get("published") if article else None
    found: dict[str, Reading] = {}
    for claim in sorted(claims, key=_order):
        sources = tuple(dict.fromkeys(filled.get((claim.id, "attribution"), ())))
        cited = sorted(filter(None, (origin_of(each, claim.kind, world) for each in sources)))
        reading = Reading(
            id=claim.id,
            article=claim.article,
            kind=claim.kind,
            start=claim.start,
            end=claim.end,
            quote=claim.quote,
            roles={
                role: tuple(dict.fromkeys(_values(role, own, filled.get((claim.id, role), ()))))
                for role, own in claim.roles.items()
            },
            modality=claim.modality,
            status=claim.status,
            polarity=claim.polarity,
            sources=sources,
            origins=tuple(cited or filter(None, [publisher])),
            line=_line(article, claim.start),
            published=published,
        )
        found.setdefault(claim.id, reading)
    return list(found.values())


def origin_of(source: str, kind: Kind, world: World) -> str | None:
    """Say whom or what others repeat who cite a source: a person, a body, or a document.

    What was said or undertaken is told apart by its occasion, so that two who quote a statement
    for it quote one statement; on what else there is, there are many.
    """
    if world.kind(source) in CITED:
        return source
    if kind in _SAID and world.kind(source) == "occasion":
        words = [_documents().get(each) for each in world.label(source).casefold().split()]
        known = [each for each in words if each]
        return f"document:{known[-1]}" if known else None
    return None


@cache
def _documents() -> dict[str, str]:
    words: _Origins = lexicon("events", "origins.yaml", _Origins)
    return {word: family for family, own in words.documents.items() for word in own}


def acts_in(reading: Reading, world: World) -> Iterator[tuple[str, str]]:
    """Yield from a claim on a post who acts for which state or bloc."""
    if reading.kind != "post" or reading.denied:
        return
    for body in sorted(reading.of("of")):
        if world.kind(body) in ("state", "bloc"):
            for person in sorted(reading.of("person")):
                yield person, body


def bare(name: str) -> str:
    """Give the name of a publisher so that it is found by its label."""
    return name.casefold().removeprefix("the ").strip()


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
