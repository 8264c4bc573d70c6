"""Lines come out sorted and each once, whatever fits into memory, and nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.site.sorting import Sorter

LINES = st.lists(st.text("ab \u00e9", max_size=4).map(lambda text: f"{text}\n".encode()))


@given(st.lists(LINES), st.sampled_from([1, 200, 1 << 20]))
def test_any_lines_come_out_sorted_and_each_once(parts: list[list[bytes]], memory: int) -> None:
    with Sorter(memory) as sorter:
        for part in parts:
            sorter.add(part)
        assert [*sorter.lines()] == sorted({line for part in parts for line in part})


def test_blocks_of_many_runs_are_merged(tmp_path: Path) -> None:
    """More runs than are open at once, each longer than a block."""
    numbers = [f"{number * 7919 % 30_011:08}{'.' * 40}\n".encode() for number in range(30_000)]
    with Sorter(40_000, tmp_path) as sorter:
        for start in range(0, len(numbers), 500):
            sorter.add(numbers[start : start + 500])
        assert sorter.runs > 1
        assert [*sorter.lines()] == sorted(set(numbers))


@pytest.mark.skipif(os.name != "posix", reason="files without a name")
def test_runs_have_no_name_that_could_be_left_behind(tmp_path: Path) -> None:
    with Sorter(1, tmp_path) as sorter:
        sorter.add([b"b\n"])
        sorter.add([b"a\n"])
        assert sorter.runs == 2
        assert not [*tmp_path.iterdir()]
        assert next(sorter.lines()) == b"a\n"
