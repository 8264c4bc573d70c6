"""Claims as triples: what each says, in which words, and where these stand.

A claim with its article and mentions in; the claim's node, its evidence, mentions and
datings out. A role holds entities (through the claim's mentions), concepts or literals; what no
mention stands for is not given a node of its own. Claims share the mention at one place; which
role it words follows from whom it refers to, and is said only where that leaves it open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from pyoxigraph import NamedNode

from kg.articles.model import Article
from kg.claims.model import Claim, Filler
from kg.entities.model import Mention
from kg.graph.literals import date, decimal, number, plain, verbatim
from kg.graph.minting import Mint
from kg.graph.terms import Object, Triple, concept, describe, term
from kg.iris import content_hash, digest

LITERAL_ROLES: Final = ("date", "ordinal", "title", "share", "venue")
TYPE_SCHEMES: Final = ("control", "position", "document")
"""Kinds whose role `type` takes a concept; its scheme bears the name of the kind."""


@dataclass(frozen=True)
class Source:
    """An article as claims need it: its node and the places of its offsets."""

    id: str
    text: str
    node: NamedNode

    @classmethod
    def of(cls, article: Article, mint: Mint) -> Source:
        """Take what claims need of an article."""
        return cls(article.id, article.text, mint.article(article.id))

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both counted from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def claim_triples(
    claim: Claim,
    source: Source,
    mentions: Sequence[tuple[Mention, NamedNode]],
    mint: Mint,
) -> Iterator[Triple]:
    """Describe a claim; `mentions` pairs each mention of it with the entity that it refers to."""
    node = mint.claim(claim.id)
    yield from describe(
        node,
        ("a", term("cmq:Claim")),
        ("cmq:kind", concept("kind", claim.kind)),
        ("cmq:modality", claim.modality and concept("modality", claim.modality)),
        ("cmq:status", claim.status and concept("status", claim.status)),
        ("cmq:polarity", concept("polarity", claim.polarity or "positive")),
        ("cmq:confidence", decimal(claim.confidence)),
        ("prov:hadPrimarySource", source.node),
        ("prov:wasGeneratedBy", mint.extraction(claim.article)),
    )
    for role, fillers in claim.roles.items():
        for filler in fillers:
            yield from describe(node, (role_property(role), role_value(claim.kind, role, filler)))
    several = _in_several_roles(mentions)
    for mention, entity in mentions:
        yield from _mention_triples(mention, entity, node, mint, alone=entity in several)
    for filler in claim.fillers("date"):
        yield from _dating_triples(filler, claim, node, mint)
    yield from _evidence_triples(claim, node, source, mint)


@lru_cache(maxsize=256)  # roles are few, and asked for with every mention
def role_property(role: str) -> NamedNode:
    """Give the property of a role: of the same name, except that a type is Dublin Core's."""
    return term("dcterms:type") if role == "type" else term(f"cmq:{_safe(role)}")


def role_value(kind: str, role: str, filler: Filler) -> Object | None:
    """Give the literal or concept that a filler says; None where entities fill the role."""
    if role == "type":
        return concept(kind, filler.value)
    if role not in LITERAL_ROLES or filler.value == "":
        return None
    if role == "date":
        return date(filler.value)
    return literal(filler.label if role == "title" and filler.label else _said(filler))


def literal(value: str | float) -> Object | None:
    """Give numbers as numbers, all else as text.

    >>> literal("4th").datatype == literal(4).datatype
    False
    """
    return plain(value) if isinstance(value, str) else number(value)


def _said(filler: Filler) -> str | float:
    return filler.value if filler.ref is None else filler.ref


def _safe(role: str) -> str:
    """Keep a role of a foreign extractor from being more than a name; validation reports it."""
    return role if role.isidentifier() and role.isascii() else f"role-{content_hash(role)}"


def _in_several_roles(mentions: Iterable[tuple[Mention, NamedNode]]) -> set[NamedNode]:
    """Give the entities that have more than one role in a claim."""
    roles: defaultdict[NamedNode, set[str]] = defaultdict(set)
    for mention, entity in mentions:
        roles[entity].add(mention.role)
    return {entity for entity, own in roles.items() if len(own) > 1}


def _mention_triples(
    mention: Mention, entity: NamedNode, claim: NamedNode, mint: Mint, *, alone: bool
) -> Iterator[Triple]:
    """Say whom words stand for; `alone` for one role of one claim, which is then said as well."""
    role = role_property(mention.role)
    place = (mention.key, mention.form, mention.start, mention.end)
    own = (mention.claim, mention.role) if alone else ()
    node = mint.node("mention", content_hash(*place, *own))
    yield from describe(claim, (role, entity), ("cmq:mention", node))
    yield from describe(
        node,
        ("a", term("cmq:Mention")),
        ("cmq:role", role if alone else None),
        ("cmq:refersTo", entity),
        ("cmq:form", mention.form),
        ("cmq:start", mention.start),
        ("cmq:end", mention.end),
    )


def dating_node(filler: Filler, article: str, mint: Mint) -> NamedNode:
    """Name the reading of a date by its words, their place and what was made of them."""
    said = (filler.value, filler.text, filler.anchor, filler.rule or "explicit")
    return mint.node("dating", content_hash(article, *said, filler.start, filler.end))


def _dating_triples(filler: Filler, claim: Claim, node: NamedNode, mint: Mint) -> Iterator[Triple]:
    """Say how a date was read: its words, and for a relative one what it counts from."""
    rule = filler.rule or "explicit"
    dating = dating_node(filler, claim.article, mint)
    yield from describe(node, ("cmq:dating", dating))
    yield from describe(
        dating,
        ("a", term("cmq:Dating")),
        ("cmq:date", date(filler.value)),
        ("cmq:wording", filler.text),
        ("cmq:anchor", date(filler.anchor) if filler.anchor else None),
        ("cmq:rule", rule),
        ("cmq:start", filler.start),
        ("cmq:end", filler.end),
    )


def _evidence_triples(
    claim: Claim, node: NamedNode, source: Source, mint: Mint
) -> Iterator[Triple]:
    """Point at the exact words; where no format can carry them, at their place and digest only.

    The claim says place and words itself as well, so that readers need not follow its evidence.
    """
    key = content_hash(claim.article, claim.start, claim.end, digest(claim.quote))
    evidence, place, quote = (
        mint.node("evidence", key, *last) for last in ((), ("position",), ("quote",))
    )
    exact = verbatim(claim.quote)
    line, column = source.position(claim.start)
    yield from describe(
        node,
        ("prov:wasDerivedFrom", evidence),
        ("cmq:locator", f"{source.id}:{line}:{column}"),
        ("cmq:quote", exact),
    )
    yield from describe(
        evidence,
        ("a", term("oa:SpecificResource")),
        ("oa:hasSource", source.node),
        ("oa:hasSelector", (place, quote) if exact else place),
        ("cmq:digest", digest(claim.quote)),
        ("cmq:line", line),
        ("cmq:column", column),
    )
    yield from describe(
        place,
        ("a", term("oa:TextPositionSelector")),
        ("oa:start", claim.start),
        ("oa:end", claim.end),
    )
    if exact:
        yield from describe(quote, ("a", term("oa:TextQuoteSelector")), ("oa:exact", exact))


def paired(
    mentions: Sequence[Mention], entities: Mapping[str, NamedNode]
) -> list[tuple[Mention, NamedNode]]:
    """Pair mentions with the entities of their groups; one without a group refers to nothing."""
    return [(each, entities[each.key]) for each in mentions if each.key in entities]
