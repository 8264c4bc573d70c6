"""Pages count and quote as the bundled questions do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import NamedNode

from kg.queries.catalogue import find_question
from kg.queries.run import run
from kg.site.evidence import RANKED, Evidence, Statement
from kg.site.looking import Look, local_name, text_of
from kg.site.model import Holding, Settings
from kg.terms import EVENT_CLASSES, PREFIXES, ROLES

CMQ = PREFIXES["cmq"]
ROLE_NAMES = {role for roles in ROLES.values() for role in roles}


def events(holding: Holding) -> list[str]:
    look = Look.of(holding)
    return [
        each for name in EVENT_CLASSES.values() for each in look.subjects("rdf:type", CMQ + name)
    ]


def told(holding: Holding) -> list[Statement]:
    evidence = Evidence(holding)
    return [each for event in events(holding) for each in evidence.statements(event)]


def test_numbers_of_sources_are_those_of_the_bundled_question(bundled_holding: Holding) -> None:
    question = find_question("support-of-an-event")
    evidence, look = Evidence(bundled_holding), Look.of(bundled_holding)
    compared = 0
    for event in events(bundled_holding)[::3]:
        rows = run(bundled_holding.dataset, question, {"event": event}).values()
        asked = {(role, value, count, alone) for _, role, value, count, alone in rows}
        shown = {
            (
                local_name(each.predicate),
                look.label(text_of(each.value))
                if isinstance(each.value, NamedNode)
                else text_of(each.value),
                str(each.count),
                str(each.independent),
            )
            for each in evidence.statements(event)
            if local_name(each.predicate) in ROLE_NAMES
        }
        assert shown == asked
        compared += len(shown)
    assert compared > 50


def test_a_claim_is_quoted_as_the_bundled_question_quotes_it(bundled_holding: Holding) -> None:
    question = find_question("evidence-of-a-claim")
    evidence = Evidence(bundled_holding)
    for event in events(bundled_holding)[::10]:
        for claim in evidence.claims(event)[:2]:
            rows = run(bundled_holding.dataset, question, {"claim": claim})
            told = [dict(zip(rows.columns, each, strict=True)) for each in rows.values()]
            row, source = told[0], evidence.source(claim)
            assert {each["software"] for each in told} == set(source.readers)
            assert (source.place, source.quote) == (row["where"], row["quote"])
            assert (str(source.start), str(source.end)) == (row["start"], row["end"])
            assert (source.digest, source.confidence) == (row["digest"], row["confidence"])


def test_every_statement_on_a_role_has_a_sentence(bundled_holding: Holding) -> None:
    for each in told(bundled_holding):
        assert each.claims, each
        assert all(source.quote for source in each.sources)
        assert len(each.sources) + each.more == len(each.claims)


def test_quotes_are_cut_without_losing_a_character(bundled_holding: Holding) -> None:
    sources = [source for each in told(bundled_holding) for source in each.sources]
    assert all("".join(piece.text for piece in each.pieces) == each.quote for each in sources)
    assert any(piece.keys for each in sources for piece in each.pieces)


def test_the_marks_are_the_words_that_were_read(bundled_holding: Holding) -> None:
    """What is marked in a quotation is where the text has it, by the article itself."""
    for each in told(bundled_holding)[::7]:
        for source in each.sources:
            article = bundled_holding.article(source.origin.identifier)
            assert article is not None
            assert article.text[source.start : source.end] == source.quote


def test_one_article_does_not_crowd_out_the_others(bundled_holding: Holding) -> None:
    evidence = Evidence(bundled_holding)
    several = [each for each in told(bundled_holding) if each.count > 1]
    assert several
    for each in several:
        shown = evidence.sources(each.claims, 2)
        assert len({source.origin.article for source in shown}) == 2


def test_a_disputed_statement_names_its_dispute(bundled_holding: Holding) -> None:
    look = Look.of(bundled_holding)
    known = set(look.subjects("rdf:type", CMQ + "Disagreement"))
    disputed = {dispute.iri for each in told(bundled_holding) for dispute in each.disputes}
    assert disputed
    assert disputed <= known


def test_without_quotations_only_offsets_are_left(bundled_holding: Holding) -> None:
    quiet = replace(bundled_holding, settings=Settings(quotes=False))
    sources = [source for each in told(quiet) for source in each.sources]
    assert all(not each.quote and not each.pieces and not each.origin.title for each in sources)
    assert all(not date.wording for each in sources for date in each.datings)
    assert all(each.end > each.start and len(each.digest) == 64 for each in sources)


@pytest.mark.parametrize("shown", [0, 1, 100])
def test_as_many_sources_are_shown_as_are_asked_for(shown: int, bundled_holding: Holding) -> None:
    evidence = Evidence(bundled_holding)
    event = max(events(bundled_holding), key=lambda each: len(evidence.claims(each)))
    for each in evidence.statements(event, shown=shown):
        assert len(each.sources) == min(shown, len(each.claims))


PLUMBING = {
    f"{PREFIXES['rdf']}type", f"{PREFIXES['rdfs']}label", f"{CMQ}sources", f"{CMQ}reportedWording",
    f"{CMQ}independentSources", f"{PREFIXES['prov']}hadPrimarySource",
}  # fmt: skip
"""What names a thing, or tells how it is counted: no statement of articles."""
BEHIND = ("support/", "inference/", "wording/", "disagreement/")
"""Families of what tells what statements rest on, or where they part."""


def test_every_statement_of_the_graph_has_a_way_to_its_sentence(bundled_holding: Holding) -> None:
    """Also what no claim states by itself: it names a rule, and the claims it follows from."""
    evidence, base = Evidence.of(bundled_holding), bundled_holding.iris.base
    derived = NamedNode(bundled_holding.iris.graph("derived"))
    inferred = set()
    for quad in bundled_holding.dataset.quads(None, None, None, derived):
        subject, predicate = text_of(quad.subject), quad.predicate.value  # type: ignore[arg-type]  # no quoted triples
        controlled = quad.object == NamedNode(f"{CMQ}ControlledMaterial")
        if subject.startswith(tuple(base + each for each in BEHIND)):
            continue
        if predicate in PLUMBING and not controlled:
            continue
        stated = evidence.statement(subject, predicate, quad.object)  # type: ignore[arg-type]  # nor here
        assert stated.sources, quad
        assert all(source.quote for source in stated.sources), quad
        assert stated.count, quad
        if stated.inferred is not None:
            assert stated.inferred.rule, quad
            assert stated.inferred.comment, quad
            inferred.add(local_name(predicate))
    assert inferred >= {"madeAt", "documentedIn", "produced", "post", "postIn", "type"}


def test_what_ties_two_events_is_quoted_on_both_ends(bundled_holding: Holding) -> None:
    evidence, look = Evidence.of(bundled_holding), Look.of(bundled_holding)
    quads = [*bundled_holding.dataset.quads(None, NamedNode(f"{CMQ}madeAt"))]
    assert quads
    for quad in quads:
        commitment, meeting = text_of(quad.subject), text_of(quad.object)  # type: ignore[arg-type]  # no quoted triples
        stated = evidence.statement(commitment, quad.predicate.value, quad.object)  # type: ignore[arg-type]  # nor here
        assert {look.text(each, "cmq:about") for each in stated.claims} == {commitment}
        beside = {look.text(each.claim, "cmq:about") for each in stated.beside}
        assert beside == {meeting}
        articles = {look.text(each, "prov:hadPrimarySource") for each in stated.claims}
        assert {each.origin.article for each in stated.beside} <= articles


def test_a_look_at_few_claims_says_that_there_are_more(bundled_holding: Holding) -> None:
    evidence = Evidence.of(bundled_holding)
    whole = max(told(bundled_holding), key=lambda each: len(each.claims))
    brief = evidence.statement(whole.subject, whole.predicate, whole.value, 1, read=1)
    assert (len(whole.claims) > 2, whole.cut) == (True, False)
    assert (len(brief.claims), brief.cut) == (1, True)
    assert (brief.count, brief.independent) == (whole.count, whole.independent)


def test_sentences_of_one_event_are_the_same_for_its_statements(bundled_holding: Holding) -> None:
    """A reader meets few sentences, each for many statements, not another for each."""
    evidence = Evidence.of(bundled_holding)
    for event in events(bundled_holding):
        first = set(evidence.claims(event)[:RANKED])
        for stated in evidence.statements(event, shown=2):
            if stated.inferred is None and first & set(stated.claims):
                assert stated.sources[0].claim in first
