"""Documents across articles."""

from __future__ import annotations

from typing import Any

TRIO = ["NO", "SE", "FI"]


def test_what_a_meeting_issued_is_one_document_whatever_it_is_called(news: Any) -> None:
    for article, title, kind in (
        ("a", "joint statement", "joint-statement"),
        ("b", "joint declaration", "declaration"),
    ):
        news.tell(article, "meeting", party=TRIO, date="2024-06-26", place="Oslo")
        news.tell(article, "document", issuer=TRIO, title=title, type=kind)
    [document] = news.events("document")
    [meeting] = news.events("meeting")
    assert document.articles == ("a", "b")
    assert meeting.relations == (("produced", document.id),)
    [ground] = meeting.grounds
    assert (ground.relation, ground.other) == ("produced", document.id)
    assert (ground.claims, ground.articles) == (document.claims, document.articles)


def test_signatories_and_their_states_are_one_issuer(news: Any) -> None:
    people = ["Ann Holm", "Bo Lind", "Aino Virta"]
    for person, state in zip(people, TRIO, strict=True):
        news.tell("a", "post", person=person, title="Salt Minister", of=state)
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell("a", "document", issuer=people, title="joint statement", type="joint-statement")
    news.tell("b", "meeting", party=TRIO, date="2024-06-26", place="Oslo")
    news.tell("b", "document", issuer=TRIO, title="joint statement", type="joint-statement")
    [document] = news.events("document")
    assert len(document.values("issuer")) == 6


def test_other_issuers_dates_types_or_titles_are_other_documents(news: Any) -> None:
    told = {"issuer": TRIO, "title": "joint statement", "type": "joint-statement"}
    news.tell("a", "document", **told, date="2024-06-26")
    news.tell("b", "document", **told, date="2023-06-26")
    news.tell("c", "document", **{**told, "issuer": TRIO[:2]}, date="2024-06-26")
    news.tell("d", "document", **{**told, "type": "report"}, date="2024-06-26")
    news.tell("e", "document", **{**told, "title": "Oslo Salt Charter"}, date="2024-06-26")
    news.tell("f", "document", **{**told, "title": "Bergen Grain Charter"}, date="2024-06-26")
    documents = news.events("document")
    assert len(documents) >= 5
    titles = [{each.value for each in document.values("title")} for document in documents]
    assert not any({"Oslo Salt Charter", "Bergen Grain Charter"} <= each for each in titles)


def test_a_document_of_a_meeting_that_was_only_planned_is_not_its_product(news: Any) -> None:
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", status="planned")
    news.tell("a", "document", issuer=TRIO, title="notice", type="notice")
    [meeting] = news.events("meeting")
    assert meeting.relations == ()


def test_some_of_those_who_signed_at_the_meeting_stand_for_all(news: Any) -> None:
    people = ["Ann Holm", "Bo Lind", "Aino Virta"]
    for article, issuers in (("a", people), ("b", people[:2])):
        for person, state in zip(people, TRIO, strict=True):
            news.tell(article, "post", person=person, title="Salt Minister", of=state)
        news.tell(article, "meeting", party=TRIO, attendee=people, date="2031-06-26", place="Oslo")
        news.tell(article, "document", issuer=issuers, title="joint statement",
                  type="joint-statement")  # fmt: skip
    assert len(news.events("document")) == 1
    news.tell("b", "document", issuer=TRIO[:2], title="joint statement", type="joint-statement")
    assert len(news.events("document")) == 2


def test_accounts_of_one_week_date_a_document_by_its_month_alike(news: Any) -> None:
    news.published |= {"a": "2031-06-27", "b": "2031-06-28", "c": "2031-08-30"}
    for article in "abc":
        news.tell(article, "document", issuer=TRIO[:2], title="accord", type="agreement",
                  date="2031-06")  # fmt: skip
    assert sorted(len(each.articles) for each in news.events("document")) == [1, 2]


def test_papers_without_name_and_day_of_one_issuer_are_not_taken_for_one(news: Any) -> None:
    news.published |= {"a": "2031-06-27", "b": "2031-06-28"}
    for article in "ab":
        news.tell(article, "document", issuer="NO", title="statement", type="joint-statement")
        news.tell(article, "document", issuer="NO", title="Salt Export Act", type="law")
    found = {event.label: len(event.articles) for event in news.events("document")}
    assert found == {"Statement of Norway": 1, "Salt Export Act of Norway": 2}


def test_what_annual_meetings_issue_is_told_apart_by_their_days(news: Any) -> None:
    for article, year in (("a", "2031"), ("b", "2032")):
        news.published[article] = f"{year}-06-27"
        news.tell(article, "meeting", party=TRIO, date=f"{year}-06-26", place="Oslo")
        news.tell(article, "document", issuer=TRIO, title="joint statement",
                  type="joint-statement")  # fmt: skip
        news.tell(article, "commitment", actor=TRIO, topic="lithium", modality="agreed")
    assert {event.label.split(" from ")[1] for event in news.events("document")} == {
        "the meeting of 26 June 2031",
        "the meeting of 26 June 2032",
    }
    assert {event.label.split("lithium ")[1] for event in news.events("commitment")} == {
        "(agreed, 26 June 2031)",
        "(agreed, 26 June 2032)",
    }


def test_a_title_spelt_or_worded_otherwise_is_of_one_document(news: Any) -> None:
    told = {"issuer": TRIO, "type": "declaration"}
    news.tell("a", "document", title="Bodø Declaration", date="2031-06-26", **told)
    news.tell("b", "document", title="Declaration of Bodo", **told)
    news.tell("c", "document", title="Turku Declaration", date="2031-09-02", **told)
    assert sorted(each.articles for each in news.events("document")) == [("a", "b"), ("c",)]


def test_an_official_may_sign_for_one_of_the_states_that_conclude(news: Any) -> None:
    news.tell("a", "post", person="Ann Holm", title="Salt Minister", of="NO")
    told = {"title": "memorandum", "type": "memorandum", "date": "2031-06-26"}
    news.tell("a", "document", issuer="Ann Holm", **told)
    news.tell("b", "document", issuer=["NO", "SE"], **told)
    assert len(news.events("document")) == 1


def test_a_paper_may_be_named_after_the_place_where_it_was_signed(news: Any) -> None:
    news.tell("a", "document", issuer=TRIO, title="declaration", type="declaration",
              date="2024-06-26", place="Bergen")  # fmt: skip
    news.tell("b", "document", title="Bergen Declaration", type="declaration", date="2024")
    news.tell("c", "document", title="Tromso Declaration", type="declaration", date="2024")
    assert sorted(each.articles for each in news.events("document")) == [("a", "b"), ("c",)]


def test_a_paper_called_after_the_town_is_the_one_signed_at_the_meeting_there(news: Any) -> None:
    news.published |= {"a": "2024-06-27", "b": "2024-11-02"}
    news.tell("a", "meeting", party=TRIO, date="2024-06-26", place="Bergen")
    news.tell("a", "document", issuer=TRIO, title="memorandum", type="memorandum")
    news.tell("b", "document", title="Bergen memorandum", type="memorandum", date="2024-06")
    [document] = news.events("document")
    assert document.articles == ("a", "b")


def test_a_title_may_give_the_initials_of_another(news: Any) -> None:
    news.tell(
        "a", "document", issuer=TRIO, type="agreement", title="Arrangement on Salt Road Safety"
    )
    news.tell("b", "document", issuer=TRIO, type="agreement", title="the SRS agreement")
    assert len(news.events("document")) == 1


def test_a_ministry_called_after_its_state_signs_for_it(news: Any) -> None:
    told = {"title": "Salt Road Protocol", "type": "agreement", "date": "2024-06-26"}
    news.tell("a", "document", issuer=["Norwegian Ministry of Salt", "SE"], **told)
    news.tell("b", "document", issuer=["NO", "SE"], **told)
    assert len(news.events("document")) == 1
