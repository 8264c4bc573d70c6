"""Meetings within an article and across articles."""

from __future__ import annotations

from typing import Any

import pytest

TRIO = ["NO", "SE", "FI"]
PEOPLE = ["Ann Holm", "Bo Lind", "Aino Virta"]


def posts(news: Any, article: str) -> None:
    for person, state in zip(PEOPLE, TRIO, strict=True):
        news.tell(article, "post", person=person, title="Salt Minister", of=state)


def test_sentences_on_one_meeting_are_one_event(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo", ordinal="1")
    news.tell("a", "meeting", attendee=PEOPLE)
    news.tell("a", "meeting", follows="Tromso Summit")
    [event] = news.events("meeting")
    assert len(event.claims) == 3
    assert len(event.values("attendee")) == 3


def test_sister_meetings_of_one_day_stay_apart(news: Any) -> None:
    for article in ("a", "b"):
        posts(news, article)
        news.tell(article, "meeting", party=TRIO, date="2024-06-26", place="Oslo", ordinal="1")
        news.tell(article, "meeting", attendee=PEOPLE)
        news.tell(
            article, "meeting", party=TRIO[:2], attendee=PEOPLE[:2], date="2024-06-26",
            ordinal="4", framework="Salt Road Forum (SRF)",
        )  # fmt: skip
    first, second = sorted(news.events("meeting"), key=lambda each: len(each.values("party")))
    assert [len(each.articles) for each in (first, second)] == [2, 2]
    assert [value.value for value in first.values("ordinal")] == ["4"]
    assert len(second.values("party")) == 3


def test_dates_without_year_or_month_meet_across_articles(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="XXXX-06-26", place="Oslo")
    news.tell("b", "meeting", party=TRIO, date="XXXX-XX-26", place="Oslo", ordinal="1")
    news.tell("c", "meeting", party=TRIO, date="2024-06-26", ordinal="1")
    [event] = news.events("meeting")
    assert [value.value for value in event.values("date")] == ["2024-06-26"]
    assert event.articles == ("a", "b", "c")
    assert event.id.startswith("meeting/2024-06-26-fi-no-se-")


def test_an_account_without_a_date_joins_the_one_meeting_that_fits(news: Any) -> None:
    news.published |= {"a": "2024-06-27", "b": "2024-06-28"}
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell("b", "meeting", party=TRIO, place="Oslo")
    [event] = news.events("meeting")
    assert event.articles == ("a", "b")


def test_an_account_that_fits_two_meetings_joins_neither(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo", ordinal="1")
    news.tell("b", "meeting", party=TRIO, date="2025-06-26", place="Oslo", ordinal="2")
    news.tell("c", "meeting", party=TRIO, place="Oslo")
    assert sorted(len(each.articles) for each in news.events("meeting")) == [1, 1, 1]


def test_who_was_there_may_be_told_apart_from_the_meeting(news: Any) -> None:
    """A bare sentence goes back to the document whose signatories are those of a meeting."""
    posts(news, "a")
    news.tell("a", "meeting", party=TRIO, date="XXXX-06-26", place="Oslo")
    news.tell("a", "meeting", attendee=PEOPLE)
    posts(news, "b")
    news.tell("b", "meeting", framework="Grain Forum", date="2023-11-14", line="caption")
    news.tell(
        "b", "document", issuer=PEOPLE, title="joint statement", date="2024-06-26", place="Oslo",
        type="joint-statement",
    )  # fmt: skip
    news.tell("b", "meeting", attendee="Maria Rossi")
    held = [each for each in news.events("meeting") if len(each.articles) == 2]
    assert len(held) == 1
    assert "person/maria-rossi" in [value.value for value in held[0].values("attendee")]
    assert [value.value for value in held[0].values("date")] == ["2024-06-26"]


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2024-07-26"},
        {"party": ["NO", "SE", "DK"]},
        {"party": ["NO", "SE"]},
        {"ordinal": "2", "date": "2024-06"},
        {"framework": "Salt Road Forum", "ordinal": "2", "date": "2024"},
        {"status": "planned", "date": "2024-06-28"},
    ],
)
def test_what_contradicts_a_meeting_is_another(news: Any, other: Any) -> None:
    account = {"party": TRIO, "date": "2024-06-26", "place": "Oslo", "ordinal": "1"}
    news.tell("a", "meeting", **account)
    news.tell("b", "meeting", **{**account, **other})
    assert len(news.events("meeting")) == 2


@pytest.mark.parametrize("other", [{"status": "planned"}, {"ordinal": "2"}, {"place": "Bergen"}])
def test_what_one_account_alone_says_otherwise_is_a_disagreement(news: Any, other: Any) -> None:
    account = {"party": TRIO, "date": "2024-06-26", "place": "Oslo", "ordinal": "1"}
    news.tell("a", "meeting", **account)
    news.tell("b", "meeting", **{**account, **other})
    assert len(news.events("meeting")) == 1


def test_a_date_one_day_off_is_one_meeting_with_a_disagreement(news: Any) -> None:
    for article, day in (("a", "2024-06-26"), ("b", "2024-06-26"), ("c", "2024-06-27")):
        news.tell(article, "meeting", party=TRIO, attendee=PEOPLE, date=day, ordinal="1")
    [event] = news.events("meeting")
    assert [value.value for value in event.values("date")] == ["2024-06-26", "2024-06-27"]
    [found] = news.disagreements("one-date")
    assert [option.articles for option in found.options] == [("a", "b"), ("c",)]


def test_titles_never_say_who_took_part(news: Any) -> None:
    news.tell("a", "meeting", party=[*TRIO, "DK"], line="title")
    news.tell("a", "meeting", party=TRIO, date="2024-06-26")
    [event] = news.events("meeting")
    assert "state/DK" not in [value.value for value in event.values("party")]
    assert len(event.claims) == 2
    [found] = news.disagreements("headline-against-body")
    assert [str(option.value) for option in found.options] == ["state/DK", "None"]


def test_a_title_alone_gives_a_meeting_without_parties(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, line="title")
    [event] = news.events("meeting")
    assert event.values("party") == ()


def test_talks_on_the_sidelines_are_not_the_meeting_beside_them(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO[:2], attendee=PEOPLE[:2], place="Oslo")
    news.tell("a", "meeting", party="ASEAN", place="Oslo", ordinal="4")
    assert len(news.events("meeting")) == 2


def test_wrong_accounts_do_not_chain_two_meetings(news: Any) -> None:
    """One article mixes up two meetings; these stay two."""
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell("b", "meeting", party=["NO", "SE"], date="2024-06-26", place="Oslo", ordinal="4")
    news.tell("c", "meeting", attendee=PEOPLE, date="2024-06-26", place="Oslo")
    news.tell("d", "meeting", attendee=PEOPLE[:2], date="2024-06-26", place="Oslo", ordinal="4")
    parties = [frozenset(map(str, each.values("party"))) for each in news.events("meeting")]
    assert frozenset({"state/NO", "state/SE"}) in parties
    assert frozenset({"state/NO", "state/SE", "state/FI"}) in parties


def test_one_series_in_other_places_at_other_times_is_two_meetings(news: Any) -> None:
    news.published |= {"a": "2030-02-28", "b": "2031-06-27"}
    news.tell("a", "meeting", party=TRIO, place="Honolulu", ordinal="1")
    news.tell("b", "meeting", party=TRIO, place="Oslo", ordinal="1", date="XXXX-XX-26")
    assert len(news.events("meeting")) == 2


def test_a_state_may_stand_for_a_town_in_it(news: Any) -> None:
    news.published |= {"a": "2031-06-27", "b": "2031-06-28"}
    news.tell("a", "meeting", party=TRIO, place="Norway", ordinal="1", date="2031-06-26")
    news.tell("b", "meeting", party=TRIO, place="Oslo", ordinal="1")
    assert len(news.events("meeting")) == 1


@pytest.mark.parametrize("published", ["2032-06-27", "2031-05-01"])
def test_an_undated_account_of_another_year_or_of_before_is_of_another_meeting(
    news: Any, published: str
) -> None:
    news.published |= {"a": "2031-06-27", "b": published}
    for article, dates in (("a", {"date": "2031-06-26"}), ("b", {})):
        posts(news, article)
        news.tell(article, "meeting", party=TRIO, attendee=PEOPLE, place="Oslo", **dates)
    assert len(news.events("meeting")) == 2


def test_the_same_edition_of_a_series_may_be_told_of_years_later(news: Any) -> None:
    news.published |= {"a": "2031-06-27", "b": "2033-06-27"}
    for article, dates in (("a", {"date": "2031-06-26"}), ("b", {})):
        news.tell(
            article, "meeting", party=TRIO, framework="Salt Road Forum", ordinal="4",
            place="Oslo", **dates,
        )  # fmt: skip
    assert len(news.events("meeting")) == 1


def test_one_day_in_one_town_is_not_one_meeting(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2031-06-26", place="Geneva")
    news.tell("b", "meeting", date="2031-06-26", place="Geneva")
    assert len(news.events("meeting")) == 2


def test_who_took_part_as_well_is_added_and_changes_neither_name_nor_likeness(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2031-06-26", place="Oslo")
    [alone] = news.events("meeting")
    news.tell("a", "meeting", party="IS")
    news.tell("a", "commitment", actor=TRIO, topic="lithium", modality="agreed")
    news.tell("b", "meeting", party=TRIO, date="2031-06-26", place="Oslo")
    [event] = news.events("meeting")
    assert event.articles == ("a", "b")
    assert "state/IS" in [value.value for value in event.values("party")]
    assert event.id == alone.id
    [commitment] = news.events("commitment")
    assert commitment.relations == (("madeAt", event.id),)


@pytest.mark.parametrize(
    "other",
    [
        {"party": "OPEC"},
        {"party": "IS", "date": "2031-06-27"},
        {"party": "IS", "place": "Bergen"},
        {"party": "IS", "polarity": "negative"},
        {"party": ["IS", "DK"]},
    ],
)
def test_what_may_be_a_meeting_of_its_own_is_not_added(news: Any, other: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2031-06-26", place="Oslo")
    news.tell("a", "meeting", **other)
    assert len(news.events("meeting")) == 2


def test_a_meeting_announced_and_then_held_on_that_day_is_one(news: Any) -> None:
    news.published |= {"a": "2031-06-20", "b": "2031-06-27", "c": "2031-06-28"}
    account = {"party": TRIO, "date": "2031-06-26"}
    news.tell("a", "meeting", status="planned", **account)
    news.tell("b", "meeting", **account)
    [event] = news.events("meeting")
    assert event.status == ("held", "planned")
    assert "(" not in event.label


def test_a_meeting_called_off_and_the_one_held_instead_are_two(news: Any) -> None:
    news.published |= {"a": "2031-06-20", "b": "2031-06-24", "c": "2031-07-12"}
    news.tell("a", "meeting", party=TRIO, status="planned", date="2031-06-26", place="Oslo")
    news.tell("b", "meeting", party=TRIO, status="cancelled", date="2031-06-26", place="Oslo")
    news.tell("c", "meeting", party=TRIO, date="2031-07-11", place="Oslo")
    statuses = sorted(each.status for each in news.events("meeting"))
    assert statuses == [("cancelled", "planned"), ("held",)]


def test_what_was_agreed_belongs_to_the_latest_meeting_not_to_one_recalled(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2031-03-12", place="Oslo")
    news.tell("a", "meeting", party=TRIO, date="2030-10-01", place="Turku")
    news.tell("a", "commitment", actor=TRIO, topic="lithium", modality="agreed")
    [commitment] = news.events("commitment")
    [meeting] = [each for each in news.events("meeting") if "2031" in each.id]
    assert commitment.relations == (("madeAt", meeting.id),)


def test_one_edition_of_a_series_in_two_places_is_a_disagreement(news: Any) -> None:
    for article, place in (("a", "Oslo"), ("b", "Bergen")):
        news.tell(article, "meeting", party=TRIO, framework="Salt Road Forum", ordinal="4",
                  place=place, **({"date": "2031-06-26"} if article == "a" else {}))  # fmt: skip
    assert len(news.events("meeting")) == 1
    [found] = news.disagreements("one-place")
    assert len(found.options) == 2


def test_a_capital_told_as_such_is_the_place_that_another_source_names(news: Any) -> None:
    news.tell("a", "meeting", attendee="Ann Holm", date="2024-06", place="Oslo")
    news.tell("b", "meeting", attendee="Ann Holm", date="2024-06", place="the Norwegian capital")
    assert len(news.events("meeting")) == 1


def test_a_committee_that_meets_is_the_framework_of_its_session(news: Any) -> None:
    committee = "Salt Road Steering Committee"
    news.published |= {"a": "2024-05-02", "b": "2024-06-27"}
    news.tell(
        "a", "meeting", party=committee, ordinal="2", place="Oslo", date="2024-06-25",
        status="planned",
    )  # fmt: skip
    news.tell("b", "meeting", framework=committee, ordinal="2", place="Oslo", date="2024-06-26")
    [event] = news.events("meeting")
    assert event.articles == ("a", "b")


def test_a_sentence_on_who_came_for_some_parties_goes_on_with_the_meeting(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell(
        "a", "meeting", party=TRIO[1:], attendee=PEOPLE[1:],
        quote="From Sweden Mr Lind took part, Finland was represented by Ms Virta.",
    )  # fmt: skip
    [event] = news.events("meeting")
    assert len(event.claims) == 2


def test_talks_of_some_beside_a_meeting_are_others(news: Any) -> None:
    for article, words in (
        ("a", "That morning, in a separate meeting, Holm and Lind spoke of tolls."),
        ("b", "Hours before, Holm and Lind held talks of their own."),
    ):
        posts(news, article)
        news.tell(article, "meeting", party=TRIO, date="2024-06-26", place="Oslo")
        news.tell(article, "meeting", attendee=PEOPLE[:2], date="2024-06-26", quote=words)
    assert [len(each.articles) for each in news.events("meeting")] == [2, 2]


def test_a_sentence_that_begins_by_it_goes_on_with_the_meeting(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell("a", "meeting", ordinal="4", quote="It was the fourth of its kind.")
    [event] = news.events("meeting")
    assert len(event.claims) == 2


def test_the_host_counts_among_those_who_met(news: Any) -> None:
    news.published |= {"a": "2024-06-20", "b": "2024-06-27"}
    news.tell(
        "a", "meeting", party=TRIO[1:], host="NO", date="2024-06-26", place="Bergen",
        status="planned",
    )  # fmt: skip
    news.tell("b", "meeting", party=TRIO, date="2024-06-26")
    assert len(news.events("meeting")) == 1


def test_one_edition_of_a_series_moved_to_another_day_is_one_meeting(news: Any) -> None:
    series = {"framework": "Salt Road Forum", "ordinal": "3"}
    news.published |= {"a": "2024-01-10", "b": "2024-06-27"}
    news.tell("a", "meeting", **series, date="2024-05-02", place="Turku", status="planned")
    news.tell("b", "meeting", **series, date="2024-06-26", place="Oslo")
    [event] = news.events("meeting")
    assert event.articles == ("a", "b")


def test_frameworks_called_after_other_states_are_others(news: Any) -> None:
    told = {"date": "2024-06-26", "ordinal": "2"}
    news.tell("a", "meeting", framework="Chilean-Peruvian Economic Dialogue", **told)
    news.tell("b", "meeting", framework="Finnish-Swedish Economic Dialogue", **told)
    news.tell("c", "meeting", framework="Economic Dialogue of Chile and Peru", **told)
    assert [len(each.articles) for each in news.events("meeting")] == [2, 1]


def test_an_acronym_names_the_framework_that_has_its_initials(news: Any) -> None:
    news.published |= {"a": "2024-01-10", "b": "2024-03-27"}
    news.tell("a", "meeting", framework="SRMF", ordinal="3", date="2024-05", status="planned")
    news.tell(
        "b", "meeting", framework="Salt Road Ministers' Forum", ordinal="3", date="2024-05-07",
        status="planned",
    )  # fmt: skip
    assert len(news.events("meeting")) == 1
