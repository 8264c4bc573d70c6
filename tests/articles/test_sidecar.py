"""A sidecar gives the metadata that a text lacks, and never its id."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.articles.read import articles_of
from kg.errors import ArticleError

TEXT = "Copper pact signed\n\nTwo ministers signed a pact in Oran.\n"


def test_a_sidecar_adds_metadata_but_the_stem_is_the_id(tmp_path: Path) -> None:
    (tmp_path / "pact.v2.txt").write_text(TEXT)
    (tmp_path / "pact.v2.meta.json").write_text(
        '{"id": "77", "title": "The copper pact", "publisher": "Harbour Wire",'
        ' "date": "2031-05-03", "url": "https://example.org/77", "lang": "en"}'
    )
    (article,) = articles_of(tmp_path / "pact.v2.txt")
    assert article.id == "pact.v2"
    assert article.get("published") == "2031-05-03"
    assert article.get("title") == "The copper pact"
    assert [f.origin for f in article.fields if f.name == "title"] == ["sidecar", "text"]


def test_what_the_article_gives_goes_before_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\npublisher: Harbour Wire\n---\n{TEXT}")
    (tmp_path / "a.meta.json").write_text('{"publisher": "An archive", "lang": "en"}')
    (article,) = articles_of(tmp_path / "a.md")
    assert (article.get("publisher"), article.get("language")) == ("Harbour Wire", "en")


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        (b'{"title":\n "A"', ":2", "not JSON"),
        (b"[]", "", "no JSON object"),
        (b'{"title": "\xff"}', "", "UTF-8"),
        (b'{"date": "soon"}', ": `date`", "no date"),
        (b"[" * 100_000, "", "not JSON"),
    ],
)
def test_a_sidecar_that_cannot_be_used_is_named(
    tmp_path: Path, content: bytes, where: str, reason: str
) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.meta.json").write_bytes(content)
    with pytest.raises(ArticleError, match=reason) as met:
        list(articles_of(tmp_path / "a.txt"))
    assert met.value.source == f"{tmp_path / 'a.meta.json'}{where}"
