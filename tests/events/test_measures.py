"""Control measures across articles."""

from __future__ import annotations

from typing import Any


def told(news: Any, article: str, items: list[str], **more: Any) -> None:
    known = {"imposer": "NO", "type": "export-control", "status": "in-force", **more}
    news.tell(article, "control", item=items, **known)


def test_dates_of_one_measure_stand_as_each_source_gives_them(news: Any) -> None:
    told(news, "a", ["gallium", "germanium", "graphite"], date="2023-08")
    told(news, "b", ["gallium", "germanium"], date="2023")
    told(news, "c", ["gallium"])
    [event] = news.events("control")
    dates = {each.value.value: each.articles for each in event.statements if each.role == "date"}
    assert dates == {"2023-08": ("a",), "2023": ("b",)}
    assert not news.disagreements("one-date")


def test_dates_a_season_apart_are_a_disagreement(news: Any) -> None:
    told(news, "a", ["gallium", "germanium"], date="2023-07-03")
    told(news, "b", ["gallium", "germanium"], date="2023-08-01")
    [event] = news.events("control")
    [found] = news.disagreements("one-date")
    assert found.subject == event.id
    assert len(found.options) == 2


def test_another_imposer_item_target_date_or_type_is_another_measure(news: Any) -> None:
    told(news, "a", ["gallium"], date="2023-08", target="SE")
    told(news, "b", ["gallium"], date="2023-08", target="SE", imposer="DK")
    told(news, "c", ["lithium"], date="2023-08", target="SE")
    told(news, "d", ["gallium"], date="2023-08", target="FI")
    told(news, "e", ["gallium"], date="2021-01", target="SE")
    told(news, "g", ["gallium"], date="2023-08", target="SE", type="tariff")
    told(news, "h", ["gallium"], date="2023-08", target="SE", polarity="negative")
    assert len(news.events("control")) == 7


def test_what_is_considered_announced_in_force_and_lifted_is_one_measure(news: Any) -> None:
    for number, status in enumerate(("considered", "announced", "in-force")):
        news.published[f"a{number}"] = f"2023-0{number + 6}-01"
        told(news, f"a{number}", ["raw manganese"], date="2023-08-01", status=status)
    told(news, "b", ["manganese"], date="2024-03", status="lifted")
    told(news, "c", ["copper ore"], date="2023-08-01")
    assert sorted(each.status for each in news.events("control")) == [
        ("announced", "considered", "in-force", "lifted"),
        ("in-force",),
    ]


def test_a_licence_duty_is_a_kind_of_export_control(news: Any) -> None:
    told(news, "a", ["gallium"], date="2023-08", type="licensing")
    told(news, "b", ["gallium"], date="2023-08")
    [event] = news.events("control")
    assert {value.value for value in event.values("type")} == {"licensing", "export-control"}


def test_a_group_of_materials_does_not_contradict_its_members(news: Any) -> None:
    told(news, "a", ["gallium", "germanium"], date="2023-08")
    told(news, "b", ["gallium", "critical minerals"])
    told(news, "c", ["critical minerals"])
    [event] = news.events("control")
    assert event.articles == ("a", "b", "c")
    assert len(event.values("item")) == 3


def test_statuses_are_collected(news: Any) -> None:
    told(news, "a", ["gallium"], status="in-force")
    told(news, "b", ["gallium"], status="lifted")
    [event] = news.events("control")
    assert event.status == ("in-force", "lifted")


def test_a_denied_measure_is_marked(news: Any) -> None:
    told(news, "a", ["gallium"], polarity="negative")
    [event] = news.events("control")
    assert event.polarity == ("negative",)


def test_a_later_measure_against_one_state_is_not_the_earlier_one_on_all(news: Any) -> None:
    news.published |= {"a": "2030-06-27", "b": "2030-06-28", "c": "2031-04-15"}
    told(news, "a", ["gallium", "germanium", "graphite"], date="2030-03")
    told(news, "b", ["gallium", "germanium"])
    told(news, "c", ["gallium", "germanium", "antimony"], type="export-ban", target="SE")
    assert sorted(each.articles for each in news.events("control")) == [("a", "b"), ("c",)]


def test_a_day_without_its_year_is_that_of_the_nearest_year(news: Any) -> None:
    news.published |= {"a": "2030-11-06", "b": "2030-11-08", "c": "2029-11-08"}
    told(news, "a", ["raw manganese"], date="2031-01-01")
    told(news, "b", ["raw manganese"], date="XXXX-01-15")
    told(news, "c", ["raw manganese"], date="XXXX-01-15")
    assert sorted(each.articles for each in news.events("control")) == [("a", "b"), ("c",)]


def test_a_measure_told_by_its_day_alone_is_the_one_of_that_day(news: Any) -> None:
    told(news, "a", ["gallium"], date="2023-08-01", type="export-ban")
    news.tell(
        "b", "control", imposer="NO", type="export-ban", status="announced", date="2023-08-01"
    )
    [event] = news.events("control")
    assert event.articles == ("a", "b")
