"""Gold is read as it stands; what is damaged is told in one line with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.claims.gold.model import Value
from kg.claims.gold.reading import LONGEST, gold_files, read_gold, read_statements, statements_of
from kg.claims.model import Claim, Filler
from kg.errors import LocatedError
from tests.claims.gold.made import PLEDGE, TEXT, pledge, warning, write_claims, write_gold


def test_a_gold_file_is_read_with_its_text(tmp_path: Path) -> None:
    write_gold(tmp_path, [pledge(), warning()])
    (tmp_path / "tin.meta.json").write_text("{}")
    (gold,) = read_gold([tmp_path])
    assert (gold.id, gold.published, gold.text, gold.drafts) == ("tin", "2021-05-04", TEXT, 0)
    assert [each.kind for each in gold.claims] == ["commitment", "utterance"]
    assert gold.claims[0].values("actor") == (Value("BO"), Value("PE"))


def test_a_quote_that_occurs_once_needs_no_offsets(tmp_path: Path) -> None:
    bare = {name: value for name, value in pledge().items() if name not in {"start", "end"}}
    write_gold(tmp_path, [bare])
    (claim,) = read_gold([tmp_path])[0].claims
    assert TEXT[claim.start : claim.end] == PLEDGE


def test_offsets_count_the_text_as_received(tmp_path: Path) -> None:
    text = TEXT.replace("\n", "\r\n")
    start = text.index(PLEDGE)
    write_gold(tmp_path, [pledge(start=start, end=start + len(PLEDGE))], text="\ufeff" + text)
    (gold,) = read_gold([tmp_path])
    assert gold.text[gold.claims[0].start : gold.claims[0].end] == PLEDGE


def test_a_folder_without_gold_lends_that_of_its_folders(tmp_path: Path) -> None:
    first = write_gold(tmp_path / "one", [pledge()])
    second = write_gold(tmp_path / "two", [pledge()], name="zinc")
    assert gold_files([tmp_path]) == (first, second)
    assert gold_files([first, tmp_path]) == (first, second)


def test_one_article_is_not_counted_twice(tmp_path: Path) -> None:
    write_gold(tmp_path / "one", [pledge()])
    write_gold(tmp_path / "two", [pledge()])
    with pytest.raises(LocatedError, match="as well"):
        read_gold([tmp_path])


DEEP = "[" * 5000 + "]" * 5000
DAMAGED = {
    "not JSON": (b'{"claims": [', "not JSON"),
    "a list": (b"[]", "no gold file"),
    "no claims": (b'{"id": "tin"}', "no gold file"),
    "claims that are no list": (b'{"claims": {}}', "no gold file"),
    "a claim that is no object": (b'{"claims": [7]}', "claim 1: not a JSON object"),
    "no place": (b'{"claims": [{"kind": "post", "roles": {}}]}', "claim 1: no place"),
    "not UTF-8": (b'{"claims": "\xff"}', "not JSON in UTF-8"),
    "a number without end": (b'{"claims": ' + b"9" * 5000 + b"}", "not JSON in UTF-8"),
    "deep nesting": (DEEP.encode(), "not JSON in UTF-8"),
    "rather deep nesting": (b'{"claims": ' + DEEP[4970:5030].encode() + b"}", "nested deeper"),
    "huge": (b" " * (LONGEST + 1), "longer than"),
    "a role that is no list": (
        json.dumps({"claims": [pledge(roles={"actor": "Peru"})]}).encode(),
        "claim 1: not a Statement",
    ),
    "offsets beyond the text": (
        json.dumps({"claims": [pledge(start=10**9, end=10**9 + 1)]}).encode(),
        "claim 1: no place",
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_gold_file_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    data, words = DAMAGED[name]
    write_gold(tmp_path, []).write_bytes(data)
    with pytest.raises(LocatedError, match=words) as told:
        read_gold([tmp_path])
    assert "tin.json" in str(told.value)
    assert "\n" not in str(told.value)
    assert len(str(told.value)) < 400


@pytest.mark.parametrize("folder", ["empty", "missing"])
def test_a_folder_without_any_gold_is_told(folder: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LocatedError, match=folder):
        read_gold([tmp_path / folder])


def test_a_missing_or_unreadable_text_is_told(tmp_path: Path) -> None:
    path = write_gold(tmp_path, [pledge()])
    path.with_suffix(".txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LocatedError, match="not UTF-8"):
        read_gold([tmp_path])
    path.with_suffix(".txt").unlink()
    with pytest.raises(LocatedError, match="no text beside"):
        read_gold([tmp_path])


def test_claims_of_any_extractor_are_read_by_article(tmp_path: Path) -> None:
    path = write_claims(tmp_path / "c.jsonl", [pledge(kind="rumour"), warning(extractor="x/1")])
    assert [each.kind for each in read_statements(path)["tin"]] == ["rumour", "utterance"]


@pytest.mark.parametrize("data", [b"\xff\n", b"nonsense\n", b"[]\n", b'{"article": "tin"}\n'])
def test_damaged_claims_are_told(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes(data)
    with pytest.raises(LocatedError, match=r"c\.jsonl"):
        read_statements(path)
    with pytest.raises(LocatedError, match="cannot be read"):
        read_statements(tmp_path)


def test_claim_records_become_statements_with_all_that_is_compared() -> None:
    roles = {"share": (Filler(ref=4, text="four"),)}
    claim = Claim("a", "1", "position", 0, 4, "four", roles, confidence=0.5)
    (made,) = statements_of([claim])["a"]
    assert (made.kind, made.quote, made.confidence) == ("position", "four", 0.5)
    assert made.values("share") == (Value(4, "four"),)
