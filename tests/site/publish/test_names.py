"""Names of files: safe on any file system, one to one, and found by any web server."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.iris import Iris, slug
from kg.site.publish.names import Names

SEGMENTS = st.text(min_size=1, max_size=300)


def path_of(text: str) -> str:
    return Iris("").of("article", text)


@given(SEGMENTS)
def test_every_identifier_has_a_name_that_any_file_system_keeps(text: str) -> None:
    name = Names().file(f"{path_of(text)}.html")
    folder, last = name.rsplit("/", 1)
    assert folder == "article"
    assert last not in {"", ".", ".."}
    assert not last.startswith(".")
    assert len(last.encode()) < 255
    assert not set(last) & set('<>:"/\\|?*%') | {char for char in last if ord(char) < 32}
    assert last.partition(".")[0].lower() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


@given(SEGMENTS)
def test_a_server_that_undoes_escapes_finds_the_file_at_its_address(text: str) -> None:
    path = f"{path_of(text)}.ttl"
    assert unquote(Names().address(path)) == Names().file(path)


@given(SEGMENTS, SEGMENTS)
def test_two_identifiers_never_share_a_file(one: str, other: str) -> None:
    left, right = path_of(one), path_of(other)
    if left != right and unquote(left) != unquote(right):
        assert Names().file(left) != Names().file(right)


@pytest.mark.parametrize(
    ("segment", "address"),
    [
        ("JP", "JP"),
        ("ken-saito", "ken-saito"),
        ("a b", "a%20b"),
        ("a:b", "a=3Ab"),
        ("https://x/y", "https=3A=2F=2Fx=2Fy"),
        ("..", "=2E=2E"),
        ("con", "=63on"),
        (".htaccess", "=2Ehtaccess"),
        ("a=b", "a=3Db"),
        ("斎藤-健", quote("斎藤-健")),
    ],
)
def test_addresses_are_kept_where_they_are_safe(segment: str, address: str) -> None:
    assert Names().address(f"{path_of(segment)}.html") == f"article/{address}.html"


def test_names_of_people_keep_their_addresses() -> None:
    for name in ("Thérèse Kayikwamba Wagner", "斎藤 健", "안덕근", "Ирина"):
        path = f"id/person/{slug(name)}.html"
        assert Names().address(path) == path


def test_one_letter_composed_and_decomposed_gives_two_files() -> None:
    paths = [f"id/article/{quote(unicodedata.normalize(form, 'é'))}" for form in ("NFC", "NFD")]
    names = Names.of(paths)
    assert len({unicodedata.normalize("NFC", names.file(each)) for each in paths}) == 2


def test_addresses_that_differ_in_case_only_get_files_that_differ_in_more() -> None:
    paths = ["id/article/Note", "id/article/note", "id/article/NOTE", "id/state/JP"]
    names = Names.of(paths)
    files = [names.file(f"{path}.html") for path in paths]
    assert len({each.casefold() for each in files}) == len(paths)
    assert files[0] == "id/article/Note.html"
    assert files[3] == "id/state/JP.html"
    assert unquote(names.address("id/article/NOTE.ttl")) == names.file("id/article/NOTE.ttl")
