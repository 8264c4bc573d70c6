"""A store is filled in several loads as if it were one, and whatever fails there is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.graph.loading import Loading

LINES = [
    f'<http://x.example/{number}> <http://x.example/says> "{number % 9}" .'.encode()
    for number in range(40_000)
]


def batched(lines: list[bytes], size: int) -> list[list[bytes]]:
    return [lines[start : start + size] for start in range(0, len(lines), size)]


def filled(folder: Path, batches: Iterable[list[bytes]]) -> Store:
    store = Store(str(folder))
    with Loading(store) as loading:
        for lines in batches:
            loading.write(lines)
    return store


def test_what_is_written_in_several_loads_is_all_there(tmp_path: Path) -> None:
    again = LINES[:10]
    store = filled(tmp_path, [*batched(LINES, 999), [], again])
    assert {f"{quad.triple} .".encode() for quad in store} == {*LINES}


def test_nothing_written_is_nothing_there(tmp_path: Path) -> None:
    assert len(filled(tmp_path, [])) == 0


@pytest.mark.parametrize("following", [0, 20, 30_000])
def test_a_line_that_is_none_is_an_error_however_many_follow(
    tmp_path: Path, following: int
) -> None:
    batches = [[b"this is no statement"], *batched(LINES[:following], 10)]
    with pytest.raises(SyntaxError):
        filled(tmp_path, batches)


def test_who_fails_to_make_lines_gets_his_own_error(tmp_path: Path) -> None:
    def failing() -> Iterator[list[bytes]]:
        yield LINES[:8_000]
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        filled(tmp_path, failing())
