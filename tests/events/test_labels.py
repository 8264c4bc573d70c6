"""What events are called."""

from __future__ import annotations

from typing import Any

import pytest

TRIO = ["NO", "SE", "NL"]


def label(news: Any, kind: str) -> str:
    [event] = news.events(kind)
    return str(event.label)


def test_a_meeting_says_which_whose_where_and_when(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2031-03-04", place="Oslo", ordinal="1")
    assert label(news, "meeting") == (
        "First trilateral meeting of the Netherlands, Norway and Sweden in Oslo, 4 March 2031"
    )


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ({"party": ["NO", "US"], "status": "planned"},
         "Meeting of Norway and the United States (planned)"),
        ({"party": ["NO", "SE"], "polarity": "negative"},
         "Meeting of Norway and Sweden (denied)"),
        ({"party": ["NO", "SE"], "framework": "Salt Road Pact (SRP)", "ordinal": "21"},
         "21st Salt Road Pact (SRP) meeting of Norway and Sweden"),
        ({"party": ["NO", "SE"], "framework": "Third Salt Dialogue", "ordinal": "3"},
         "Third Salt Dialogue of Norway and Sweden"),
        ({"party": ["NO", "SE"], "framework": "Salt Road Forum", "date": "2031-21"},
         "Salt Road Forum of Norway and Sweden, spring 2031"),
        ({"party": "ASEAN", "framework": "ASEAN Salt Dialogue", "date": "2031-35"},
         "ASEAN Salt Dialogue, third quarter of 2031"),
        ({"attendee": ["Ann Holm", "Bo Lind"], "date": "XXXX-XX-26"},
         "Meeting of Ann Holm and Bo Lind"),
        ({"place": "Oslo", "date": "2031"}, "Meeting in Oslo, 2031"),
        ({"host": "NO"}, "Meeting hosted by Norway"),
    ],
)  # fmt: skip
def test_meetings_are_named_by_what_is_known(news: Any, roles: Any, expected: str) -> None:
    news.tell("a", "meeting", **roles)
    assert label(news, "meeting") == expected


@pytest.mark.parametrize(
    ("kind", "roles", "expected"),
    [
        ("commitment", {"actor": ["NO", "US"], "topic": ["salt domes", "copper"],
                        "modality": "agreed"},
         "Commitment of Norway and the United States on copper and salt domes (agreed)"),
        ("commitment", {"actor": "NO", "counterparty": "SE", "framework": "Salt Road Forum",
                        "modality": "pledged"},
         "Commitment of Norway to Sweden under Salt Road Forum (pledged)"),
        ("concern", {"holder": "NO", "topic": "copper", "target": "PH"},
         "Concern of Norway about copper, directed at the Philippines"),
        ("concern", {"holder": "NO", "target": "SE"}, "Concern of Norway directed at Sweden"),
        ("control", {"imposer": "NO", "item": "copper", "type": "export-ban", "date": "2031-05",
                     "status": "considered"},
         "Export ban by Norway on copper, May 2031 (considered)"),
        ("control", {"imposer": "NO", "item": "copper", "type": "licensing", "target": "SE",
                     "status": "in-force"},
         "Licensing requirement by Norway on copper against Sweden"),
        ("position", {"actor": "NO", "type": "dependence", "item": "copper"},
         "Dependence of Norway on copper"),
        ("position", {"actor": "NO", "type": "producer", "item": "copper"},
         "Production of copper by Norway"),
        ("document", {"issuer": ["NO", "SE"], "title": "joint statement", "type": "joint-statement",
                      "date": "2031-03-04"},
         "Joint statement of Norway and Sweden, 4 March 2031"),
        ("post", {"person": "Ann Holm", "title": "Vice Ministers of Salt", "of": "NL"},
         "Ann Holm, Vice Minister of Salt of the Netherlands"),
        ("utterance", {"speaker": "Ann Holm", "date": "2031-03-04"},
         "Statement by Ann Holm, 4 March 2031"),
    ],
)  # fmt: skip
def test_every_kind_has_a_plain_label(news: Any, kind: str, roles: Any, expected: str) -> None:
    news.tell("a", kind, **roles)
    assert label(news, kind) == expected


def test_long_lists_are_cut_and_lists_of_pairs_take_semicolons(news: Any) -> None:
    news.tell("a", "concern", holder=["NO", "SE", "FI", "DK", "IS", "DE"], topic="salt")
    news.tell("b", "concern", holder="NO", topic=["salt and sand", "pepper"])
    labels = {event.label for event in news.events("concern")}
    assert labels == {
        "Concern of Denmark, Finland, Germany, Iceland and 2 others about salt",
        "Concern of Norway about pepper; salt and sand",
    }


def test_a_minister_is_not_named_beside_his_own_state(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("a", "document", issuer=["NO", "SE", "Ann Holm"], title="joint statement")
    assert label(news, "document") == "Joint statement of Norway and Sweden"


def test_a_paper_of_a_meeting_of_no_known_day_names_none(news: Any) -> None:
    news.tell("a", "meeting", party=["NO", "SE"], date="XXXX-XX-26")
    news.tell("a", "document", issuer=["NO", "SE"], title="joint statement", type="joint-statement")
    assert label(news, "document") == "Joint statement of Norway and Sweden"
