"""Lists: facets count what a query counts, and an address says all there is to a state."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from pyoxigraph import NamedNode, QuerySolutions

from kg.errors import QueryError
from kg.site.lists.model import RESERVED, listed
from kg.site.lists.section import Lists
from kg.site.lists.state import state_of
from kg.site.model import Asked, Holding, Page, Section
from kg.terms import PREFIXES

NAMES = [each.name for each in listed()]
Shown = Callable[[Section, str, Asked], tuple[Page, str]]


@pytest.fixture(scope="module")
def lists(holding: Holding) -> Lists:
    return Lists(holding)


def counted(holding: Holding, group: str) -> dict[str, int]:
    """Count the ?e for each ?v of a pattern."""
    query = "SELECT ?v (COUNT(DISTINCT ?e) AS ?n) WHERE { " + group + " } GROUP BY ?v"
    found = holding.dataset.query(query, prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    return {row[0].value: int(row[1].value) for row in found}


@pytest.mark.parametrize("name", NAMES)
def test_every_list_is_shown_and_says_how_many_there_are(
    name: str, lists: Lists, shown: Shown
) -> None:
    page, html = shown(lists, f"list/{name}", {})
    view = page.context["view"]
    assert view.total == view.everything == lists.index(name).size
    assert f"<h1>{page.title}</h1>" in html
    assert page.status == 200
    assert page.description


@pytest.mark.parametrize(
    ("name", "facet", "group"),
    [
        (
            "meetings",
            "state",
            "?e a cmq:DiplomaticMeeting ; cmq:party|cmq:host ?v",
        ),
        (
            "commitments",
            "modality",
            "?e a cmq:PolicyCommitment ; cmq:modality ?v",
        ),
        (
            "claims",
            "kind",
            "?e a cmq:Claim ; cmq:kind ?v",
        ),
        (
            "legal-measures",
            "material",
            "VALUES ?c { cmq:LegalMeasure cmq:LegalDesignation } ?e a ?c ; cmq:item ?v",
        ),
    ],
)
def test_facets_count_what_a_query_counts(
    name: str, facet: str, group: str, holding: Holding, lists: Lists
) -> None:
    held = lists.index(name).held(facet)
    assert counted(holding, group) == {str(value.iri): number for value, number in held.items()}


def test_numbers_of_persons_and_states_are_those_of_a_query(holding: Holding, lists: Lists) -> None:
    index = lists.index("people")
    told = counted(
        holding,
        "?e a cmq:DiplomaticMeeting ; cmq:attendee ?v",
    )
    assert told
    assert told == {
        iri: int(values["meetings"][0].key)
        for iri, _, values in index.entries(range(index.size), ("meetings",))
        if values["meetings"][0].key != "0"
    }


@pytest.mark.parametrize("name", NAMES)
def test_choosing_a_value_gives_as_many_as_its_count_said(name: str, lists: Lists) -> None:
    spec = lists.specs[name]
    view = lists.view(state_of(spec, {}))
    for facet in view.facets:
        for choice in (*facet.first, *facet.more)[:3]:
            narrowed = lists.view(state_of(spec, dict(parse_qsl(choice.query))))
            assert narrowed.total == choice.count, (facet.field.name, choice.text)


def test_an_address_says_the_whole_state(lists: Lists) -> None:
    spec = lists.specs["meetings"]
    asked = {
        "state": "US,CN",
        "from": "2019",
        "to": "2019-01",
        "q": "of",
        "disputed": "no",
        "sources": "1",
        "sort": "-sources",
    }
    state = state_of(spec, asked)
    assert state_of(spec, dict(parse_qsl(state.query))) == state
    assert lists.view(state) == lists.view(state_of(spec, dict(parse_qsl(state.query))))
    assert state.toggled("state", "US").toggled("state", "US") == state
    assert "page" not in state.toggled("state", "JP").query


def test_values_of_a_facet_are_alternatives_and_facets_narrow(lists: Lists) -> None:
    spec = lists.specs["meetings"]

    def total(**asked: str) -> int:
        return lists.view(state_of(spec, asked)).total

    one, other = (
        total(state=value.key) for value in list(lists.index("meetings").held("state"))[:2]
    )
    keys = [value.key for value in list(lists.index("meetings").held("state"))[:2]]
    both = total(state=",".join(keys))
    assert max(one, other) <= both <= one + other
    assert total(state=",".join(keys), status="held") <= both


def test_dates_are_chosen_by_where_they_may_lie(lists: Lists) -> None:
    spec = lists.specs["meetings"]
    index = lists.index("meetings")
    days = sorted(span[0].isoformat() for span in index.spans(range(index.size)) if span)
    inside = lists.view(state_of(spec, {"from": days[0], "to": days[-1]}))
    assert inside.total == len(days)
    assert lists.view(state_of(spec, {"to": "1900"})).total == 0


@pytest.mark.parametrize("name", NAMES)
def test_pages_together_are_the_table_in_its_order(name: str, lists: Lists) -> None:
    spec = lists.specs[name]
    page = lists.page(f"list/{name}", {})
    assert page is not None
    assert page.table is not None
    state = state_of(spec, {})
    pages = lists.view(state).pages
    seen = [
        entry.iri
        for number in range(1, pages + 1)
        for entry in lists.view(state.turned(number)).entries
    ]
    table = page.table()
    assert [row[0] for row in table.values()] == seen
    assert len(set(seen)) == len(seen)
    assert (
        max(len(lists.view(state.turned(number)).entries) for number in (1, pages))
        <= state.spec.shown
    )


def test_orders_are_total_and_turn_round(lists: Lists) -> None:
    spec = lists.specs["meetings"]
    up = [each.iri for each in lists.view(state_of(spec, {"sort": "name"})).entries]
    down = [each.iri for each in lists.view(state_of(spec, {"sort": "-name"})).entries]
    index = lists.index("meetings")
    whole = index.members(index.everything, "name").tolist()
    assert list(reversed(whole)) == index.members(index.everything, "-name").tolist()
    assert up != down


def test_turtle_holds_what_is_stated_of_the_entries(holding: Holding, lists: Lists) -> None:
    key = next(iter(lists.index("meetings").held("state"))).key
    page = lists.page("list/meetings", {"state": key})
    assert page is not None
    assert page.table is not None
    assert page.statements is not None
    listed_there = {row[0] for row in page.table().values()}
    quads = list(page.statements())
    assert {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)} == (
        listed_there
    )
    assert len(quads) == sum(
        1 for iri in listed_there for _ in holding.dataset.quads(NamedNode(iri))
    )


@pytest.mark.parametrize(
    "asked", [{"from": "yesterday"}, {"page": "0"}, {"sort": "colour"}, {"sources": "many"}]
)
def test_what_cannot_be_read_is_said_with_its_status(
    asked: Asked, lists: Lists, shown: Shown
) -> None:
    page, html = shown(lists, "list/meetings", asked)
    assert page.status == 400
    assert next(iter(asked.values())) in html
    assert page.table is not None
    with pytest.raises(QueryError):
        page.table()


def test_hostile_values_are_shown_as_text(lists: Lists, shown: Shown) -> None:
    wicked = "\"><script>alert(1)</script>'{{7*7}}"
    _, html = shown(lists, "list/meetings", {"state": wicked, "q": wicked})
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert not re.search(r'href="[^"]*[<>][^"]*"', html)
    _, html = shown(lists, "list/meetings", {"sort": wicked})
    assert "<script>alert" not in html


def test_unknown_values_give_an_empty_list_that_can_be_undone(lists: Lists, shown: Shown) -> None:
    page, html = shown(lists, "list/meetings", {"state": "atlantis"})
    assert page.context["view"].total == 0
    assert "Nothing fits" in html
    assert page.context["view"].removable == (("State", "atlantis", ""),)


def test_lists_are_well_formed_in_their_file() -> None:
    for spec in listed():
        names = [each.name for each in spec.fields]
        assert len(set(names)) == len(names), spec.name
        assert not RESERVED & set(names), spec.name
        assert spec.order.removeprefix("-") in {
            "name", *(each.name for each in spec.fields if each.sort)
        }  # fmt: skip
        for field in spec.fields:
            assert field.paths, (spec.name, field.name)
            assert not (field.form in {"number", "count"} and field.facet and not field.steps)
            assert not (field.facet and field.late)


def test_quotations_are_left_out_where_the_operator_keeps_them(
    holding: Holding,
) -> None:
    quoteless = Lists(replace(holding, settings=replace(holding.settings, quotes=False)))
    page = quoteless.page("list/claims", {})
    assert page is not None
    assert page.table is not None
    assert "quote" not in page.table().columns
    assert all(not any(" said " in value for value in row) for row in page.table().values())


def test_all_lists_have_addresses_of_their_own(lists: Lists) -> None:
    for path in lists.paths():
        assert lists.page(path, {}) is not None
    assert lists.page("list/unicorns", {}) is None
