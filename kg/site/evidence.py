"""What is behind a statement: articles, their sentences, how they were read, who says otherwise.

A subject, a property and a value in; the claims that bear them out, out, each as a source with its
quotation. Every page, feed and tool that shows a statement takes its evidence from here, so that
all count and quote alike. Where the operator keeps quotations back there are offsets only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.graph.model import Term, statement_key
from kg.site.fragments import at_sentence
from kg.site.inferring import CONTROLLED, Inferences, Inferred, inferred_properties
from kg.site.looking import Facts, Look, node, text_of
from kg.site.marking import Piece, Span, pieces
from kg.site.model import Holding
from kg.site.rendering import weblink
from kg.terms import DEFINITIONS, PREFIXES, ROLES

SHOWN: Final = 3
READ: Final = 200  # claims of a statement that are looked at; what rests on more counts its sources
ALL: Final = 1_000_000  # claims of a side of a disagreement, where all are asked for
RANKED: Final = 24  # of these, from which the first are chosen
_KEPT: Final = 4096
_ROLES: Final = frozenset(
    {f"{DEFINITIONS}{role}" for roles in ROLES.values() for role in roles if role != "type"}
    | {f"{PREFIXES['dcterms']}type"}
)
INFERRED: Final = inferred_properties()
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
    pieces: tuple[Piece, ...]  # of the quote; keys are the IRIs of mentions and dates
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
    inferred: Inferred | None = None  # where no claim states it by itself
    beside: tuple[Source, ...] = ()  # what the same articles tell of the other end, then
    cut: bool = False  # there are more claims than were looked at

    @property
    def more(self) -> int:
        """How many of the claims are not among the sources; `cut` says that there are others."""
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
        self._iris = holding.iris
        self._quotes = holding.settings.quotes
        self._inferences = Inferences(holding, self._look)
        self.source = lru_cache(_KEPT)(self._source)
        self.outline = lru_cache(_KEPT)(self._outline)
        self.origin = lru_cache(_KEPT)(self._origin)
        self._ranked = lru_cache(_KEPT)(self._rank)
        self._weight = lru_cache(_KEPT)(self._weigh)
        self.disputes = lru_cache(_KEPT)(self._disputes)
        self._reports = lru_cache(_KEPT)(partial(self._look.subjects, "cmq:about"))
        self._readers = lru_cache(_KEPT)(self._reading)

    @classmethod
    def of(cls, holding: Holding) -> Evidence:
        """Find the evidence of a holding; all parts of a site look together."""
        key = f"evidence {id(holding.dataset)} {holding.settings.quotes}"
        found = holding.kept.get(key)
        if not isinstance(found, cls):
            found = holding.kept[key] = cls(holding)
        return found

    def statements(
        self,
        subject: str,
        predicates: Iterable[str] | None = None,
        shown: int = SHOWN,
        read: int = READ,
    ) -> tuple[Statement, ...]:
        """Give the statements of a thing with their evidence, sorted by property and value.

        Without `predicates` these are all that claims are behind: roles, status, modality and
        polarity of events, and what was inferred.
        """
        wanted = frozenset(predicates) if predicates is not None else _ROLES | _STANDING | INFERRED
        pairs = {
            (predicate, value)
            for predicate, value in self._look.about(subject).pairs()
            if predicate in wanted and isinstance(value, NamedNode | Literal)
        }
        pairs = {pair for pair in pairs if not _is_class(*pair)}
        return tuple(
            self.statement(subject, predicate, value, shown, read)
            for predicate, value in sorted(pairs, key=lambda pair: (pair[0], str(pair[1])))
        )

    def statement(
        self, subject: str, predicate: str, value: Term, shown: int = SHOWN, read: int = READ
    ) -> Statement:
        """Give the evidence of one statement; at most `read` claims are looked at."""
        on_it = tuple(each for each in self.disputes(subject) if _concerns(each, predicate, value))
        support = self._support(subject, predicate, value, read)
        inferred = None
        if not support.claims and predicate in INFERRED:
            inferred = self._inferences.of(subject, predicate, value)
        if inferred is None and not support.claims:
            support = self._whole(subject, predicate, value)
        if inferred is not None:
            support = _Support(inferred.claims, inferred.count, inferred.independent)
        return Statement(
            subject,
            predicate,
            value,
            support.claims[:read],
            self.sources(support.claims, shown, subject if shown > 1 else ""),
            support.count,
            support.independent,
            on_it,
            inferred,
            self.sources(inferred.beside, shown) if inferred else (),
            len(support.claims) > read,
        )

    def claims(self, event: str, read: int = READ) -> tuple[str, ...]:
        """Name the claims about an event, the first `read` in the order in which they are shown."""
        claims = self._reports(event)
        return (*self._ranked(claims[:read]), *claims[read:])

    def sources(
        self, claims: Iterable[str], shown: int = SHOWN, of: str = ""
    ) -> tuple[Source, ...]:
        """Give the first claims as sources: one of each article before its second, surest first.

        Of several statements of an event those claims come first that are first of the event, so
        that a reader meets the same sentences again.
        """
        wanted = sorted(set(claims))
        common = frozenset(wanted)
        known = self._ranked(self._reports(of)[:RANKED]) if of and len(wanted) > shown else ()
        ranked = tuple(each for each in known if each in common)
        if len(ranked) < shown:
            ranked = self._ranked(tuple(wanted[: max(RANKED, shown)]))
        return tuple(self.source(claim) for claim in ranked[:shown])

    def _disputes(self, subject: str) -> tuple[Dispute, ...]:
        """Give the disagreements on a subject, each side with its numbers alone."""
        return tuple(
            self.dispute(each, 0, 0) for each in self._look.subjects("cmq:subject", subject)
        )

    def dispute(self, iri: str, shown: int = SHOWN, read: int = ALL) -> Dispute:
        """Give a disagreement with all its sides; at most `read` claims and articles of each."""
        look = self._look
        sides = tuple(self._side(each, shown, read) for each in look.nodes(iri, "cmq:option"))
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
        """Give where a claim mentions something or gives a date, by the IRI of the mention."""
        look, told = self._look, self._look.about(claim)
        return tuple(
            Span(look.number(each, "cmq:start"), look.number(each, "cmq:end"), each)
            for each in (*told.nodes("cmq:mention"), *told.nodes("cmq:dating"))
        )

    def _support(self, subject: str, predicate: str, value: Term, read: int) -> _Support:
        """Give what tells what one statement rests on, where it has a support of its own."""
        look = self._look
        key = statement_key(NamedNode(subject), NamedNode(predicate), value)
        support = self._iris.of("support", key)
        claims = look.some(support, "cmq:claim", read + 1)
        return _Support(claims, *self._counts(support)) if claims else _Support((), 0, 0)

    def _whole(self, subject: str, predicate: str, value: Term) -> _Support:
        """Give all that an event rests on; what is no role, rests on the claims that say it."""
        claims = self._reports(subject)
        if predicate in _ROLES or self._all_say(claims, subject, predicate, value):
            return _Support(claims, *self._counts(subject))
        look = self._look
        said = tuple(each for each in claims[:READ] if value in look.values(each, predicate))
        if said == claims:
            return _Support(claims, *self._counts(subject))
        articles = {self._weight(each)[1] for each in said}
        return _Support(said, len(articles), 0)

    def _all_say(self, claims: tuple[str, ...], subject: str, predicate: str, value: Term) -> bool:
        """Say whether claims, as far as they are many, agree on the only value of a property."""
        look = self._look
        if len(claims) <= RANKED or look.about(subject).values(predicate) != (value,):
            return False
        return all(value in look.values(each, predicate) for each in claims[:RANKED])

    def _counts(self, event: str) -> tuple[int, int]:
        look = self._look
        return look.number(event, "cmq:sources"), look.number(event, "cmq:independentSources")

    def _side(self, option: str, shown: int, read: int) -> Side:
        look = self._look
        values, claims = look.values(option, "cmq:value"), look.some(option, "cmq:claim", read)
        return Side(
            option,
            values[0] if values else None,
            *self._counts(option),
            look.some(option, "cmq:article", read),
            look.nodes(option, "cmq:act"),
            claims,
            self.sources(claims, shown),
        )

    def _rank(self, claims: tuple[str, ...]) -> tuple[str, ...]:
        """Order claims: one of each article before the second of any, and the surest first."""
        if len(claims) < 2:
            return claims
        seen: dict[str, int] = {}
        turns: list[tuple[int, int, str]] = []
        ordered = sorted(claims, key=lambda each: (self._weight(each)[0], each))
        for place, claim in enumerate(ordered):
            article = self._weight(claim)[1]
            seen[article] = seen.get(article, 0) + 1
            turns.append((seen[article], place, claim))
        return tuple(claim for _, _, claim in sorted(turns))

    def _weigh(self, claim: str) -> tuple[float, str]:
        """Give what a claim is ordered by, the surest first, and its article."""
        look = self._look
        sure = _float(look.text(claim, "cmq:confidence"))
        return -sure, look.text(claim, "prov:hadPrimarySource")

    def _source(self, claim: str) -> Source:
        """Give a claim as a source."""
        look, outline = self._look, self.outline(claim)
        told = look.about(claim)
        return replace(
            outline,
            pieces=pieces(outline.quote, self.spans(claim), outline.start) if outline.quote else (),
            datings=tuple(self._dated(each) for each in told.nodes("cmq:dating")),
            readers=tuple(
                reader
                for activity in told.nodes("prov:wasGeneratedBy")
                for reader in self._readers(activity)
            ),
        )

    def _outline(self, claim: str) -> Source:
        """Give a claim as a source without its marks, its dates and what read it."""
        look, told = self._look, self._look.about(claim)
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
            (),
            start,
            end,
            f"{origin.identifier}:{line}:{column}",
            evidence.text("cmq:digest"),
            told.nodes("cmq:attribution"),
            told.text("cmq:polarity").endswith("/negative"),
            (),
            (),
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
        """Name what read in an activity; where one program read everything, that is it."""
        look = self._look
        if len(self._programs) == 1:
            return self._programs
        return tuple(look.label(each) for each in look.nodes(activity, "prov:wasAssociatedWith"))

    @cached_property
    def _programs(self) -> tuple[str, ...]:
        found = self._look.subjects("rdf:type", node("prov:SoftwareAgent"))
        return tuple(map(self._look.label, found))

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


def _is_class(predicate: str, value: Term) -> bool:
    """Say whether a statement tells a class that no claims are behind."""
    return predicate == node("rdf:type").value and value != CONTROLLED


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
