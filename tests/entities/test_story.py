"""What an article speaks of besides a name."""

from __future__ import annotations

from kg.entities.mentions import mentions_of
from kg.entities.story import marks_of_date, marks_of_person, story_of
from tests.entities.conftest import claim


def test_marks_of_a_person_outlive_spelling_and_leave_given_names_out() -> None:
    assert marks_of_person("Robert Tarkhan-Zelenskyy") == marks_of_person("R. Tarkan Zelensky")
    assert not marks_of_person("Maria Holm") & marks_of_person("Maria Berg")
    assert marks_of_person("Robert")


def test_a_story_is_told_by_the_other_persons_of_an_article() -> None:
    claims = [claim("a", "meeting", attendee=["Ida Holm", "Omar Diop"], party=["NO", "SN"])]
    mentions = mentions_of(claims)
    story = story_of(mentions)
    keys = {each.ref: each.key for each in mentions}
    assert story.states == ("NO", "SN")
    assert story.around(keys["Ida Holm"], "person") == tuple(sorted(marks_of_person("Omar Diop")))
    assert story.around(keys["NO"], "state") == ()


def test_a_date_is_marked_by_its_days_and_its_month() -> None:
    assert marks_of_date("2021-05") == {"2021-05"}
    assert marks_of_date("2021-05-03") == {"2021-05", "2021-05-03"}
    assert marks_of_date("2021") == marks_of_date("2021-23") == frozenset()
