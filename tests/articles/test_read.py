"""Files, folders and standard input become articles; what fails says where and why."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.decode import MAXIMUM_BYTES
from kg.articles.formats import record_articles, sniffed
from kg.articles.model import Article, Rejection
from kg.articles.read import articles_of, read_articles
from kg.errors import ArticleError
from kg.records import from_dict, to_dict
from kg.resources import folder
from tests.conftest import ROOT

BODY = "Two ministers met in Oran on Saturday and agreed to share {}."


def write(path: Path, metal: str = "copper") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{metal.title()} shared\n\n{BODY.format(metal)}\n", encoding="utf-8")
    return path


def split(found: list[Article | Rejection]) -> tuple[list[str], list[tuple[str, str]]]:
    """Ids of the articles, and file name with first words of the reason of the rejections."""
    ids = [each.id for each in found if isinstance(each, Article)]
    rejected = [each for each in found if isinstance(each, Rejection)]
    return ids, [(Path(each.source).name, each.reason) for each in rejected]


def read(*paths: Path) -> tuple[list[str], list[tuple[str, str]]]:
    return split(list(read_articles(paths)))


def test_a_folder_is_walked_and_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "copper")
    write(tmp_path / "deep" / "er" / "a.md", "nickel")
    write(tmp_path / ".hidden.txt", "lead")
    write(tmp_path / ".git" / "c.txt", "tin")
    write(tmp_path / "README.md", "zinc")
    write(tmp_path / "notes.pdf", "iron")
    (tmp_path / "b.json").write_text("{}")
    (tmp_path / "b.meta.json").write_text('{"publisher": "Harbour Wire"}')
    assert read(tmp_path) == (["a", "b"], [])


def test_a_notice_of_a_ministry_is_an_article_and_that_of_a_folder_is_none(tmp_path: Path) -> None:
    write(tmp_path / "NOTICE.txt", "copper")
    assert read(tmp_path)[0] == []
    write(tmp_path / "deep" / "notice.txt", "nickel")
    write(tmp_path / "other" / "Notice-2.md", "tin")
    assert read(tmp_path) == (["Notice-2", "notice"], [])


def test_the_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{name}.txt", metal) for name, metal in zip("cab", "xyx", strict=True)
    ]
    results = {
        json.dumps([to_dict(each) for each in read_articles(order)])
        for order in itertools.permutations([*files, files[0]])
    }
    assert len(results) == 1


def test_one_bad_input_does_not_stop_the_rest(tmp_path: Path) -> None:
    write(tmp_path / "good.txt")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00\x00")
    (tmp_path / "coded.txt").write_bytes(b"Two \xff\xfe\xfd met.")
    (tmp_path / "menu.txt").write_text("Home\nAbout us\nContact\n")
    (tmp_path / "front.md").write_text("---\ntitle: a: b\n---\nTwo ministers met.\n")
    (tmp_path / "long.txt").write_bytes(b"a" * 20_000_000)
    ids, rejected = read(tmp_path)
    assert ids == ["good"]
    assert [name for name, _ in rejected] == [
        "binary.txt", "coded.txt", "empty.txt", "front.md:2", "long.txt", "menu.txt",
    ]  # fmt: skip
    reasons = dict(rejected)
    assert "byte 0xFF at offset 4" in reasons["coded.txt"]
    assert "no sentence" in reasons["menu.txt"]
    assert "16 MiB" in reasons["long.txt"]


def test_two_articles_with_one_text_keep_the_first_by_name(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    ids, rejected = read(second, first)
    assert ids == ["a"]
    assert rejected == [("b.txt", f"the same text as {first}; keep one of them")]


def test_two_articles_with_one_id_name_both_sources(tmp_path: Path) -> None:
    first, second = write(tmp_path / "1" / "a.txt"), write(tmp_path / "2" / "a.md", "nickel")
    ids, (rejection,) = read(second, first)
    assert ids == ["a"]
    assert rejection[1].startswith(f"two articles with the id `a`: this one and {first}")


def test_one_file_under_two_names_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    assert read(path, tmp_path, tmp_path / ".." / tmp_path.name / "a.txt") == (["a"], [])


def test_a_link_to_an_article_is_a_duplicate_of_it(tmp_path: Path) -> None:
    (tmp_path / "b.txt").symlink_to(write(tmp_path / "a.txt"))
    for order in (["a.txt", "b.txt"], ["b.txt", "a.txt"]):
        ids, ((source, _),) = read(*(tmp_path / name for name in order))
        assert (ids, source) == (["a"], "b.txt")


@pytest.mark.parametrize("name", ["a.pdf", "a.json", "a.docx", "a.txt.bak"])
def test_a_named_file_of_unknown_format_is_an_error(tmp_path: Path, name: str) -> None:
    ids, ((source, reason),) = read(write(tmp_path / name))
    assert (ids, source) == ([], name)
    assert "unknown format" in reason
    assert ".jsonl" in reason


def test_a_named_file_without_ending_is_looked_into(tmp_path: Path) -> None:
    assert read(write(tmp_path / "speech")) == (["speech"], [])


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.txt", "no such file"), ("a\0b.txt", ""), ("x" * 300, "")]
)
def test_a_path_that_leads_nowhere_is_an_error(tmp_path: Path, name: str, reason: str) -> None:
    (found,) = read_articles([tmp_path / name])
    assert isinstance(found, Rejection)
    assert reason in found.reason


def test_a_folder_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    ids, ((_, reason),) = read(tmp_path)
    assert ids == []
    assert "no article in this folder" in reason


def test_a_file_that_may_not_be_read_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to("/proc/self/mem")  # opens for everybody, reads for nobody
    ids, ((_, reason),) = read(path)
    assert ids == []
    assert "cannot be read" in reason


@pytest.mark.skipif(os.geteuid() == 0, reason="rights do not bind root")
def test_a_folder_that_may_not_be_listed_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "locked" / "a.txt")
    (tmp_path / "locked").chmod(0)
    _, rejected = read(tmp_path)
    (tmp_path / "locked").chmod(0o700)
    assert ("locked", "cannot be read (Permission denied); check its rights") in rejected


def test_a_reason_stands_on_one_line_whatever_the_file_is_called(tmp_path: Path) -> None:
    write(tmp_path / "two\nlines.txt")
    (found,) = read_articles([tmp_path])
    assert isinstance(found, Rejection)
    assert found.source.endswith("two\\nlines.txt")
    assert "rename it" in found.reason


def test_an_id_is_the_same_in_every_locale(tmp_path: Path) -> None:
    write(tmp_path / "größer.txt")
    code = f"from kg.articles.read import read_articles; (a,) = read_articles([{str(tmp_path)!r}])"
    command = [sys.executable, "-X", "utf8=0", "-c", f"{code}; print(ascii(a.id))"]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == ascii("größer")


def test_a_file_name_that_is_no_text_is_an_error_that_can_be_printed(tmp_path: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.txt")))
    (found,) = read_articles([tmp_path])
    assert isinstance(found, Rejection)
    assert "cannot be the id" in found.reason
    f"{found.source}: {found.reason}".encode()


def lines_of_records(*records: object) -> bytes:
    return b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in records
    )


def test_records_are_read_line_by_line_and_a_bad_line_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = {"id": "n1", "text": BODY.format("copper"), "title": "Copper", "date": "2031-05-03"}
    path.write_bytes(
        lines_of_records(
            good,
            b"{not JSON",
            b"",
            {"id": "n4"},
            {"id": "n5", "text": 5},
            b'{"id": "n6", "text": "Two \xff met."}',
            [1, 2],
            {"id": ["n8"], "text": BODY.format("tin")},
            {"id": "n9", "text": "Two \ud800 met in Oran."},
            {"id": "n10", "text": BODY.format("zinc"), "published": "soon"},
            b"[" * 100_000,
            {"id": 12, "text": BODY.format("lead")},
            {"id": "bell\x07", "text": BODY.format("gold")},
        )
    )
    ids, rejected = read(path)
    assert ids == ["12", "n1"]
    assert [name for name, _ in rejected] == [
        "news.jsonl:10: `published`", "news.jsonl:11", "news.jsonl:13", "news.jsonl:2",
        "news.jsonl:4", "news.jsonl:5", "news.jsonl:6", "news.jsonl:7", "news.jsonl:8",
        "news.jsonl:9",
    ]  # fmt: skip
    (article, *_) = [each for each in read_articles([path]) if isinstance(each, Article)][1:]
    assert article.text == good["text"]
    assert [(f.name, f.value, f.origin) for f in article.fields] == [
        ("title", "Copper", "record"),
        ("published", "2031-05-03", "record"),
    ]


def test_a_record_without_id_is_named_by_its_address_or_its_text() -> None:
    text = BODY.format("copper")
    plain, addressed, again = record_articles(
        [
            lines_of_records({"text": text}),
            lines_of_records({"text": text, "url": "https://example.org/1"}),
            lines_of_records({"text": text + " Again.", "url": "https://example.org/1"}),
        ],
        "-",
    )
    assert isinstance(plain, Article)
    assert isinstance(addressed, Article)
    assert isinstance(again, Article)
    assert plain.id != addressed.id == again.id


def test_a_record_that_is_too_long_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = lines_of_records({"id": "n2", "text": BODY.format("copper")})
    path.write_bytes(b'{"text": "' + b"a" * (2 * MAXIMUM_BYTES) + b'"}\n' + good)
    ids, ((source, reason),) = read(path)
    assert ids == ["n2"]
    assert source == "news.jsonl:1"
    assert "16 MiB" in reason


def test_records_without_a_record_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "news.ndjson").write_text("\n\n")
    assert read(tmp_path)[1] == [
        ("news.ndjson", "empty: no record in it; write one JSON object a line")
    ]


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"Copper shared\n\n" + BODY.format("tin").encode(), "Copper shared"),
        (b"---\ntitle: Pact\n---\n" + BODY.format("tin").encode(), "Pact"),
        (
            b"<!DOCTYPE html><title>Page</title><article><p>" + BODY.format("tin").encode() * 9,
            "Page",
        ),
        (lines_of_records({"title": "Record", "text": BODY.format("tin")}), "Record"),
    ],
)
def test_standard_input_is_known_by_its_content(data: bytes, title: str) -> None:
    (article,) = read_articles(["-"], stdin=BytesIO(data))
    assert isinstance(article, Article)
    assert article.get("title") == title
    assert [article] == list(articles_of("-", stdin=BytesIO(data)))


def test_standard_input_is_named_by_its_text_and_read_once() -> None:
    first, second = (
        next(iter(read_articles(["-", "-"], stdin=BytesIO(BODY.format(metal).encode()))))
        for metal in ("copper", "nickel")
    )
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id.startswith("stdin-")
    assert first.id != second.id


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"\0", "binary"), (None, "no standard")]
)
def test_standard_input_that_cannot_be_read_is_an_error(data: bytes | None, reason: str) -> None:
    stdin = None if data is None else BytesIO(data)
    (found,) = read_articles(["-"], stdin=stdin)
    assert isinstance(found, Rejection)
    assert found.source == "-"
    assert reason in found.reason


def test_a_single_input_that_fails_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"a\.txt: no such file"):
        list(articles_of(tmp_path / "a.txt"))


def test_an_article_survives_its_hand_over(tmp_path: Path) -> None:
    (article,) = articles_of(write(tmp_path / "a.txt"))
    assert from_dict(to_dict(article), Article, "a") == article


def test_the_bundled_articles_are_read_whole() -> None:
    articles = list(read_articles([folder("articles")]))
    assert len(articles) == 5
    for article in articles:
        assert isinstance(article, Article)
        for name in ("title", "publisher", "published", "language", "licence"):
            assert article.get(name)
        assert 150 <= len(article.text.split("\n---\n", 1)[1].split()) <= 300


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.binary(max_size=200), st.sampled_from([b"", b"<html>", b'{"text": "', b"---\ntitle: "]))
def test_any_input_is_articles_or_rejections(data: bytes, opening: bytes) -> None:
    found = list(read_articles(["-"], stdin=BytesIO(opening + data)))
    assert found
    for each in found:
        json.dumps(to_dict(each)).encode()


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.text(max_size=300))
def test_any_text_keeps_its_offsets(text: str) -> None:
    try:
        (article,) = articles_of("-", stdin=BytesIO(f"{text}\nTwo ministers met.".encode()))
    except (ArticleError, UnicodeEncodeError):
        return
    for line in article.lines:
        assert article.text[line.start : line.end].strip()
    for field in article.fields:
        assert field.start is None or article.text[field.start : field.end]


def test_a_guess_of_the_format_survives_any_opening() -> None:
    assert sniffed(b'\xef\xbb\xbf  {"text": 1}') == "records"
    assert sniffed(b"{curly} talk") == "text"
    assert sniffed(b"") == "text"
