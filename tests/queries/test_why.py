"""Accounts of what stands in a graph: names found, judgements walked, quotations shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.graph.terms import term
from kg.queries.glyphs import columns
from kg.queries.why.drawing import as_json, drawn
from kg.queries.why.explain import why, why_stated
from kg.queries.why.facts import Facts
from kg.queries.why.finding import find
from kg.queries.why.model import Branch, Extent
from kg.queries.why.pairs import why_both

DATA = Path(__file__).parent.parent / "data" / "why.trig"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(Dataset.of(parse(path=str(DATA))))


def every(branch: Branch) -> Iterator[Branch]:
    yield branch
    for each in branch.branches:
        yield from every(each)


def text_of(*names: str, facts: Facts, shown: int | None = None) -> str:
    match names:
        case [name]:
            account = why(name, facts, Extent(shown))
        case [one, other]:
            account = why_both(one, other, facts, Extent(shown))
        case _:
            raise AssertionError(names)
    return drawn(account)


@pytest.mark.parametrize(
    "typed",
    [
        "Anneli Raudsepp",
        "anneli raudsepp",
        "RAUDSEPP  ANNELI",
        "Annely Rautsep",
        "person/anneli-raudsepp",
        "person:anneli-raudsepp",
        "https://w3id.org/communique/id/person/anneli-raudsepp",
        "<https://w3id.org/communique/id/person/anneli-raudsepp>",
    ],
)
def test_an_entity_is_found_by_any_name_and_identifier(typed: str, facts: Facts) -> None:
    assert why(typed, facts, Extent()).iri == (
        "https://w3id.org/communique/id/person/anneli-raudsepp"
    )


@pytest.mark.parametrize("typed", ["EE", "estonia", "state:EE", "state/EE"])
def test_a_state_is_found_by_code_name_and_path(typed: str, facts: Facts) -> None:
    account = text_of(typed, facts=facts)
    assert account.startswith("Estonia · state  state/EE")
    assert "known by code EE" in account


def test_names_without_accents_are_found(facts: Facts) -> None:
    assert why("Ilze Kalnina", facts, Extent()).text == "Ilze Kalniņa · person"


def test_what_names_nothing_is_answered_with_what_comes_close(facts: Facts) -> None:
    with pytest.raises(QueryError, match="did you mean Anneli Raudsepp"):
        why("Aneli Raudsepp", facts, Extent())
    with pytest.raises(QueryError, match="give an IRI"):
        why("zzzzzz", facts, Extent())


def test_what_names_more_than_one_thing_is_not_guessed() -> None:
    label = '<http://www.w3.org/2000/01/rdf-schema#label> "Ann Lee" .'
    two = "".join(f"<https://w3id.org/communique/id/person/{each}> {label}\n" for each in "ab")
    with pytest.raises(QueryError, match=r"more than one thing; give one of person/a .*person/b"):
        why("Ann Lee", Facts(Dataset.of(parse(two.encode(), format=RdfFormat.TURTLE))), Extent())


def test_a_name_that_is_no_iri_is_refused(facts: Facts) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        why("https://w3id.org/%zz%", facts, Extent())


def test_an_entity_shows_its_names_and_where_they_stand(facts: Facts) -> None:
    account = text_of("person/anneli-raudsepp", facts=facts)
    assert "named in 3 forms by 3 articles" in account
    assert "“Anneli Raudsepp” in 2 articles (narva, tartu)" in account
    assert "“Annely Rautsep”, garbled (rule letters-differ) in 1 article (narva)" in account


def test_the_tree_of_judgements_hangs_on_persons_words_and_high_scores(facts: Facts) -> None:
    identity = next(
        each for each in every(why("Anneli Raudsepp", facts, Extent())) if each.kind == "identity"
    )
    (root,) = identity.branches
    assert root.facts["name"] == "Anneli Raudsepp"
    assert root.facts["articles"] == ["narva", "tartu"]
    (reordered,) = root.branches
    assert reordered.facts["author"] == "rule/name-reordered"
    assert reordered.facts["reasons"] == ["both act for EE", "the order differs"]
    (misspelt,) = reordered.branches
    assert misspelt.facts["author"] == "Mari Tamm"
    assert identity.facts == {"judgements": 3, "units": 3}


def test_an_entity_shows_what_was_kept_apart(facts: Facts) -> None:
    account = text_of("person/anneli-raudsepp", facts=facts)
    assert "judged different: 1 judgement" in account
    assert "“Anna Raudsepp” of Latvia in 1 article (tartu) → person/anna-raudsepp" in account
    assert "left unsure: 1 judgement" in account


def test_an_entity_shows_what_speaks_of_it_with_a_quotation(facts: Facts) -> None:
    account = text_of("person/anneli-raudsepp", facts=facts)
    assert "spoken of by 1 claim in 1 article, on 1 event" in account
    assert "attendee — “Meeting in Tartu”, 2 sources, 1 of them independent" in account
    assert "tartu:3:7 “Ms Raudsepp received her guest in Tartu on Tuesday.”" in account


def test_an_event_shows_statements_disputes_and_relations(facts: Facts) -> None:
    account = text_of("meeting/tartu", facts=facts)
    assert "Meeting in Tartu · diplomatic meeting, held — 2 sources" in account
    assert "attendee: Anneli Raudsepp (person/anneli-raudsepp) — 2 sources, 1 of them" in account
    assert "date, found by the rule dates-apart: The days differ." in account
    assert "2031-05-07 — 1 source" in account
    assert "2031-05-08 — the legal record: “Order 1 of 2031”  disagreement" in account
    assert "a cautious reader takes: Either day, until a third source." in account
    assert "produced: “Paper of Tartu”" in account
    assert "reported by 2 claims" in account
    assert "produced of: “Meeting in Tartu”" in text_of("document/paper", facts=facts)


def test_a_relation_that_was_inferred_shows_its_rule_and_the_sentences_on_both_ends(
    facts: Facts,
) -> None:
    for account in (
        text_of("meeting/tartu", facts=facts),
        text_of("document/paper", facts=facts),
        text_of("inference/i1", facts=facts),
    ):
        assert "— 1 source, inferred: document-of-the-meeting" in account
        assert "The articles tell of both." in account
        assert "tartu:4:1 “A paper was issued.” (confidence 0.6)" in account
        assert "the same articles on the other end: 1 claim" in account
    one = why_stated("meeting/tartu", "produced", "Paper of Tartu", facts, Extent())
    assert one == why("inference/i1", facts, Extent())


def test_a_quotation_that_is_left_out_is_told_by_its_place(facts: Facts) -> None:
    account = text_of("claim/c2", facts=facts)
    assert "riga:9:1 (characters 130–190, not quoted here) (denied, confidence 0.7)" in account


@pytest.mark.parametrize("value", ["Anneli Raudsepp", "person:anneli-raudsepp", "annely rautsep"])
def test_one_statement_of_an_event_can_be_asked_for(value: str, facts: Facts) -> None:
    account = why_stated("Meeting in Tartu", "attendee", value, facts, Extent())
    assert account.iri == "https://w3id.org/communique/id/support/s1"
    assert account.facts["claims"] == ["https://w3id.org/communique/id/claim/c1"]
    assert why("support/s1", facts, Extent()) == account


@pytest.mark.parametrize(
    ("role", "value", "advice"),
    [
        ("host", "Estonia", "no such role here; it has attendee, date"),
        ("attendee", "Estonia", r"no such value; it has Anneli Raudsepp \(person/anneli-raud"),
    ],
)
def test_a_statement_that_is_not_there_is_answered_with_those_that_are(
    role: str, value: str, advice: str, facts: Facts
) -> None:
    with pytest.raises(QueryError, match=advice):
        why_stated("meeting/tartu", role, value, facts, Extent())


def test_statements_without_support_of_their_own_rest_on_claims_that_say_the_same() -> None:
    kept = [quad for quad in parse(path=str(DATA)) if "support/" not in str(quad.subject)]
    account = why_stated("meeting/tartu", "date", "2031-05-06", Facts(Dataset.of(kept)), Extent())
    assert account.facts["claims"] == ["https://w3id.org/communique/id/claim/c1"]


def test_a_claim_shows_wording_dating_rule_and_reader(facts: Facts) -> None:
    account = text_of("claim/c1", facts=facts)
    assert "attendee: Anneli Raudsepp (person/anneli-raudsepp), as “Ms Raudsepp”" in account
    assert (
        "2031-05-06 read from “on Tuesday” by the rule weekday-before, counted from 2031-05-08"
        in account
    )
    assert "read by rules/9" in account
    assert "about “Meeting in Tartu”" in account


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("judgement/j3", "the ministry lists one holder"),
        ("judgement/j4", "in the graph they are different entities"),
        ("disagreement/d1", "The days differ."),
        ("disagreement/d1", "on “Meeting in Tartu”"),
        ("state/EE", "in the legal record: 1 act"),
        ("disagreement/d1/option/2", "2031-05-07 — 1 source"),
        ("article/tartu", "publisher Emajõe Post (from sidecar)"),
        ("tartu", "read in it: 2 claims"),
        ("article/valga", "taken back on 2031-06-01: the paper withdrew it"),
        ("mention/x1", "“Ms Raudsepp” at characters 40–51 → Anneli Raudsepp"),
        ("wording/w1", "one wording — 1 source"),
        ("meeting/tartu", "reported in 1 wording"),
        ("profile/p1", "stands for Anneli Raudsepp (person/anneli-raudsepp)"),
        ("group/g2", "“Raudsepp Anneli” in 1 article (riga)"),
        ("name/n3", "garbled (rule letters-differ)"),
        ("evidence/e1", "claim of a meeting"),
        ("evidence/e1/quote", "claim of a meeting"),
        ("dating/d1", "claim of a meeting"),
        ("metadatum/m1", "article tartu “Talks in Tartu”"),
        ("person/anneli-raudsep", "replaced by Anneli Raudsepp (person/anneli-raudsepp)"),
        ("software/rules-9", "prov:wasAssociatedWith of extraction/tartu"),
        ("status:held", "cmq:status of “Meeting in Tartu”"),
    ],
)
def test_anything_that_the_graph_speaks_of_is_accounted_for(
    typed: str, words: str, facts: Facts
) -> None:
    assert words in text_of(typed, facts=facts)


def test_two_names_of_one_entity_are_led_to_each_other_by_the_strongest_chain(
    facts: Facts,
) -> None:
    account = why_both("Anneli Raudsepp", "Annely Rautsep", facts, Extent())
    assert account.facts["one"]
    assert [each.facts.get("author") for each in account.branches] == [
        None,
        "rule/name-reordered",
        "Mari Tamm",
    ]


def test_two_names_in_one_profile_need_no_judgement(facts: Facts) -> None:
    account = text_of("Anneli Raudsepp@tartu", "Anneli Raudsepp@narva", facts=facts)
    assert "are one: “Anneli Raudsepp”" in account
    assert "both are one name in one context: “Anneli Raudsepp” of Estonia in 2 articles" in account


def test_behind_the_sign_stands_an_article_whatever_else_goes_by_its_id(facts: Facts) -> None:
    article = find("narva", facts)
    town = NamedNode(article.value.replace("article/", "place/"))
    label = Quad(town, term("rdfs:label"), Literal("narva", language="en"))
    both = Facts(Dataset.of([*parse(path=str(DATA)), label]))
    with pytest.raises(QueryError, match="means more than one thing"):
        find("narva", both)
    assert why_both("Anneli Raudsepp@narva", "Annely Rautsep", both, Extent()).facts["one"]


def test_two_entities_show_the_judgement_that_parts_them(facts: Facts) -> None:
    account = why_both("Anneli Raudsepp", "Anna Raudsepp", facts, Extent())
    assert not account.facts["one"]
    (judged,) = account.branches
    (judgement,) = judged.branches
    assert judgement.facts["verdict"] == "different"
    assert judgement.facts["reasons"] == ["given names differ"]


def test_two_that_were_left_unsure_are_told_so(facts: Facts) -> None:
    assert "unsure, 0.55, by rule/name-initials" in text_of(
        "A. Raudsepp", "Anneli Raudsepp", facts=facts
    )


def test_judgements_on_other_spellings_of_two_entities_are_shown(facts: Facts) -> None:
    assert "different, 0.12" in text_of("Raudsepp Anneli", "Anna Raudsepp", facts=facts)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Ilze Kalniņa", "Anna Raudsepp", "nothing compares them"),
        ("Ilze Kalniņa", "Latvia", "a person and a state are never compared"),
        ("Estonia", "Latvia", "known by their codes or names alone"),
        ("Estonia", "EE", "nothing had to be judged"),
    ],
)
def test_two_that_were_never_compared_are_told_so(
    one: str, other: str, words: str, facts: Facts
) -> None:
    assert words in text_of(one, other, facts=facts)


def test_a_name_of_one_article_must_stand_in_it(facts: Facts) -> None:
    with pytest.raises(QueryError, match="no such name there; the article has Anna Raudsepp, Ann"):
        why_both("Ilze Kalniņa@tartu", "Anneli Raudsepp", facts, Extent())


def test_lists_are_capped_unless_all_is_asked_for(facts: Facts) -> None:
    assert "… 1 more; --all shows them" in text_of("meeting/tartu", facts=facts, shown=1)
    assert "--all" not in text_of("meeting/tartu", facts=facts)


def test_a_tree_fits_the_terminal_and_loses_nothing(facts: Facts) -> None:
    account = why("meeting/tartu", facts, Extent(None))
    narrow = drawn(account, 60)
    longest = max(len(word) for word in drawn(account).split())
    assert all(columns(line) <= max(60, 3 * 6 + longest) for line in narrow.splitlines())
    for branch in every(account):
        assert set(branch.text.split()) <= set(narrow.split())


def test_what_a_terminal_would_obey_is_shown_as_a_sign() -> None:
    assert "\x1b" not in drawn(Branch("ab\x1b[2Jcd\u202e"))


def test_an_account_as_json_says_the_same(facts: Facts) -> None:
    told = json.loads(as_json(why("claim/c1", facts, Extent())))
    assert told["kind"] == "claim"
    assert told["facts"]["quote"] == "Ms Raudsepp received her guest in Tartu on Tuesday."
    assert (told["facts"]["line"], told["facts"]["column"]) == (3, 7)


def test_names_of_another_namespace_are_found_below_it() -> None:
    moved = DATA.read_text("utf-8").replace("w3id.org/communique/id/", "example.org/data/")
    facts = Facts(Dataset.of(parse(moved.encode(), format=RdfFormat.TRIG)))
    assert why("person:anneli-raudsepp", facts, Extent()).iri == (
        "https://example.org/data/person/anneli-raudsepp"
    )


def test_names_are_found_where_graphs_are_merged(facts: Facts) -> None:
    merged = Facts(
        Dataset.of(Quad(q.subject, q.predicate, q.object) for q in parse(path=str(DATA)))
    )
    for typed in ("Ilze Kalnina", "ANNELY rautsep"):
        assert why(typed, merged, Extent()) == why(typed, facts, Extent())
    with pytest.raises(QueryError, match="did you mean Anneli Raudsepp"):
        why("Aneli Raudsepp", merged, Extent())
