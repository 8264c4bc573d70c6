"""What is behind a statement: articles, their sentences, how they were read, who says otherwise.

A subject, a property and a value in; the claims that bear them out, out, each as a source with its
quotation. Every page, feed and tool that shows a statement takes its evidence from here, so that
all count and quote alike. Where the operator keeps quotations back there are offsets only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Term
from kg.site.fragments import at_sentence
from kg.site.looking import Facts, Look, node, text_of
from kg.site.marking import Piece, Span, pieces
from kg.site.model import Holding
from kg.site.rendering import weblink
from kg.terms import DEFINITIONS, PREFIXES, ROLES

SHOWN: Final = 3
READ: Final = 200  # claims of a statement that are looked at; what rests on more counts its sources
RANKED: Final = 32  # of these, from which the first are chosen
_KEPT: Final = 4096
_ROLES: Final = frozenset(
    {f"{DEFINITIONS}{role}" for roles in ROLES.values() for role in roles if role != "type"}
    | {f"{PREFIXES['dcterms']}type"}
)
_STANDING: Final = frozenset(DEFINITIONS + name for name in ("status", "modality", "polarity"))


@dataclass(frozen=True, slots=True)
class Origin:
    """An article as a source: what is known of it, "" where nothing is."""

    article: str
    identifier: str
    title: str  # "" too where the operator keeps texts back
    publisher: str
    date: str  # EDTF
    not_before: str  # EDTF; told by what it reports, where it has no date
    address: str  # on the web, http or https


@dataclass(frozen=True, slots=True)
class Dated:
    """How a date was read."""

    date: str  # EDTF
    rule: str
    wording: str  # "" where quotations are kept back
    anchor: str  # EDTF; "" for a date that was not counted from another


@dataclass(frozen=True, slots=True)
class Source:
    """One claim that bears a statement out."""

    claim: str
    origin: Origin
    quote: str  # "" where quotations are kept back
    pieces: tuple[Piece, ...]  # of the quote; keys are the IRIs of what is mentioned there
    start: int
    end: int
    place: str  # article:line:column
    digest: str  # SHA-256 of the sentence
    attribution: tuple[str, ...]  # IRIs of those to whom the article ascribes it
    denied: bool
    datings: tuple[Dated, ...]
    readers: tuple[str, ...]  # software that read the claim
    confidence: str
    link: str  # opens the article at the sentence; "" where it has no address


@dataclass(frozen=True, slots=True)
class Side:
    """What some sources say where others say otherwise."""

    option: str
    value: Term | None  # None: they leave it out
    count: int
    independent: int
    articles: tuple[str, ...]
    acts: tuple[str, ...]  # legal acts that say so
    claims: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement between sources."""

    iri: str
    subject: str
    predicate: str
    rule: str
    comment: str
    advice: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with what is behind it: the claims, at most `READ`, and the first as sources."""

    subject: str
    predicate: str
    value: Term
    claims: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    count: int = 0  # of sources
    independent: int = 0  # of these; 0 where nobody counted
    disputes: tuple[Dispute, ...] = ()

    @property
    def more(self) -> int:
        """How many of the claims are not among the sources."""
        return len(self.claims) - len(self.sources)


@dataclass(frozen=True, slots=True)
class _Support:
    claims: tuple[str, ...]
    count: int
    independent: int


class Evidence:
    """Finds the evidence of statements of a holding."""

    def __init__(self, holding: Holding, look: Look | None = None) -> None:
        self._look = look or Look.of(holding)
        self._quotes = holding.settings.quotes
        self.source = lru_cache(_KEPT)(self._source)
        self.origin = lru_cache(_KEPT)(self._origin)
        self._ranked = lru_cache(_KEPT)(self._rank)
        self._about = lru_cache(_KEPT)(self._look.about)
        self._reports = lru_cache(_KEPT)(partial(self._look.subjects, "cmq:about"))
        self._readers = lru_cache(_KEPT)(self._reading)

    def statements(
        self, subject: str, predicates: Iterable[str] | None = None, shown: int = SHOWN
    ) -> tuple[Statement, ...]:
        """Give the statements of an event with their evidence, sorted by property and value.

        Without `predicates` these are its roles and its status, modality and polarity.
        """
        wanted = frozenset(predicates) if predicates is not None else _ROLES | _STANDING
        pairs = {
            (quad.predicate.value, quad.object)
            for quad in self._look.quads(subject)
            if quad.predicate.value in wanted and isinstance(quad.object, NamedNode | Literal)
        }
        pairs = {pair for pair in pairs if not _is_class(*pair)}
        supports, disputes = self._supports(subject), self.disputes(subject)
        return tuple(
            self._statement(subject, predicate, value, supports, disputes, shown)
            for predicate, value in sorted(pairs, key=lambda pair: (pair[0], str(pair[1])))
        )

    def statement(self, subject: str, predicate: str, value: Term, shown: int = SHOWN) -> Statement:
        """Give the evidence of one statement of an event."""
        supports = self._supports(subject, (predicate, value))
        return self._statement(subject, predicate, value, supports, self.disputes(subject), shown)

    def claims(self, event: str) -> tuple[str, ...]:
        """Name the claims about an event, in the order in which they are shown."""
        claims = self._reports(event)
        return (*self._ranked(claims[:READ]), *claims[READ:])

    def sources(self, claims: Iterable[str], shown: int = SHOWN) -> tuple[Source, ...]:
        """Give the first claims as sources: one of each article before its second, surest first."""
        ranked = self._ranked(tuple(sorted(set(claims))[: max(RANKED, shown)]))
        return tuple(self.source(claim) for claim in ranked[:shown])

    def disputes(self, subject: str) -> tuple[Dispute, ...]:
        """Give the disagreements on a subject."""
        return tuple(self.dispute(each) for each in self._look.subjects("cmq:subject", subject))

    def dispute(self, iri: str, shown: int = SHOWN) -> Dispute:
        """Give a disagreement with all its sides."""
        look = self._look
        sides = tuple(self._side(each, shown) for each in look.nodes(iri, "cmq:option"))
        return Dispute(
            iri,
            look.text(iri, "cmq:subject"),
            look.text(iri, "cmq:disputedRole"),
            look.text(iri, "cmq:rule"),
            look.text(iri, "rdfs:comment"),
            look.text(iri, "cmq:advice"),
            sides,
        )

    def spans(self, claim: str) -> tuple[Span, ...]:
        """Give where a claim mentions what; a date is named by its node."""
        told = self._about(claim)
        named = [(each, self._look.about(each)) for each in told.nodes("cmq:mention")]
        dated = [(each, self._look.about(each)) for each in told.nodes("cmq:dating")]
        return tuple(
            Span(
                found.number("cmq:start"),
                found.number("cmq:end"),
                found.text("cmq:refersTo") or each,
            )
            for each, found in named + dated
        )

    def _statement(
        self,
        subject: str,
        predicate: str,
        value: Term,
        supports: dict[tuple[str, Term], _Support],
        disputes: tuple[Dispute, ...],
        shown: int,
    ) -> Statement:
        support = supports.get((predicate, value)) or self._whole(subject, predicate, value)
        on_it = tuple(each for each in disputes if _concerns(each, predicate, value))
        sources = self.sources(support.claims, shown)
        return Statement(
            subject, predicate, value, support.claims, sources,
            support.count, support.independent, on_it,
        )  # fmt: skip

    def _supports(
        self, event: str, wanted: tuple[str, Term] | None = None
    ) -> dict[tuple[str, Term], _Support]:
        look = self._look
        found: dict[tuple[str, Term], _Support] = {}
        for each in look.subjects("rdf:subject", event):
            for value in look.values(each, "rdf:object"):
                if wanted is not None and value != wanted[1]:
                    continue
                pair = look.text(each, "rdf:predicate"), value
                if wanted in {None, pair}:
                    claims = look.some(each, "cmq:claim", READ)
                    found[pair] = _Support(claims, *self._counts(each))
        return found

    def _whole(self, event: str, predicate: str, value: Term) -> _Support:
        """Give all that an event rests on; what is no role, rests on the claims that say it."""
        claims = self._reports(event)[:READ]
        if predicate in _ROLES:
            return _Support(claims, *self._counts(event))
        said = tuple(each for each in claims if value in self._look.values(each, predicate))
        if said == claims:
            return _Support(claims, *self._counts(event))
        articles = {self._look.text(each, "prov:hadPrimarySource") for each in said}
        return _Support(said, len(articles), 0)

    def _counts(self, event: str) -> tuple[int, int]:
        look = self._look
        return look.number(event, "cmq:sources"), look.number(event, "cmq:independentSources")

    def _side(self, option: str, shown: int) -> Side:
        told = self._look.about(option)
        values, claims = told.values("cmq:value"), told.nodes("cmq:claim")
        return Side(
            option,
            values[0] if values else None,
            *_numbers(told),
            told.nodes("cmq:article"),
            told.nodes("cmq:act"),
            claims,
            self.sources(claims, shown),
        )

    def _rank(self, claims: tuple[str, ...]) -> tuple[str, ...]:
        """Order claims: one of each article before the second of any, and the surest first."""
        look = self._look
        sure = {each: -_float(look.text(each, "cmq:confidence")) for each in claims}
        seen: dict[str, int] = {}
        turns: list[tuple[int, int, str]] = []
        for place, claim in enumerate(sorted(claims, key=lambda each: (sure[each], each))):
            article = look.text(claim, "prov:hadPrimarySource")
            seen[article] = seen.get(article, 0) + 1
            turns.append((seen[article], place, claim))
        return tuple(claim for _, _, claim in sorted(turns))

    def _source(self, claim: str) -> Source:
        look, told = self._look, self._about(claim)
        origin = self.origin(told.text("prov:hadPrimarySource"))
        evidence = look.about(told.text("prov:wasDerivedFrom") or claim)
        selectors = [look.about(each) for each in evidence.nodes("oa:hasSelector")]
        start, end = (
            max((each.number(name) for each in selectors), default=0)
            for name in ("oa:start", "oa:end")
        )
        quote = self._quote(selectors)
        line, column = (evidence.number(name) for name in ("cmq:line", "cmq:column"))
        return Source(
            claim,
            origin,
            quote,
            pieces(quote, self.spans(claim), start) if quote else (),
            start,
            end,
            f"{origin.identifier}:{line}:{column}",
            evidence.text("cmq:digest"),
            told.nodes("cmq:attribution"),
            told.text("cmq:polarity").endswith("/negative"),
            tuple(self._dated(each) for each in told.nodes("cmq:dating")),
            tuple(
                reader
                for activity in told.nodes("prov:wasGeneratedBy")
                for reader in self._readers(activity)
            ),
            told.text("cmq:confidence"),
            at_sentence(origin.address, quote) if origin.address else "",
        )

    def _quote(self, selectors: Iterable[Facts]) -> str:
        if not self._quotes:
            return ""
        return next(filter(None, (each.text("oa:exact") for each in selectors)), "")

    def _dated(self, dating: str) -> Dated:
        told = self._look.about(dating)
        date = told.text("cmq:resolvedDate") or told.text("cmq:date")
        wording = told.text("cmq:wording") if self._quotes else ""
        return Dated(date, told.text("cmq:rule"), wording, told.text("cmq:anchor"))

    def _reading(self, activity: str) -> tuple[str, ...]:
        look = self._look
        return tuple(look.label(each) for each in look.nodes(activity, "prov:wasAssociatedWith"))

    def _origin(self, article: str) -> Origin:
        look = self._look
        title = look.text(article, "dcterms:title") if self._quotes else ""
        addresses = (weblink(text_of(each)) for each in look.values(article, "dcterms:source"))
        return Origin(
            article,
            look.text(article, "dcterms:identifier"),
            " ".join(title.split()),
            look.text(article, "dcterms:publisher"),
            look.text(article, "dcterms:issued"),
            look.text(article, "cmq:appearedFrom"),
            next(filter(None, addresses), ""),
        )


def _numbers(told: Facts) -> tuple[int, int]:
    return told.number("cmq:sources"), told.number("cmq:independentSources")


def _is_class(predicate: str, value: Term) -> bool:
    return predicate == node("rdf:type").value and text_of(value).startswith(DEFINITIONS)


def _concerns(dispute: Dispute, predicate: str, value: Term) -> bool:
    """Whether a disagreement is on a statement: on its property, and its value if it names any."""
    if dispute.predicate != predicate:
        return False
    values = [side.value for side in dispute.sides if side.value is not None]
    return not values or value in values


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
