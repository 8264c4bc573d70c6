"""Why there is a claim, and what else stands in an article's graph: mentions and the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.graph.model import Term
from kg.queries.why.facts import Facts, role_of
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import quotes, supported, value_told

_MANNER: Final = ("cmq:modality", "cmq:status", "cmq:polarity", "cmq:confidence")
_SAID: Final = (
    "dcterms:title", "dcterms:publisher", "dcterms:creator", "dcterms:issued", "dcterms:source",
)  # fmt: skip


def claim(node: NamedNode, facts: Facts, _: Extent) -> Branch:
    """Tell what a claim says, in which words, how each role was read, and by what."""
    quote = facts.quote(node)
    article = facts.node(node, "prov:hadPrimarySource")
    branches = [
        quote,
        *section("says", "roles", _roles(node, facts)),
        *_dates(node, facts),
        *_manner(node, facts),
        *_readers(node, facts),
        *_about(node, facts),
    ]
    kind = facts.node(node, "cmq:kind")
    told = f"claim of a {facts.label(kind) if kind else 'kind unknown'}"
    known = {"article": facts.label(article) if article else None, **quote.facts}
    return Branch(told, "claim", node.value, known, tuple(branches))


def mention(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell whom a mention stands for, and in which claims."""
    refers = facts.node(node, "cmq:refersTo")
    claims = facts.subjects("cmq:mention", node)
    quoted, more = quotes(claims, facts, extent)
    branches = section(f"in {counted(len(claims), 'claim')}", "claims", quoted, more)
    told = f"{_worded(node, facts)} → {value_told(refers, facts) if refers else 'nothing known'}"
    return Branch(told, "mention", node.value, {}, branches)


def article(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell what an article is, that it was taken back if so, and what rests on it."""
    claims = [
        each
        for each in facts.subjects("prov:hadPrimarySource", node)
        if "cmq:Claim" in facts.classes(each)
    ]
    ranked = sorted(claims, key=lambda each: _place(each, facts))
    shown, more = extent.of(ranked)
    branches = [
        *_retracted(node, facts),
        *_metadata(node, facts),
        *section(
            f"read in it: {counted(len(claims), 'claim')}",
            "claims",
            [facts.quote(each) for each in shown],
            more,
        ),
    ]
    title = facts.text(node, "dcterms:title")
    told = f"article {facts.label(node)}{f' “{title}”' if title else ''}"
    return Branch(told, "article", node.value, {"claims": len(claims)}, tuple(branches))


def _roles(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    """Yield the roles of a claim with the wording of each."""
    wordings: dict[tuple[NamedNode | None, Term], NamedNode] = {
        (role, refers): each
        for each in facts.nodes(node, "cmq:mention")
        for role in (*facts.nodes(each, "cmq:role"), None)
        for refers in facts.nodes(each, "cmq:refersTo")
    }
    for predicate, value in facts.pairs(node):
        role = role_of(predicate)
        if role:
            worded = wordings.get((predicate, value)) or wordings.get((None, value))
            as_ = f", as {_worded(worded, facts)}" if worded else ""
            known = {"role": role, "value": value.value}
            told = f"{role}: {value_told(value, facts)}{as_}"
            yield Branch(told, "role", worded.value if worded else None, known)


def _worded(node: NamedNode, facts: Facts) -> str:
    place = f"{facts.number(node, 'cmq:start'):,}–{facts.number(node, 'cmq:end'):,}"
    return f"“{facts.text(node, 'cmq:form')}” at characters {place}"


def _dates(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    """Yield how each date was read: by which rule, from which words, counted from when."""
    for each in facts.nodes(node, "cmq:dating"):
        wording, rule = facts.text(each, "cmq:wording"), facts.text(each, "cmq:rule")
        anchor, date = facts.text(each, "cmq:anchor"), facts.text(each, "cmq:date")
        counted_from = f", counted from {anchor}" if anchor else ""
        told = f"{date} read from “{wording}” by the rule {rule}{counted_from}"
        yield Branch(told, "dating", each.value, {"rule": rule, "anchor": anchor, "date": date})


def _manner(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    told = [
        f"{name.partition(':')[2]} {facts.label(value)}"
        for name in _MANNER
        for value in facts.objects(node, name)
    ]
    told += [f"attributed to {value_told(each, facts)}" for each in
             facts.nodes(node, "cmq:attribution")]  # fmt: skip
    if told:
        yield Branch(", ".join(told), "manner")


def _readers(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    """Yield what read the claim."""
    for activity in facts.nodes(node, "prov:wasGeneratedBy"):
        names = [facts.label(each) for each in facts.nodes(activity, "prov:wasAssociatedWith")]
        if names:
            yield Branch(f"read by {', '.join(names)}", "reader", None, {"software": names})


def _about(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    for each in facts.nodes(node, "cmq:about"):
        told = f"about {facts.title(each)}, {supported(each, facts)}"
        yield Branch(told, "event", each.value)


def _place(claim: NamedNode, facts: Facts) -> tuple[int, int, str]:
    evidence = facts.node(claim, "prov:wasDerivedFrom")
    if evidence is None:
        return (0, 0, claim.value)
    line, column = (facts.number(evidence, name) for name in ("cmq:line", "cmq:column"))
    return (line, column, claim.value)


def _metadata(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    """Yield what is known of an article, with where each metadatum was read."""
    origins = {
        (facts.text(each, "cmq:field"), facts.text(each, "rdf:value")): facts.text(
            each, "cmq:origin"
        )
        for each in facts.nodes(node, "cmq:metadatum")
    }
    by_value = {value: origin for (_, value), origin in origins.items()}
    said = [
        f"{name.partition(':')[2]} {value}"
        + (f" (from {by_value[value]})" if value in by_value else "")
        for name in _SAID
        for value in facts.texts(node, name)
    ]
    if said:
        yield Branch("; ".join(said), "metadata")


def _retracted(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    for each in facts.nodes(node, "prov:wasInvalidatedBy"):
        reason = facts.text(each, "rdfs:comment") or "no reason is given"
        dates = facts.texts(each, "dcterms:date") + facts.texts(each, "prov:atTime")
        when = f" on {dates[0]}" if dates else ""
        yield Branch(f"taken back{when}: {reason}", "retraction", each.value)
