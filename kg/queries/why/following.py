"""What follows from claims though none of them states it: the rule, and the claims on both ends.

The node of an inference in, what it tells out. The claims that it names are those that the rule
looked at first; of the other end tell claims of the same articles.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from kg.graph.model import Term
from kg.queries.why.facts import Facts
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import quotes, supported


def inference_of(
    subject: NamedNode, predicate: NamedNode, value: Term, facts: Facts
) -> NamedNode | None:
    """Find what a statement was inferred from, None where claims state it."""
    for each in facts.subjects("rdf:subject", subject):
        told = facts.nodes(each, "rdf:predicate"), facts.objects(each, "rdf:object")
        if told == ([predicate], [value]) and is_inference(each, facts):
            return each
    return None


def is_inference(node: NamedNode, facts: Facts) -> bool:
    """Say whether a node tells what a statement was inferred from."""
    return "cmq:Inference" in facts.classes(node)


def rule_told(inference: NamedNode, facts: Facts) -> str:
    """Say how well an inferred statement is supported, and by which rule it was inferred."""
    return f" — {supported(inference, facts)}, inferred: {facts.text(inference, 'cmq:rule')}"


def grounds(inference: NamedNode, facts: Facts, extent: Extent) -> tuple[Branch, ...]:
    """Tell the rule in words, the claims that it looked at, and those on the other end."""
    named, more = quotes(facts.nodes(inference, "cmq:claim"), facts, extent)
    others = _beside(inference, facts)
    beside, rest = quotes(others, facts, extent)
    told = f"the same articles on the other end: {counted(len(others), 'claim')}"
    return (
        *(Branch(each, "reason") for each in facts.texts(inference, "rdfs:comment")),
        *section(f"inferred from {counted(len(named) + more, 'claim')}", "claims", named, more),
        *section(told, "claims", beside, rest),
    )


def _beside(inference: NamedNode, facts: Facts) -> list[NamedNode]:
    """Give the claims on the end that no named claim is on, those of the same articles."""
    named = facts.nodes(inference, "cmq:claim")
    about = {end for each in named for end in facts.nodes(each, "cmq:about")}
    articles = {each for claim in named for each in facts.nodes(claim, "prov:hadPrimarySource")}
    ends = [*facts.nodes(inference, "rdf:subject"), *facts.nodes(inference, "rdf:object")]
    return [*_of_articles([each for each in ends if each not in about], articles, facts)]


def _of_articles(
    ends: list[NamedNode], articles: set[NamedNode], facts: Facts
) -> Iterator[NamedNode]:
    for end in ends:
        for claim in facts.subjects("cmq:about", end):
            if not articles.isdisjoint(facts.nodes(claim, "prov:hadPrimarySource")):
                yield claim
