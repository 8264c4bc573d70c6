"""Pictures: what is drawn is what the lists hold, and stands as a table too."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import parse_qsl

import pytest

from kg.site.drawing.circle import NODES, circle
from kg.site.drawing.columns import columns
from kg.site.drawing.section import Pictures
from kg.site.drawing.strips import Judged, Said, strips
from kg.site.lists.model import Value
from kg.site.lists.section import Lists
from kg.site.lists.state import state_of
from kg.site.model import Asked, Holding, Page, Section

Shown = Callable[[Section, str, Asked], tuple[Page, str]]
NAMES = ("meetings", "matrix", "who-met-whom", "agreement")


@pytest.fixture(scope="module")
def lists(holding: Holding) -> Lists:
    return Lists(holding)


@pytest.fixture(scope="module")
def pictures(holding: Holding, lists: Lists) -> Pictures:
    return Pictures(holding, lists)


def addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Give what the cells of the table lead to, with the number that stands there."""
    for line in page.context["picture"].lines:
        for text, address in line:
            if address.startswith("list/"):
                yield text, address


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_told_in_words_and_a_table(
    name: str, pictures: Pictures, shown: Shown
) -> None:
    page, html = shown(pictures, f"picture/{name}", {})
    picture = page.context["picture"]
    assert picture.lines
    assert page.table is not None
    assert page.table().values() == [[text for text, _ in line] for line in picture.lines]
    svg = html[html.index("<svg viewBox") : html.index("</svg>") + len("</svg>")]
    root = ET.fromstring(svg)  # noqa: S314 - our own page
    assert [each.tag for each in root][:2] == ["title", "desc"]
    assert "style=" not in svg
    assert html.count("<h2>The same as a table</h2>") == 1


@pytest.mark.parametrize("of", ["commitments", "measures", "concerns", "supply-positions"])
def test_a_square_leads_to_as_many_entries_as_it_says(
    of: str, pictures: Pictures, lists: Lists
) -> None:
    page = pictures.page("picture/matrix", {"of": of})
    assert page is not None
    found = list(addresses(page))
    assert found
    for number, address in found[:12]:
        path, _, query = address.partition("?")
        assert path == f"list/{of}.html"
        assert lists.view(state_of(lists.specs[of], dict(parse_qsl(query)))).total == int(number)


def test_a_column_leads_to_at_least_the_meetings_that_begin_in_it(
    pictures: Pictures, lists: Lists
) -> None:
    page = pictures.page("picture/meetings", {})
    assert page is not None
    spec = lists.specs["meetings"]
    for line in page.context["picture"].lines:
        query = line[0][1].partition("?")[2]
        assert lists.view(state_of(spec, dict(parse_qsl(query)))).total >= int(line[-1][0])


def test_those_who_met_are_those_of_one_meeting(pictures: Pictures, lists: Lists) -> None:
    page = pictures.page("picture/who-met-whom", {"of": "person"})
    assert page is not None
    index = lists.index("meetings")
    entries = index.entries(range(index.size), ("person",))
    column = [values["person"] for _, _, values in entries]
    for one, other, number in page.context["picture"].lines[:10]:
        together = [
            values for values in column if {one[0], other[0]} <= {each.text for each in values}
        ]
        assert len(together) >= int(number[0]) >= 1


def test_disagreements_come_first(pictures: Pictures) -> None:
    page = pictures.page("picture/agreement", {})
    assert page is not None
    about = [bool(each.judged.about) for each in page.context["picture"].shapes.strips]
    assert any(about)
    assert about == sorted(about, reverse=True)


@pytest.mark.parametrize("asked", [{"of": "<script>"}, {"from": "soon"}])
def test_what_cannot_be_drawn_is_said(asked: Asked, pictures: Pictures, shown: Shown) -> None:
    page, html = shown(pictures, "picture/who-met-whom", asked)
    assert page.status == 400
    assert "<script>" not in html.replace('<script type="module"', "")


def test_a_time_without_meetings_is_empty(pictures: Pictures, shown: Shown) -> None:
    for name in ("meetings", "who-met-whom"):
        _, html = shown(pictures, f"picture/{name}", {"to": "1900"})
        assert "nothing to draw" in html


def test_columns_are_days_months_or_years() -> None:
    def periods(*days: str) -> list[str]:
        return [
            each.period for each in columns((date.fromisoformat(d), "held") for d in days).columns
        ]

    assert periods("2024-01-30", "2024-02-01") == ["2024-01-30", "2024-01-31", "2024-02-01"]
    assert periods("2024-01-30", "2024-12-01")[0] == "2024-01"
    assert len(periods("2024-01-30", "2024-12-01")) == 12
    assert periods("1990-01-01", "2024-12-01")[-1] == "2024"
    assert periods() == []


def test_a_circle_counts_pairs_and_leaves_out_who_met_least() -> None:
    a, b, c = (Value(each, each) for each in "abc")
    drawn = circle([(a, b), (a, b), (b, c), (c,)], most=2)
    assert [each.value for each in drawn.points] == [b, a]
    assert [(each.one, each.other, each.number) for each in drawn.arcs] == [(a, b, 2)]
    assert drawn.left_out == 1


def test_names_round_a_circle_are_within_the_picture() -> None:
    names = [Value(str(number), "A name of twenty-two, x" * 2) for number in range(NODES)]
    drawn = circle([(one, other) for one in names for other in names])
    widest = 22 * 7.2  # letters of 13 px
    for each in drawn.points:
        angle = math.radians(each.turn + (180 if each.anchor == "end" else 0))
        ends = each.label_x + widest * math.cos(angle), each.label_y + widest * math.sin(angle)
        assert all(0 < end < drawn.size for end in ends)


def test_sides_of_a_strip_say_what_they_say_where_there_is_room() -> None:
    judged = Judged("On what", "x", "date", (Said("2031-01-07", 38), Said("2031-01-08", 1)))
    first, second = strips([judged]).strips[0].parts
    assert (first.label, second.label) == ("38 2031-01-07", "")


def test_strips_are_as_long_as_sources_are_many() -> None:
    drawn = strips([Judged("x", "", "date", (Said("1", 3), Said("2", 1)))])
    first, second = drawn.strips[0].parts
    assert first.width > 2.5 * second.width
    assert (first.series, second.series) == (1, 2)
