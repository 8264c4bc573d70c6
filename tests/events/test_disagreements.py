"""Closed lists of those present."""

from __future__ import annotations

from typing import Any

from kg.events.disputes import rules
from tests.conftest import ROOT

PAIR = ["NO", "SE"]


def account(news: Any, article: str, people: list[str]) -> None:
    news.tell(article, "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell(article, "post", person="Bo Lind", title="Salt Minister", of="SE")
    news.tell(article, "meeting", party=PAIR, date="2024-06-26", place="Oslo", attendee=people)


def test_a_person_whom_closed_lists_leave_out_is_disputed(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Bo Lind"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    [found] = news.disagreements("closed-list")
    assert found.role == "attendee"
    assert [(str(option.value), option.articles) for option in found.options] == [
        ("person/maria-rossi", ("b",)),
        ("None", ("a",)),
    ]
    assert found.options[1].claims
    assert "Maria Rossi" in found.explanation


def test_a_list_of_one_is_not_closed(news: Any) -> None:
    account(news, "a", ["Ann Holm"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    assert not news.disagreements("closed-list")


def test_a_list_without_anybody_for_a_party_is_only_incomplete(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Maria Rossi"])
    account(news, "b", ["Ann Holm", "Bo Lind", "Maria Rossi"])
    assert not news.disagreements("closed-list")


def test_articles_that_agree_have_no_disagreement(news: Any) -> None:
    account(news, "a", ["Ann Holm", "Bo Lind"])
    account(news, "b", ["Ann Holm", "Bo Lind"])
    assert news.ledger().disagreements == ()


def test_one_article_that_gives_town_and_building_does_not_contradict_itself(news: Any) -> None:
    news.tell("a", "meeting", party=PAIR, date="2024-06-26", place=["Oslo", "Customs House"])
    news.tell("b", "meeting", party=PAIR, date="2024-06-26", place="Oslo")
    assert not news.disagreements("one-place")
    news.tell("c", "meeting", party=PAIR, date="2024-06-26", place="Bergen", ordinal="2")
    news.tell("d", "meeting", party=PAIR, date="2024-06-26", place="Tromso", ordinal="2")
    assert news.disagreements("one-place")


def control(news: Any, article: str, **roles: Any) -> None:
    given = {"imposer": "CN", "item": "graphite", "type": "licensing", **roles}
    news.tell(article, "control", status=given.pop("status", "in-force"), **given)


def test_a_title_that_adds_a_party_is_set_against_the_text(news: Any) -> None:
    news.tell("a", "meeting", party=[*PAIR, "DK"], line="title")
    news.tell("a", "meeting", party=PAIR, date="2024-06-26", place="Oslo")
    [found] = news.disagreements("headline-against-body")
    assert found.role == "party"
    assert str(found.options[0].value) == "state/DK"
    assert "Denmark" in found.explanation
    assert "sentences" in found.advice


def test_a_title_that_promises_more_than_the_text_is_set_against_it(news: Any) -> None:
    said = {"actor": "NO", "topic": "salt mines"}
    news.tell("a", "commitment", modality="agreed", line="title", **said)
    news.tell("a", "commitment", modality="considering", **said)
    [found] = news.disagreements("headline-modality")
    assert [str(each.value) for each in found.options] == ["agreed", "considering"]
    assert "considering" in found.advice


def test_a_target_that_only_some_name_is_disputed(news: Any) -> None:
    for article in ("a", "b", "c"):
        news.published[article] = "2024-06-27"
    control(news, "a", date="2024-06-20", target="US")
    control(news, "b", date="2024-06-20")
    control(news, "c", date="2024-06-20")
    [found] = news.disagreements("target-left-out")
    assert [(str(each.value), each.articles) for each in found.options] == [
        ("state/US", ("a",)),
        ("None", ("b", "c")),
    ]


def test_one_article_that_names_the_target_once_leaves_nothing_out(news: Any) -> None:
    control(news, "a", date="2024-06-20", target="US")
    control(news, "a", date="2024-06-20")
    assert not news.disagreements("target-left-out")


def test_a_date_near_an_act_that_no_act_bears_out_is_set_against_the_record(news: Any) -> None:
    control(news, "a", date="2023-08")
    [found] = news.disagreements("legal-record")
    assert [(str(each.value), each.act) for each in found.options] == [
        ("2023-08", None),
        ("2023-12-01", "legal-measure/cn-2023-39"),
    ]
    assert "No. 39 of 2023" in found.explanation


def test_a_date_that_an_act_bears_out_is_no_disagreement(news: Any) -> None:
    control(news, "a", date="2023-10")
    control(news, "b", date="2023-12-01")
    assert not news.disagreements("legal-record")


def test_one_date_for_two_materials_is_checked_for_each(news: Any) -> None:
    control(news, "a", item=["gallium", "graphite"], date="XXXX-08")
    [found] = news.disagreements("legal-record")
    assert "graphite" in found.explanation
    assert "gallium" not in found.explanation


def test_a_measure_that_the_record_does_not_hold_is_no_error(news: Any) -> None:
    control(news, "a", date="2019-03", imposer="NO", item="herring")
    control(news, "b", date="1999-03")
    assert not news.disagreements("legal-record")


def test_statuses_of_one_week_that_exclude_each_other_are_disputed(news: Any) -> None:
    for article, status, day in (("a", "in-force", "2024-06-27"), ("b", "suspended", "2024-06-28")):
        news.published[article] = day
        control(news, article, date="2024-06-20", status=status)
    found = news.disagreements("status-against-status")
    assert len(found) == len([each for each in news.events("control") if len(each.status) > 1])


def test_every_rule_says_why_and_what_to_take() -> None:
    for name, rule in rules().rules.items():
        assert rule.title, name
        assert rule.why.endswith("."), name
        assert rule.advice.endswith("."), name


def test_the_documentation_names_every_rule() -> None:
    text = (ROOT / "docs" / "disagreements.md").read_text("utf-8")
    assert not [name for name in rules().rules if f"`{name}`" not in text]
