"""Why there is an entity, and why it is called so: names, judgements, and what speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.queries.why.disputes import disputed
from kg.queries.why.facts import Facts, family_of, is_concept, role_of
from kg.queries.why.judged import apart, articles_told, joined
from kg.queries.why.model import Branch, Extent, counted, section
from kg.queries.why.support import supported, surest_first, weight

_CODES: Final = ("cmq:alpha2", "cmq:alpha3", "skos:notation", "cmq:chemicalSymbol")
_BELOW: Final = frozenset({"claim", "mention", "group", "support", "option", "profile"})
"""Families of nodes that lead to an entity and are told under what they belong to."""
_RECORD: Final = "/legal-measure/"


def entity(node: NamedNode, facts: Facts, extent: Extent) -> Branch:
    """Tell what bears out an entity."""
    codes = [*_codes(node, facts)]
    judged = not codes and not is_concept(node)  # these are known without a judgement
    branches = [
        *codes,
        *_names(node, facts, extent),
        *(joined(node, facts, extent) if judged else ()),
        *(apart(node, facts, extent) if judged else ()),
        *_spoken_of(node, facts, extent),
    ]
    told = f"{facts.label(node)} · {facts.kind(node)}"
    known = {"label": facts.label(node), "class": facts.kind(node)}
    return Branch(told, "entity", node.value, known, tuple(branches))


def _codes(node: NamedNode, facts: Facts) -> Iterator[Branch]:
    """Tell the codes by which an entity is known without any judgement."""
    found = dict.fromkeys(code for name in _CODES for code in facts.texts(node, name))
    if found:
        told = f"known by {'code' if len(found) == 1 else 'codes'} {', '.join(found)}"
        yield Branch(told, "codes", None, {"codes": list(found)})


def _names(node: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell each attested form of a name with the articles that bear it out."""
    found = [(facts.articles(facts.nodes(form, "cmq:attestedIn")), form) for form in
             facts.nodes(node, "cmq:name")]  # fmt: skip
    ranked = sorted(found, key=lambda each: (-len(each[0]), facts.text(each[1], "cmq:form")))
    shown, more = extent.of(ranked)
    branches = [name_branch(form, articles, facts) for articles, form in shown]
    everywhere = {article for articles, _ in ranked for article in articles}
    told = f"named in {counted(len(ranked), 'form')} by {counted(len(everywhere), 'article')}"
    yield from section(told, "names", branches, more, forms=len(ranked), articles=len(everywhere))


def name_branch(form: NamedNode, articles: list[str], facts: Facts) -> Branch:
    """Tell one form of a name; of a garbled one, by which rule it is."""
    wording, rule = facts.text(form, "cmq:form"), facts.text(form, "cmq:rule")
    variant = facts.text(form, "cmq:variant")
    garbled = f", garbled (rule {rule})" if variant == "garbled" else ""
    known = {"form": wording, "variant": variant, "rule": rule, "articles": articles}
    told = f"“{wording}”{garbled} in {articles_told(articles)}"
    return Branch(told, "name", form.value, known)


def _spoken_of(node: NamedNode, facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell how much speaks of an entity, and the best supported events with a quotation each."""
    uses = facts.uses(node)
    claims = {subject for subject, _ in uses if family_of(subject) == "claim"}
    roles: defaultdict[NamedNode, set[str]] = defaultdict(set)
    for subject, predicate in uses:
        role = role_of(predicate)
        if role and family_of(subject) not in _BELOW and _RECORD not in subject.value:
            roles[subject].add(role)
    ranked = sorted(roles, key=lambda each: weight(each, facts))
    shown, more = extent.of(ranked)
    branches = [_part(each, roles[each], claims, facts) for each in shown]
    sources = {facts.node(each, "prov:hadPrimarySource") for each in claims}
    told = (
        f"spoken of by {counted(len(claims), 'claim')} in {counted(len(sources), 'article')},"
        f" on {counted(len(roles), 'event')}"
    )
    numbers = {"claims": len(claims), "articles": len(sources), "events": len(roles)}
    yield from section(told, "support", branches, more, **numbers)
    acts = {each for each, _ in uses if family_of(each) == "legal-measure"}
    yield from _recorded(acts, facts, extent)
    disputes = [each for each, name in uses if name.value.endswith("#subject")]
    yield from disputed(disputes, facts, extent)


def _recorded(acts: Iterable[NamedNode], facts: Facts, extent: Extent) -> Iterator[Branch]:
    """Tell the legal acts that speak of an entity, kept apart from what articles say."""
    found = sorted(acts, key=lambda each: (facts.text(each, "cmq:issued"), each.value))
    shown, more = extent.of(found)
    branches = [
        Branch(f"{facts.title(each)}, {facts.text(each, 'cmq:issued')}", "act", each.value)
        for each in shown
    ]
    told = f"in the legal record: {counted(len(found), 'act')}"
    yield from section(told, "record", branches, more, count=len(found))


def _part(event: NamedNode, roles: Iterable[str], claims: set[NamedNode], facts: Facts) -> Branch:
    """Tell which part an entity has in an event, with the surest quotation."""
    own = [each for each in facts.subjects("cmq:about", event) if each in claims]
    quotes = tuple(facts.quote(each) for each in surest_first(own, facts)[:1])
    told = f"{', '.join(sorted(roles))} — {facts.title(event)}, {supported(event, facts)}"
    known = {"roles": sorted(roles), "claims": len(own)}
    return Branch(told, "event", event.value, known, quotes, max(0, len(own) - 1))
