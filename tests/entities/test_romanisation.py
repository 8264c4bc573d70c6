"""Keys of spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.entities.romanisation import (
    ANY,
    Background,
    Rewrite,
    backgrounds_of,
    joined,
    key,
    plain,
    skeleton,
)
from kg.resources import table


@pytest.mark.parametrize(
    ("left", "right", "background"),
    [
        ("Deok", "Duk", "ko"), ("Geun", "Keun", "ko"), ("Choi", "Choe", "ko"), ("Lee", "Yi", "ko"),
        ("Saitoh", "Saito", "ja"), ("Shinzō", "Sinzo", "ja"), ("Hsiao", "Xiao", "zh"),
        ("Sergei", "Sergey", "ru"), ("Zelenskiy", "Zelenskyy", "uk"), ("Sisi", "Essisi", "ar"),
        ("Peeyush", "Piyush", "hi"), ("Schäuble", "Schaeuble", "de"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(left: str, right: str, background: str) -> None:
    assert key(left, background) == key(right, background)


@pytest.mark.parametrize(
    ("left", "right", "background"),
    [("Yong", "Young", "ko"), ("Sato", "Saito", "ja"), ("Li", "Lu", "zh"), ("Ivan", "Igor", "ru")],
)
def test_different_names_keep_different_keys(left: str, right: str, background: str) -> None:
    assert key(left, background) != key(right, background)


@given(st.text(min_size=1, max_size=12))
def test_keys_of_any_text_are_stable(token: str) -> None:
    """Article text is hostile: no name may break or change the keys."""
    for background in backgrounds_of(frozenset()):
        assert key(token, background) == key(token, background)
        assert key(plain(token), background) == key(token, background)
    assert skeleton(token) == skeleton(plain(token))


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_row_of_letters_does_not_depend_on_where_it_begins(words: list[str]) -> None:
    turned = [*words[1:], words[0]]
    assert joined(words) == joined(turned) == joined(["".join(words)])


def test_every_background_has_states_and_rules() -> None:
    rows = table("entities", "romanisation.csv", Rewrite)
    rules = {background for row in rows for background in row.background}
    states = {row.background for row in table("entities", "backgrounds.csv", Background)}
    assert rules - {ANY} == states - {"en"}  # spelt as they are at home
    assert len(states) > 25
