"""A draft has the form of gold, says what is to be done, and costs nobody their work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.articles.model import Article, Field
from kg.articles.read import articles_of
from kg.claims.engine import Engine
from kg.claims.extract import claims_of
from kg.claims.gold.checking import check
from kg.claims.gold.drafting import draft, write_draft
from kg.claims.gold.matching import EXACT
from kg.claims.gold.reading import read_gold, statements_of
from kg.claims.gold.scoring import evaluate
from kg.claims.model import Claim, Filler
from kg.errors import OutputError

TEXT = (
    "Talks on tin\r\n\r\nBolivia and Peru held talks in La Paz on 3 May 2021. They agreed to keep "
    "their tin smelters open.\r\nBolivia’s trade minister, Ana Rojas, said that prices would fall."
    "\r\nPeru has banned exports of tin ore. Peru’s president signed the decree in Lima.\r\n"
)


def article(name: str = "tin", text: str = TEXT) -> Article:
    fields = (Field("title", "Talks on tin", "sidecar"), Field("published", "2021-05-04", "text"))
    return Article(name, text, fields)


def claim(**fields: Any) -> Claim:
    roles = {"actor": (Filler("PE", "its president"),), "topic": (Filler(text="tin", start=1),)}
    made = Claim("tin", "1", "commitment", 0, 12, "Talks on tin", roles, "agreed", confidence=0.7)
    return replace(made, **fields)


def test_a_draft_of_what_the_rules_read_lacks_nothing_but_its_review(
    engine: Engine, tmp_path: Path
) -> None:
    source = tmp_path / "source" / "tin.txt"
    source.parent.mkdir()
    source.write_bytes(TEXT.encode())
    (read,) = articles_of(source)
    claims = list(claims_of(read, engine))
    assert len(claims) >= 3
    path = write_draft(tmp_path / "gold", read, claims)
    assert path.with_suffix(".txt").read_bytes() == TEXT.encode()
    (told,) = check([path.parent])
    assert f"a draft: {len(claims)} of {len(claims)} claims" in told.what
    found = evaluate(read_gold([path.parent]), statements_of(claims), EXACT)
    assert (found.tally.claims.f1, found.tally.roles.f1, found.tally.modal) == (1, 1, 1)


def test_a_reviewed_draft_is_gold_in_order(tmp_path: Path) -> None:
    path = write_draft(tmp_path, article(), [claim()])
    values = json.loads(path.read_text("utf-8"))
    assert values.pop("todo")
    for each in values["claims"]:
        assert each.pop("todo")
        assert each.pop("confidence") == 0.7
    path.write_text(json.dumps(values), "utf-8")
    assert check([tmp_path]) == ()


def test_fillers_keep_what_gold_says_of_them() -> None:
    roles = {"type": (Filler("tariff"),), "item": (Filler(label="tin"),)}
    (first, second) = draft(article(), [claim(), claim(kind="control", roles=roles)])["claims"]
    assert first["roles"] == {"actor": [{"ref": "PE"}], "topic": [{"text": "tin"}]}
    assert second["roles"] == {"type": [{"text": "tariff"}], "item": [{"text": "tin"}]}


def test_metadata_go_into_the_sidecar_and_one_that_is_there_stays(tmp_path: Path) -> None:
    write_draft(tmp_path, article(), [])
    sidecar = tmp_path / "tin.meta.json"
    assert json.loads(sidecar.read_text()) == {
        "id": "tin", "title": "Talks on tin", "date": "2021-05-04",
    }  # fmt: skip
    sidecar.write_text("{}")
    write_draft(tmp_path, article(), [], force=True)
    assert sidecar.read_text() == "{}"


def test_gold_that_is_there_stays_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "tin.json").write_text("the work of days")
    with pytest.raises(OutputError, match="--force"):
        write_draft(tmp_path, article(), [claim()])
    assert (tmp_path / "tin.json").read_text() == "the work of days"
    assert not (tmp_path / "tin.txt").exists()
    write_draft(tmp_path, article(), [claim()], force=True)
    assert json.loads((tmp_path / "tin.json").read_text("utf-8"))["id"] == "tin"


def test_another_text_of_the_name_stays_too(tmp_path: Path) -> None:
    (tmp_path / "tin.txt").write_text("Another text.")
    with pytest.raises(OutputError, match="another text"):
        write_draft(tmp_path, article(), [])
    assert (tmp_path / "tin.txt").read_text() == "Another text."
    assert not (tmp_path / "tin.json").exists()


def test_an_article_in_its_own_folder_is_left_as_it_is(tmp_path: Path) -> None:
    text = tmp_path / "tin.txt"
    text.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    write_draft(tmp_path, article(), [])
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "name", ["..", "a/b", "../b", "C:b", "-o", ".tin", "", "a\nb", "x" * 300, "tin.meta", "a\0b"]
)
def test_an_id_never_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no file name"):
        write_draft(tmp_path / "gold", article(name), [])
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold").write_text("a file")
    with pytest.raises(OutputError, match="cannot be made"):
        write_draft(tmp_path / "gold", article(), [])
