"""What leads to a thing: the same whether it is gathered or counted, and never unpaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.serving import hold
from kg.site.looking import Look
from kg.site.model import Holding, Prepared
from kg.site.pages import entries, links
from kg.site.pages.drawing import NODES, Neighbour, picture
from kg.site.pages.entity import NEIGHBOURS, Entities, _fair
from kg.site.pages.links import Links
from kg.site.pages.things import Things
from kg.site.rendering import Renderer
from kg.site.sections import sections


@pytest.fixture(scope="module")
def holding(corpus_folder: Path) -> Holding:
    return hold(corpus_folder)


@pytest.fixture(scope="module")
def famous(holding: Holding) -> str:
    """The state that most leads to."""
    found, look = Links(holding, Look.of(holding)), Look.of(holding)
    states = [holding.iris.of("state", code) for code in ("US", "CN", "JP", "DE", "FR", "IN")]
    assert all(map(look.exists, states))
    return max(states, key=lambda each: sum(group.count for group in found.of(each)))


def test_counted_links_are_those_that_are_gathered(
    holding: Holding, famous: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = Links(holding, Look.of(holding))
    monkeypatch.setattr(links, "GATHERED", 0)
    counted = Links(holding, Look.of(holding))
    groups = gathered.of(famous)
    assert len(groups) > 2
    assert [(each.key, each.count) for each in groups] == [
        (each.key, each.count) for each in counted.of(famous)
    ]
    for group in groups:
        whole = gathered.page(famous, group.key, 1, 1000)
        assert whole == counted.page(famous, group.key, 1, 1000)


def test_dates_are_the_same_from_the_index_and_by_look_ups(holding: Holding, famous: str) -> None:
    looked, indexed = (Links(holding, Look.of(holding)) for _ in range(2))
    assert len(indexed.index()) > 10
    assert indexed.index() is indexed.index()
    assert looked.of(famous) == indexed.of(famous)


def test_what_first_pages_wait_for_can_be_worked_out_before(holding: Holding) -> None:
    prepared = [each for each in sections(holding) if isinstance(each, Prepared)]
    assert {type(each).__name__ for each in prepared} == {"Home", "Things", "VocabularySection"}
    for each in prepared:
        pages = [each.page(path, {}) for path in each.prepare()]
        assert pages
        assert all(page and Renderer(holding).html(page) for page in pages)


def test_pages_of_links_hold_each_thing_once(
    holding: Holding, famous: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for most in (links.GATHERED, 0):
        monkeypatch.setattr(links, "GATHERED", most)
        found = Links(holding, Look.of(holding))
        group = max(found.of(famous), key=lambda each: each.count)
        pages = [found.page(famous, group.key, number, 2) for number in range(1, group.count)]
        subjects = [iri for page in pages for iri, _ in page]
        assert len(subjects) == len(set(subjects)) == group.count


def test_a_page_shows_few_of_many_links_and_leads_to_the_rest(
    holding: Holding, famous: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "PREVIEW", 1)
    section = Things(holding)
    page = section.page("id/" + famous.removeprefix(holding.iris.base), {})
    assert page is not None
    thing = page.context["thing"]
    assert all(len(group.entries) == 1 for group in thing.groups)
    html = Renderer(holding).html(page)
    for group in thing.groups:
        assert (f"/{group.key}/1.html" in html) == (group.count > 1)


def test_the_latest_comes_first(holding: Holding, famous: str) -> None:
    made = Entities(holding).entries
    dates = [links.sortable(date) for _, date in made.moments(famous)]
    assert dates == sorted(dates, reverse=True)
    for group in made.links.of(famous):
        found = [links.sortable(date) for _, date in group.subjects or ()]
        assert found == sorted(found, reverse=True)


def test_a_picture_has_at_most_fifty_neighbours_and_counts_the_others() -> None:
    many = [Neighbour(f"x:{number}", f"Thing {number}", "next to") for number in range(70)]
    drawn = picture("Here", many)
    assert [spot.iri for spot in drawn.spots] == [each.iri for each in many[:NODES]]
    assert drawn.left_out == 20


def test_places_in_a_picture_are_all_different_and_inside() -> None:
    some = [Neighbour(f"x:{number}", "A" * 99, "next to") for number in range(9)]
    drawn = picture("Here", some)
    assert len({(spot.x, spot.y) for spot in drawn.spots}) == 9
    assert all(0 < spot.x < drawn.width and 0 < spot.y < drawn.height for spot in drawn.spots)


def test_a_picture_of_nothing_is_a_picture() -> None:
    assert picture("Alone", []).spots == ()


def test_a_picture_gives_each_kind_of_neighbours_a_turn() -> None:
    after = [Neighbour(f"a{number}", "a", "Member of") for number in range(3)]
    groups = [
        [Neighbour(f"{name}{number}", name, name) for number in range(6)]
        for name in ("offices", "holders", "meetings", "commitments", "concerns")
    ]
    drawn = _fair(after, groups)
    assert sorted(each.iri for each in drawn) == sorted(
        each.iri for part in (after, *groups) for each in part
    )
    kinds = [each.relation for each in drawn[:NEIGHBOURS]]
    assert kinds[:3] == ["Member of"] * 3
    assert all(kinds.count(name) >= 4 for name in ("offices", "concerns"))
    assert kinds == sorted(kinds, key=list(dict.fromkeys(kinds)).index)
