"""Commitments, concerns and positions across articles."""

from __future__ import annotations

from typing import Any

PAIR = ["NO", "SE"]


def meet(news: Any, article: str, date: str = "2024-06-26") -> None:
    news.tell(article, "meeting", party=PAIR, date=date, place="Oslo")


def test_one_promise_in_two_reports_is_one_commitment_made_at_the_meeting(news: Any) -> None:
    for article in ("a", "b"):
        meet(news, article)
        news.tell(
            article, "commitment", actor=PAIR, topic=["lithium", "cobalt"], modality="pledged"
        )
    [event] = news.events("commitment")
    [meeting] = news.events("meeting")
    assert event.articles == ("a", "b")
    assert event.relations == (("madeAt", meeting.id),)


def test_a_meeting_is_inferred_from_the_claims_whose_articles_tell_of_it(news: Any) -> None:
    meet(news, "a")
    for article in ("a", "b"):
        news.tell(
            article, "commitment", actor=PAIR, topic=["lithium", "cobalt"], modality="pledged"
        )
    [event] = news.events("commitment")
    [ground] = event.grounds
    assert event.articles == ("a", "b")
    assert (ground.relation, ground.other) == event.relations[0]
    assert (ground.articles, ground.independent) == (("a",), 1)
    assert set(ground.claims) < set(event.claims)


def test_one_promise_with_two_modalities_is_a_disagreement(news: Any) -> None:
    for article, modality in (("a", "pledged"), ("b", "agreed"), ("c", "agreed")):
        meet(news, article)
        news.tell(article, "commitment", actor=PAIR, topic="lithium", modality=modality)
    [event] = news.events("commitment")
    assert event.modality == ("pledged", "agreed")
    [found] = news.disagreements("modality-against-modality")
    assert [(str(each.value), each.articles) for each in found.options] == [
        ("agreed", ("b", "c")),
        ("pledged", ("a",)),
    ]


def test_the_same_topic_at_another_meeting_is_another_commitment(news: Any) -> None:
    for article, date in (("a", "2024-06-26"), ("b", "2025-06-26")):
        meet(news, article, date)
        news.tell(article, "commitment", actor=PAIR, topic="lithium", modality="pledged")
    assert len(news.events("commitment")) == 2


def test_other_actors_topics_partners_or_denials_are_other_commitments(news: Any) -> None:
    known = {"actor": PAIR, "topic": ["lithium", "cobalt"], "modality": "pledged"}
    for article, other in (
        ("a", {}),
        ("b", {"actor": ["NO"]}),
        ("c", {"topic": ["nickel"]}),
        ("d", {"polarity": "negative"}),
    ):
        news.tell(article, "commitment", **{**known, **other})
    assert len(news.events("commitment")) == 4


def test_a_claim_attributed_to_a_document_stands_in_it(news: Any) -> None:
    meet(news, "a")
    news.tell("a", "document", issuer=PAIR, title="joint statement", type="joint-statement")
    news.tell(
        "a", "commitment", actor=PAIR, topic="lithium", modality="agreed", cites="joint statement"
    )
    [document] = news.events("document")
    [commitment] = news.events("commitment")
    assert ("documentedIn", document.id) in commitment.relations


def test_concerns_on_the_same_things_are_one(news: Any) -> None:
    for article in ("a", "b"):
        meet(news, article)
        news.tell(article, "concern", holder=PAIR, target="DK", topic=["lithium", "subsidies"])
    news.tell("b", "concern", holder=PAIR, target="FI", topic=["lithium", "subsidies"])
    assert sorted(len(each.articles) for each in news.events("concern")) == [1, 2]


def test_shares_that_differ_are_a_disagreement(news: Any) -> None:
    for article, share in (("a", "44"), ("b", "51")):
        news.tell(article, "position", actor="NO", item="lithium", type="dominance", share=share)
    [event] = news.events("position")
    [found] = news.disagreements("one-share")
    assert found.subject == event.id


def test_a_commitment_on_nothing_in_particular_stays_alone(news: Any) -> None:
    for article in ("a", "b"):
        news.tell(article, "commitment", actor=PAIR, modality="pledged")
    assert len(news.events("commitment")) == 2


def test_ministers_who_act_together_act_for_their_states(news: Any) -> None:
    people = {"Ann Holm": "NO", "Bo Lind": "SE"}
    for article in "ab":
        for person, state in people.items():
            news.tell(article, "post", person=person, title="Salt Minister", of=state)
        news.tell(article, "meeting", party=["NO", "SE"], attendee=[*people], date="2031-06-26")
    known = {"topic": ["lithium", "cobalt"], "modality": "pledged"}
    news.tell("a", "commitment", actor=["NO", "SE"], **known)
    news.tell("b", "commitment", actor=[*people], **known)
    news.tell("b", "commitment", actor="Ann Holm", **known)
    joint, single = sorted(news.events("commitment"), key=lambda each: -len(each.claims))
    assert joint.articles == ("a", "b")
    assert (
        joint.label
        == "Commitment of Norway and Sweden on cobalt and lithium (pledged, 26 June 2031)"
    )
    assert len(single.claims) == 1


def test_a_wide_field_alone_does_not_make_a_pledge_of_one_source_what_another_calls_agreed(
    news: Any,
) -> None:
    for article, modality in (("a", "pledged"), ("b", "agreed")):
        news.tell(article, "meeting", party=PAIR, date="2031-06-26")
        news.tell(article, "commitment", actor=PAIR, topic="supply chains", modality=modality)
    assert len(news.events("commitment")) == 2
    assert not news.disagreements("modality-against-modality")


def test_things_worded_otherwise_at_one_meeting_are_aligned_one_to_one(news: Any) -> None:
    told = {"a": ("customs hotline", "salt stockpile"), "b": ("emergency line", "reserve of salt")}
    for article, topics in told.items():
        news.tell(article, "meeting", party=["NO", "SE"], date="2031-06-26", place="Oslo")
        for topic in topics:
            news.tell(article, "commitment", actor=["NO", "SE"], topic=topic, modality="agreed")
    assert [each.articles for each in news.events("commitment")] == [("a", "b"), ("a", "b")]


def test_ministers_and_the_states_that_they_act_for_promise_the_same(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    news.tell("a", "post", person="Bo Lind", title="Salt Minister", of="SE")
    people = ["Ann Holm", "Bo Lind"]
    news.tell("a", "commitment", actor=people, topic="salt tunnel", modality="agreed")
    news.tell("b", "commitment", actor=["NO", "SE"], topic="salt tunnel", modality="pledged")
    assert len(news.events("commitment")) == 1


def test_a_sum_tells_a_promise_whatever_it_is_said_to_be_for(news: Any) -> None:
    news.published |= {"a": "2024-06-26", "b": "2024-06-27"}
    news.tell(
        "a", "commitment", actor="NO", topic="ferry", modality="pledged",
        quote="Norway will give 310 million kroner, some 27 million euros, to the ferry.",
    )  # fmt: skip
    news.tell(
        "b", "commitment", actor="NO", topic="27 million euros", modality="pledged",
        quote="Oslo committed itself to 27 million euros.",
    )  # fmt: skip
    assert len(news.events("commitment")) == 1


def test_what_a_sentence_tells_beside_a_promise_does_not_tie_it_to_others(news: Any) -> None:
    sentence = "Norway promised a salt store in Bergen and a ferry across the sound."
    for article in ("a", "b"):
        news.tell(
            article, "commitment", actor="NO", topic="store", modality="pledged", quote=sentence
        )
        news.tell(
            article, "commitment", actor="NO", topic="ferry", modality="pledged", quote=sentence,
            beside=True,
        )  # fmt: skip
    assert [event.articles for event in news.events("commitment")] == [("a", "b"), ("a", "b")]


def test_what_an_official_promises_is_what_the_state_is_said_to_promise(news: Any) -> None:
    news.published |= {"a": "2024-06-26", "b": "2024-06-27"}
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    for article, actor in (("a", "Ann Holm"), ("b", "NO")):
        news.tell(article, "meeting", party=PAIR, attendee="Ann Holm", date="2024-06-26")
        news.tell(article, "commitment", actor=actor, topic="brine pipes", modality="pledged")
    assert len(news.events("commitment")) == 1
