"""The ledger as a page: every side of every entry, filtered, and the same as a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.site.ledger.section import COLUMNS, Ledger
from kg.site.lists.section import Lists
from kg.site.lists.words import rules
from kg.site.looking import Look
from kg.site.model import Asked, Holding, Page, Section

Shown = Callable[[Section, str, Asked], tuple[Page, str]]


@pytest.fixture(scope="module")
def ledger(holding: Holding) -> Ledger:
    return Ledger(holding, Lists(holding))


def test_every_entry_stands_with_all_its_sides(
    ledger: Ledger, shown: Shown, holding: Holding
) -> None:
    page, html = shown(ledger, "disagreements", {})
    look = Look.of(holding)
    iris = look.subjects("rdf:type", "https://w3id.org/communique/def#Disagreement")
    entries = page.context["entries"]
    assert iris
    assert sorted(each.dispute.iri for each in entries) == sorted(iris)
    for entry in entries:
        assert len(entry.dispute.sides) == len(look.nodes(entry.dispute.iri, "cmq:option")) >= 2
        assert entry.title != entry.dispute.rule
        assert entry.dispute.advice
    assert html.count('<article class="dispute"') == len(iris)


def test_facets_speak_as_the_pages_do(ledger: Ledger) -> None:
    page = ledger.page("disagreements", {})
    assert page is not None
    told = {
        facet.field.name: {choice.text for choice in (*facet.first, *facet.more)}
        for facet in page.context["view"].facets
    }
    assert told["rule"] <= {each.title for each in rules().values()}
    assert not told["kind"] & {"Diplomatic Meeting", "Policy Commitment"}
    assert told["kind"]


def test_the_table_has_a_row_for_each_side(ledger: Ledger) -> None:
    page = ledger.page("disagreements", {})
    assert page is not None
    assert page.table is not None
    table = page.table()
    assert table.columns == COLUMNS
    sides = [
        (entry.dispute.iri, value) for entry in page.context["entries"] for value in entry.values
    ]
    assert [(row[0], row[5]) for row in table.values()] == sides


def test_a_rule_narrows_the_ledger(ledger: Ledger, shown: Shown) -> None:
    page, _ = shown(ledger, "disagreements", {})
    rule = page.context["entries"][0].dispute.rule
    narrowed, html = shown(ledger, "disagreements", {"rule": rule})
    assert {each.dispute.rule for each in narrowed.context["entries"]} == {rule}
    assert "take away" in html
    wicked, html = shown(ledger, "disagreements", {"rule": "<script>", "from": "<script>"})
    assert wicked.status == 400
    assert "<script>" not in html


def test_two_persons_can_be_judged_by_a_command(ledger: Ledger) -> None:
    page = ledger.page("disagreements", {})
    assert page is not None
    for entry in page.context["entries"]:
        for command in entry.commands:
            assert command.startswith(("kg same person/", "kg different person/"))
