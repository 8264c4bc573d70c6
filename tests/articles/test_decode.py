"""Bytes become text, or an error that names the byte."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.decode import MAXIMUM_BYTES, decoded
from kg.errors import ArticleError

GERMAN = (
    "Die Minister trafen sich am Dienstag in Köln und sprachen über größere Vorräte an Kobalt. "
    "Für die Häfen wären Änderungen nötig, sagte der Geschäftsführer."
)
RUSSIAN = "Министры встретились во вторник и договорились о поставках меди и никеля. " * 3


def test_text_is_kept_as_received() -> None:
    text = "Ores\r\n\r\nOne\xa0tonne\tof copper\u2028left\x0c Oran.\r"
    assert decoded(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(mark: bytes, encoding: str) -> None:
    assert decoded(mark + GERMAN.encode(encoding), "a.txt") == GERMAN


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(GERMAN, "latin-1"), (GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r")],
)
def test_an_undeclared_encoding_is_detected_where_it_reads_like_a_language(
    text: str, encoding: str
) -> None:
    assert decoded(text.encode(encoding), "a.txt") == text


def test_a_page_declares_its_charset() -> None:
    page = f'<html><head><meta charset="koi8-r"></head><body><p>{RUSSIAN}</p></body></html>'
    assert decoded(page.encode("koi8-r"), "a.html") == page


@pytest.mark.parametrize("charset", ["no-such-charset", "hex", "utf-16", "undefined"])
def test_a_useless_declaration_does_not_decide(charset: str) -> None:
    page = f'<html><meta charset="{charset}"><p>{GERMAN}</p>'
    assert decoded(page.encode("latin-1"), "a.html") == page


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "only blanks"),
        (b"\xef\xbb\xbf", "only blanks"),
        (b"Two \x00 ministers met.", "byte 0x00 at offset 4"),
        (b"Two \xff met.", "byte 0xFF at offset 4"),
        (b"\xef\xbb\xbfTwo \xff met.", "byte 0xFF at offset 7"),
        (b"\xff\xfeT\x00w", "byte 0x77 at offset 4"),
        (b"%PDF-1.7 and so on", "a PDF document"),
        (b"PK\x03\x04 and so on", "ZIP"),
        (b"\x1b\x01\x02\x03 ministers", "control characters"),
        (b"a" * (MAXIMUM_BYTES + 1), "longer than 16 MiB"),
    ],
)
def test_what_is_no_text_is_an_error_that_says_where(data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as met:
        decoded(data, "a.txt")
    assert met.value.source == "a.txt"


def test_the_longest_article_is_still_read() -> None:
    assert len(decoded(b"a" * MAXIMUM_BYTES, "a.txt")) == MAXIMUM_BYTES


@settings(deadline=None)  # the first example loads lexicons and parsers
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_article_error(data: bytes) -> None:
    try:
        text = decoded(data, "a.txt")
    except ArticleError:
        return
    assert text.strip()
    text.encode()
