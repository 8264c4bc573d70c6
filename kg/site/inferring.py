"""What no claim states by itself: a statement in, the rule and the claims that it follows from out.

Relations between events name their rule and claims in the graph. Of the rest, what offices, undated
articles and controlled materials are said to be is traced back to the claims it was worked out of,
by look-ups at their neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from kg.graph.model import Term, statement_key
from kg.iris import Iris
from kg.resources import lexicon
from kg.site.looking import Look, node, text_of
from kg.site.model import Holding

RELATIONS: Final = ("madeAt", "documentedIn", "produced", "editionOf", "follows")
CONTROLLED: Final = node("cmq:ControlledMaterial")
_FEW: Final = 64  # claims on the other end that are looked at
_KEPT: Final = 16_384
_SOME: Final = 12  # claims on the ends of a statement that are looked at
_WHOLES: Final = 4  # offices, measures … through which something is traced back


@dataclass(frozen=True, slots=True)
class Rule:
    """How the values of a property are worked out."""

    property: str
    rule: str
    comment: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The data file `inferred.yaml`."""

    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Inferred:
    """What a statement was inferred from; none of the claims states it by itself."""

    rule: str
    comment: str
    claims: tuple[str, ...]  # that the rule looked at first
    beside: tuple[str, ...] = ()  # of the same articles, on the other end
    count: int = 0  # of sources
    independent: int = 0  # of these; 0 where nobody counted


class Inferences:
    """Finds what statements of one holding were inferred from."""

    def __init__(self, holding: Holding, look: Look) -> None:
        self._iris: Iris = holding.iris
        self._look, self._dataset = look, holding.dataset
        trace: dict[str, Callable[[str, Term], Iterable[str]]] = {
            "org:post": self._saying("cmq:title", "cmq:of"),
            "org:member": self._saying("cmq:person"),
            "org:postIn": self._of_holders,
            "cmq:observed": self._of_the_day,
            "cmq:observedFrom": self._of_the_day,
            "cmq:observedUntil": self._of_the_day,
            "cmq:endedBy": self._of_the_day,
            "rdf:type": self._on_controls,
            "cmq:appearedFrom": self._on_bounds,
            "cmq:boundedBy": self._in_article,
            "cmq:resolvedDate": self._with_dating,
            "cmq:anchoredBy": self._with_dating,
        }
        self._article = lru_cache(_KEPT)(self._article_of)
        self._issued = lru_cache(_KEPT)(self._issued_of)
        self._trace = {node(name).value: found for name, found in trace.items()}

    def of(self, subject: str, predicate: str, value: Term) -> Inferred | None:
        """Give what a statement was inferred from, None where claims state it themselves."""
        key = statement_key(NamedNode(subject), NamedNode(predicate), value)
        named = self._look.about(self._iris.of("inference", key))
        claims = named.nodes("cmq:claim")
        if claims:
            return Inferred(
                named.text("cmq:rule"),
                named.text("rdfs:comment"),
                claims,
                self._beside(claims, (subject, text_of(value))),
                named.number("cmq:sources"),
                named.number("cmq:independentSources"),
            )
        rule = _rules().get(predicate)
        found = tuple(self._trace[predicate](subject, value)) if rule else ()
        if rule is None or not found:
            return None
        articles = {self._article(each) for each in found}
        return Inferred(rule.rule, rule.comment, found, count=len(articles))

    def _beside(self, claims: tuple[str, ...], ends: tuple[str, str]) -> tuple[str, ...]:
        """Give the claims on the end that no named claim is on, those of the same articles."""
        told = {each for claim in claims[:_SOME] for each in self._look.nodes(claim, "cmq:about")}
        articles = sorted({self._article(claim) for claim in claims[:_WHOLES]})
        return tuple(
            claim
            for end in ends
            if end not in told
            for article in articles
            for claim in self._reports(article, end)
        )

    def _reports(self, article: str, event: str) -> list[str]:
        """Give claims of an article about an event; a look into its own graph is the quickest."""
        graph, about = NamedNode(article), node("cmq:about")
        found = self._dataset.quads(None, about, NamedNode(event), graph)
        own = [each.subject.value for each in found if isinstance(each.subject, NamedNode)]
        if own or any(True for _ in self._dataset.quads(None, None, None, graph)):
            return sorted(own)
        every = self._look.subjects("cmq:about", event)[:_FEW]
        return [each for each in every if self._article(each) == article]

    def _article_of(self, claim: str) -> str:
        return self._look.text(claim, "prov:hadPrimarySource")

    def _issued_of(self, article: str) -> tuple[Term, ...]:
        return self._look.values(article, "dcterms:issued")

    def _saying(self, *names: str) -> Callable[[str, Term], Iterable[str]]:
        def found(subject: str, _: Term) -> Iterable[str]:
            claims = self._look.subjects("cmq:about", subject)
            saying = [
                each
                for each in claims[:_FEW]
                if any(self._look.values(each, name) for name in names)
            ]
            return saying or claims

        return found

    def _of_holders(self, subject: str, _: Term) -> Iterable[str]:
        holders = self._look.subjects("org:post", subject)[:_WHOLES]
        return [claim for each in holders for claim in self._saying("cmq:of")(each, _)]

    def _of_the_day(self, subject: str, value: Term) -> Iterable[str]:
        """Give the claims of articles that appeared, or speak of things done, on a date."""
        claims = self._look.subjects("cmq:about", subject)
        return [
            each
            for each in claims
            if value in self._issued(self._article(each))
        ] or claims  # fmt: skip

    def _on_controls(self, subject: str, value: Term) -> Iterable[str]:
        if value != CONTROLLED:
            return []
        measures = self._look.subjects("cmq:item", subject)
        held = islice(filter(self._is_in_force, measures), _WHOLES)
        return [claim for each in held for claim in self._look.subjects("cmq:about", each)]

    def _is_in_force(self, measure: str) -> bool:
        return node("status:in-force").value in self._look.nodes(measure, "cmq:status")

    def _on_bounds(self, article: str, _: Term) -> Iterable[str]:
        bounds = self._look.nodes(article, "cmq:boundedBy")
        return [claim for each in bounds for claim in self._reports(article, each)]

    def _in_article(self, article: str, event: Term) -> Iterable[str]:
        return self._reports(article, text_of(event))

    def _with_dating(self, dating: str, _: Term) -> Iterable[str]:
        return self._look.subjects("cmq:dating", dating)


def inferred_properties() -> frozenset[str]:
    """Give the properties whose values may be inferred."""
    return frozenset({node(f"cmq:{name}").value for name in RELATIONS} | set(_rules()))


@lru_cache(1)
def _rules() -> dict[str, Rule]:
    told: Rules = lexicon("site", "inferred.yaml", Rules)
    return {node(each.property).value: each for each in told.rules}
