"""What waits for a person's judgement, and the keys that one is recorded on."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, parse

from kg.errors import QueryError
from kg.graph.model import Dataset
from kg.queries.glyphs import columns
from kg.queries.why.choosing import chosen, of_judgement, stands
from kg.queries.why.doubts import doubts
from kg.queries.why.facts import Facts, property_of
from kg.queries.why.reviewing import as_csv, as_json, table, told
from kg.terms import DATA

FILE = Path(__file__).parent.parent / "data" / "why.trig"


def node(path: str) -> NamedNode:
    return NamedNode(DATA + path)


def facts_with(*said: tuple[str, str, str | NamedNode]) -> Facts:
    """The example, and what is said besides."""
    more: Iterable[Quad] = (
        Quad(
            node(subject),
            property_of(name),
            Literal(value) if isinstance(value, str) else value,
            node("graph/identity"),
        )
        for subject, name, value in said
    )
    return Facts(Dataset.of([*parse(path=str(FILE)), *more]))


@pytest.fixture(scope="module")
def facts() -> Facts:
    return facts_with()


def judged(left: str, right: str, verdict: str, author: str) -> Facts:
    said = {"cmq:verdict": verdict, "cmq:author": author}
    sides = {"cmq:left": node(left), "cmq:right": node(right)}
    return facts_with(*(("judgement/new", name, value) for name, value in (said | sides).items()))


def test_pairs_that_are_unsure_come_by_the_claims_that_they_move() -> None:
    facts = facts_with(("claim/c9", "cmq:attendee", node("person/anna-raudsepp")))
    found, _ = doubts(facts)
    assert [each.id for each in found] == ["j5", "j6"]  # one claim each: the higher score first
    facts = facts_with(
        *((f"claim/c{n}", "cmq:attendee", node("person/anna-raudsepp")) for n in range(10, 13))
    )
    found, _ = doubts(facts)
    assert [each.id for each in found] == ["j6", "j5"]


def test_a_limit_says_what_it_leaves_out(facts: Facts) -> None:
    found, more = doubts(facts, 1)
    assert (len(found), more) == (1, 1)


@pytest.mark.parametrize("verdict", ["different", "unsure", "same"])
def test_what_a_person_judged_is_not_asked_again(verdict: str) -> None:
    facts = judged("profile/p1", "profile/p5", verdict, "Mari Tamm")
    assert [each.id for each in doubts(facts)[0]] == ["j6"]


def test_pairs_that_became_one_in_another_way_are_not_asked() -> None:
    facts = judged("profile/p2", "profile/p3", "unsure", "rule/other")
    assert {each.id for each in doubts(facts)[0]} == {"j5", "j6"}


def test_several_judgements_between_two_entities_are_one_pair() -> None:
    facts = judged("profile/p2", "profile/p5", "unsure", "rule/other")
    found, _ = doubts(facts)
    assert {each.id: each.judgements for each in found} == {"j5": 2, "j6": 1}


def test_the_evidence_stands_beside_each_pair() -> None:
    facts = facts_with(
        ("holding/h", "cmq:person", node("person/a-raudsepp")),
        ("holding/h", "cmq:title", "auditor general"),
    )
    shown = told(doubts(facts)[0][0], facts)
    assert shown.splitlines()[0] == "j5  score 0.55"
    assert "Anneli Raudsepp · of Estonia · 2 articles (narva, tartu), 1 claim" in shown
    assert "A. Raudsepp · auditor general · 1 article (narva), 0 claims" in shown
    assert "an initial fits" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_the_table_fits_the_terminal_and_shows_ids_whole(width: int, facts: Facts) -> None:
    found, _ = doubts(facts)
    shown = table(found, facts, width)
    assert all(columns(line) <= width for line in shown.splitlines())
    for each in found:
        assert each.id in shown
    assert table([], facts) == ""


def test_csv_and_json_hold_the_same_pairs(facts: Facts) -> None:
    found, _ = doubts(facts)
    rows = [*csv.DictReader(io.StringIO(as_csv(found, facts)))]
    pairs = json.loads(as_json(found, facts, {"contradictions": []}))["pairs"]
    assert [row["id"] for row in rows] == [pair["id"] for pair in pairs] == ["j5", "j6"]
    assert rows[0]["one"] == pairs[0]["one"]["name"] == "Anneli Raudsepp"
    assert rows[0]["one_articles"] == "narva; tartu"
    assert rows[0]["one_states"] == "Estonia"


def keys(one: str, other: str, facts: Facts) -> tuple[str, ...]:
    return chosen(one, other, facts).keys


def test_profiles_are_recorded_the_most_attested_of_an_entity(facts: Facts) -> None:
    assert keys("person/anneli-raudsepp", "A. Raudsepp", facts) == ("p1", "p5")


def test_of_one_entity_the_spellings_that_are_named_are_recorded(facts: Facts) -> None:
    assert keys("Raudsepp Anneli", "Annely Rautsep", facts) == ("p2", "p3")
    assert keys("Anneli Raudsepp", "person/anneli-raudsepp", facts) == ("p1", "p3")


def test_what_one_article_calls_so_is_recorded_by_its_group(facts: Facts) -> None:
    assert keys("Anneli Raudsepp@tartu", "Anneli Raudsepp", facts) == ("g1", "p1")
    assert keys("Anneli Raudsepp@tartu", "anneli raudsepp@narva", facts) == ("g1", "g7")


def test_a_pair_can_be_named_by_the_id_of_its_judgement(facts: Facts) -> None:
    assert of_judgement("judgement/j5", facts).keys == ("p1", "p5")
    assert of_judgement("judgement/j5", facts).names == ("Anneli Raudsepp", "A. Raudsepp")


@pytest.mark.parametrize(
    ("one", "other", "advice"),
    [
        ("Estonia", "Latvia", "told by its code"),
        ("Estonia", "Anna Raudsepp", "told by its code"),
        ("person/anna-raudsepp", "Anna Raudsepp", "the same names; give two spellings"),
        ("Anna Raudsepp", "Nobody Atall", "names nothing here"),
        ("Anna Raudsepp", "Ilze Kalniņa@tartu", "no such name there"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_advice(
    one: str, other: str, advice: str, facts: Facts
) -> None:
    with pytest.raises(QueryError, match=advice):
        chosen(one, other, facts)


def test_what_is_no_judgement_is_no_pair(facts: Facts) -> None:
    with pytest.raises(QueryError, match="is no judgement"):
        of_judgement("Estonia", facts)


def test_keys_that_a_dataset_lacks_are_told(facts: Facts) -> None:
    assert stands("p1", facts)
    assert stands("g1", facts)
    assert not stands("0000", facts)
