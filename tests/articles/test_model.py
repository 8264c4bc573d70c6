"""What an article answers about itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles.model import Article, Field, line_starts


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (2, (1, 3)), (4, (2, 1)), (6, (3, 1)), (8, (4, 1)), (9, (4, 2))],
)
def test_positions_count_lines_and_columns_from_one(offset: int, position: tuple[int, int]) -> None:
    assert Article("a", "ab\r\nc\nd\re").position(offset) == position


@given(st.text(alphabet="ab\r\n\u2028\U0001f600", max_size=60), st.integers(0, 60))
def test_a_position_leads_back_to_its_offset(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    line, column = Article("a", text).position(offset)
    assert line_starts(text)[line - 1] + column - 1 == offset


def test_given_metadata_go_before_what_the_text_says() -> None:
    said = Field("title", "In the text", "text", 0, 11)
    given_title = Field("title", "Given", "record")
    article = Article("a", "In the text", (said, given_title))
    assert article.get("title") == "Given"
    assert article.get("author") is None
