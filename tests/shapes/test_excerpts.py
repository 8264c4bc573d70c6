"""The underline stands under the words, whatever the line holds and however long it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.shapes.excerpts import WIDTH, excerpt, shown_as


def columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


@pytest.mark.parametrize("words", ["talks", "会談", "Kaō"])
@pytest.mark.parametrize("before", ["", "The ", "大臣の", "e\u0301te\u0301 ", "\t", "x " * 300])
@pytest.mark.parametrize("after", ["", " went on.", " が続いた", " y" * 300])
def test_the_underline_is_as_wide_as_the_words_and_below_them(
    before: str, words: str, after: str
) -> None:
    line = before + words + after
    shown, underline = excerpt(line, len(before), len(before) + len(words))
    start = shown.index(words)
    assert underline == " " * columns(shown[:start]) + "^" * columns(words)


@pytest.mark.parametrize("length", [10, 99, 100, 101, 102, 150, 5_000, 1_000_000])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_long_line_is_cut_around_the_words(length: int, share: float) -> None:
    start = int((length - 1) * share)
    shown, underline = excerpt("a" * length, start, length)
    assert len(shown) <= WIDTH + 2
    assert len(underline) <= len(shown)
    assert shown.startswith("…") == (length > WIDTH and start > WIDTH // 4)


def test_words_beyond_the_cut_are_underlined_to_its_edge() -> None:
    shown, underline = excerpt("word " * 100, 0, 500)
    assert underline == "^" * WIDTH
    assert shown.endswith("…")


def test_an_empty_stretch_still_gets_a_caret() -> None:
    assert excerpt("", 0, 0) == ("", "^")
    assert excerpt("abc", 3, 3) == ("abc", "   ^")


def test_nothing_that_drives_a_terminal_is_shown() -> None:
    hostile = "\x1b[2J\u202eabc\u2066\r\n\x00\u2028"
    assert shown_as(hostile) == "·[2J·abc·····"
    shown, _ = excerpt(hostile, 0, 3)
    assert shown.isprintable()


@given(line=st.text(st.characters(codec=None), max_size=300), data=st.data())
def test_any_line_gives_one_line_and_a_caret_within_it(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown, underline = excerpt(line, start, end)
    assert "\n" not in shown
    assert set(underline) <= {" ", "^"}
    assert underline.count("^") >= 1
    assert not any("\ud800" <= char <= "\udfff" for char in shown)
