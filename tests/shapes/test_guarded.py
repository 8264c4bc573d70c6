"""An engine that hangs, dies or eats all memory has found nothing valid: that is an error."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, parse

from kg.cli import main
from kg.errors import ShapesError
from kg.graph.model import Dataset
from kg.graph.store import Build
from kg.shapes.guarded import Limits, judged_apart
from kg.shapes.judging import judged

SLOW = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <http://x.example/> .
x:Shape a sh:NodeShape ; sh:targetClass x:Thing ;
    sh:property [ sh:path x:p ; sh:pattern "^(a+)+(?!c)$" ] .
"""
THING = (
    f'<http://x.example/thing> a <http://x.example/Thing> ; <http://x.example/p> "{"a" * 40}b" .'
)


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    path = tmp_path / "slow.ttl"
    path.write_text(SLOW)
    return path


def dataset_of(text: str) -> Dataset:
    return Dataset.of(parse(text, format=RdfFormat.TURTLE))


def test_a_verdict_from_another_process_is_the_same(bundled_build: Build, dataset: Dataset) -> None:
    """Whether the data is in a folder or handed over."""
    assert bundled_build.dataset.folder is not None
    for data in (bundled_build.dataset, dataset):
        apart = judged_apart(data, Limits())
        here = judged(data)
        assert {*apart.results} == {*here.results}
        assert (apart.engine, apart.shapes) == (here.engine, here.shapes)


def test_an_engine_that_does_not_end_is_ended(slow: Path) -> None:
    start = time.monotonic()
    with pytest.raises(ShapesError, match=r"no verdict after 2 seconds; .*--timeout"):
        judged_apart(dataset_of(THING), Limits(seconds=2), slow)
    assert time.monotonic() - start < 20


def test_an_engine_that_wants_too_much_memory_gives_no_verdict(dataset: Dataset) -> None:
    with pytest.raises(ShapesError, match="--memory"):
        judged_apart(dataset, Limits(memory=64))


def test_an_error_of_an_engine_comes_over(slow: Path) -> None:
    slow.write_text(SLOW.replace("sh:pattern", "sh:minCount"))
    with pytest.raises(ShapesError, match="gave up") as caught:
        judged_apart(dataset_of(THING), Limits(), slow)
    assert caught.value.source == str(slow)


def test_the_command_says_so_with_a_status_of_its_own(slow: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text(THING)
    told = ["validate", str(data), "--shapes", str(slow), "--timeout", "2"]
    outcome = CliRunner().invoke(main, told)
    assert outcome.exit_code == 3
    assert "no verdict after 2 seconds" in outcome.output
    assert "Conforms" not in outcome.output
