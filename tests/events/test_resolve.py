"""Claims to a ledger of events."""

from __future__ import annotations

from typing import Any

from kg.terms import EVENT_CLASSES, KINDS, ROLES

TRIO = ["NO", "SE", "FI"]


def fill(news: Any) -> None:
    """Tell of everything there is a kind for, in two articles."""
    for article in ("a", "b"):
        news.tell(article, "post", person="Ann Holm", title="Salt Minister", of="NO")
        news.tell(article, "meeting", party=TRIO, date="XXXX-06-26", place="Oslo", ordinal="1")
        news.tell(article, "meeting", attendee=["Ann Holm", "Bo Lind"])
        news.tell(article, "document", issuer=TRIO, title="joint statement", type="declaration")
        news.tell(article, "commitment", actor=TRIO, topic="lithium", modality="agreed")
        news.tell(article, "concern", holder=TRIO, target="DK", topic="subsidies")
        news.tell(article, "control", imposer="DK", item="cobalt", type="quota", date="2023")
        news.tell(article, "position", actor="DK", item="cobalt", type="producer")
        news.tell(article, "utterance", speaker="Ann Holm", venue="press conference")


def test_every_claim_is_about_exactly_one_event(news: Any) -> None:
    fill(news)
    ledger = news.ledger()
    assert set(ledger.about) == {claim.id for claim in news.claims}
    assert sum(len(event.claims) for event in ledger.events) == len(news.claims)
    assert {event.kind for event in ledger.events} == set(KINDS) == set(EVENT_CLASSES)
    assert len({event.id for event in ledger.events}) == len(ledger.events)


def test_the_order_of_claims_does_not_matter(news: Any) -> None:
    fill(news)
    expected = news.ledger()
    for step in (1, 7, 12):
        assert news.ledger([*news.claims[step:], *news.claims[:step]][::-1]) == expected


def test_statements_rest_on_claims_of_their_event(news: Any) -> None:
    fill(news)
    for event in news.ledger().events:
        for statement in event.statements:
            assert statement.role in ROLES[event.kind]
            assert statement.claims
            assert set(statement.claims) <= set(event.claims)
            assert 1 <= statement.independent <= len(statement.articles)


def test_one_more_article_does_not_change_the_id_of_an_event(news: Any) -> None:
    fill(news)
    before = {event.id for event in news.ledger().events if event.kind == "meeting"}
    news.tell("c", "meeting", party=TRIO, date="XXXX-06-26", place="Oslo", ordinal="1")
    assert {event.id for event in news.ledger().events if event.kind == "meeting"} == before


def test_an_utterance_is_one_event_each(news: Any) -> None:
    fill(news)
    assert [len(event.claims) for event in news.events("utterance")] == [1, 1]


def test_no_claims_give_an_empty_ledger(news: Any) -> None:
    ledger = news.ledger()
    assert (ledger.events, ledger.disagreements, dict(ledger.about)) == ((), (), {})


def test_claims_of_articles_that_are_not_at_hand_are_resolved_all_the_same(news: Any) -> None:
    fill(news)
    news.lines.clear()
    assert news.ledger().events


def test_hostile_text_makes_safe_ids(news: Any) -> None:
    news.tell("a", "post", person="x> } ; DROP ALL", title="<y>{}\u202e", of="../../z")
    news.tell("a", "meeting", date="2024-06-26> <x", place="';--", party="<NO>")
    news.tell("a", "control", item="a b\n<c>", imposer="| rm", date="\\u003e", type='"')
    for event in news.ledger().events:
        assert not set(event.id) & set("<>{} \u202e\"'\\\n|^`"), event.id
        assert ".." not in event.id
