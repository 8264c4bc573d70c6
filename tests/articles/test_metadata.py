"""Given metadata are checked field by field."""

from __future__ import annotations

import pytest

from kg.articles.metadata import given_fields, language_code, read_fields
from kg.articles.model import Field
from kg.errors import ArticleError


def test_every_field_is_taken_under_its_names() -> None:
    given = {
        "title": "  Ores\n and metals ",
        "authors": ["Ann Lee", "Bo Ek"],
        "publisher": "Harbour Wire",
        "date": "3 May 2031",
        "url": "https://example.org/ores?page=1",
        "lang": "pt_BR",
        "license": "CC-BY-4.0",
        "section": "Mining",
        "translation": "Machine",
        "original_language": "Korean",
        "rights": "© Harbour Wire",
    }
    assert [(field.name, field.value) for field in given_fields(given, "sidecar", "a")] == [
        ("title", "Ores and metals"),
        ("author", "Ann Lee"),
        ("author", "Bo Ek"),
        ("publisher", "Harbour Wire"),
        ("published", "2031-05-03"),
        ("url", "https://example.org/ores?page=1"),
        ("language", "pt-BR"),
        ("licence", "CC-BY-4.0"),
        ("section", "Mining"),
        ("translation", "machine"),
        ("original-language", "ko"),
        ("rights", "© Harbour Wire"),
    ]


def test_unknown_keys_and_empty_values_pass() -> None:
    assert given_fields({"mood": ["good"], "title": "", "author": None}, "record", "a") == ()


def test_a_year_may_be_a_number() -> None:
    assert given_fields({"published": 2031}, "record", "a") == (
        Field("published", "2031", "record"),
    )


@pytest.mark.parametrize(
    ("key", "value", "advice"),
    [
        ("title", ["Ores"], "not a text"),
        ("title", {"en": "Ores"}, "a mapping"),
        ("title", True, "not a text"),
        ("title", "bell \x07", "no usable text"),
        ("title", "half \ud800", "no usable text"),
        ("title", "long " * 1000, "no usable text"),
        ("author", [["Ann Lee"]], "not a text"),
        ("published", "soon", "write YYYY-MM-DD"),
        ("published", True, "not a text"),
        ("url", "example.org", "from http:// or https:// on"),
        ("url", "javascript:alert(1)", "no address"),
        ("url", "https://example.org/a> <b", "no address"),
        ("url", "https://[bad", "no address"),
        ("lang", "the old tongue", "no language"),
        ("translation", "by a friend", "machine nor human"),
    ],
)
def test_a_value_of_the_wrong_kind_names_its_key(key: str, value: object, advice: str) -> None:
    with pytest.raises(ArticleError, match=advice) as met:
        given_fields({key: value}, "record", "a.jsonl:3")
    assert met.value.source == f"a.jsonl:3: `{key}`"
    str(met.value).encode()


def test_what_a_page_has_wrong_is_left_out() -> None:
    page = {"title": "Ores", "url": "ores.html", "published": "yesterday", "language": "en"}
    assert [field.name for field in read_fields(page, "html")] == ["title", "language"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Korean", "ko"), ("deutsch", "de"), ("EN", "EN"), ("zh-Hant-TW", "zh-Hant-TW"), ("", None)],
)
def test_a_language_is_known_by_name_or_code(name: str, code: str | None) -> None:
    assert language_code(name) == code
