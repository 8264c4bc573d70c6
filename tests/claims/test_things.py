"""Things are named as shortly as the sentence allows."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from spacy.tokens import Token

from kg.articles.model import Article, Line
from kg.claims.engine import Engine, load_engine
from kg.claims.sentences import Sentence, sentences_of
from kg.claims.thing_words import ThingRow, known, known_goods, words
from kg.claims.things import things, traded
from kg.resources import table


@cache
def engine() -> Engine:
    return load_engine()


def sentence(text: str) -> Sentence:
    article = Article("a", text, (), (Line(0, len(text), "body"),))
    return sentences_of(article, engine())[0]


def head(found: Sentence, word: str) -> Token:
    return next(token for token in found.span if token.text == word)


def named(text: str, word: str) -> list[str]:
    found = sentence(text)
    return [str(each.text) for each in things(found, [head(found, word)])]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("They praised the robust supply of tin.", "supply", ["tin"]),
        ("They back a new, resilient tin trade.", "trade", ["tin trade"]),
        ("They spoke of cobalt, nickel and copper ore.", "of", []),
        ("They want metals such as zinc and tin.", "metals", ["metals", "zinc", "tin"]),
        ("They praised efforts in deep-sea mining.", "efforts", ["deep-sea mining"]),
        ("They criticised freedom of navigation there.", "freedom", ["freedom of navigation"]),
        ("They fear dependence on foreign gas.", "dependence", ["dependence on foreign gas"]),
        ("They named low-carbon hydrogen.", "hydrogen", ["low-carbon hydrogen"]),
        ("They backed the minister.", "minister", []),
    ],
)  # fmt: skip
def test_a_thing_is_named_without_what_does_not_name_it(
    text: str, word: str, wanted: list[str]
) -> None:
    assert named(text, word) == wanted


def test_at_most_five_things_are_taken_and_known_ones_first() -> None:
    text = "They discussed hats, tin, zinc, lead, copper, nickel and cobalt."
    assert named(text, "hats") == ["tin", "zinc", "lead", "copper", "nickel"]


@pytest.mark.parametrize(
    ("text", "word", "wanted"),
    [
        ("They cut cod exports.", "exports", ["cod"]),
        ("They cut exports of cod and tin.", "exports", ["cod", "tin"]),
        ("They cut exports to Fiji of tin.", "exports", ["tin"]),
        ("They cut tariffs.", "tariffs", ["tariffs"]),
    ],
)
def test_a_word_of_trade_gives_way_to_what_is_traded(
    text: str, word: str, wanted: list[str]
) -> None:
    found = sentence(text)
    assert [each.text for each in traded(found, head(found, word))] == wanted


def test_a_filler_keeps_its_place_and_its_normal_form() -> None:
    text = "Oman wants aluminum."
    found = sentence(text)
    (filler,) = things(found, [head(found, "aluminum")])
    assert (filler.text, filler.label, filler.type) == ("aluminum", "aluminium", "thing")
    assert text[filler.start : filler.end] == "aluminum"


def test_no_wording_names_two_things() -> None:
    rows = table("claims", "things.csv", ThingRow)
    count = Counter(
        " ".join(wording.lower().replace("-", " ").split())
        for row in rows
        for wording in {row.label, *row.variants}
    )
    assert [wording for wording, number in count.items() if number > 1] == []


@pytest.mark.parametrize(
    "name", ["gallium", "germanium", "graphite", "rare earths", "lithium", "uranium", "yttrium"]
)
def test_materials_are_known_by_their_common_name(name: str) -> None:
    row = known(name)
    assert row is not None
    assert (row.label, row.family) == (name, "material")


def test_goods_are_known_behind_other_words() -> None:
    assert known_goods("refined cobalt")
    assert known_goods("smuggled nickel ore")
    assert not known_goods("press freedom")


def test_the_word_lists_do_not_contradict_each_other() -> None:
    assert not words().unnamed & words().vague
