"""The generated articles are what the benchmarks say they are."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from benchmarks.generate import articles
from benchmarks.invented.persons import Person, full, surname
from kg.articles.model import Article
from kg.claims.model import Claim
from kg.events.independence import copies_of

Told = list[tuple[Article, tuple[Claim, ...]]]
NUMBER = 600


@pytest.fixture(scope="module")
def told() -> Told:
    return list(articles(NUMBER))


def test_every_quote_and_every_wording_stands_in_the_text_at_its_offsets(told: Told) -> None:
    for article, claims in told:
        for claim in claims:
            assert article.text[claim.start : claim.end] == claim.quote
            fillers = [each for own in claim.roles.values() for each in own]
            for filler in (*fillers, *claim.attribution):
                if filler.start is not None:
                    assert article.text[filler.start : filler.end] == filler.text


def test_lines_cover_the_text_and_hold_the_claims(told: Told) -> None:
    for article, claims in told[:50]:
        body = [line for line in article.lines if line.role == "body"]
        assert article.lines[0].role == "title"
        assert all("\n" not in article.text[line.start : line.end] for line in article.lines)
        for claim in claims:
            assert any(line.start <= claim.start and claim.end <= line.end for line in body)


def test_the_same_articles_come_each_time_and_fewer_are_the_first_of_more(told: Told) -> None:
    assert list(articles(40)) == told[:40]
    assert list(islice(articles(5, seed=1), 5)) != told[:5]


def test_articles_have_texts_and_ids_of_their_own_and_as_many_claims_as_real_ones(
    told: Told,
) -> None:
    assert len({article.text for article, _ in told}) == NUMBER
    assert len({article.id for article, _ in told}) == NUMBER
    assert len({claim.id for _, claims in told for claim in claims}) == sum(
        len({claim.id for claim in claims}) for _, claims in told
    )
    assert 12 <= sum(len(claims) for _, claims in told) / NUMBER <= 16


def test_all_kinds_occur_and_none_outweighs_the_others(told: Told) -> None:
    count = Counter(claim.kind for _, claims in told for claim in claims)
    assert len(count) == 8
    assert min(count.values()) > 0.04 * count.total()
    assert max(count.values()) < 0.25 * count.total()


def test_some_articles_are_copies_and_few_lack_a_date(told: Told) -> None:
    alike = copies_of({article.id: article for article, _ in told[:300]})
    assert 1 <= sum(key != least for key, least in alike.items()) <= 9
    undated = sum(article.get("published") is None for article, _ in told)
    assert 0.02 * NUMBER < undated < 0.09 * NUMBER


def test_new_names_keep_coming_more_slowly_than_articles(told: Told) -> None:
    half, whole = (_names(told[:number]) for number in (NUMBER // 4, NUMBER))
    assert 1.8 * half < whole < 4 * half


def test_a_name_is_written_in_the_order_of_its_language() -> None:
    korean = Person("a", "ko", "KR", ("Kang",), ("hye", "jin"))
    spanish = Person("b", "es", "CL", ("Rojas", "Vega"), ("Elena",))
    vietnamese = Person("c", "vi", "VN", ("Phan",), ("Thu", "Trang"))
    assert [full(each) for each in (korean, spanish, vietnamese)] == [
        "Kang Hye-jin",
        "Elena Rojas Vega",
        "Phan Thu Trang",
    ]
    assert surname("Kang Hye-jin", korean) == "Kang"
    assert surname("Elena Rojas Vega", spanish) == "Rojas"
    assert surname("Phan Thu Trang", vietnamese) == "Trang"


def _names(told: Told) -> int:
    people = {
        filler.ref
        for _, claims in told
        for claim in claims
        for own in claim.roles.values()
        for filler in own
        if filler.type == "person"
    }
    return len(people)
