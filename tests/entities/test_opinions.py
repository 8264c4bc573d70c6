"""Opinions as they are kept, and the judgements they are published as."""

from __future__ import annotations

from kg.entities.opinions import Opinions, kept
from kg.entities.verdict import Opinion
from kg.shelves import Shelves

SAME = Opinion("same", 0.9, "rule/name-identical", ("one name", "both act for NO"))
PAIR = ("a", "b")


def test_an_opinion_is_found_from_both_ends_and_by_the_id_of_its_judgement() -> None:
    opinions = Opinions(Shelves())
    row = kept(PAIR, SAME)
    assert opinions.move({}, {PAIR: row}) == {PAIR}
    assert opinions.of("a") == opinions.of("b") == {PAIR: row}
    assert opinions.same("b") == [row]
    assert row.opinion == SAME
    found = opinions.judgement(row.id)
    assert found == row.judgement
    assert (found.left, found.right, found.verdict) == ("a", "b", "same")
    assert list(opinions.judgements()) == [row.judgement]


def test_a_doubted_opinion_still_connects_but_is_published_as_unsure() -> None:
    opinions = Opinions(Shelves())
    plain, doubted = kept(PAIR, SAME), kept(PAIR, SAME, "doubted")
    opinions.move({}, {PAIR: plain})
    opinions.changes()
    opinions.move({PAIR: plain}, {PAIR: doubted})
    assert opinions.same("a") == [doubted]
    assert [each.verdict for each in opinions.judgements()] == ["unsure"]
    assert opinions.changes() == {plain.id, doubted.id}
    assert opinions.judgement(plain.id) is None


def test_what_is_as_before_in_the_end_is_no_change() -> None:
    opinions = Opinions(Shelves())
    row = kept(PAIR, SAME)
    opinions.move({}, {PAIR: row})
    assert opinions.changes() == {row.id}
    opinions.move({PAIR: row}, {})
    opinions.move({}, {PAIR: row})
    assert opinions.changes() == frozenset()


def test_what_one_article_says_within_itself_connects_nothing_beyond_it() -> None:
    opinions = Opinions(Shelves())
    opinions.move({}, {PAIR: kept(PAIR, SAME, "within")})
    assert opinions.same("a") == []
    assert [each.verdict for each in opinions.judgements()] == ["same"]
